"""What a lot is for one firm: the whole of it for the mandataire, its part for a member of the groupement or
for successive titulaires, nothing due for a subcontractor."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from clauses.debt import groupement_debts, lot_debts
from clauses.declaration import Declaration, standing_accepted
from clauses.errors import BadGroup
from clauses.events import Event, Replacement, known_events
from clauses.hours import Hundredths
from clauses.marche import Party, PartyRole, mandataire_at, party_at
from clauses.placement import Placement


class PartBasis(StrEnum):
    """Why the figures of a firm are what they are."""

    WHOLE_LOT = "tout_le_lot"
    SUCCESSIVE = "titulaires_successifs"
    BY_KEY = "par_cle"
    NO_KEY = "sans_cle"
    CARRIED = "porte_par_le_titulaire"
    UNKNOWN = "du_inconnu"


class FirmPart(msgspec.Struct, frozen=True, kw_only=True):
    """`due`: what this firm owes, None when nothing is due by it or when its part is not known."""

    basis: PartBasis
    due: Hundredths | None


def firm_part(
    company_id: str,
    due: Hundredths | None,
    parties: tuple[Party, ...],
    events: tuple[Event, ...],
    done: Mapping[str, Hundredths],
    on: date,
    known_at: datetime,
) -> FirmPart:
    """`due`: that of the lot on the day; `done`: the hours by member (`done_by_member`)."""
    if _followed_one_another(parties, events, on, known_at):
        debts = lot_debts(parties, events, done, on, known_at)
        if debts is None:
            return FirmPart(basis=PartBasis.UNKNOWN, due=None)
        own = next((d for d in debts if d.company_id == company_id), None)
        if own is not None:
            return FirmPart(basis=PartBasis.SUCCESSIVE, due=own.due)
    head = mandataire_at(parties, on)
    if head is not None and head.company_id == company_id:
        return FirmPart(basis=PartBasis.WHOLE_LOT, due=due)
    if due is None:
        return FirmPart(basis=PartBasis.UNKNOWN, due=None)
    party = party_at(parties, company_id, on)
    if party is None or party.role is PartyRole.SOUS_TRAITANT:
        return FirmPart(basis=PartBasis.CARRIED, due=None)
    try:
        debts = groupement_debts(parties, due, done, on)
    except BadGroup:
        return FirmPart(basis=PartBasis.NO_KEY, due=None)
    own = next((d for d in debts if d.company_id == company_id), None)
    return FirmPart(basis=PartBasis.BY_KEY, due=own.due if own else None)


def _followed_one_another(
    parties: tuple[Party, ...], events: tuple[Event, ...], on: date, known_at: datetime
) -> bool:
    """A sole titulaire was replaced: each one answers for its own time, and sees no more than it."""
    alone = not any(p.role is PartyRole.COTRAITANT for p in parties)
    return alone and any(isinstance(e, Replacement) for e in known_events(events, on, known_at))


def done_by_member(
    parties: tuple[Party, ...],
    placements: Iterable[Placement],
    versions: tuple[Declaration, ...],
    moved: Iterable[tuple[str, Hundredths]],
    on: date,
) -> dict[str, Hundredths]:
    """The validated hours of each member of the groupement, with what is shared with other lots (`moved`:
    company, hundredths). An hour goes to the company where it was worked, whoever told it (an ETTI, the
    titulaire), or to its principal if that is a subcontractor. Hours received from a company that is not on
    this lot go to the mandataire, who answers for it: the sum is always that of the lot."""
    worked_at = {p.id: p.user_company_id for p in placements}
    done: dict[str, Hundredths] = {}
    for version in standing_accepted(versions):
        for line in version.lines:
            member = _member_of(parties, worked_at.get(line.placement_id, version.company_id))
            done[member] = done.get(member, 0) + (line.accepted or 0)
    known = {p.company_id for p in parties}
    head = mandataire_at(parties, on)
    for company_id, hours in moved:
        stranger = company_id not in known and head is not None
        member = head.company_id if stranger and head else _member_of(parties, company_id)
        done[member] = done.get(member, 0) + hours
    return done


def _member_of(parties: tuple[Party, ...], company_id: str) -> str:
    by_id = {p.id: p for p in parties}
    party = next((p for p in parties if p.company_id == company_id), None)
    while party is not None and party.parent_id in by_id:
        party = by_id[party.parent_id]
    return party.company_id if party else company_id
