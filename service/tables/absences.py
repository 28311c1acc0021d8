"""A référent's absence: a colleague of her structure has her caseload from one day to another."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from service.tables.columns import UtcDateTime, new_public_id, now_utc


class AbsenceRow(SQLModel, table=True):
    """Both days included; it ends by itself. `stopped_at`: ended before its day, by hand."""

    __tablename__ = "absence"
    __table_args__ = (sa.CheckConstraint("until_on >= from_on", name="days_in_order"),)
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    referent_id: int = Field(foreign_key="user_account.id", index=True)
    delegate_id: int = Field(foreign_key="user_account.id", index=True)
    from_on: date
    until_on: date
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    stopped_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
