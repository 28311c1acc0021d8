"""What the tests of bilans do to the world: move its day, correct a validated line."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlmodel import col

import clauses
from service.tables import DeclarationRow, LineRow, TerritoryRow, VersionRow
from service.tables.session import Database


def move_to(database: Database, day: date) -> None:
    """Every territory lives on that day."""
    with database.write() as db:
        db.execute(sa.update(TerritoryRow).values(stored_today=day))


def correct(database: Database, lot_row: int, hours: int, at: datetime) -> None:
    """Version n+1 of the lot's only declaration: as many hours, accepted at that instant."""
    with database.write() as db:
        header = db.scalars(sa.select(DeclarationRow).where(col(DeclarationRow.lot_id) == lot_row)).one()
        former = db.scalars(
            sa.select(VersionRow)
            .where(col(VersionRow.declaration_id) == header.id)
            .order_by(col(VersionRow.version).desc())
        ).first()
        assert former is not None
        line = db.scalars(sa.select(LineRow).where(col(LineRow.version_id) == former.id)).one()
        former.state = clauses.State.RECTIFIEE
        version = VersionRow(
            territory_id=former.territory_id,
            declaration_id=header.id,
            version=former.version + 1,
            state=clauses.State.VALIDEE,
            provenance=former.provenance,
            author_id=former.author_id,
            made_at=at,
            comment="Relevé corrigé",
            findings=(),
            not_verifiable=(),
            waivers=(),
            decided_at=at,
            decided_by=former.decided_by,
            declared=hours,
            countable=hours,
            accepted=hours,
        )
        db.add(version)
        db.flush()
        db.add(
            LineRow(
                territory_id=line.territory_id,
                version_id=version.id,
                placement_id=line.placement_id,
                person_id=line.person_id,
                month=line.month,
                kind=line.kind,
                hours=hours,
                days=(),
                countable=hours,
                covered=line.covered,
                days_kept=line.days_kept,
                days_all=line.days_all,
                accepted=hours,
            )
        )


APRIL_20 = datetime(2026, 4, 20, 9, tzinfo=UTC)
MAY_12 = datetime(2026, 5, 12, 9, tzinfo=UTC)
