"""One lot as its firm sees it: where it stands, its pace, whom to ask, who works there."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from service.accounts.account import Account
from service.declarations.files import TO_SEND_AGAIN, ListedDeclaration, period_of
from service.declarations.month_view import tone_of
from service.declarations.people import WorkerView, workers
from service.declarations.scope import lots_of, visible_versions
from service.declarations.sheet import window_of
from service.declarations.standing import pace_of, part_of
from service.documents.read import documents_of_lot
from service.documents.views import DocumentLine
from service.errors import NotFound
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.standing import standing_of
from service.pictures.pace import PacePoint
from service.tables import LotRow, MarcheRow, UserRow


class FirmLotView(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths; `note` says whose figures they are."""

    id: str
    number: str
    title: str
    marche: str
    buyer: str
    starts_on: date
    ends_on: date
    calendar: str
    deadline_days: int
    role: str
    due: int | None
    validated: int
    remaining: int | None
    waiting: int
    moved_in: int
    moved_out: int
    note: str
    explanation: tuple[str, ...]
    points: tuple[PacePoint, ...]
    facilitator: str
    facilitator_email: str
    facilitator_contact: str
    eligible_profiles: str
    people: tuple[WorkerView, ...]
    declarations: tuple[ListedDeclaration, ...]
    documents: tuple[DocumentLine, ...]
    time_zone: str
    closed: bool


def firm_lot(db: Session, account: Account, lot_id: str) -> FirmLotView:
    """Raises NotFound when the firm has no part in the lot."""
    found = db.execute(
        sa.select(col(LotRow.id), col(UserRow.name), col(UserRow.email))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .outerjoin(UserRow, col(UserRow.id) == col(MarcheRow.facilitator_id))
        .where(
            col(LotRow.public_id) == lot_id,
            col(LotRow.id).in_(lots_of(account.territory_id, account.organisation_id)),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    row_id, facilitator, email = found
    file, known_at = load_lot(db, row_id), territory_now(account)
    me, standing = account.organisation_public_id, standing_of(file, account.today, known_at)
    part = part_of(file, me, standing, account.today, known_at)
    window = window_of(file, account.today, known_at)
    party = clauses.party_at(file.parties, me, account.today)
    return FirmLotView(
        id=file.lot.id,
        number=file.lot.number,
        title=file.lot.title,
        marche=f"{file.marche.title} ({file.marche.reference})",
        buyer=file.marche.buyer.name,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        calendar=file.marche.calendar.label,
        deadline_days=file.lot.rules.deadline_days,
        role=party.role.label if party else "Employeur",
        due=part.due,
        validated=part.validated,
        remaining=part.remaining,
        waiting=part.waiting,
        moved_in=part.moved_in,
        moved_out=part.moved_out,
        note=part.note,
        explanation=standing.due.explanation if part.whole_lot else (),
        points=pace_of(file, me, part, standing, known_at, account.today),
        facilitator=facilitator or "",
        facilitator_email=email or "",
        facilitator_contact=file.marche.facilitator_contact,
        eligible_profiles=file.marche.eligible_profiles,
        people=tuple(workers(file, me, account.today, window)),
        declarations=_declarations(file, me),
        documents=documents_of_lot(db, account, db.get_one(LotRow, row_id)),
        time_zone=account.time_zone,
        closed=file.closed,
    )


def _declarations(file: LotFile, company_id: str) -> tuple[ListedDeclaration, ...]:
    """The last version of each declaration of the firm and its subcontractors, the latest period first."""
    last = clauses.latest(visible_versions(file, company_id))
    return tuple(
        ListedDeclaration(
            id=v.declaration_id,
            period=period_of(v.period_start, v.period_end),
            lot=file.lot.number,
            marche=file.marche.title,
            firm="" if v.company_id == company_id else file.companies[v.company_id].name,
            version=v.version,
            nothing=v.nothing,
            hours=clauses.declared_hours(v),
            accepted=clauses.validated_hours(v) if v.state in clauses.ACCEPTED else None,
            state=TO_SEND_AGAIN if clauses.is_taken_back(v) else v.state.firm_label,
            tone="wait" if clauses.is_taken_back(v) else tone_of(v.state),
            sent_at=v.made_at,
        )
        for v in sorted(last, key=lambda v: (v.period_start, v.company_id), reverse=True)
    )
