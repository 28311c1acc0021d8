"""Which employers an account may see: the firms of its territory's register."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import OrganisationRow
from service.vocabulary import OrganisationKind


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(OrganisationRow.territory_id) == account.territory_id,
        col(OrganisationRow.kind) == OrganisationKind.FIRM,
    )


def find_employer(db: Session, account: Account, public_id: str, *, lock: bool = False) -> OrganisationRow:
    """The firm, or NotFound when it is not one of the account's territory."""
    query = sa.select(OrganisationRow).where(col(OrganisationRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
