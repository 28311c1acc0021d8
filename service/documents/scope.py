"""Which documents an account may read: `rights` says which kinds reach a firm, here on which lots."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.lots.scope import visible_to as visible_lots
from service.marches.scope import READERS
from service.rights import DOCUMENTS_OF_THE_GROUPEMENT, DOCUMENTS_OF_THE_LOT
from service.tables import DocumentRow, LotRow, PartyRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    here = col(DocumentRow.territory_id) == account.territory_id
    if account.role in READERS:
        return here
    if account.role is not Role.CONTRACTOR:
        return sa.false()
    lots = sa.select(col(LotRow.id)).where(visible_lots(account))
    groupement = sa.select(col(PartyRow.lot_id)).where(
        col(PartyRow.territory_id) == account.territory_id,
        col(PartyRow.company_id) == account.organisation_id,
        col(PartyRow.tier) == 0,
    )
    kind = col(DocumentRow.kind)
    return sa.and_(
        here,
        col(DocumentRow.withdrawn_at).is_(None),
        sa.or_(
            sa.and_(kind.in_(DOCUMENTS_OF_THE_LOT), _on(lots)),
            sa.and_(kind.in_(DOCUMENTS_OF_THE_GROUPEMENT), _on(groupement)),
        ),
    )


def _on(lots: sa.Select[int]) -> sa.ColumnElement[bool]:
    """Of one of these lots, or of the whole marché of one of them."""
    marches = sa.select(col(LotRow.marche_id)).where(col(LotRow.id).in_(lots))
    whole = sa.and_(col(DocumentRow.lot_id).is_(None), col(DocumentRow.marche_id).in_(marches))
    return sa.or_(col(DocumentRow.lot_id).in_(lots), whole)


def find_document(db: Session, account: Account, public_id: str, *, lock: bool = False) -> DocumentRow:
    query = sa.select(DocumentRow).where(col(DocumentRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
