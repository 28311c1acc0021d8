"""The people at work on lots: their placements and the periods in which they are eligible."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Period, Placement
from service.ledger.lot_file import Company, Person
from service.ledger.read_lots import LotIds, grouped
from service.tables import EligibilityRow, LotRow, PersonRow, PlacementRow


class AtWork(msgspec.Struct, frozen=True, kw_only=True):
    """A placement with its row, its person, and whether the facilitator has confirmed it."""

    placement: Placement
    row_id: int
    person: Person
    confirmed: bool


def read_placements(
    db: Session, lot_row_ids: LotIds, companies: dict[int, Company]
) -> dict[int, tuple[AtWork, ...]]:
    """Placements by lot row id, by name then by date."""
    rows = db.execute(
        sa.select(
            *PLACEMENT_COLUMNS,
            col(LotRow.public_id).label("lot_public_id"),
            col(PersonRow.public_id).label("person_public_id"),
            col(PersonRow.first_name),
            col(PersonRow.last_name),
        )
        .join(LotRow, col(LotRow.id) == col(PlacementRow.lot_id))
        .join(PersonRow, col(PersonRow.id) == col(PlacementRow.person_id))
        .where(col(PlacementRow.lot_id).in_(lot_row_ids))
        .order_by(col(PersonRow.name_key), col(PlacementRow.starts_on), col(PlacementRow.id))
    )
    return grouped((row.lot_id, at_work(row, companies)) for row in rows)


PLACEMENT_COLUMNS = (
    col(PlacementRow.id),
    col(PlacementRow.public_id),
    col(PlacementRow.lot_id),
    col(PlacementRow.person_id),
    col(PlacementRow.legal_employer_id),
    col(PlacementRow.user_company_id),
    col(PlacementRow.employment_kind),
    col(PlacementRow.starts_on),
    col(PlacementRow.planned_ends_on),
    col(PlacementRow.ended_on),
    col(PlacementRow.end_reason),
    col(PlacementRow.weekly_hours),
    col(PlacementRow.cdi_from),
    col(PlacementRow.confirmed),
)


def at_work(row: Any, companies: dict[int, Company]) -> AtWork:
    person = Person(
        id=row.person_public_id,
        row_id=row.person_id,
        first_name=row.first_name,
        last_name=row.last_name,
    )
    placement = placement_of(
        row, person.id, row.lot_public_id, companies[row.legal_employer_id], companies[row.user_company_id]
    )
    return AtWork(placement=placement, row_id=row.id, person=person, confirmed=row.confirmed)


def placement_of(row: Any, person_id: str, lot_id: str, employer: Company, user: Company) -> Placement:
    """A stored placement as the core's Struct, from its row or its columns; the ids are the public ones."""
    return Placement(
        id=row.public_id,
        person_id=person_id,
        lot_id=lot_id,
        legal_employer_id=employer.id,
        legal_employer_kind=employer.kind,
        user_company_id=user.id,
        employment_kind=row.employment_kind,
        starts_on=row.starts_on,
        planned_ends_on=row.planned_ends_on,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        weekly_hours=row.weekly_hours,
        cdi_from=row.cdi_from,
    )


def person_of(row: PersonRow) -> Person:
    return Person(id=row.public_id, row_id=row.id, first_name=row.first_name, last_name=row.last_name)


def read_periods(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Period, ...]]:
    """The eligibility periods of everyone placed on these lots, by person row id."""
    placed = sa.select(col(PlacementRow.person_id)).where(col(PlacementRow.lot_id).in_(lot_row_ids))
    rows = db.execute(
        sa.select(EligibilityRow, col(PersonRow.public_id))
        .join(PersonRow, col(PersonRow.id) == col(EligibilityRow.person_id))
        .where(col(EligibilityRow.person_id).in_(placed))
        .order_by(col(EligibilityRow.starts_on), col(EligibilityRow.id))
    )
    return grouped((row.person_id, period_of_row(row, person_id)) for row, person_id in rows)


def period_of_row(row: EligibilityRow, person_id: str) -> Period:
    """A stored period as the core's Struct; `person_id` is the public id."""
    return Period(
        id=row.public_id,
        person_id=person_id,
        grid_id=row.grid_id,
        grid_version=row.grid_version,
        criterion=row.criterion,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        end_rule=row.end_rule,
        cdi_hired_on=row.cdi_hired_on,
        proof_label=row.proof_label,
        proof_dated_on=row.proof_dated_on,
        proof_expires_on=row.proof_expires_on,
        opinion=row.opinion,
        revoked_on=row.revoked_on,
        revoked_reason=row.revoked_reason,
    )
