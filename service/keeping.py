"""What is kept only for a time, and forgotten when somebody of the territory signs in."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.tables import ImportBatchRow, ImportLineRow
from service.vocabulary import ImportState

FILE_DAYS = 30
"""A file sent from a screen names people: its rows that were not imported go after this long."""


def forget_files(db: Session, territory_id: int, now: datetime) -> None:
    """Drop the rows that nobody imported in time; of an imported file, the record stays."""
    morning = now.replace(hour=0, minute=0, second=0, microsecond=0)
    old = sa.select(col(ImportBatchRow.id)).where(
        col(ImportBatchRow.territory_id) == territory_id,
        col(ImportBatchRow.made_at) < morning - timedelta(days=FILE_DAYS),
    )
    left = old.where(col(ImportBatchRow.state) != ImportState.DONE)
    db.execute(
        sa.delete(ImportLineRow).where(
            sa.or_(
                col(ImportLineRow.batch_id).in_(left),
                sa.and_(col(ImportLineRow.batch_id).in_(old), col(ImportLineRow.stored).is_(False)),
            )
        )
    )
    db.execute(sa.delete(ImportBatchRow).where(col(ImportBatchRow.id).in_(left)))
