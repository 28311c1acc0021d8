"""Employers' offers, and the proposals that a liaison officer makes on them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from matching.offer import Flexibilities, ShuttleStop
from matching.terms import Answer, EmploymentKind, LanguageLevel, PhysicalDemand, RomeWeight
from matching.week import Schedule
from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import OccupationSource, OfferSource, OfferState, ProposalState, SharedFact


class OfferRow(SQLModel, table=True):
    __tablename__ = "offer"
    __table_args__ = (sa.UniqueConstraint("territory_id", "source", "source_id"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    # Null when an imported offer names no employer.
    employer_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    title: str = Field(max_length=200)
    description: str = Field(default="", sa_column=Column(sa.Text, nullable=False))
    state: OfferState = Field(sa_column=Column(choice(OfferState), nullable=False))
    source: OfferSource = Field(sa_column=Column(choice(OfferSource), nullable=False))
    source_id: str | None = Field(default=None, max_length=60)
    # Of the source's last word: an import changes the row only when the source has changed.
    source_digest: str = Field(default="", max_length=64)
    rome: Any = Field(sa_column=Column(StructText(tuple[RomeWeight, ...]), nullable=False))
    rome_source: OccupationSource = Field(
        default=OccupationSource.TYPED, sa_column=Column(choice(OccupationSource), nullable=False)
    )
    place_label: str = Field(default="", max_length=160)
    insee: str | None = Field(default=None, max_length=5)
    latitude: float | None = None
    longitude: float | None = None
    precision_m: int | None = None
    schedule: Any = Field(sa_column=Column(StructText(Schedule), nullable=False))
    weekly_hours: int | None = None
    employment_kind: EmploymentKind | None = Field(default=None, sa_column=Column(choice(EmploymentKind)))
    starts_on: date | None = None
    ends_on: date | None = None
    hourly_wage_cents: int | None = None
    required_skills: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    wished_skills: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    licences: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    vehicle_required: bool = False
    certificates: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    language: LanguageLevel | None = Field(default=None, sa_column=Column(choice(LanguageLevel)))
    demands: Any = Field(default=None, sa_column=Column(StructText(tuple[PhysicalDemand, ...])))
    experience_months: int | None = None
    beginners: Answer = Field(sa_column=Column(choice(Answer), nullable=False))
    positions: int = 1
    shuttle: Any = Field(sa_column=Column(StructText(tuple[ShuttleStop, ...]), nullable=False))
    flexibilities: Any = Field(sa_column=Column(StructText(Flexibilities), nullable=False))
    published_on: date | None = None
    closes_on: date | None = None
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    updated_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class ProposalRow(SQLModel, table=True):
    """A person proposed on an offer: the suggestion is kept as it stood, with its parameters' version.

    `since` is the day of the last act: answers awaited are counted from it. `agreed_on`, `agreed_by`: the
    référent's agreement, without which nothing goes to the employer; `shared`: what the person lets the
    employer read. `step_id`: the étape opened from the hiring, at most one.
    """

    __tablename__ = "proposal"
    __table_args__ = (sa.UniqueConstraint("offer_id", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    offer_id: int = Field(foreign_key="offer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    project_id: int | None = Field(default=None, foreign_key="project.id")
    state: ProposalState = Field(sa_column=Column(choice(ProposalState), nullable=False))
    fit: int | None = None
    wish: int | None = None
    parameters: str = Field(default="", max_length=60)
    since: date
    agreed_on: date | None = None
    agreed_by: int | None = Field(default=None, foreign_key="user_account.id")
    shared: Any = Field(default=(), sa_column=Column(StructText(tuple[SharedFact, ...]), nullable=False))
    step_id: int | None = Field(default=None, foreign_key="step.id", unique=True)
    created_by: int = Field(foreign_key="user_account.id")
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class ProposalEventRow(SQLModel, table=True):
    """Each change of a proposal, with its reason: nothing is overwritten."""

    __tablename__ = "proposal_event"
    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    on: date = Field(sa_column=Column("on_day", sa.Date, nullable=False))
    author_id: int = Field(foreign_key="user_account.id")
    state: ProposalState = Field(sa_column=Column(choice(ProposalState), nullable=False))
    reason: str = Field(default="", max_length=400)


class SetAsideRow(SQLModel, table=True):
    """« Ne plus proposer » : a référent sets an offer aside for a person, with a reason; can be undone."""

    __tablename__ = "set_aside"
    __table_args__ = (sa.UniqueConstraint("person_id", "offer_id"),)
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    offer_id: int = Field(foreign_key="offer.id", index=True)
    reason: str = Field(max_length=200)
    author_id: int = Field(foreign_key="user_account.id")
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
