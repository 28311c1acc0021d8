"""What the replacement of a titulaire does to the party tree, and what taking it back restores.

The one who leaves is there up to the day of the event, included; the one who joins, from the next day.
"""

from datetime import date, datetime

import msgspec

from clauses.days import add_days
from clauses.events import Event, Replacement, known_events
from clauses.marche import Party, PartyRole, is_present


def parties_at(
    parties: tuple[Party, ...], events: tuple[Event, ...], known_at: datetime
) -> tuple[Party, ...]:
    """The tree with the replacements that stand, as known then: one taken back leaves no trace."""
    for event in known_events(events, date.max, known_at):
        if isinstance(event, Replacement):
            parties = replaced(parties, event)
    return parties


def replaced(parties: tuple[Party, ...], event: Replacement) -> tuple[Party, ...]:
    """The tree after one replacement. Dates already told stay as they are; a company that leaves without
    being the titulaire that day changes nothing."""
    heads = [p for p in parties if _is_head(p, event.leaving_company_id) and is_present(p, event.on)]
    if not heads:
        return parties
    found = [msgspec.structs.replace(p, ends_on=event.on) if p in heads else p for p in parties]
    if not any(_is_head(p, event.joining_company_id) and _is_after(p, event.on) for p in parties):
        successor = msgspec.structs.replace(
            heads[0],
            id=event.id,
            company_id=event.joining_company_id,
            starts_on=add_days(event.on, 1),
            ends_on=None,
        )
        found.append(successor)
    return tuple(found)


def restored(parties: tuple[Party, ...], event: Replacement) -> tuple[Party, ...]:
    """The tree once a replacement is taken back: who left by it is there again, who joined by it is not."""
    found = []
    for party in parties:
        if _is_head(party, event.joining_company_id) and party.starts_on > event.on:
            continue
        left = _is_head(party, event.leaving_company_id) and party.ends_on == event.on
        found.append(msgspec.structs.replace(party, ends_on=None) if left else party)
    return tuple(found)


def _is_head(party: Party, company_id: str) -> bool:
    return party.company_id == company_id and party.role is PartyRole.MANDATAIRE


def _is_after(party: Party, on: date) -> bool:
    return party.ends_on is None or party.ends_on > on
