"""Documents of a marché: the facts and the trace of each, and its bytes apart so that lists stay light."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from service.tables.columns import UtcDateTime, choice, new_public_id, now_utc
from service.vocabulary import DocumentKind, DocumentMedia


class DocumentRow(SQLModel, table=True):
    """A document of a marché, of one of its lots, of an event of the lot, or of a penalty.

    Withdrawn, its bytes are gone and this row stays: what it was, who took it away, when and why.
    """

    __tablename__ = "document"
    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    territory_id: int = Field(foreign_key="territory.id", index=True)
    marche_id: int = Field(foreign_key="marche.id", index=True)
    lot_id: int | None = Field(default=None, foreign_key="lot.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="lot_event.id", index=True)
    penalty_id: int | None = Field(default=None, foreign_key="penalty.id", index=True)
    kind: DocumentKind = Field(sa_column=Column(choice(DocumentKind), nullable=False))
    label: str = Field(max_length=200)
    dated_on: date | None = None
    media: DocumentMedia = Field(sa_column=Column(choice(DocumentMedia), nullable=False))
    size: int
    sha256: str = Field(max_length=64)
    author_id: int = Field(foreign_key="user_account.id")
    added_at: datetime = Field(default_factory=now_utc, sa_column=Column(UtcDateTime, nullable=False))
    withdrawn_by: int | None = Field(default=None, foreign_key="user_account.id")
    withdrawn_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    withdrawn_reason: str = Field(default="", max_length=300)


class DocumentContentRow(SQLModel, table=True):
    """The bytes of a document, kept with the rest so that one backup and one restore hold everything."""

    __tablename__ = "document_content"
    document_id: int = Field(primary_key=True, foreign_key="document.id")
    territory_id: int = Field(foreign_key="territory.id", index=True)
    content: bytes = Field(sa_column=Column(sa.LargeBinary, nullable=False))
