"""Frozen bilans and penalties: written once; a penalty receives one decision."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from clauses import PenaltyRule
from service.bilans.frozen import Frozen
from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import PenaltyState


class BilanRow(SQLModel, table=True):
    """The quarter of a lot as it was known at `known_at`: never changed, one a lot and quarter."""

    __tablename__ = "bilan"
    __table_args__ = (sa.UniqueConstraint("lot_id", "quarter_start"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    quarter_start: date = Field(index=True)
    known_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    author_id: int = Field(foreign_key="user_account.id")
    content: Any = Field(sa_column=Column(StructText(Frozen), nullable=False))


class PenaltyRow(SQLModel, table=True):
    """A penalty with its computation, and the buyer's decision once there is one. Amounts in cents."""

    __tablename__ = "penalty"
    __table_args__ = (
        # One proposal at a time waits for the buyer.
        sa.Index(
            "uq_penalty_open",
            "lot_id",
            unique=True,
            sqlite_where=sa.text("state = 'proposee'"),
            postgresql_where=sa.text("state = 'proposee'"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    company_id: int | None = Field(default=None, foreign_key="organisation.id")
    state: PenaltyState = Field(sa_column=Column(choice(PenaltyState), nullable=False))
    rule: Any = Field(sa_column=Column(StructText(PenaltyRule), nullable=False))
    on: date = Field(sa_column=Column("on_day", sa.Date, nullable=False))
    due: int | None = None
    validated: int
    missing: int
    amount: int = Field(sa_column=Column(sa.BigInteger, nullable=False))
    explanation: str = Field(max_length=600)
    reason: str = Field(default="", max_length=1000)
    proposed_by: int = Field(foreign_key="user_account.id")
    proposed_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    decided_amount: int | None = Field(default=None, sa_column=Column(sa.BigInteger))
    decided_on: date | None = None
    document: str = Field(default="", max_length=200)
    decision_note: str = Field(default="", max_length=1000)
    recorded_by: int | None = Field(default=None, foreign_key="user_account.id")
    recorded_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
