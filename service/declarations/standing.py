"""Where a lot stands for one firm: the whole lot for the mandataire, its share for a member of the
groupement, its own hours for a subcontractor, on whom nothing is due."""

from datetime import date, datetime

import msgspec

import clauses
from clauses import Declaration, PartBasis
from service.declarations.scope import visible_versions
from service.ledger.lot_file import LotFile, Moved
from service.ledger.standing import Standing
from service.pictures.pace import PacePoint, pace_points

NOTES = {
    PartBasis.SUCCESSIVE: "Votre part du dû : le titulaire du lot a été remplacé.",
    PartBasis.BY_KEY: "Votre part, selon la clé du groupement.",
    PartBasis.NO_KEY: "Votre part du groupement n’est pas fixée : voyez votre interlocuteur clauses.",
    PartBasis.CARRIED: "L’obligation est portée par le titulaire ; vos heures y contribuent.",
}


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


def part_of(file: LotFile, company_id: str, standing: Standing, on: date, known_at: datetime) -> Part:
    """The firm's figures on a lot."""
    due, done = standing.due.hours, done_by_member(file, on)
    own = clauses.firm_part(company_id, due, file.parties, file.events, done, on, known_at)
    if own.basis is PartBasis.WHOLE_LOT:
        return _part(own.due, file.versions, file.moved, standing.progress.sentence, whole_lot=True)
    firms = firms_answered_for(file, company_id, on)
    moved = tuple(m for m in file.moved if m.company_id in firms)
    note = NOTES.get(own.basis, standing.due.unknown)
    return _part(own.due, visible_versions(file, company_id), moved, note, whole_lot=False)


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


def firms_answered_for(file: LotFile, company_id: str, on: date) -> frozenset[str]:
    """The firm, its subcontractors, and for the titulaire the firms off the lot whose hours are shared with
    it, as the core credits them (`clauses.done_by_member`)."""
    below = frozenset(clauses.companies_below(file.parties, company_id))
    head = clauses.mandataire_at(file.parties, on)
    if head is None or head.company_id != company_id:
        return below
    return below | {m.company_id for m in file.moved} - {p.company_id for p in file.parties}


def done_by_member(file: LotFile, on: date) -> dict[str, int]:
    """The validated hours of each member of the groupement: the core's reading of the lot."""
    moved = ((m.worked_at, m.hours) for m in file.moved)
    return clauses.done_by_member(file.parties, file.placements, file.versions, moved, on)


def pace_of(
    file: LotFile, company_id: str, part: Part, standing: Standing, known_at: datetime, today: date
) -> tuple[PacePoint, ...]:
    """The line of the lot with the hours of the firm, as known at an instant. A member's due is its share."""
    firms = firms_answered_for(file, company_id, today)
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
