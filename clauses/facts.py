"""What the rules may look at: everything is an argument, loaded by the caller in one go.

`others` are lines of the same persons elsewhere: other lots, other companies, other months. They are what
makes legal maxima hold over all employers, and what no firm may be told of.
"""

from datetime import date

import msgspec

from clauses.days import Holidays, Interval, first_day, last_day
from clauses.declaration import DayHours, Declaration, HourKind, LineEntry
from clauses.eligibility import Grid, Period, intervals_for
from clauses.hours import Hundredths
from clauses.marche import Lot, Marche, Party
from clauses.placement import Placement, is_ever_cdi, last_day_of
from clauses.window import Window


class LegalLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Maxima in hundredths of hours, from parameters.toml at the date of the month declared."""

    month_hold: Hundredths
    month_warn: Hundredths
    day: Hundredths
    week: Hundredths
    minor_day: Hundredths
    minor_week: Hundredths
    full_time_week: Hundredths
    expiry_days: int
    proof_days: int
    gap_points: int
    same_months: int
    nothing_periods: int


class OtherLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that stands elsewhere (sent or accepted, never a draft nor a rejected one)."""

    person_id: str
    placement_id: str
    lot_id: str
    company_id: str
    month: date
    hours: Hundredths
    days: tuple[DayHours, ...]
    kind: HourKind = HourKind.WORK


class Ceiling(msgspec.Struct, frozen=True, kw_only=True):
    """Hours paid in a month for a placement, from a payslip or the DSN, when supplied."""

    placement_id: str
    month: date
    hours: Hundredths


class LotStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where the lot stands without this declaration: for the caps and the follow-up rules."""

    work_countable: Hundredths = 0
    training_countable: Hundredths = 0
    remaining: Hundredths | None = None
    time_share: int | None = None
    hours_share: int | None = None
    labour_hours_missing: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `declare` needs about the lot, the persons and the past. `window` None: not notified yet,
    the dates of the lot stand. `history`: all versions of this company on this lot, this header included.
    `birth_dates` need hold the minors only."""

    marche: Marche
    lot: Lot
    grid: Grid
    window: Window | None
    parties: tuple[Party, ...]
    placements: tuple[Placement, ...]
    periods: tuple[Period, ...]
    history: tuple[Declaration, ...]
    others: tuple[OtherLine, ...]
    ceilings: tuple[Ceiling, ...]
    birth_dates: dict[str, date]
    standing: LotStanding
    limits: LegalLimits
    holidays: Holidays
    on: date


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One line with its placement."""

    entry: LineEntry
    placement: Placement


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration under examination: its header, its lines, and the context. `sent_on` is the local day
    it was sent, which stays the same when it is judged again later."""

    declaration_id: str
    company_id: str
    period_start: date
    period_end: date
    sent_on: date
    nothing: bool
    lines: tuple[LineFacts, ...]
    context: Context


def lot_window(context: Context) -> Window:
    """The dates where hours may lie."""
    return context.window or Window(starts_on=context.lot.starts_on, ends_on=context.lot.ends_on)


def eligible_intervals(context: Context, placement: Placement) -> tuple[Interval, ...]:
    """The eligible days of a person on this lot, for the hours of this placement."""
    end = lot_window(context).ends_on
    cdi = is_ever_cdi(placement)
    return intervals_for(context.periods, placement.person_id, context.lot, context.grid, end, cdi=cdi)


def placement_span(line: LineFacts) -> Interval | None:
    """The days of the line's month that lie within the placement; None when there are none."""
    month_end = last_day(line.entry.month)
    first = max(first_day(line.entry.month), line.placement.starts_on)
    last = min(month_end, last_day_of(line.placement) or month_end)
    return Interval(first=first, last=last) if first <= last else None
