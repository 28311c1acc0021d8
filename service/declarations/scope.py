"""Which lots, placements and declarations a firm may see: its own tier and below, never others."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declaration, Placement
from service.ledger.lot_file import LotFile
from service.tables import LotRow, PartyRow, PlacementRow


def lots_of(territory_id: int, company_row_id: int) -> sa.Select[int]:
    """The row ids of the lots where a company is a party, employs someone or has someone at work."""
    named = sa.union(
        sa.select(col(PartyRow.lot_id)).where(col(PartyRow.company_id) == company_row_id),
        sa.select(col(PlacementRow.lot_id)).where(
            sa.or_(
                col(PlacementRow.legal_employer_id) == company_row_id,
                col(PlacementRow.user_company_id) == company_row_id,
            )
        ),
    )
    return sa.select(col(LotRow.id)).where(
        col(LotRow.territory_id) == territory_id, col(LotRow.id).in_(named)
    )


def lot_rows_of(db: Session, territory_id: int, company_row_id: int) -> Sequence[int]:
    return db.scalars(lots_of(territory_id, company_row_id).order_by(col(LotRow.id))).all()


def may_see_company(file: LotFile, company_id: str, other_id: str) -> bool:
    """Own tier and below on this lot (invariant I7)."""
    return other_id in clauses.companies_below(file.parties, company_id)


def visible_versions(file: LotFile, company_id: str) -> tuple[Declaration, ...]:
    """The versions that a company may open on a lot: its own and those of its subcontractors."""
    below = clauses.companies_below(file.parties, company_id)
    return tuple(v for v in file.versions if v.company_id in below)


def is_mandataire(file: LotFile, company_id: str, on: date) -> bool:
    head = clauses.mandataire_at(file.parties, on)
    return head is not None and head.company_id == company_id


def own_placements(file: LotFile, company_id: str) -> tuple[Placement, ...]:
    """Those the company declares: it is their legal employer, or they work for it."""
    return tuple(p for p in file.placements if company_id in (p.legal_employer_id, p.user_company_id))


def declarable_placements(file: LotFile, company_id: str, *days: date) -> tuple[Placement, ...]:
    """Its own, and for the mandataire of one of the days (today, or those of the month told) those of its
    subcontractors, whom it may declare for."""
    own = own_placements(file, company_id)
    if not any(is_mandataire(file, company_id, on) for on in days):
        return own
    below = clauses.companies_below(file.parties, company_id)
    return own + tuple(p for p in file.placements if p not in own and p.user_company_id in below)
