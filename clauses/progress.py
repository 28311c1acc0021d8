"""Where a lot stands: due, declared, validated, countable, remaining; time against hours; health."""

from datetime import date
from enum import StrEnum

import msgspec

from clauses.declaration import (
    IN_HAND,
    Declaration,
    countable_hours,
    declared_hours,
    latest,
    standing_accepted,
    validated_hours,
)
from clauses.hours import Hundredths, short_hours
from clauses.obligation import Due
from clauses.window import Window, elapsed_share
from clauses.wording import NNBSP, day

PER_TEN_THOUSAND = int
"""A share as an integer: 4250 is 42,50 %."""


class Health(StrEnum):
    """`unknown` is an answer: a due that is not known is neither late nor on track."""

    LATE = "late"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"
    DONE = "done"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {
            "late": "En retard",
            "at_risk": "À surveiller",
            "on_track": "Dans les temps",
            "done": "Réalisé",
            "unknown": "Non connu",
        }[self.value]


class HealthLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Points of percentage by which time may outrun hours before the lot is at risk, then late."""

    at_risk_points: int
    late_points: int


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Hours in hundredths; shares in ten-thousandths, None when they have no meaning.

    `declared` and `countable` include what waits for control; `validated` only what was accepted, with the
    hours moved in from other lots and without those moved out. `pace` = validated − expected.
    """

    due: Hundredths | None
    forecast: Hundredths | None
    expected: Hundredths | None
    declared: Hundredths
    countable: Hundredths
    validated: Hundredths
    remaining: Hundredths | None
    surplus: Hundredths
    time_share: PER_TEN_THOUSAND | None
    hours_share: PER_TEN_THOUSAND | None
    pace: Hundredths | None
    health: Health
    sentence: str


def progress(
    *,
    due: Due,
    forecast: Due,
    expected: Due,
    window: Window | None,
    versions: tuple[Declaration, ...],
    moved_in: Hundredths,
    moved_out: Hundredths,
    on: date,
    limits: HealthLimits,
) -> Progress:
    """Everything a portfolio shows of one lot on a day. `versions`: all versions of its declarations, or
    those known at a past date (`accepted_at`) to reproduce a bilan."""
    waiting = [v for v in latest(versions) if v.state in IN_HAND]
    declared = sum(map(declared_hours, waiting))
    countable = sum(map(countable_hours, waiting))
    replaced = {v.declaration_id for v in waiting}
    validated = moved_in - moved_out
    for version in standing_accepted(versions):
        hours = validated_hours(version)
        validated += hours
        if version.declaration_id not in replaced:
            declared += declared_hours(version)
            countable += hours
    time_share = None if window is None else int(elapsed_share(window.starts_on, window.ends_on, on) * 10_000)
    hours_share = None if not due.hours else validated * 10_000 // due.hours
    health = health_of(due.hours, validated, time_share, hours_share, window, on, limits)
    return Progress(
        due=due.hours,
        forecast=forecast.hours,
        expected=expected.hours,
        declared=declared,
        countable=countable,
        validated=validated,
        remaining=None if due.hours is None else max(0, due.hours - validated),
        surplus=0 if due.hours is None else max(0, validated - due.hours),
        time_share=time_share,
        hours_share=hours_share,
        pace=None if expected.hours is None else validated - expected.hours,
        health=health,
        sentence=_sentence(health, due, validated, window),
    )


def health_of(
    due: Hundredths | None,
    validated: Hundredths,
    time_share: PER_TEN_THOUSAND | None,
    hours_share: PER_TEN_THOUSAND | None,
    window: Window | None,
    on: date,
    limits: HealthLimits,
) -> Health:
    """Done once the due is met; late after the end, or when time outruns hours by more than the limit."""
    if due is None:
        return Health.UNKNOWN
    if due == 0:
        return Health.DONE if validated > 0 else Health.ON_TRACK
    if validated >= due:
        return Health.DONE
    if window is None or time_share is None or hours_share is None:
        return Health.UNKNOWN
    gap = time_share - hours_share
    if on > window.ends_on or gap > limits.late_points * 100:
        return Health.LATE
    return Health.AT_RISK if gap > limits.at_risk_points * 100 else Health.ON_TRACK


def _sentence(health: Health, due: Due, validated: Hundredths, window: Window | None) -> str:
    if due.hours is None:
        return due.unknown
    if due.hours == 0:
        return "Aucune heure n’est due à ce jour."
    if health is Health.DONE:
        surplus = validated - due.hours
        more = f", {short_hours(surplus)} au-delà du dû" if surplus else ""
        return f"{short_hours(validated)} validées sur {short_hours(due.hours)}{more}."
    end = f" avant le {day(window.ends_on)}" if window else ""
    return (
        f"{health.label}{NNBSP}: {short_hours(validated)} validées sur {short_hours(due.hours)}, "
        f"reste {short_hours(due.hours - validated)}{end}."
    )
