"""Whether a party may be told with other dates: two titulaires, or a company twice, never overlap."""

from datetime import date

import msgspec

from clauses.days import add_days
from clauses.events import Event, Replacement
from clauses.in_force import standing_events
from clauses.marche import Party, PartyRole


class ToldByReplacement(msgspec.Struct, frozen=True, kw_only=True):
    """The date comes from a replacement that stands; `field`: « starts_on » or « ends_on »."""

    field: str


class PlaceTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Another party holds that place on some of those days."""

    by: Party


def dates_refused(
    party: Party, starts_on: date, ends_on: date | None, parties: tuple[Party, ...], events: tuple[Event, ...]
) -> ToldByReplacement | PlaceTaken | None:
    """Why the party may not be there from `starts_on` to `ends_on`; None when it may."""
    for event in standing_events(events):
        if not isinstance(event, Replacement):
            continue
        left = event.leaving_company_id == party.company_id and party.ends_on == event.on
        joined = event.joining_company_id == party.company_id and party.starts_on == add_days(event.on, 1)
        if left and ends_on != party.ends_on:
            return ToldByReplacement(field="ends_on")
        if joined and starts_on != party.starts_on:
            return ToldByReplacement(field="starts_on")
    for other in parties:
        heads = other.role is party.role is PartyRole.MANDATAIRE
        if other.id == party.id or not (heads or _place(other) == _place(party)):
            continue
        if other.starts_on <= (ends_on or date.max) and starts_on <= (other.ends_on or date.max):
            return PlaceTaken(by=other)
    return None


def _place(party: Party) -> tuple[str, PartyRole, str | None]:
    return (party.company_id, party.role, party.parent_id)
