"""A case once read: the world it tells (marché, people, dated acts) and what it expects of the core."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from clauses.days import Holidays
from clauses.declaration import HourKind, LineEntry, Provenance
from clauses.eligibility import Grid, OpenPeriod, Period
from clauses.events import Event
from clauses.facts import Ceiling, OtherLine
from clauses.hours import Hundredths
from clauses.marche import Lot, Marche, Party
from clauses.parcours import Spell
from clauses.penalty import PenaltyCase
from clauses.placement import Placement

HolidaysOf = Callable[[str, date, date], Holidays | None]
"""The public holidays of a region for the years of two dates; None when the region is not known."""

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


def learnt(on: date, order: int) -> datetime:
    """When something told for a day is known: that day, and on the same day in the order of the file."""
    return datetime.combine(on, time.min, UTC) + timedelta(seconds=order)


def close_of(on: date) -> datetime:
    """The end of a day: all that is told for it is known."""
    return datetime.combine(on, time.max, UTC)


class LotTold(msgspec.Struct, frozen=True, kw_only=True):
    """A lot with its grid and its events."""

    lot: Lot
    grid: Grid
    events: tuple[Event, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An eligibility that the core must open itself from the day asked and the date of the proof."""

    command: OpenPeriod
    lot_id: str


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the declarations. `known_from`: when a party, a placement, a period or
    the demand for one was learnt; absent, it was always known. `penalties`: by lot."""

    marche: Marche
    lots: dict[str, LotTold]
    parties: tuple[Party, ...]
    placements: tuple[Placement, ...]
    periods: tuple[Period, ...]
    asked: tuple[Asked, ...]
    people: frozenset[str]
    spells: tuple[Spell, ...]
    birth_dates: dict[str, date]
    elsewhere: tuple[OtherLine, ...]
    ceilings: tuple[Ceiling, ...]
    known_from: dict[object, datetime]
    penalties: dict[str, tuple[PenaltyCase, ...]]
    region: str
    own_holidays: Holidays | None


class LineRef(msgspec.Struct, frozen=True, kw_only=True):
    """How a line is pointed at: its person or its placement, and month and kind where need be."""

    who: str
    month: date | None
    kind: HourKind | None


class Send(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration sent (or kept as a draft) on a day."""

    id: str
    on: date
    lot_id: str
    company_id: str
    period_start: date
    lines: tuple[LineEntry, ...]
    nothing: bool
    draft: bool
    provenance: Provenance
    reason: str


class PartAccepted(msgspec.Struct, frozen=True, kw_only=True):
    line: LineRef
    hours: Hundredths
    reason: str


class Lifted(msgspec.Struct, frozen=True, kw_only=True):
    rule_id: str
    line: LineRef | None
    reason: str


class Decide(msgspec.Struct, frozen=True, kw_only=True):
    """A decision: valider, viser, examiner, rendre, rejeter; or reprendre, by the firm."""

    id: str
    on: date
    declaration: str
    what: str
    reason: str
    lines: tuple[PartAccepted, ...]
    waivers: tuple[Lifted, ...]


class ShareOut(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of a line given to another lot."""

    id: str
    on: date
    declaration: str
    line: LineRef | None
    to_lot: str
    hours: Hundredths
    consents: frozenset[str]


class TakeBack(msgspec.Struct, frozen=True, kw_only=True):
    """A sharing cancelled."""

    id: str
    on: date
    sharing: str
    reason: str


Act = Send | Decide | ShareOut | TakeBack


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """One block of expectations: what it is about (`subject`, `id`), at which date, and its values, already
    read, by key. `known_at` None: with all that the file tells."""

    where: str
    subject: str
    id: str
    on: date | None
    known_at: datetime | None
    values: dict[str, object]
    blocks: tuple["Block", ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-block ([[attendu.ligne]], [attendu.penalite]): its name, its place, its values by key."""

    where: str
    name: str
    values: dict[str, object]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One file."""

    name: str
    title: str
    calculation: str
    world: World
    acts: tuple[Act, ...]
    expected: tuple[Expected, ...]


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read, with all its faults as sentences that name their place."""

    name: str
    faults: tuple[str, ...]


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A difference: where, what was expected, what the core says, and the core's own reasons."""

    where: str
    expected: str
    obtained: str
    why: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A case that ran: how many values were compared, and those that differ."""

    case: Case
    compared: int
    gaps: tuple[Gap, ...]
