"""Which marchés an account may see: the facilitation and the coordination, those of their territory."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import MarcheRow
from service.vocabulary import Role

READERS = frozenset({Role.FACILITATOR, Role.COORDINATOR, Role.ADMIN})


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    if account.role not in READERS:
        return sa.false()
    return col(MarcheRow.territory_id) == account.territory_id


def find_marche(db: Session, account: Account, public_id: str, *, lock: bool = False) -> MarcheRow:
    """The marché, or NotFound when the account may not see it."""
    query = sa.select(MarcheRow).where(col(MarcheRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
