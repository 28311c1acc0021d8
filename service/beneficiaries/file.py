"""A beneficiary's file: periods, placements, hours by lot; what ends soon."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import PeriodState
from service.accounts.account import Account
from service.beneficiaries.views import BeneficiaryView, PeriodView, PlacementLine
from service.ledger.grids import Grids, read_grids
from service.ledger.load import load_lots
from service.ledger.lot_file import LotFile
from service.ledger.read_people import period_of_row
from service.ledger.standing import brief_standing_of
from service.lots.file import workers_of
from service.sharing.file import lot_sharing, shared_lines
from service.tables import EligibilityRow, PersonRow, PlacementRow, SpellRow, UserRow

TONES = {
    PeriodState.REVOKED: "stop",
    PeriodState.TO_COME: "quiet",
    PeriodState.ENDED: "quiet",
    PeriodState.RUNNING: "ok",
}


def read_beneficiary(db: Session, account: Account, person: PersonRow, known_at: datetime) -> BeneficiaryView:
    """Eleven queries, whatever the number of lots."""
    lots = list(
        db.scalars(
            sa.select(col(PlacementRow.lot_id)).where(col(PlacementRow.person_id) == person.id).distinct()
        )
    )
    files = load_lots(db, lots)
    periods = _periods(db, person)
    referent = _referent(db, person)
    placements = tuple(
        line
        for file in files.values()
        for line in _placements(file, person.public_id, account.today, known_at)
    )
    structs = tuple(period_of_row(row, person.public_id) for row, _ in periods)
    alerts = clauses.expiry_alerts(
        structs,
        account.today,
        clauses.figure("expiry_notice_days", account.today),
        clauses.figure("proof_notice_days", account.today),
    )
    grids = read_grids(db, account.territory_id)
    return BeneficiaryView(
        id=person.public_id,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_name=person.birth_name,
        birth_date=person.birth_date,
        phone=person.phone,
        email=person.email,
        followed=referent is not None,
        referent=referent or "",
        alerts=tuple(alert.sentence for alert in alerts),
        periods=tuple(_period(row, name, account.today, grids) for row, name in periods),
        placements=tuple(sorted(placements, key=lambda p: p.starts_on, reverse=True)),
        declared=sum(p.declared for p in placements),
        validated=sum(p.validated for p in placements),
        shares=shared_lines("", (s for file in files.values() for s in file.shared), person.public_id),
    )


def _periods(db: Session, person: PersonRow) -> list[Any]:
    query = (
        sa.select(EligibilityRow, sa.func.coalesce(col(UserRow.name), ""))
        .outerjoin(UserRow, col(UserRow.id) == col(EligibilityRow.validated_by))
        .where(
            col(EligibilityRow.person_id) == person.id,
            col(EligibilityRow.territory_id) == person.territory_id,
        )
        .order_by(col(EligibilityRow.starts_on).desc(), col(EligibilityRow.id).desc())
    )
    return list(db.execute(query))


def _referent(db: Session, person: PersonRow) -> str | None:
    """The référent of the open spell; an empty name when none is assigned, None without an open spell."""
    query = (
        sa.select(sa.func.coalesce(col(UserRow.name), ""))
        .select_from(SpellRow)
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .where(col(SpellRow.person_id) == person.id, col(SpellRow.exited_on).is_(None))
    )
    return db.scalar(query)


def _period(row: EligibilityRow, validated_by: str, on: date, grids: Grids) -> PeriodView:
    grid = grids.of(row.grid_id, row.grid_version)
    label = next((c.label for c in grid.criteria if c.code == row.criterion), row.criterion)
    state = clauses.period_state(row.starts_on, row.ends_on, row.revoked_on, on)
    return PeriodView(
        id=row.public_id,
        criterion=row.criterion,
        criterion_label=label,
        grid=f"{grid.label}, version {row.grid_version}",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        end_rule=row.end_rule.label,
        cdi_hired_on=row.cdi_hired_on,
        proof_label=row.proof_label,
        proof_dated_on=row.proof_dated_on,
        proof_expires_on=row.proof_expires_on,
        opinion=row.opinion,
        revoked_on=row.revoked_on,
        revoked_reason=row.revoked_reason,
        validated_by=validated_by,
        state=state.label,
        tone=TONES[state],
        live=row.revoked_on is None,
    )


def _placements(file: LotFile, person_id: str, on: date, known_at: datetime) -> list[PlacementLine]:
    """The person's placements on a lot, with their hours as the lot's file counts them."""
    return [
        PlacementLine(
            id=worker.placement_id,
            lot_id=file.lot.id,
            lot=f"Lot {file.lot.number}, {file.lot.title}",
            reference=file.marche.reference,
            employer=worker.employer,
            user_company=worker.user_company,
            employment=worker.employment,
            starts_on=worker.starts_on,
            planned_ends_on=worker.planned_ends_on,
            ended_on=worker.ended_on,
            end_reason=worker.end_reason,
            running=worker.running,
            confirmed=worker.confirmed,
            declared=worker.declared,
            validated=worker.validated,
            eligible=worker.eligible,
            may_share=worker.validated > 0 and lot_sharing(file).may_share,
        )
        for worker in workers_of(file, brief_standing_of(file, on, known_at), on, known_at)
        if worker.person_id == person_id
    ]
