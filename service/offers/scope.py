"""Which offers an account may see: those of its territory, for the roles that rights let in."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import OfferRow, TerritoryCommuneRow, TerritoryRow


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    return col(OfferRow.territory_id) == account.territory_id


def find_offer(db: Session, account: Account, public_id: str, *, lock: bool = False) -> OfferRow:
    """The offer, or NotFound when it is not in the account's territory."""
    query = sa.select(OfferRow).where(col(OfferRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def territory_communes(db: Session, territory_id: int) -> frozenset[str]:
    """INSEE codes of the territory: they settle two communes of one name."""
    return frozenset(
        db.scalars(
            sa.select(col(TerritoryCommuneRow.insee)).where(
                col(TerritoryCommuneRow.territory_id) == territory_id
            )
        )
    )


def raise_offers_stamp(db: Session, territory_id: int) -> None:
    """What matching keeps of the territory's offers is out of date from this act on."""
    db.execute(
        sa.update(TerritoryRow)
        .where(col(TerritoryRow.id) == territory_id)
        .values(offers_stamp=col(TerritoryRow.offers_stamp) + 1)
    )
