"""What the pages of declarations show to a firm: never a ground of eligibility, never another firm's data."""

from datetime import date, datetime

import msgspec


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence beside what it speaks of. `tone`: stop | warn | quiet."""

    tone: str
    sentence: str


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """A field of hours. `read`: the value read, when it is not written as it was typed."""

    name: str
    read: str
    messages: tuple[Message, ...]


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    label: str
    rest: bool


class RowView(msgspec.Struct, frozen=True, kw_only=True):
    """One person, one month. `days_link` opens the daily detail where the page does not hold all of them."""

    person: str
    firm: str
    employment: str
    month_label: str
    eligible: str
    confirmed: bool
    work: CellView
    training: CellView
    absence: CellView | None
    days: tuple[DayView, ...]
    days_told: bool
    days_link: str


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    """One lot. `mode` is a `sheet.Mode`; `declaration_id` leads to the file of what was sent."""

    lot_id: str
    title: str
    marche: str
    period: str
    deadline: date
    late: bool
    closed: bool
    mode: str
    is_open: bool
    state: str
    tone: str
    declaration_id: str
    returned_reason: str
    asks_reason: bool
    sent_hours: int
    nothing: bool
    has_draft: bool
    sendable_from: date | None
    quarterly: bool
    asks_absences: bool
    rows: tuple[RowView, ...]
    messages: tuple[Message, ...]
    nothing_name: str
    reason_name: str
    correct_link: str
    contact: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    value: str
    label: str


class MonthView(msgspec.Struct, frozen=True, kw_only=True):
    """The month on one page. `for_firm`: the facilitator types in the place of the firm."""

    month: str
    label: str
    firm: str
    for_firm: bool
    address: str
    newcomer_address: str
    months: tuple[Choice, ...]
    previous: str
    following: str
    correcting: tuple[str, ...]
    sections: tuple[SectionView, ...]
    any_open: bool


class RecapLine(msgspec.Struct, frozen=True, kw_only=True):
    """`countable` hundredths of the `hours` declared, and why not all of them."""

    person: str
    month_label: str
    kind: str
    hours: int
    countable: int
    days: int
    reason: str
    messages: tuple[Message, ...]


class RecapSection(msgspec.Struct, frozen=True, kw_only=True):
    lot_id: str
    title: str
    marche: str
    period: str
    nothing: bool
    correction: bool
    reason: str
    hours: int
    countable: int
    lines: tuple[RecapLine, ...]
    messages: tuple[Message, ...]


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    value: str


class RecapView(msgspec.Struct, frozen=True, kw_only=True):
    """What would be sent; `typed` is sent as it was read, `left_out` names the lots with nothing typed."""

    month: str
    label: str
    firm: str
    for_firm: bool
    address: str
    send_address: str
    sections: tuple[RecapSection, ...]
    left_out: tuple[str, ...]
    typed: tuple[Hidden, ...]
    hours: int
    countable: int


class ReceiptLine(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    declaration_id: str
    lot: str
    marche: str
    period: str
    version: int
    nothing: bool
    people: int
    hours: int
    countable: int
    state: str


class ReceiptView(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt of one sending: as many numbers as lots."""

    number: str
    sent_at: datetime
    time_zone: str
    firm: str
    author: str
    provenance: str
    lines: tuple[ReceiptLine, ...]
    hours: int
    back: str
    may_open: bool
