"""Two files of one person made into one: who did it, and all that is needed to undo it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from service.tables.columns import UtcDateTime, new_public_id, now_utc


class MergeRow(SQLModel, table=True):
    """`content`: the rows as they were, in JSON; `digest`: of the kept person's rows once merged."""

    __tablename__ = "person_merge"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    kept: str = Field(max_length=12)
    gone: str = Field(max_length=12)
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    undone_by: int | None = Field(default=None, foreign_key="user_account.id")
    content: str = Field(sa_column=Column(sa.Text, nullable=False))
    digest: str = Field(max_length=64)
