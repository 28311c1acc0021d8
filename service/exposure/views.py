"""The exposure report: people counted by group. None is a number that may not be told (under five people)."""

from datetime import date

import msgspec


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """People of a group, and their share of its denominator in percent, half-up; None: hidden."""

    people: int | None
    percent: int | None


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """One group. followed: accompanied in the period, the denominator of proposed and hired;
    proposable: who may be proposed to an employer today, the denominator of suggested."""

    label: str
    followed: int | None
    proposable: int | None
    suggested: Share
    proposed: Share
    hired: Share


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """One way of telling groups apart. note: what the groups are, in a sentence."""

    key: str
    title: str
    note: str
    groups: tuple[GroupLine, ...]


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a year. top: the places of a list that count as suggested; offers: open today."""

    year: int
    first: date
    last: date
    years: tuple[int, ...]
    today: date
    top: int
    offers: int
    total: GroupLine
    dimensions: tuple[Dimension, ...]
