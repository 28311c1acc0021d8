"""Accepted hours become steps of a parcours: the core says which, this writes them, in one transaction.

`record_steps` at an acceptance, `restate_steps` when a placement or a stay in the PLIE changes its dates.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declaration, Spell, Step, StepChange, StepChangeKind
from service.accounts.account import Account
from service.declarations.holidays import public_holidays
from service.declarations.month import lock_lots
from service.ledger.load import load_lots
from service.ledger.lot_file import LotFile
from service.tables import PersonRow, PlacementRow, SpellRow, StepRow
from service.vocabulary import StepKind, StepState


def record_steps(
    db: Session, account: Account, file: LotFile, accepted: Declaration
) -> tuple[StepChange, ...]:
    """Open, extend, restate or withdraw the clause steps that an accepted version changes.

    `file` is as it was before the acceptance: the version that this one corrects still stands in it.
    """
    spells = read_spells(db, account, file)
    placements = file.placements
    days = public_holidays(file.holiday_region, accepted.period_start, accepted.period_end)
    steps: dict[str, Step] = {}
    standing = clauses.latest(tuple(v for v in file.versions if v.state in clauses.ACCEPTED))
    for version in standing:
        before = public_holidays(file.holiday_region, version.period_start, version.period_end)
        for change in clauses.record(
            version, placements, [s for s, _ in spells.values()], steps.values(), before
        ):
            _apply(steps, change)
    changes = clauses.record(accepted, placements, [s for s, _ in spells.values()], steps.values(), days)
    for change in changes:
        stay = spells[change.step.spell_id]
        if change.kind is not StepChangeKind.WITHDRAWN:
            _write(db, account, file, stay, change.step)
        elif (row := _step_row(db, file, stay[1], change.step)) is not None:
            db.delete(row)
    db.flush()
    return changes


def _apply(steps: dict[str, Step], change: StepChange) -> None:
    if change.kind is StepChangeKind.WITHDRAWN:
        steps.pop(change.step.id, None)
    else:
        steps[change.step.id] = change.step


def read_spells(db: Session, account: Account, file: LotFile) -> dict[str, tuple[Spell, int]]:
    """The stays in the PLIE of everyone on the lot, with their rows, by public id."""
    people: Iterable[int] = (p.row_id for p in file.people.values())
    rows = db.execute(
        sa.select(SpellRow, col(PersonRow.public_id))
        .join(PersonRow, col(PersonRow.id) == col(SpellRow.person_id))
        .where(
            col(SpellRow.territory_id) == account.territory_id,
            col(SpellRow.person_id).in_(sorted(people)),
            col(SpellRow.entered_on).is_not(None),
        )
    )
    return {
        row.public_id: (
            Spell(id=row.public_id, person_id=person, starts_on=row.entered_on, ends_on=row.exited_on),
            row.id,
        )
        for row, person in rows
        if row.entered_on is not None
    }


def hold_lots_of(db: Session, people: Iterable[int]) -> list[int]:
    """The lots where some people are placed, other acts on them kept waiting: before `restate_steps`, and
    before any lock on these people, as acceptances lock them."""
    lots = db.scalars(
        sa.select(col(PlacementRow.lot_id)).where(col(PlacementRow.person_id).in_(list(people))).distinct()
    ).all()
    lock_lots(db, lots)
    return sorted(lots)


def restate_steps(db: Session, account: Account, people: Iterable[int]) -> None:
    """The clause steps of some people (row ids) again, from what stands accepted: the dates of a placement or
    of a stay in the PLIE have changed. In the transaction of that change."""
    db.flush()
    wanted = set(people)
    for file in load_lots(db, hold_lots_of(db, wanted)).values():
        here = {p.id: p.row_id for p in file.people.values() if p.row_id in wanted}
        stays = {k: v for k, v in read_spells(db, account, file).items() if v[0].person_id in here}
        standing = clauses.standing_accepted(file.versions)
        if not standing:
            continue
        first, last = min(v.period_start for v in standing), max(v.period_end for v in standing)
        days = public_holidays(file.holiday_region, first, last)
        spells = [spell for spell, _ in stays.values()]
        kept = {
            _write(db, account, file, stays[step.spell_id], step)
            for step in clauses.rebuild_steps(standing, file.placements, spells, days)
        }
        for row in db.scalars(_steps_of(file, here.values()).where(col(StepRow.id).not_in(kept))):
            db.delete(row)
    db.flush()


def _steps_of(file: LotFile, people: Iterable[int]) -> sa.Select[StepRow]:
    return sa.select(StepRow).where(
        col(StepRow.person_id).in_(list(people)),
        col(StepRow.placement_id).in_(list(file.placement_rows.values())),
    )


def _step_row(db: Session, file: LotFile, spell_row: int, step: Step) -> StepRow | None:
    return db.scalar(
        _steps_of(file, [file.people[step.person_id].row_id])
        .where(
            col(StepRow.placement_id) == file.placement_rows[step.placement_id],
            col(StepRow.spell_id) == spell_row,
        )
        .with_for_update()
    )


def _write(db: Session, account: Account, file: LotFile, stay: tuple[Spell, int], step: Step) -> int:
    """Open the step or write it again; its row id."""
    spell, spell_row = stay
    placement = next(p for p in file.placements if p.id == step.placement_id)
    row = _step_row(db, file, spell_row, step)
    if row is None:
        row = StepRow(
            territory_id=account.territory_id,
            person_id=file.people[step.person_id].row_id,
            spell_id=spell_row,
            kind=StepKind.CLAUSE,
            label=f"Heures d’insertion – {file.marche.title}"[:200],
            starts_on=step.starts_on,
            state=StepState.ONGOING,
            placement_id=file.placement_rows[step.placement_id],
        )
        db.add(row)
    # What ended it: the work, or the stay in the PLIE; a planned end is only planned.
    ended = min((d for d in (placement.ended_on, spell.ends_on) if d is not None), default=None)
    row.starts_on = step.starts_on
    row.planned_ends_on = placement.planned_ends_on
    row.ended_on = ended
    row.state = StepState.DONE if ended is not None and ended <= account.today else StepState.ONGOING
    row.hours = clauses.step_hours(step)
    db.flush()
    return row.id
