"""Hours shared between lots: each allocation with the line that it comes from, for both of its lots."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import Allocation
from service.ledger.lot_file import Moved, Shared
from service.ledger.read_lots import LotIds, company_of, grouped
from service.ledger.read_people import person_of, placement_of
from service.tables import (
    AllocationRow,
    DeclarationRow,
    LineRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    PersonRow,
    PlacementRow,
    UserRow,
    VersionRow,
)

# Made once: a new alias maps every column of its table again.
_GIVER, _RECEIVER = aliased(LotRow), aliased(LotRow)
_GIVING, _RECEIVING = aliased(MarcheRow), aliased(MarcheRow)
_COMPANY, _EMPLOYER, _USER = (aliased(OrganisationRow) for _ in range(3))
_AUTHOR, _CANCELLER = aliased(UserRow), aliased(UserRow)


def touching(lot_row_ids: LotIds) -> sa.ColumnElement[bool]:
    """Allocations that give hours to these lots, or take from them."""
    return sa.or_(
        col(AllocationRow.from_lot_id).in_(lot_row_ids), col(AllocationRow.to_lot_id).in_(lot_row_ids)
    )


def read_moved(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Moved, ...]]:
    """The hours that stand shared by lot row id, one a company and direction: one query."""
    giver, receiver = col(AllocationRow.from_lot_id), col(AllocationRow.to_lot_id)
    company, site = col(_COMPANY.public_id), col(_USER.public_id)
    rows = db.execute(
        sa.select(giver, receiver, company, site, sa.func.sum(AllocationRow.hours))
        .join(LineRow, col(LineRow.id) == col(AllocationRow.line_id))
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(_COMPANY, col(_COMPANY.id) == col(DeclarationRow.company_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
        .join(_USER, col(_USER.id) == col(PlacementRow.user_company_id))
        .where(touching(lot_row_ids), col(AllocationRow.cancelled_at).is_(None))
        .group_by(giver, receiver, company, site)
    )
    return grouped(
        (lot, Moved(company_id=who, worked_at=where, hours=hours))
        for gave, got, who, where, shared in rows
        for lot, hours in ((gave, -shared), (got, shared))
    )


def read_shared(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Shared, ...]]:
    """Every allocation of these lots, cancelled ones too, the oldest first, by lot row id: one query."""
    query = (
        sa.select(
            AllocationRow,
            LineRow,
            PlacementRow,
            PersonRow,
            _COMPANY,
            _EMPLOYER,
            _USER,
            _GIVER,
            _RECEIVER,
            col(_GIVING.reference),
            col(_RECEIVING.reference),
            col(_AUTHOR.public_id),
            col(_AUTHOR.name),
            col(_CANCELLER.name),
        )
        .join(LineRow, col(LineRow.id) == col(AllocationRow.line_id))
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
        .join(PersonRow, col(PersonRow.id) == col(LineRow.person_id))
        .join(_COMPANY, col(_COMPANY.id) == col(DeclarationRow.company_id))
        .join(_EMPLOYER, col(_EMPLOYER.id) == col(PlacementRow.legal_employer_id))
        .join(_USER, col(_USER.id) == col(PlacementRow.user_company_id))
        .join(_GIVER, col(_GIVER.id) == col(AllocationRow.from_lot_id))
        .join(_RECEIVER, col(_RECEIVER.id) == col(AllocationRow.to_lot_id))
        .join(_GIVING, col(_GIVING.id) == col(_GIVER.marche_id))
        .join(_RECEIVING, col(_RECEIVING.id) == col(_RECEIVER.marche_id))
        .join(_AUTHOR, col(_AUTHOR.id) == col(AllocationRow.author_id))
        .outerjoin(_CANCELLER, col(_CANCELLER.id) == col(AllocationRow.cancelled_by))
        .where(touching(lot_row_ids))
        .order_by(col(AllocationRow.made_at), col(AllocationRow.id))
    )
    found = ((one[0], _shared(one)) for one in db.execute(query))
    return grouped((lot, shared) for row, shared in found for lot in (row.from_lot_id, row.to_lot_id))


def _shared(one: Any) -> Shared:
    row, line, placement, person, company, employer, user, giver, receiver, *names = one
    giving, receiving, author_id, author, canceller = names
    return Shared(
        allocation=Allocation(
            id=row.public_id,
            line_id=line.public_id,
            from_lot_id=giver.public_id,
            to_lot_id=receiver.public_id,
            hours=row.hours,
            consents=frozenset(row.consents),
            made_at=row.made_at,
            author_id=author_id,
            cancelled_at=row.cancelled_at,
            cancel_reason=row.cancel_reason,
        ),
        row_id=row.id,
        month=line.month,
        kind=line.kind,
        placement=placement_of(
            placement, person.public_id, giver.public_id, company_of(employer), company_of(user)
        ),
        person=person_of(person),
        company=company_of(company),
        employer=company_of(employer),
        from_lot=f"{giving}, lot {giver.number}",
        to_lot=f"{receiving}, lot {receiver.number}",
        author=author,
        cancelled_by=canceller or "",
        reason=row.reason,
    )
