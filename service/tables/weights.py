"""The weights of the scores that a territory has chosen, one version after the other."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from matching import FitWeights, WishWeights
from service.tables.columns import StructText, UtcDateTime, now_utc


class WeightsRow(SQLModel, table=True):
    """One version: never changed nor removed, the greatest number is in force. None: the shipped weights."""

    __tablename__ = "weights"
    __table_args__ = (sa.UniqueConstraint("territory_id", "number"),)
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    number: int
    fit: Any = Field(sa_column=Column(StructText(FitWeights), nullable=False))
    wish: Any = Field(sa_column=Column(StructText(WishWeights), nullable=False))
    reason: str = Field(max_length=200)
    author_id: int = Field(foreign_key="user_account.id")
    at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
