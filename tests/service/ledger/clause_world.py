"""A marché with two lots, made row by row in the world of the tests, for whatever reads or changes it.

Lot 1: formula 1 000 000 € × 50 % × 5 % ÷ 30 € = 833,33 h, floored to 833 h, from 05/01/2026 to 31/12/2026;
titulaire Bâti Audomarois. Two people: Nadia (eligible from 01/01/2026), Omar (typed by the firm).
January is validated for Nadia: 100 h worked, 100 h accepted.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from sqlalchemy.orm import Session

import clauses
from service.participants.identity_match import name_key_of
from service.tables import (
    DeclarationRow,
    EligibilityRow,
    LineRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    PartyRow,
    PersonRow,
    PlacementRow,
    VersionRow,
)
from service.tables.columns import new_public_id
from service.tables.session import Database
from tests.world import Territory

START, END = date(2026, 1, 5), date(2026, 12, 31)
KNOWN = datetime(2026, 1, 5, 9, tzinfo=UTC)


class ClauseWorld(msgspec.Struct, kw_only=True):
    """Public ids (and the row id of lot 1) of what was made."""

    marche: str
    lot: str
    lot_row: int
    party: str
    nadia: str
    omar: str
    nadia_placement: str
    omar_placement: str


def build_clause_world(database: Database, territory: Territory, reference: str = "2026-M01") -> ClauseWorld:
    with database.write() as db:
        marche = _marche(db, territory, reference)
        lot = _lot(db, territory, marche)
        party = _party(db, territory, lot)
        nadia = person(db, territory, "Nadia", "Benali", date(1990, 5, 4))
        omar = person(db, territory, "Omar", "Traoré", date(1999, 11, 2))
        nadia_at_work = placement(db, territory, lot, nadia)
        omar_at_work = placement(db, territory, lot, omar, confirmed=False)
        _eligible(db, territory, nadia)
        _january(db, territory, lot, nadia_at_work)
        db.flush()
        return ClauseWorld(
            marche=marche.public_id,
            lot=lot.public_id,
            lot_row=lot.id,
            party=party.public_id,
            nadia=nadia.public_id,
            omar=omar.public_id,
            nadia_placement=nadia_at_work.public_id,
            omar_placement=omar_at_work.public_id,
        )


def _marche(db: Session, territory: Territory, reference: str) -> MarcheRow:
    row = MarcheRow(
        territory_id=territory.id,
        reference=reference,
        title="Construction d’une école",
        buyer_id=territory.organisations["buyer"],
        facilitator_id=territory.users["facilitator"],
        legal_bases=(clauses.LegalBasis.CONDITION_EXECUTION,),
        perimeter="Tous les lots",
        facilitator_contact="Maison de l’emploi, 03 21 00 00 00",
        eligible_profiles="Publics de la grille nationale",
        notified_on=START,
    )
    db.add(row)
    db.flush()
    return row


def _lot(db: Session, territory: Territory, marche: MarcheRow) -> LotRow:
    row = LotRow(
        territory_id=territory.id,
        marche_id=marche.id,
        number="1",
        title="Gros œuvre",
        starts_on=START,
        ends_on=END,
        volume="5 % des heures",
        grid_id=clauses.default_grid().id,
        rules=clauses.Rules(),
    )
    db.add(row)
    db.flush()
    formula = clauses.Formula(
        amount=Decimal(1_000_000),
        labour_share=Decimal("0.5"),
        rate=Decimal("0.05"),
        hourly_cost=Decimal(30),
    )
    calibration = clauses.Calibration(version=1, method=formula, rounding=clauses.Rounding.FLOOR_HOUR)
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


def _party(db: Session, territory: Territory, lot: LotRow) -> PartyRow:
    row = PartyRow(
        territory_id=territory.id,
        lot_id=lot.id,
        company_id=territory.organisations["firm"],
        role=clauses.PartyRole.MANDATAIRE,
        starts_on=START,
    )
    db.add(row)
    db.flush()
    return row


def person(db: Session, territory: Territory, first: str, last: str, born: date) -> PersonRow:
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


def placement(
    db: Session, territory: Territory, lot: LotRow, who: PersonRow, *, confirmed: bool = True
) -> PlacementRow:
    row = PlacementRow(
        territory_id=territory.id,
        person_id=who.id,
        lot_id=lot.id,
        legal_employer_id=territory.organisations["firm"],
        user_company_id=territory.organisations["firm"],
        employment_kind=clauses.EmploymentKind.CDD,
        starts_on=START,
        planned_ends_on=date(2026, 6, 30),
        weekly_hours=3500,
        confirmed=confirmed,
    )
    db.add(row)
    db.flush()
    return row


def _eligible(db: Session, territory: Territory, who: PersonRow) -> None:
    db.add(
        EligibilityRow(
            territory_id=territory.id,
            person_id=who.id,
            grid_id=clauses.default_grid().id,
            grid_version=1,
            criterion="RSA",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 2, 20),
            end_rule=clauses.EndRule.DATE,
            proof_label="Attestation CAF ou MSA",
        )
    )


def _january(db: Session, territory: Territory, lot: LotRow, at_work: PlacementRow) -> None:
    header = DeclarationRow(
        territory_id=territory.id,
        lot_id=lot.id,
        company_id=territory.organisations["firm"],
        period_start=date(2026, 1, 1),
        period_end=date(2026, 1, 31),
    )
    db.add(header)
    db.flush()
    version = VersionRow(
        territory_id=territory.id,
        declaration_id=header.id,
        version=1,
        state=clauses.State.VALIDEE,
        provenance=clauses.Provenance.FIRM,
        author_id=territory.users["contractor"],
        made_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
        findings=(),
        not_verifiable=(),
        waivers=(),
        decided_at=datetime(2026, 2, 2, 9, tzinfo=UTC),
        decided_by=territory.users["facilitator"],
        declared=10000,
        countable=10000,
        accepted=10000,
    )
    db.add(version)
    db.flush()
    db.add(
        LineRow(
            territory_id=territory.id,
            version_id=version.id,
            placement_id=at_work.id,
            person_id=at_work.person_id,
            month=date(2026, 1, 1),
            kind=clauses.HourKind.WORK,
            hours=10000,
            days=(),
            countable=10000,
            covered=(clauses.Interval(first=START, last=date(2026, 1, 31)),),
            days_kept=19,
            days_all=19,
            accepted=10000,
        )
    )
