"""What the pages show of hours shared between lots. Hours in hundredths."""

from datetime import date, datetime

import msgspec

from service.declarations.views import Choice


class SharedLine(msgspec.Struct, frozen=True, kw_only=True):
    """An allocation. `ours`: it leaves this lot, else it comes to it; `live`: it stands."""

    id: str
    person_id: str
    person: str
    month: date
    kind: str
    firm: str
    hours: int
    ours: bool
    from_lot_id: str
    from_lot: str
    to_lot_id: str
    to_lot: str
    reason: str
    made_at: datetime
    author: str
    live: bool
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str


class LotSharing(msgspec.Struct, frozen=True, kw_only=True):
    """The block of a lot's file."""

    policy: str
    may_share: bool
    moved_in: int
    moved_out: int
    lines: tuple[SharedLine, ...]


class ShareableLine(msgspec.Struct, frozen=True, kw_only=True):
    """A validated line: `validated` = `given` elsewhere + `here`. `room`: the most that the chosen lot takes,
    None before one is chosen; `why` not all of what is here."""

    id: str
    person_id: str
    person: str
    month: date
    kind: str
    firm: str
    validated: int
    given: int
    here: int
    room: int | None
    why: str


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """The lot chosen to receive. `consents`: the buyers who must agree, by public id, when there are two."""

    id: str
    label: str
    title: str
    remaining: int | None
    policy: str
    consents: tuple[tuple[str, str], ...]


class SharingView(msgspec.Struct, frozen=True, kw_only=True):
    """`seen` goes back with the form: what is shared is what was read. `refusal`: why nothing may leave."""

    lot_id: str
    reference: str
    number: str
    title: str
    buyer: str
    sentence: str
    surplus: int
    policy: str
    refusal: str
    person_id: str
    person: str
    lots: tuple[Choice, ...]
    receiver: Receiver | None
    lines: tuple[ShareableLine, ...]
    validated: int
    given: int
    here: int
    shares: tuple[SharedLine, ...]
    seen: str
    time_zone: str
