"""Accepted hours become steps of a parcours: the core says which, this writes them, in one transaction."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declaration, Spell, Step, StepChange, StepChangeKind
from service.accounts.account import Account
from service.declarations.holidays import public_holidays
from service.ledger.lot_file import LotFile
from service.tables import PersonRow, SpellRow, StepRow
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
        _write(db, account, file, spells[change.step.spell_id], change)
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


def _write(db: Session, account: Account, file: LotFile, stay: tuple[Spell, int], change: StepChange) -> None:
    step, (spell, spell_row) = change.step, stay
    placement = next(p for p in file.placements if p.id == step.placement_id)
    placement_row = file.placement_rows[step.placement_id]
    row = db.scalar(
        sa.select(StepRow)
        .where(col(StepRow.placement_id) == placement_row, col(StepRow.spell_id) == spell_row)
        .with_for_update()
    )
    if change.kind is StepChangeKind.WITHDRAWN:
        if row is not None:
            db.delete(row)
        return
    if row is None:
        row = StepRow(
            territory_id=account.territory_id,
            person_id=file.people[step.person_id].row_id,
            spell_id=spell_row,
            kind=StepKind.CLAUSE,
            label=f"Heures d’insertion – {file.marche.title}"[:200],
            starts_on=step.starts_on,
            state=StepState.ONGOING,
            placement_id=placement_row,
        )
        db.add(row)
    # What ended it: the work, or the stay in the PLIE; a planned end is only planned.
    ended = min((d for d in (placement.ended_on, spell.ends_on) if d is not None), default=None)
    row.starts_on = step.starts_on
    row.planned_ends_on = placement.planned_ends_on
    row.ended_on = ended
    row.state = StepState.DONE if ended is not None and ended <= account.today else StepState.ONGOING
    row.hours = change.hours_after
