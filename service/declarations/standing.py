"""Where a lot stands for one firm: the whole lot for the mandataire, its share for a member of the
groupement, its own hours for a subcontractor, on whom nothing is due."""

from datetime import date, datetime

import msgspec

import clauses
from clauses import Declaration, Party, PartyRole
from service.declarations.scope import is_mandataire, visible_versions
from service.ledger.lot_file import LotFile, Moved
from service.ledger.standing import Standing
from service.pictures.pace import PacePoint, pace_points

SHARE = "Votre part, selon la clé du groupement."
NO_KEY = "Votre part du groupement n’est pas fixée : voyez votre interlocuteur clauses."
CARRIED = "L’obligation est portée par le titulaire ; vos heures y contribuent."


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths; `due` and `remaining` None when nothing is due by this firm or the due is unknown.

    `versions` are the declarations that the firm's figures are made of; `moved_in` and `moved_out` the hours
    of these figures shared with other lots. `note` says what the figures are.
    """

    due: int | None
    validated: int
    remaining: int | None
    waiting: int
    moved_in: int
    moved_out: int
    note: str
    whole_lot: bool
    versions: tuple[Declaration, ...]


def part_of(file: LotFile, company_id: str, standing: Standing, on: date) -> Part:
    """The firm's figures on a lot."""
    if is_mandataire(file, company_id, on):
        progress = standing.progress
        return _part(progress.due, file.versions, file.moved, progress.sentence, whole_lot=True)
    versions = visible_versions(file, company_id)
    below = clauses.companies_below(file.parties, company_id)
    moved = tuple(m for m in file.moved if m.company_id in below)
    party = clauses.party_at(file.parties, company_id, on)
    if party is None or party.role is PartyRole.SOUS_TRAITANT or standing.due.hours is None:
        note = CARRIED if standing.due.hours is not None else standing.due.unknown
        return _part(None, versions, moved, note, whole_lot=False)
    try:
        debts = clauses.groupement_debts(file.parties, standing.due.hours, done_by_member(file, on), on)
    except clauses.BadGroup:
        return _part(None, versions, moved, NO_KEY, whole_lot=False)
    own = next((d for d in debts if d.company_id == company_id), None)
    return _part(own.due if own else None, versions, moved, SHARE, whole_lot=False)


def _part(
    due: int | None,
    versions: tuple[Declaration, ...],
    moved: tuple[Moved, ...],
    note: str,
    *,
    whole_lot: bool,
) -> Part:
    accepted = clauses.latest(tuple(v for v in versions if v.state in clauses.ACCEPTED))
    validated = sum(clauses.validated_hours(v) for v in accepted) + sum(m.hours for m in moved)
    waiting = [v for v in clauses.latest(versions) if v.state in clauses.IN_HAND]
    return Part(
        due=due,
        validated=validated,
        remaining=None if due is None else max(0, due - validated),
        waiting=sum(clauses.declared_hours(v) for v in waiting),
        moved_in=sum(m.hours for m in moved if m.hours > 0),
        moved_out=-sum(m.hours for m in moved if m.hours < 0),
        note=note,
        whole_lot=whole_lot,
        versions=versions,
    )


def done_by_member(file: LotFile, on: date) -> dict[str, int]:
    """The validated hours of each member of the groupement, those of its subcontractors credited to it, with
    what is shared with other lots. Hours received from a company that is not on this lot go to the
    mandataire, who answers for it: the sum is always that of the lot."""
    done: dict[str, int] = {}
    for version in clauses.standing_accepted(file.versions):
        member = _member_of(file.parties, version.company_id)
        done[member] = done.get(member, 0) + clauses.validated_hours(version)
    known = {p.company_id for p in file.parties}
    head = clauses.mandataire_at(file.parties, on)
    for moved in file.moved:
        stranger = moved.company_id not in known and head is not None
        member = head.company_id if stranger and head else _member_of(file.parties, moved.company_id)
        done[member] = done.get(member, 0) + moved.hours
    return done


def _member_of(parties: tuple[Party, ...], company_id: str) -> str:
    by_id = {p.id: p for p in parties}
    party = next((p for p in parties if p.company_id == company_id), None)
    while party is not None and party.parent_id in by_id:
        party = by_id[party.parent_id]
    return party.company_id if party else company_id


def pace_of(
    file: LotFile, company_id: str, part: Part, standing: Standing, known_at: datetime, today: date
) -> tuple[PacePoint, ...]:
    """The line of the lot with the hours of the firm, as known at an instant. A member's due is its share."""
    firms = clauses.companies_below(file.parties, company_id)
    moved = tuple(x for x in file.moved_lines(known_at) if part.whole_lot or x.company_id in firms)
    points = pace_points(file.events, part.versions, file.lot.starts_on, today, known_at, moved)
    return tuple(
        msgspec.structs.replace(
            p, due=_share(p.due, part, standing), expected=_share(p.expected, part, standing)
        )
        for p in points
    )


def _share(hours: int | None, part: Part, standing: Standing) -> int | None:
    if hours is None or part.due is None:
        return None
    if part.whole_lot or not standing.due.hours:
        return hours
    return hours * part.due // standing.due.hours
