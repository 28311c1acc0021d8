"""Which frozen bilans an account may read: those of the lots that it may see."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.lots.scope import visible_to as visible_lots
from service.marches.scope import READERS
from service.tables import BilanRow, LotRow


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """On a query joined to LotRow. Firms read their own figures, not the buyer's bilan."""
    return visible_lots(account) if account.role in READERS else sa.false()


def find_bilan(db: Session, account: Account, public_id: str) -> BilanRow:
    row = db.scalar(
        sa.select(BilanRow)
        .join(LotRow, col(LotRow.id) == col(BilanRow.lot_id))
        .where(col(BilanRow.public_id) == public_id, visible_to(account))
    )
    if row is None:
        raise NotFound
    return row
