"""Which penalties an account may read: those of the lots that it may see; firms hear from their buyer."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.lots.scope import visible_to as visible_lots
from service.marches.scope import READERS
from service.tables import LotRow, PenaltyRow


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """On a query joined to LotRow."""
    return visible_lots(account) if account.role in READERS else sa.false()


def find_penalty(db: Session, account: Account, public_id: str, *, lock: bool = False) -> PenaltyRow:
    query = (
        sa.select(PenaltyRow)
        .join(LotRow, col(LotRow.id) == col(PenaltyRow.lot_id))
        .where(col(PenaltyRow.public_id) == public_id, visible_to(account))
    )
    row = db.scalar(query.with_for_update(of=PenaltyRow) if lock else query)
    if row is None:
        raise NotFound
    return row
