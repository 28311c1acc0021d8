"""Where the penalties of each lot stand: who is awaited, since when."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import PenaltyCase, PerDayLate
from service.ledger.read_lots import LotIds, grouped
from service.tables import OrganisationRow, PenaltyRow, TerritoryRow
from service.vocabulary import PenaltyState


def read_penalties(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[PenaltyCase, ...]]:
    """The penalties of each lot, cancelled ones left out, in the order of their proposals. One query."""
    query = (
        sa.select(
            col(PenaltyRow.lot_id),
            col(PenaltyRow.public_id),
            col(PenaltyRow.rule),
            col(PenaltyRow.proposed_at),
            col(PenaltyRow.decided_on),
            col(OrganisationRow.public_id).label("company"),
            col(TerritoryRow.time_zone),
        )
        .join(TerritoryRow, col(TerritoryRow.id) == col(PenaltyRow.territory_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(PenaltyRow.company_id))
        .where(col(PenaltyRow.lot_id).in_(lot_row_ids), col(PenaltyRow.state) != PenaltyState.CANCELLED)
        .order_by(col(PenaltyRow.proposed_at), col(PenaltyRow.id))
    )
    return grouped(
        (
            row.lot_id,
            PenaltyCase(
                id=row.public_id,
                company_id=row.company,
                proposed_on=row.proposed_at.astimezone(ZoneInfo(row.time_zone)).date(),
                decided_on=row.decided_on,
                formal_notice_on=row.rule.formal_notice_on if isinstance(row.rule, PerDayLate) else None,
                stopped_on=row.rule.stopped_on if isinstance(row.rule, PerDayLate) else None,
            ),
        )
        for row in db.execute(query)
    )
