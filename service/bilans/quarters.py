"""Quarters of the calendar: « 2026-T1 » in addresses, « 1er trimestre 2026 » on screens."""

import re
from datetime import date

import msgspec

from clauses import add_days, add_months


class Quarter(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """First and last day, both inclusive."""

    first: date
    last: date

    @property
    def code(self) -> str:
        return f"{self.first.year}-T{self.number}"

    @property
    def number(self) -> int:
        return (self.first.month + 2) // 3

    @property
    def label(self) -> str:
        return f"{'1er' if self.number == 1 else f'{self.number}e'} trimestre {self.first.year}"


def quarter_from(first: date) -> Quarter:
    return Quarter(first=first, last=add_days(add_months(first, 3), -1))


def quarter_of(day: date) -> Quarter:
    """The quarter that holds a day."""
    return quarter_from(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def last_over(today: date) -> Quarter:
    """The last quarter that is over on a day."""
    return quarter_of(add_days(quarter_of(today).first, -1))


def read_quarter(code: str) -> Quarter | None:
    """« 2026-T1 »; None when it does not read so."""
    found = re.fullmatch(r"(20\d\d)-T([1-4])", code)
    return quarter_from(date(int(found[1]), int(found[2]) * 3 - 2, 1)) if found else None


def quarters_over(today: date, count: int = 12) -> tuple[Quarter, ...]:
    """The last quarters that are over, the latest first."""
    found = [last_over(today)]
    while len(found) < count:
        found.append(quarter_of(add_days(found[-1].first, -1)))
    return tuple(found)
