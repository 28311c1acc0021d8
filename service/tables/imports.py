"""A file sent from a screen, staged: what each of its rows says and what will become of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from service.tables.columns import StructText, UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import ImportKind, ImportState, RowOutcome


class ImportBatchRow(SQLModel, table=True):
    """The file. `titles`: of its columns; `columns`: the field each fills, empty when it is left aside."""

    __tablename__ = "import_batch"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    author_id: int = Field(foreign_key="user_account.id")
    kind: ImportKind = Field(sa_column=Column(choice(ImportKind), nullable=False))
    state: ImportState = Field(sa_column=Column(choice(ImportState), nullable=False))
    titles: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    columns: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    notes: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    # For the rows that name no référent; and whether what is already known is replaced too.
    referent_email: str = Field(default="", max_length=200)
    replaces: bool = False
    made_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))


class ImportLineRow(SQLModel, table=True):
    """A row of the file. Its cells are emptied once they are in the tables they were meant for."""

    __tablename__ = "import_line"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "line"),
        sa.Index("ix_import_line_batch_id_same_key", "batch_id", "same_key"),
    )
    id: int = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    line: int
    cells: Any = Field(sa_column=Column(StructText(tuple[str, ...]), nullable=False))
    outcome: RowOutcome = Field(sa_column=Column(choice(RowOutcome), nullable=False))
    stored: bool = False
    # Equal for two rows about one person or one offer; empty until it is read.
    same_key: str = Field(default="", max_length=64)
    fault_column: str = Field(default="", max_length=60)
    sentence: str = Field(default="", max_length=600)
