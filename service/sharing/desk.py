"""One lot that gives hours, the lot that may receive them, and what the core is asked about both."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Allocation, Context, Declaration, HourKind, Line, SurplusPolicy
from service.accounts.account import Account
from service.declarations.context import Surroundings, context_for
from service.declarations.month import lock_lots
from service.errors import NotFound
from service.ledger.clock import territory_now
from service.ledger.load import load_lots
from service.ledger.lot_file import LotFile
from service.lots.scope import find_lot, visible_to
from service.tables import LotRow

NOBODY_ELSE = Surroundings(lines=(), birth_dates={})


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """`receiving` None until a lot is chosen. `pairs`: the lines that stand accepted with their versions."""

    giving: LotFile
    receiving: LotFile | None
    pairs: tuple[tuple[Line, Declaration], ...]
    on: date
    known_at: datetime

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """Those of the two lots, each once."""
        shared = (*self.giving.shared, *(self.receiving.shared if self.receiving else ()))
        return tuple({s.allocation.id: s.allocation for s in shared}.values())

    @property
    def kinds(self) -> dict[str, HourKind]:
        """Work or training, of each line that is or may be shared."""
        shared = (*self.giving.shared, *(self.receiving.shared if self.receiving else ()))
        return {s.allocation.line_id: s.kind for s in shared} | {x.id: x.kind for x, _ in self.pairs}

    @property
    def seen(self) -> str:
        """What a page showed of the lot that gives, in a word."""
        shown = [(line.id, line.accepted or 0) for line, _ in self.pairs]
        live = [a.id for a in self.allocations if a.cancelled_at is None]
        return hashlib.sha256(msgspec.json.encode((shown, live))).hexdigest()[:16]


def open_desk(db: Session, account: Account, lot_id: str, to_id: str, *, lock: bool = False) -> Desk:
    """Load one or two lots; `lock` keeps other acts on both waiting. Raises NotFound."""
    rows = [find_lot(db, account, one).id for one in dict.fromkeys((lot_id, to_id)) if one]
    if lock:
        lock_lots(db, sorted(rows))
    files = load_lots(db, rows)
    giving = files[rows[0]]
    return Desk(
        giving=giving,
        receiving=files[rows[1]] if len(rows) > 1 else None,
        pairs=tuple(
            (line, version)
            for version in clauses.standing_accepted(giving.versions)
            for line in version.lines
            if line.accepted
        ),
        on=account.today,
        known_at=territory_now(account),
    )


def given_by(line: Line, allocations: Iterable[Allocation]) -> int:
    return clauses.moved_hours(line.id, allocations)


class Bases(msgspec.Struct, frozen=True, kw_only=True):
    """The contexts of the two lots, over the months of the lines that stand accepted."""

    giving: Context
    there: Context


def bases(desk: Desk, receiving: LotFile) -> Bases:
    """The person is eligible by her own periods, whether she ever worked on the receiving lot or not."""
    months = [line.month for line, _ in desk.pairs] or [desk.on]
    there, giving = (
        context_for(file, "", min(months), max(months), NOBODY_ELSE, desk.on, desk.known_at)
        for file in (receiving, desk.giving)
    )
    return Bases(giving=giving, there=msgspec.structs.replace(there, periods=desk.giving.periods))


def context_there(
    desk: Desk, base: Context, line: Line, version: Declaration, existing: Sequence[Allocation]
) -> Context:
    """The receiving lot for a line: its grid of that period, and a training cap that counts what was shared
    already, this line left out."""
    lot_id, moved = base.lot.id, dict.fromkeys(HourKind, 0)
    for a in existing:
        if a.cancelled_at is None and a.line_id != line.id and lot_id in (a.to_lot_id, a.from_lot_id):
            moved[desk.kinds[a.line_id]] += a.hours if a.to_lot_id == lot_id else -a.hours
    standing = msgspec.structs.replace(
        base.standing,
        work_countable=base.standing.work_countable + moved[HourKind.WORK],
        training_countable=base.standing.training_countable + moved[HourKind.TRAINING],
    )
    grid = (desk.receiving or desk.giving).grid_at(version.period_start)
    return msgspec.structs.replace(base, standing=standing, grid=grid)


def receivers(db: Session, account: Account, giving: LotFile) -> list[int]:
    """The open lots whose policy and buyer let them receive from this one, by row id."""
    policy = giving.lot.rules.surplus_policy
    if policy is SurplusPolicy.NONE or giving.closed:
        return []
    rows = db.scalars(
        sa.select(LotRow).where(
            visible_to(account), col(LotRow.closed_on).is_(None), col(LotRow.id) != giving.row_id
        )
    )
    open_to = {row.id: row.rules.surplus_policy for row in rows}
    return [row_id for row_id, theirs in open_to.items() if theirs is not SurplusPolicy.NONE]


def find_line(desk: Desk, line_id: str) -> tuple[Line, Declaration]:
    """A line that stands accepted on the giving lot. Raises NotFound."""
    found = next((pair for pair in desk.pairs if pair[0].id == line_id), None)
    if found is None:
        raise NotFound
    return found
