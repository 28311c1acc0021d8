"""Marchés, lots and people at work, made row by row, for the tests of declarations and of their control.

The day is Tuesday 3 February 2026. Lot 1 (fixed, 1 000 h, from 01/10/2025 to 31/12/2026) is Bâti
Audomarois': Nadia is at work since 01/10/2025 and eligible since then, followed by the PLIE since
01/09/2025; Omar is at work since 06/01/2026 and eligible from 14/01/2026. Lot 2 is Nord
Peinture's, with Paul.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import httpx
import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Calendar, EndRule, PartyRole, Rules
from service.participants.identity_match import name_key_of
from service.tables import (
    DeclarationRow,
    EligibilityRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    PartyRow,
    PersonRow,
    PlacementRow,
    SpellRow,
    VersionRow,
)
from service.tables.columns import new_public_id
from service.tables.session import Database
from service.vocabulary import SpellState
from tests.visitor import Visitor
from tests.world import Territory

START, END = date(2025, 10, 1), date(2026, 12, 31)
KNOWN = datetime(2025, 10, 1, 9, tzinfo=UTC)
JANUARY = "2026-01"


class Site(msgspec.Struct, kw_only=True):
    """Public ids; `_row` are the database's."""

    lot1: str
    lot1_row: int
    lot2: str
    lot2_row: int
    nadia: str
    nadia_row: int
    omar: str
    paul: str


def build_site(database: Database, territory: Territory, reference: str = "2025-M07") -> Site:
    with database.write() as db:
        marche = add_marche(db, territory, reference)
        lot1 = add_lot(db, territory, marche, "1", "Gros œuvre")
        lot2 = add_lot(db, territory, marche, "2", "Peinture")
        add_party(db, territory, lot1, "firm")
        add_party(db, territory, lot2, "firm2")
        nadia = add_person(db, territory, "Nadia", "Benali", date(1990, 5, 4))
        omar = add_person(db, territory, "Omar", "Traoré", date(1999, 11, 2))
        paul = add_person(db, territory, "Paul", "Lecoq", date(1985, 1, 30))
        for who, first in ((nadia, START), (omar, date(2026, 1, 14)), (paul, START)):
            add_eligibility(db, territory, who, first)
        add_spell(db, territory, nadia, date(2025, 9, 1))
        return Site(
            lot1=lot1.public_id,
            lot1_row=lot1.id,
            lot2=lot2.public_id,
            lot2_row=lot2.id,
            nadia=add_placement(db, territory, lot1, nadia, "firm", START).public_id,
            nadia_row=nadia.id,
            omar=add_placement(db, territory, lot1, omar, "firm", date(2026, 1, 6)).public_id,
            paul=add_placement(db, territory, lot2, paul, "firm2", START).public_id,
        )


def add_marche(
    db: Session, territory: Territory, reference: str, calendar: Calendar = Calendar.MONTHLY
) -> MarcheRow:
    row = MarcheRow(
        territory_id=territory.id,
        reference=reference,
        title="École Jules-Verne",
        buyer_id=territory.organisations["buyer"],
        facilitator_id=territory.users["facilitator"],
        legal_bases=(clauses.LegalBasis.CONDITION_EXECUTION,),
        calendar=calendar,
        facilitator_contact="Maison de l’emploi, 03 21 00 00 00",
        notified_on=START,
    )
    db.add(row)
    db.flush()
    return row


def add_lot(
    db: Session,
    territory: Territory,
    marche: MarcheRow,
    number: str,
    title: str,
    rules: Rules | None = None,
    hours: int = 100_000,
) -> LotRow:
    """A lot that owes a fixed number of hours, notified on 01/10/2025."""
    row = LotRow(
        territory_id=territory.id,
        marche_id=marche.id,
        number=number,
        title=title,
        starts_on=START,
        ends_on=END,
        grid_id=clauses.default_grid().id,
        rules=rules or Rules(),
    )
    db.add(row)
    db.flush()
    calibration = clauses.Calibration(
        version=1, method=clauses.Fixed(hours=hours), rounding=clauses.Rounding.HUNDREDTH
    )
    public_id = new_public_id()
    event = clauses.Notification(id=public_id, on=START, known_at=KNOWN, ends_on=END, calibration=calibration)
    db.add(
        LotEventRow(
            public_id=public_id,
            territory_id=territory.id,
            lot_id=row.id,
            on=START,
            known_at=KNOWN,
            event=event,
        )
    )
    return row


def add_party(
    db: Session,
    territory: Territory,
    lot: LotRow,
    firm: str,
    role: PartyRole = PartyRole.MANDATAIRE,
    parent: PartyRow | None = None,
    key_share: int | None = None,
) -> PartyRow:
    row = PartyRow(
        territory_id=territory.id,
        lot_id=lot.id,
        company_id=territory.organisations[firm],
        role=role,
        tier=1 if parent else 0,
        parent_id=parent.id if parent else None,
        starts_on=START,
        key_share=key_share,
    )
    db.add(row)
    db.flush()
    return row


def add_person(db: Session, territory: Territory, first: str, last: str, born: date) -> PersonRow:
    row = PersonRow(
        territory_id=territory.id,
        first_name=first,
        last_name=last,
        name_key=name_key_of(first, last, ""),
        birth_date=born,
    )
    db.add(row)
    db.flush()
    return row


def add_eligibility(db: Session, territory: Territory, person: PersonRow, first: date) -> EligibilityRow:
    grid = clauses.default_grid()
    row = EligibilityRow(
        territory_id=territory.id,
        person_id=person.id,
        grid_id=grid.id,
        grid_version=grid.version,
        criterion=grid.criteria[0].code,
        starts_on=first,
        ends_on=date(2027, 12, 31),
        end_rule=EndRule.DATE,
    )
    db.add(row)
    db.flush()
    return row


def add_spell(db: Session, territory: Territory, person: PersonRow, entered: date) -> SpellRow:
    row = SpellRow(
        territory_id=territory.id,
        person_id=person.id,
        referent_id=territory.users["referent"],
        operator_id=territory.organisations["operator"],
        state=SpellState.ACTIVE,
        entered_on=entered,
    )
    db.add(row)
    db.flush()
    return row


def add_placement(
    db: Session,
    territory: Territory,
    lot: LotRow,
    person: PersonRow,
    firm: str,
    first: date,
    *,
    employer: str | None = None,
    last: date | None = None,
) -> PlacementRow:
    row = PlacementRow(
        territory_id=territory.id,
        person_id=person.id,
        lot_id=lot.id,
        legal_employer_id=territory.organisations[employer or firm],
        user_company_id=territory.organisations[firm],
        employment_kind=clauses.EmploymentKind.CDI,
        starts_on=first,
        planned_ends_on=last,
        weekly_hours=3500,
    )
    db.add(row)
    db.flush()
    return row


def cell(placement: str, month: str = JANUARY, kind: str = "t") -> str:
    """The name of a cell of the month's page."""
    return f"h-{placement}-{month.replace('-', '')}-{kind}"


def send(firm: Visitor, typed: Mapping[str, str], month: str = JANUARY) -> httpx.Response:
    """Send a month as the recap does."""
    return firm.post("/mes-declarations/envoyer", {"mois": month, **typed})


def header_of(database: Database, month: date = date(2026, 1, 1)) -> str:
    """The public id of the only declaration of that month."""
    with database.read() as db:
        return str(
            db.scalars(
                select(col(DeclarationRow.public_id)).where(col(DeclarationRow.period_start) == month)
            ).one()
        )


def last_version(database: Database, header: str) -> VersionRow:
    with database.read() as db:
        found = db.scalars(
            select(VersionRow)
            .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
            .where(col(DeclarationRow.public_id) == header)
            .order_by(col(VersionRow.version).desc())
        ).all()
        db.expunge_all()
    return found[0]


def accept(facilitator: Visitor, header: str) -> httpx.Response:
    return facilitator.post(f"/controle/{header}/accepter")
