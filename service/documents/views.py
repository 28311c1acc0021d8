"""What pages show of documents."""

from datetime import date, datetime

import msgspec


class DocumentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a list. `about`: the lot, or the whole marché; `event_id`: the event it goes with."""

    id: str
    kind: str
    label: str
    dated_on: date | None
    file: str
    about: str
    event_id: str
    added_at: datetime
    author: str
    withdrawn: bool


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """One document. `readers` says who may read it; `back` and `back_label` lead where it is attached."""

    line: DocumentLine
    reference: str
    title: str
    back: str
    back_label: str
    readers: str
    sha256: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str
    time_zone: str


class DocumentFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`event`, `penalty`: public ids of what the document goes with, in `about` in words; empty: none."""

    marche_id: str
    reference: str
    title: str
    event: str
    penalty: str
    about: str
    back: str
