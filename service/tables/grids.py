"""A territory's own eligibility grid, version after version, and which lots follow which, from when."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from clauses.eligibility import Grid
from service.tables.columns import StructText, UtcDateTime, now_utc


class GridVersionRow(SQLModel, table=True):
    """One version of the grid, written once: periods and lots go on naming the one they were given."""

    __tablename__ = "grid_version"
    __table_args__ = (sa.UniqueConstraint("territory_id", "grid_id", "version"),)
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    grid_id: str = Field(max_length=40)
    version: int
    in_force_from: date
    grid: Any = Field(sa_column=Column(StructText(Grid), nullable=False))
    reason: str = Field(max_length=400)
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class LotGridRow(SQLModel, table=True):
    """The dated act that makes a lot follow a version from a day on. Before the first, the lot follows the
    grid that its own row names; of two acts of one day, the later entered stands."""

    __tablename__ = "lot_grid"
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    lot_id: int = Field(foreign_key="lot.id", index=True)
    from_on: date
    grid_id: str = Field(max_length=40)
    version: int
    reason: str = Field(max_length=400)
    author_id: int | None = Field(default=None, foreign_key="user_account.id")
    known_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
