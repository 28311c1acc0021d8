"""Which organisations an account may see: those of its territory, and a firm only its own."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import OrganisationRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    here = col(OrganisationRow.territory_id) == account.territory_id
    if account.role is Role.CONTRACTOR:
        return sa.and_(here, col(OrganisationRow.id) == account.organisation_id)
    return here


def find_organisation(
    db: Session, account: Account, public_id: str, *, lock: bool = False
) -> OrganisationRow:
    """The organisation, or NotFound when it is not in the account's territory."""
    query = sa.select(OrganisationRow).where(col(OrganisationRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
