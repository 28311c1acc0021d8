"""Where an eligibility stands on a day, and under which ground a month counts."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from clauses.days import add_months


class PeriodState(StrEnum):
    REVOKED = "revoquee"
    TO_COME = "a_venir"
    ENDED = "terminee"
    RUNNING = "en_cours"

    @property
    def label(self) -> str:
        return {
            "revoquee": "Révoquée",
            "a_venir": "À venir",
            "terminee": "Terminée",
            "en_cours": "En cours",
        }[self.value]


def period_state(starts_on: date, ends_on: date | None, revoked_on: date | None, on: date) -> PeriodState:
    """A revocation to come leaves the period as it is until its day."""
    if revoked_on is not None and revoked_on <= on:
        return PeriodState.REVOKED
    if starts_on > on:
        return PeriodState.TO_COME
    if ends_on is not None and ends_on < on:
        return PeriodState.ENDED
    return PeriodState.RUNNING


def ground_in(periods: Iterable[tuple[str, date, date | None]], month: date) -> str | None:
    """The criterion under which a month counts: that of the first period given that runs in it, so that an
    hour is counted once. `periods`: criterion, first day, last day, the oldest first."""
    following = add_months(month, 1)
    for criterion, starts_on, ends_on in periods:
        if starts_on < following and (ends_on is None or ends_on >= month):
            return criterion
    return None
