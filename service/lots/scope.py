"""Which lots an account may see: those of the marchés that it may see; a firm, the lots it works on."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.marches.scope import READERS
from service.tables import LotRow, PartyRow, PlacementRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    here = col(LotRow.territory_id) == account.territory_id
    if account.role in READERS:
        return here
    if account.role is not Role.CONTRACTOR:
        return sa.false()
    own = account.organisation_id
    party = sa.select(col(PartyRow.lot_id)).where(col(PartyRow.company_id) == own)
    employer = sa.select(col(PlacementRow.lot_id)).where(
        sa.or_(col(PlacementRow.legal_employer_id) == own, col(PlacementRow.user_company_id) == own)
    )
    return sa.and_(here, sa.or_(col(LotRow.id).in_(party), col(LotRow.id).in_(employer)))


def find_lot(db: Session, account: Account, public_id: str, *, lock: bool = False) -> LotRow:
    """The lot, or NotFound when the account may not see it."""
    query = sa.select(LotRow).where(col(LotRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
