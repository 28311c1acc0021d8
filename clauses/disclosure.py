"""What may leave the application about groups of people: a figure about fewer than five is hidden.

Hiding one cell alone would be vain where the total is shown: the reader would subtract. So the smallest
other cells are hidden with it until those hidden together hold enough people. A total of too few people
hides everything.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from clauses.hours import Hundredths

T = TypeVar("T")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of a group, with the ids of its people and of their placements."""

    key: str
    hours: Hundredths
    people: frozenset[str]
    placements: frozenset[str]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A group as it may be shown; all None when it is hidden."""

    key: str
    hours: Hundredths | None
    people: int | None
    placements: int | None

    @property
    def hidden(self) -> bool:
        return self.people is None


def group_by(
    rows: Iterable[T],
    key: Callable[[T], str],
    hours: Callable[[T], Hundredths],
    person: Callable[[T], str],
    placement: Callable[[T], str],
) -> tuple[Group, ...]:
    """Rows gathered by key, in the order of the keys. A row without hours brings nobody."""
    totals: dict[str, Hundredths] = defaultdict(int)
    people: dict[str, set[str]] = defaultdict(set)
    placements: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not hours(row):
            continue
        totals[key(row)] += hours(row)
        people[key(row)].add(person(row))
        placements[key(row)].add(placement(row))
    return tuple(
        Group(key=k, hours=totals[k], people=frozenset(people[k]), placements=frozenset(placements[k]))
        for k in sorted(totals)
    )


def disclose(groups: tuple[Group, ...], least: int) -> tuple[Cell, ...]:
    """The cells of one table whose total is shown beside it, the small ones hidden with what guards them."""
    hidden = {g.key for g in groups if len(g.people) < least}
    others = sorted((g for g in groups if g.key not in hidden), key=lambda g: (len(g.people), g.hours, g.key))
    while hidden and others and _is_guessable(groups, hidden, least):
        hidden.add(others.pop(0).key)
    return tuple(cell_of(group, hidden=group.key in hidden) for group in groups)


def total_of(groups: tuple[Group, ...], least: int) -> Cell:
    """The total of a table, its people counted once; hidden when they are too few."""
    people = frozenset[str]().union(*(g.people for g in groups))
    placements = frozenset[str]().union(*(g.placements for g in groups))
    whole = Group(key="", hours=sum(g.hours for g in groups), people=people, placements=placements)
    return cell_of(whole, hidden=0 < len(people) < least)


def cell_of(group: Group, *, hidden: bool) -> Cell:
    if hidden:
        return Cell(key=group.key, hours=None, people=None, placements=None)
    return Cell(key=group.key, hours=group.hours, people=len(group.people), placements=len(group.placements))


def _is_guessable(groups: tuple[Group, ...], hidden: set[str], least: int) -> bool:
    """Whether the total less the cells shown tells of fewer people than may be told of, or of one cell."""
    people = frozenset[str]().union(*(g.people for g in groups if g.key in hidden))
    return len(hidden) == 1 or len(people) < least
