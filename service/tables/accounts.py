"""Who may sign in, from which organisation and territory; what they changed and whose file they read."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from clauses.placement import EmployerKind
from service.tables.columns import UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import LinkPurpose, OrganisationKind, Role


class TerritoryRow(SQLModel, table=True):
    __tablename__ = "territory"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    name: str = Field(max_length=120)
    time_zone: str = Field(default="Europe/Paris", max_length=40)
    school_zone: str = Field(default="B", max_length=20)
    holiday_region: str = Field(default="metropole", max_length=40)
    # The demo lives on a stored day; elsewhere null, and "today" is the territory's local date.
    stored_today: date | None = None
    is_demo: bool = False
    # Raised by every write that changes what matching sees: encoded offers are kept under it.
    offers_stamp: int = 0
    participants_stamp: int = 0


class TerritoryCommuneRow(SQLModel, table=True):
    __tablename__ = "territory_commune"
    territory_id: int = Field(foreign_key="territory.id", primary_key=True)
    insee: str = Field(primary_key=True, max_length=5)


class OrganisationRow(SQLModel, table=True):
    """One register for PLIE, operators, buyers and firms, by SIRET."""

    __tablename__ = "organisation"
    __table_args__ = (sa.UniqueConstraint("territory_id", "siret"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    kind: OrganisationKind = Field(sa_column=Column(choice(OrganisationKind), nullable=False))
    name: str = Field(max_length=160)
    siret: str | None = Field(default=None, max_length=14)
    employer_kind: EmployerKind = Field(
        default=EmployerKind.ENTREPRISE, sa_column=Column(choice(EmployerKind), nullable=False)
    )
    naf: str | None = Field(default=None, max_length=6)
    street: str = Field(default="", max_length=200)
    insee: str | None = Field(default=None, max_length=5)
    contact_name: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=30)
    email: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class UserRow(SQLModel, table=True):
    __tablename__ = "user_account"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    # Kept lower-cased: one mailbox, one account.
    email: str = Field(unique=True, max_length=200)
    name: str = Field(max_length=120)
    role: Role = Field(sa_column=Column(choice(Role), nullable=False))
    password_hash: str | None = Field(default=None, max_length=200)
    active: bool = True
    is_demo: bool = False
    failed_sign_ins: int = 0
    locked_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class SignInRow(SQLModel, table=True):
    """A session: only the hash of its token is kept; revoking is a date, effective at the next request."""

    __tablename__ = "sign_in"
    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    created_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class OneTimeLinkRow(SQLModel, table=True):
    """A link for an invitation or a new password; its hash only; used by a POST, never by a GET."""

    __tablename__ = "one_time_link"
    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    purpose: LinkPurpose = Field(sa_column=Column(choice(LinkPurpose), nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    created_by: int | None = Field(default=None, foreign_key="user_account.id")


class ListWordsRow(SQLModel, table=True):
    """The name that a user filters a list by: its `public_id` stands in the address in its place.

    Kept as long as a session lasts, and never in a backup.
    """

    __tablename__ = "list_words"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    words: str = Field(max_length=100)
    created_at: datetime = Field(
        default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False, index=True)
    )


class AuditRow(SQLModel, table=True):
    """Who changed what: one row an act, written in the act's own transaction."""

    __tablename__ = "audit"
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False, index=True))
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    act: str = Field(max_length=60)
    noun: str = Field(max_length=40)
    noun_id: str = Field(max_length=12, index=True)
    # A French sentence without a name of a participant.
    sentence: str = Field(max_length=400)


class ReadJournalRow(SQLModel, table=True):
    """Who read whose file: the one write that a GET makes, in its own short transaction."""

    __tablename__ = "read_journal"
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    user_id: int = Field(foreign_key="user_account.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    screen: str = Field(max_length=40)
