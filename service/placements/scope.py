"""Which placements an account may change: those on the lots that it may see."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.marches.scope import READERS
from service.tables import PlacementRow


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    if account.role not in READERS:
        return sa.false()
    return col(PlacementRow.territory_id) == account.territory_id


def find_placement(db: Session, account: Account, public_id: str, *, lock: bool = False) -> PlacementRow:
    """The placement, or NotFound when the account may not see it."""
    query = sa.select(PlacementRow).where(col(PlacementRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
