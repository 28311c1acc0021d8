"""Copying lots: their words, dates and rules, never their people, events or hours."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.grids.follow import follow_the_one_in_force
from service.lots.ledger import notify
from service.tables import LotRow, MarcheRow

COPIED = ("number", "title", "starts_on", "ends_on", "volume", "grid_id", "rules")


def copy_lots(db: Session, account: Account, source: MarcheRow, target: MarcheRow) -> None:
    """Each copy is notified at its own dates, and is to be calibrated."""
    query = sa.select(LotRow).where(col(LotRow.marche_id) == source.id).order_by(col(LotRow.id))
    for lot in db.scalars(query).all():
        copy = LotRow(
            territory_id=target.territory_id,
            marche_id=target.id,
            **{name: getattr(lot, name) for name in COPIED},
        )
        db.add(copy)
        db.flush()
        notify(db, account, copy)
        follow_the_one_in_force(db, account, copy)
