"""What the coordination reads of the weights, and of what others would move."""

from datetime import datetime

import msgspec


class WeightLine(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a score. `field`: its name in the form; `percent`: its share of the score, half-up;
    `tried`: that of the weights typed, the same when none are.
    """

    field: str
    label: str
    meaning: str
    weight: int
    percent: int
    tried: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    before: int
    after: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A person by public id, or an offer with its title."""

    id: str
    label: str


class MovedList(msgspec.Struct, frozen=True, kw_only=True):
    """One list whose first five places change; nobody enters: the same ones in another order."""

    about: Entry
    enters: tuple[Entry, ...]
    leaves: tuple[Entry, ...]


class MovedSide(msgspec.Struct, frozen=True, kw_only=True):
    """`lists` hold somebody, `changed` of them change; `shift`: mean move, « 0,8 place »; the first shown."""

    lists: int
    changed: int
    shift: str
    shown: tuple[MovedList, ...]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the weights typed would move over the people and offers of today."""

    changes: tuple[Change, ...]
    participants: int
    offers: int
    by_offer: MovedSide
    by_person: MovedSide


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version kept: `changes` from the one before it."""

    number: int
    version: str
    at: datetime
    author: str
    reason: str
    changes: tuple[Change, ...]


class WeightsView(msgspec.Struct, frozen=True, kw_only=True):
    """The weights in force, their history, and what those typed would move."""

    number: int
    version: str
    fit: tuple[WeightLine, ...]
    wish: tuple[WeightLine, ...]
    shipped: tuple[tuple[str, int], ...]
    history: tuple[Version, ...]
    preview: Preview | None
