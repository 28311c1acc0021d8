"""Persons, their spells in the PLIE, what matching may know of them, their steps and contacts.

A person (identity) has 0..n spells and 0..n eligibility periods; most clause workers have no spell.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from matching.participant import Certificate, Experience, Licence, Modes, Physical
from matching.terms import EmploymentKind, LanguageLevel, RomeWeight
from matching.week import Availability, Care
from service.reference.reading import Reading
from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import ContactKind, Sex, SpellState, StepKind, StepState


class PersonRow(SQLModel, table=True):
    """Identity only. `name_key` is the folded form on which people are searched and compared."""

    __tablename__ = "person"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    birth_name: str = Field(default="", max_length=80)
    name_key: str = Field(index=True, max_length=260)
    birth_date: date | None = None
    sex: Sex = Field(default=Sex.UNKNOWN, sa_column=Column(choice(Sex), nullable=False))
    nationality: str = Field(default="", max_length=60)
    qpv: str = Field(default="", max_length=80)
    email: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=30)
    france_travail_id: str | None = Field(default=None, max_length=20)
    street: str = Field(default="", max_length=200)
    insee: str | None = Field(default=None, max_length=5)
    latitude: float | None = None
    longitude: float | None = None
    precision_m: int | None = None
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class SpellRow(SQLModel, table=True):
    """A stay in the PLIE, from prescription to exit. Rights of a référent come from the current one."""

    __tablename__ = "spell"
    __table_args__ = (
        # One spell at a time: the database keeps two référents from opening two at once.
        sa.Index(
            "uq_spell_open",
            "person_id",
            unique=True,
            sqlite_where=sa.text("exited_on IS NULL"),
            postgresql_where=sa.text("exited_on IS NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    referent_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    operator_id: int | None = Field(default=None, foreign_key="organisation.id")
    state: SpellState = Field(sa_column=Column(choice(SpellState), nullable=False))
    prescribed_on: date | None = None
    prescriber: str = Field(default="", max_length=120)
    entered_on: date | None = None
    exited_on: date | None = None
    exit_reason: str = Field(default="", max_length=200)
    # Until the référent agrees, liaison knows the person by her public id only.
    name_shared_on: date | None = None


class ProfileRow(SQLModel, table=True):
    """What matching may know of a person; one row a person; causes stay with the référent."""

    __tablename__ = "profile"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    availability: Any = Field(sa_column=Column(StructText(Availability), nullable=False))
    care: Any = Field(sa_column=Column(StructText(Care), nullable=False))
    # Where the children are looked after; null with a known care means: at home or not told.
    care_place: str = Field(default="", max_length=120)
    care_insee: str | None = Field(default=None, max_length=5)
    care_latitude: float | None = None
    care_longitude: float | None = None
    care_precision_m: int | None = None
    drop_off_minutes: int = 5
    pick_up_minutes: int = 5
    modes: Any = Field(sa_column=Column(StructText(Modes), nullable=False))
    licences: Any = Field(default=None, sa_column=Column(StructText(tuple[Licence, ...])))
    certificates: Any = Field(default=None, sa_column=Column(StructText(tuple[Certificate, ...])))
    language: LanguageLevel | None = Field(default=None, sa_column=Column(choice(LanguageLevel)))
    physical: Any = Field(sa_column=Column(StructText(Physical), nullable=False))
    skills: Any = Field(default=None, sa_column=Column(StructText(tuple[str, ...])))
    experience: Any = Field(default=None, sa_column=Column(StructText(tuple[Experience, ...])))
    updated_on: date | None = None


class ProjectRow(SQLModel, table=True):
    """One thing the person looks for: radius, hours and wage belong to it (screens.md, R3)."""

    __tablename__ = "project"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str = Field(max_length=160)
    wanted: Any = Field(sa_column=Column(StructText(tuple[RomeWeight, ...]), nullable=False))
    # What was written for each of them, and what it was understood as: `wanted` is their sum.
    readings: Any = Field(default=(), sa_column=Column(StructText(tuple[Reading, ...]), nullable=False))
    max_travel_minutes: int | None = None
    radius_km: int | None = None
    min_weekly_hours: int | None = None
    max_weekly_hours: int | None = None
    employment_kinds: Any = Field(default=None, sa_column=Column(StructText(tuple[EmploymentKind, ...])))
    earliest_start: date | None = None
    min_hourly_wage_cents: int | None = None
    target_rome: str | None = Field(default=None, max_length=5)
    active: bool = True


class StepRow(SQLModel, table=True):
    """An étape of a parcours. A clause step is tied to its placement and opened by validated hours only."""

    __tablename__ = "step"
    # One clause step a placement and stay: who leaves the PLIE and comes back while at work has two.
    __table_args__ = (sa.UniqueConstraint("placement_id", "spell_id"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    spell_id: int = Field(foreign_key="spell.id", index=True)
    kind: StepKind = Field(sa_column=Column(choice(StepKind), nullable=False))
    label: str = Field(max_length=200)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    starts_on: date
    planned_ends_on: date | None = None
    ended_on: date | None = None
    state: StepState = Field(sa_column=Column(choice(StepState), nullable=False))
    # Hundredths of an hour; for a clause step, restated from the validated versions.
    hours: int | None = None
    placement_id: int | None = Field(default=None, foreign_key="placement.id", index=True)


class ContactRow(SQLModel, table=True):
    """An interview or a call: a note shared with the team, and a working note kept by the référent."""

    __tablename__ = "contact"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    spell_id: int = Field(foreign_key="spell.id", index=True)
    author_id: int = Field(foreign_key="user_account.id")
    kind: ContactKind = Field(sa_column=Column(choice(ContactKind), nullable=False))
    on: date = Field(sa_column=Column("on_day", sa.Date, nullable=False))
    shared_note: str = Field(default="", sa_column=Column(sa.Text, nullable=False))
    working_note: str = Field(default="", sa_column=Column(sa.Text, nullable=False))
    next_on: date | None = None
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class DistinctRow(SQLModel, table=True):
    """« Ce sont deux personnes », or two firms: a likely pair that somebody looked at and set apart.

    `kind` is « personne » or « entreprise »; the two public ids are in alphabetical order.
    """

    __tablename__ = "distinct_pair"
    __table_args__ = (sa.UniqueConstraint("territory_id", "kind", "one", "other"),)
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    kind: str = Field(max_length=12)
    one: str = Field(max_length=12)
    other: str = Field(max_length=12)
    author_id: int = Field(foreign_key="user_account.id")
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
