"""Calendar days: months, intervals, and the weekdays that a cut counts. Holidays are always given."""

from collections.abc import Iterable
from datetime import date

import msgspec

Holidays = frozenset[date]
"""The public holidays of the territory (Martinique's differ from the mainland's)."""


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """Days from `first` to `last`, both inclusive; `last` None is open."""

    first: date
    last: date | None


def add_months(value: date, months: int) -> date:
    """Same day n months later, or the last day of a shorter month (31/01 + 1 month = 28/02)."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(value.day, last_day(first).day))


def end_of_months(first: date, months: int) -> date:
    """The last day of so many months begun on `first`: the eve of the same day of the month (15/01 + 1 month
    ends 14/02), and where that day does not exist, the last of the month (31/01 + 1 month ends 28/02)."""
    after = add_months(first, months)
    return after if after.day < first.day else add_days(after, -1)


def add_days(value: date, count: int) -> date:
    return date.fromordinal(value.toordinal() + count)


def first_day(value: date) -> date:
    return value.replace(day=1)


def last_day(value: date) -> date:
    """The last day of the month."""
    following = date(value.year + value.month // 12, value.month % 12 + 1, 1)
    return add_days(following, -1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from one to the other, inclusive."""
    found = []
    current = first_day(first)
    while current <= last:
        found.append(current)
        current = add_months(current, 1)
    return tuple(found)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day, both ends included; empty when last < first."""
    return tuple(date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def weekdays(first: date, last: date, holidays: Holidays) -> tuple[date, ...]:
    """Mondays to Fridays that are not public holidays."""
    return tuple(d for d in days_between(first, last) if d.weekday() < 5 and d not in holidays)


def holds(interval: Interval, on: date) -> bool:
    return interval.first <= on and (interval.last is None or on <= interval.last)


def held_by_any(intervals: Iterable[Interval], on: date) -> bool:
    return any(holds(interval, on) for interval in intervals)
