"""One declaration under examination: loaded whole, judged again with what is known today.

A date, an eligibility or a party may have been corrected since it was sent: an open version is judged
again each time it is read, and what was read is what is decided (semantics.md, Hours).
"""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Context, Declaration
from service.accounts.account import Account
from service.declarations.context import context_for, read_surroundings
from service.declarations.month import lock_lots
from service.errors import NotFound
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.lots.scope import visible_to
from service.tables import AllocationRow, DeclarationRow, LotRow


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """`versions`: all those of the header, as stored. `judged`: the last one sent, judged
    again while it is open. `standing`: the accepted version that it would replace."""

    file: LotFile
    versions: tuple[Declaration, ...]
    judged: Declaration
    standing: Declaration | None
    known_at: datetime

    @property
    def stored(self) -> Declaration:
        """The version judged, as it was stored."""
        return next(v for v in self.versions if v.id == self.judged.id)

    @property
    def previous(self) -> Declaration | None:
        """The version sent before the one judged, whose figures are shown beside."""
        before = [v for v in self.versions if v.version < self.judged.version]
        return next((v for v in reversed(before) if not clauses.is_taken_back(v)), None)


def receiving_lots(db: Session, lot_row: int) -> list[int]:
    """The lots where hours of this one are counted: a correction may take them back."""
    given = col(AllocationRow.from_lot_id) == lot_row, col(AllocationRow.cancelled_at).is_(None)
    return list(db.scalars(sa.select(col(AllocationRow.to_lot_id)).where(*given).distinct()))


def examine(db: Session, account: Account, declaration_id: str, *, lock: bool = False) -> Examined:
    """Load a declaration for the facilitator; `lock` keeps other acts on its lot waiting. Raises NotFound."""
    lot_row = db.scalar(
        sa.select(col(DeclarationRow.lot_id))
        .join(LotRow, col(LotRow.id) == col(DeclarationRow.lot_id))
        .where(
            col(DeclarationRow.public_id) == declaration_id,
            col(DeclarationRow.territory_id) == account.territory_id,
            visible_to(account),
        )
    )
    if lot_row is None:
        raise NotFound
    if lock:
        lock_lots(db, {lot_row, *receiving_lots(db, lot_row)})
    file, known_at = load_lot(db, lot_row), territory_now(account)
    versions = tuple(v for v in file.versions if v.declaration_id == declaration_id)
    last = clauses.latest(versions)[0]
    around = read_surroundings(db, account.territory_id, [file], last.period_start, last.period_end)
    context: Context = context_for(
        file, last.company_id, last.period_start, last.period_end, around, account.today, known_at
    )
    return Examined(
        file=file,
        versions=versions,
        judged=clauses.rejudge(last, context),
        standing=next((v for v in versions if v.state in clauses.ACCEPTED), None),
        known_at=known_at,
    )
