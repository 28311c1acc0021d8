"""Making a lot follow a grid, by a dated act; and what that changes for the people at work on it."""

from collections.abc import Iterable
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Grid, Interval
from service.accounts.account import Account
from service.formats import day
from service.ledger.clock import territory_now
from service.ledger.grids import OWN, read_grids
from service.ledger.lot_file import LotFile
from service.tables import LotGridRow, LotRow
from service.trace import record_act

AT_ENTRY = "Grille en vigueur à la création du lot."


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A person whose eligible days change: in words, before and after."""

    lot: str
    name: str
    before: str
    after: str


def follow_the_one_in_force(db: Session, account: Account, lot: LotRow) -> None:
    """A new lot follows the territory's grid of the day, from its own first day."""
    grid = read_grids(db, account.territory_id).in_force(account.today)
    if grid.id == OWN:
        _follow(db, account, lot, grid, lot.starts_on, AT_ENTRY)


def follow_from_the_start(db: Session, lot: LotRow, formerly: date) -> None:
    """The first day of a lot was corrected: what it followed from that day, it follows from the right one."""
    db.execute(
        sa.update(LotGridRow)
        .where(col(LotGridRow.lot_id) == lot.id, col(LotGridRow.from_on) == formerly)
        .values(from_on=lot.starts_on)
    )


def follow(
    db: Session, account: Account, lots: Iterable[LotRow], grid: Grid, from_on: date, reason: str
) -> None:
    """The dated act of the facilitator. What was validated before stays as it was."""
    for lot in lots:
        _follow(db, account, lot, grid, from_on, reason)
        sentence = (
            f"Lot {lot.number} : grille « {grid.label} », version {grid.version}, à partir du {day(from_on)}"
        )
        record_act(db, account, "lots.grid.act", "lot", lot.public_id, sentence)


def _follow(db: Session, account: Account, lot: LotRow, grid: Grid, from_on: date, reason: str) -> None:
    db.add(
        LotGridRow(
            territory_id=lot.territory_id,
            lot_id=lot.id,
            from_on=from_on,
            grid_id=grid.id,
            version=grid.version,
            reason=reason,
            author_id=account.id,
            known_at=territory_now(account),
        )
    )


def moved_by(file: LotFile, grid: Grid, from_on: date) -> tuple[Moved, ...]:
    """The people placed on the lot whose eligible days from a day on would not be the same."""
    end = file.lot.ends_on
    found = []
    for person_id in dict.fromkeys(p.person_id for p in file.placements):
        before, after = (
            _from(clauses.intervals_for(file.periods, person_id, file.lot, one, end), from_on)
            for one in (file.grid_at(from_on), grid)
        )
        if before != after:
            name = file.people[person_id].name
            found.append(Moved(lot=file.lot.number, name=name, before=_words(before), after=_words(after)))
    return tuple(sorted(found, key=lambda m: m.name.casefold()))


def _from(intervals: tuple[Interval, ...], first: date) -> tuple[Interval, ...]:
    return tuple(i for i in intervals if i.last is None or i.last >= first)


def _words(intervals: tuple[Interval, ...]) -> str:
    if not intervals:
        return "pas éligible"
    return ", ".join(
        f"du {day(i.first)} au {day(i.last)}" if i.last else f"à partir du {day(i.first)}" for i in intervals
    )
