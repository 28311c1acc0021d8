"""Hours shared between lots: each allocation with the line that it comes from, for both of its lots."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import Allocation, Placement
from service.ledger.lot_file import Company, Moved, Person, Shared
from service.ledger.read_lots import LotIds
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


def touching(lot_row_ids: LotIds) -> sa.ColumnElement[bool]:
    """Allocations that give hours to these lots, or take from them."""
    return sa.or_(
        col(AllocationRow.from_lot_id).in_(lot_row_ids), col(AllocationRow.to_lot_id).in_(lot_row_ids)
    )


def read_moved(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Moved, ...]]:
    """The hours that stand shared by lot row id, one a company and direction: one query."""
    giver, receiver = col(AllocationRow.from_lot_id), col(AllocationRow.to_lot_id)
    company = col(OrganisationRow.public_id)
    rows = db.execute(
        sa.select(giver, receiver, company, sa.func.sum(AllocationRow.hours))
        .join(LineRow, col(LineRow.id) == col(AllocationRow.line_id))
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(DeclarationRow.company_id))
        .where(touching(lot_row_ids), col(AllocationRow.cancelled_at).is_(None))
        .group_by(giver, receiver, company)
    )
    found: dict[int, list[Moved]] = defaultdict(list)
    for gave, got, who, hours in rows:
        found[gave].append(Moved(company_id=who, hours=-hours))
        found[got].append(Moved(company_id=who, hours=hours))
    return {lot: tuple(values) for lot, values in found.items()}


def read_shared(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Shared, ...]]:
    """Every allocation of these lots, cancelled ones too, the oldest first, by lot row id: one query."""
    giver, receiver = aliased(LotRow), aliased(LotRow)
    giving, receiving = aliased(MarcheRow), aliased(MarcheRow)
    company, employer, user = (aliased(OrganisationRow) for _ in range(3))
    author, canceller = aliased(UserRow), aliased(UserRow)
    query = (
        sa.select(
            AllocationRow,
            LineRow,
            PlacementRow,
            PersonRow,
            company,
            employer,
            user,
            giver,
            receiver,
            col(giving.reference),
            col(receiving.reference),
            col(author.public_id),
            col(author.name),
            col(canceller.name),
        )
        .join(LineRow, col(LineRow.id) == col(AllocationRow.line_id))
        .join(VersionRow, col(VersionRow.id) == col(LineRow.version_id))
        .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
        .join(PlacementRow, col(PlacementRow.id) == col(LineRow.placement_id))
        .join(PersonRow, col(PersonRow.id) == col(LineRow.person_id))
        .join(company, col(company.id) == col(DeclarationRow.company_id))
        .join(employer, col(employer.id) == col(PlacementRow.legal_employer_id))
        .join(user, col(user.id) == col(PlacementRow.user_company_id))
        .join(giver, col(giver.id) == col(AllocationRow.from_lot_id))
        .join(receiver, col(receiver.id) == col(AllocationRow.to_lot_id))
        .join(giving, col(giving.id) == col(giver.marche_id))
        .join(receiving, col(receiving.id) == col(receiver.marche_id))
        .join(author, col(author.id) == col(AllocationRow.author_id))
        .outerjoin(canceller, col(canceller.id) == col(AllocationRow.cancelled_by))
        .where(touching(lot_row_ids))
        .order_by(col(AllocationRow.made_at), col(AllocationRow.id))
    )
    found: dict[int, list[Shared]] = defaultdict(list)
    for one in db.execute(query):
        shared, ends = _shared(one), (one[0].from_lot_id, one[0].to_lot_id)
        for lot in ends:
            found[lot].append(shared)
    return {lot: tuple(values) for lot, values in found.items()}


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
        placement=Placement(
            id=placement.public_id,
            person_id=person.public_id,
            lot_id=giver.public_id,
            legal_employer_id=employer.public_id,
            legal_employer_kind=employer.employer_kind,
            user_company_id=user.public_id,
            employment_kind=placement.employment_kind,
            starts_on=placement.starts_on,
            planned_ends_on=placement.planned_ends_on,
            ended_on=placement.ended_on,
            end_reason=placement.end_reason,
            weekly_hours=placement.weekly_hours,
        ),
        person=Person(
            id=person.public_id,
            row_id=person.id,
            first_name=person.first_name,
            last_name=person.last_name,
        ),
        company=_company(company),
        employer=_company(employer),
        from_lot=f"{giving}, lot {giver.number}",
        to_lot=f"{receiving}, lot {receiver.number}",
        author=author,
        cancelled_by=canceller or "",
        reason=row.reason,
    )


def _company(row: OrganisationRow) -> Company:
    return Company(id=row.public_id, row_id=row.id, name=row.name, siret=row.siret, kind=row.employer_kind)
