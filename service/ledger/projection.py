"""The declarations of each lot, kept in one text so that a portfolio of hundreds of lots reads in one query.

Written in the transaction of the act that changes a version, whatever the act: the session itself notes
which lots it touched, and projects them before it commits. Two acts on one lot take its row in turn.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlmodel import col

from service.ledger.read_lots import LotIds
from service.ledger.read_versions import Versions, read_sums
from service.tables import DeclarationRow, LotProjectionRow, LotRow, VersionRow

TOUCHED = "declarations_touched"


def read_projected(db: Session, lot_row_ids: LotIds) -> Versions:
    """What `read_sums` gives, from the projections: one query, and a second for lots that have none."""
    query = (
        sa.select(col(LotRow.id), col(LotProjectionRow.versions))
        .outerjoin(LotProjectionRow, col(LotProjectionRow.lot_id) == col(LotRow.id))
        .where(col(LotRow.id).in_(lot_row_ids))
    )
    found, missing = {}, []
    for lot, versions in db.execute(query):
        if versions is None:
            missing.append(lot)
        elif versions:
            found[lot] = versions
    return found | read_sums(db, missing) if missing else found


def project(db: Session, lots: Sequence[int]) -> None:
    """Write the projections of some lots from their versions, in the transaction of `db`."""
    known = db.execute(
        sa.select(col(LotRow.id), col(LotRow.territory_id))
        .where(col(LotRow.id).in_(lots))
        .order_by(col(LotRow.id))
        .with_for_update()
    ).all()
    sums = read_sums(db, lots)
    db.execute(sa.delete(LotProjectionRow).where(col(LotProjectionRow.lot_id).in_(lots)))
    rows = [{"lot_id": lot, "territory_id": land, "versions": sums.get(lot, ())} for lot, land in known]
    if rows:
        db.execute(sa.insert(LotProjectionRow), rows)


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: Any) -> None:
    """Remember the declarations that this flush wrote."""
    touched = session.info.setdefault(TOUCHED, set())
    touched |= set(_declarations((*session.new, *session.dirty, *session.deleted)))


def _declarations(rows: Iterable[Any]) -> Iterable[int]:
    for row in rows:
        if isinstance(row, VersionRow):
            yield row.declaration_id
        elif isinstance(row, DeclarationRow):
            yield row.id


@event.listens_for(Session, "before_commit")
def _project_touched(session: Session) -> None:
    session.flush()
    touched = session.info.pop(TOUCHED, None)
    if touched:
        query = sa.select(col(DeclarationRow.lot_id)).where(col(DeclarationRow.id).in_(sorted(touched)))
        project(session, sorted(set(session.scalars(query))))
