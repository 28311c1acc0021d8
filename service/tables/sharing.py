"""Hours shared between lots: each row is one allocation, never erased, cancelled with a date and a reason."""

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, SQLModel

from service.tables.columns import StructText, UtcDateTime, new_public_id


class AllocationRow(SQLModel, table=True):
    """Hundredths of an accepted line counted on another lot. `line_id` follows a correction to the line of
    the new version (same placement, month and kind); `consents`: public ids of the buyers who agreed."""

    __tablename__ = "allocation"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    line_id: int = Field(foreign_key="declaration_line.id", index=True)
    from_lot_id: int = Field(foreign_key="lot.id", index=True)
    to_lot_id: int = Field(foreign_key="lot.id", index=True)
    hours: int
    consents: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    reason: str = Field(default="", max_length=300)
    author_id: int = Field(foreign_key="user_account.id")
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    cancelled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    cancelled_by: int | None = Field(default=None, foreign_key="user_account.id")
    cancel_reason: str = Field(default="", max_length=300)
