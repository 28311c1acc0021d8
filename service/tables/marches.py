"""Marchés, lots, parties, the ledger of events, placements and eligibility periods."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from clauses.eligibility import EndRule
from clauses.events import Event
from clauses.marche import Calendar, ExemptionReason, GroupementKind, LegalBasis, PartyRole, Rules
from clauses.placement import EmploymentKind, EndReason
from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc


class MarcheRow(SQLModel, table=True):
    """The CCAG's mandatory fields: perimeter, facilitator contact, profiles; the volume is on the lot."""

    __tablename__ = "marche"
    __table_args__ = (sa.UniqueConstraint("territory_id", "reference"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    reference: str = Field(max_length=60)
    title: str = Field(max_length=200)
    buyer_id: int = Field(foreign_key="organisation.id", index=True)
    ordering_entity_id: int | None = Field(default=None, foreign_key="organisation.id")
    facilitator_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    legal_bases: Any = Field(sa_column=Column(StructText(tuple[LegalBasis, ...]), nullable=False))
    groupement: GroupementKind = Field(
        default=GroupementKind.NONE, sa_column=Column(choice(GroupementKind), nullable=False)
    )
    calendar: Calendar = Field(default=Calendar.MONTHLY, sa_column=Column(choice(Calendar), nullable=False))
    perimeter: str = Field(default="", max_length=1000)
    facilitator_contact: str = Field(default="", max_length=300)
    eligible_profiles: str = Field(default="", max_length=1000)
    exemption: ExemptionReason | None = Field(default=None, sa_column=Column(choice(ExemptionReason)))
    exemption_note: str = Field(default="", max_length=400)
    notified_on: date | None = None


class LotRow(SQLModel, table=True):
    __tablename__ = "lot"
    __table_args__ = (sa.UniqueConstraint("marche_id", "number"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    marche_id: int = Field(foreign_key="marche.id", index=True)
    number: str = Field(max_length=20)
    title: str = Field(max_length=200)
    starts_on: date
    ends_on: date
    volume: str = Field(default="", max_length=300)
    grid_id: str = Field(max_length=40)
    rules: Any = Field(sa_column=Column(StructText(Rules), nullable=False))
    closed_on: date | None = None


class LotEventRow(SQLModel, table=True):
    """The ledger: append-only; `known_at` is when it was entered. A mistake is undone by a withdrawal."""

    __tablename__ = "lot_event"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    on: date = Field(sa_column=Column("on_day", sa.Date, nullable=False))
    known_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    author_id: int | None = Field(default=None, foreign_key="user_account.id")
    event: Any = Field(sa_column=Column(StructText(Event), nullable=False))
    # The tranche that an order, an invoice or an affirmation belongs to.
    tranche_id: int | None = Field(default=None, foreign_key="tranche.id", index=True)


class TrancheRow(SQLModel, table=True):
    """An optional tranche as the marché announces it: it owes nothing until an event affirms it.

    Amount in cents, hours in hundredths, null when the marché gives none. Given up, it stays listed.
    """

    __tablename__ = "tranche"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    label: str = Field(max_length=200)
    expected_on: date | None = None
    amount: int | None = Field(default=None, sa_column=Column(sa.BigInteger))
    hours: int | None = None
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    dropped_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    dropped_reason: str = Field(default="", max_length=300)


class PartyRow(SQLModel, table=True):
    """A company in the tree of a lot, between two dates."""

    __tablename__ = "party"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    company_id: int = Field(foreign_key="organisation.id", index=True)
    role: PartyRole = Field(sa_column=Column(choice(PartyRole), nullable=False))
    tier: int = 0
    parent_id: int | None = Field(default=None, foreign_key="party.id")
    starts_on: date
    ends_on: date | None = None
    # Internal key of the groupement, in ten-thousandths; null for a subcontractor.
    key_share: int | None = None
    acte_special: str | None = Field(default=None, max_length=60)


class PlacementRow(SQLModel, table=True):
    """Mise à l'emploi: person × legal employer × user company × lot. It exists before any hours."""

    __tablename__ = "placement"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    legal_employer_id: int = Field(foreign_key="organisation.id", index=True)
    user_company_id: int = Field(foreign_key="organisation.id", index=True)
    employment_kind: EmploymentKind = Field(sa_column=Column(choice(EmploymentKind), nullable=False))
    starts_on: date
    planned_ends_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = Field(default=None, sa_column=Column(choice(EndReason)))
    weekly_hours: int | None = None
    # From that day on, the employment goes on as a CDI.
    cdi_from: date | None = None
    # A newcomer typed by a firm is confirmed by the facilitator before any hour can be validated.
    confirmed: bool = True


class EligibilityRow(SQLModel, table=True):
    """A period of eligibility. The criterion is the ground: firms never see it."""

    __tablename__ = "eligibility"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: str = Field(max_length=40)
    grid_version: int
    criterion: str = Field(max_length=20)
    starts_on: date
    ends_on: date | None = None
    end_rule: EndRule = Field(sa_column=Column(choice(EndRule), nullable=False))
    cdi_hired_on: date | None = None
    proof_label: str = Field(default="", max_length=200)
    proof_dated_on: date | None = None
    proof_expires_on: date | None = None
    opinion: str = Field(default="", max_length=1000)
    revoked_on: date | None = None
    revoked_reason: str = Field(default="", max_length=300)
    validated_by: int | None = Field(default=None, foreign_key="user_account.id")
    validated_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
