"""Declarations: one header a lot × company × period, its versions, their lines and findings.

Versions are written once; lines and findings never change; only state and decision columns move.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from clauses.days import Interval
from clauses.declaration import DayHours, Declaration, HourKind, Provenance, State, Waiver
from clauses.findings import Finding, NotVerifiable
from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc


class DeclarationRow(SQLModel, table=True):
    """The header. The unique key makes a second sending of the same month a conflict, never an addition."""

    __tablename__ = "declaration"
    __table_args__ = (sa.UniqueConstraint("lot_id", "company_id", "period_start"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    company_id: int = Field(foreign_key="organisation.id", index=True)
    period_start: date = Field(index=True)
    period_end: date


class VersionRow(SQLModel, table=True):
    """One version. The unique key stops two simultaneous senders from both making version n."""

    __tablename__ = "declaration_version"
    __table_args__ = (sa.UniqueConstraint("declaration_id", "version"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    declaration_id: int = Field(foreign_key="declaration.id", index=True)
    version: int
    state: State = Field(sa_column=Column(choice(State), nullable=False, index=True))
    # « nothing » is a word of SQL: the column has a longer name.
    nothing: bool = Field(default=False, sa_column=Column("is_nothing", sa.Boolean, nullable=False))
    provenance: Provenance = Field(sa_column=Column(choice(Provenance), nullable=False))
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    comment: str = Field(default="", max_length=1000)
    findings: Any = Field(sa_column=Column(StructText(tuple[Finding, ...]), nullable=False))
    not_verifiable: Any = Field(sa_column=Column(StructText(tuple[NotVerifiable, ...]), nullable=False))
    waivers: Any = Field(sa_column=Column(StructText(tuple[Waiver, ...]), nullable=False))
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    decided_by: int | None = Field(default=None, foreign_key="user_account.id")
    decision_reason: str = Field(default="", max_length=1000)
    # Sums of the lines in hundredths, so that lists need no join; a test rebuilds them.
    declared: int = 0
    countable: int = 0
    accepted: int | None = None


class LineRow(SQLModel, table=True):
    __tablename__ = "declaration_line"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    version_id: int = Field(foreign_key="declaration_version.id", index=True)
    placement_id: int = Field(foreign_key="placement.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    month: date = Field(index=True)
    kind: HourKind = Field(sa_column=Column(choice(HourKind), nullable=False))
    hours: int
    days: Any = Field(sa_column=Column(StructText(tuple[DayHours, ...]), nullable=False))
    countable: int
    covered: Any = Field(sa_column=Column(StructText(tuple[Interval, ...]), nullable=False))
    days_kept: int
    days_all: int
    reason: str = Field(default="", max_length=600)
    accepted: int | None = None
    decision_reason: str = Field(default="", max_length=600)


class LotProjectionRow(SQLModel, table=True):
    """The declarations of a lot in one text, each version with its sums alone: what lists of lots read.

    Rewritten in the transaction of each act on a declaration (service/ledger/projection.py); a test rebuilds
    it from the versions. A lot without a row is read from its versions.
    """

    __tablename__ = "lot_projection"
    lot_id: int = Field(foreign_key="lot.id", primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    versions: Any = Field(sa_column=Column(StructText(tuple[Declaration, ...]), nullable=False))


class DraftRow(SQLModel, table=True):
    """What a firm has typed and not yet sent, as typed: one a lot × company × period."""

    __tablename__ = "declaration_draft"
    __table_args__ = (sa.UniqueConstraint("lot_id", "company_id", "period_start"),)
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    company_id: int = Field(foreign_key="organisation.id", index=True)
    period_start: date
    typed: Any = Field(sa_column=Column(StructText(dict[str, list[str]]), nullable=False))
    saved_by: int = Field(foreign_key="user_account.id")
    saved_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
