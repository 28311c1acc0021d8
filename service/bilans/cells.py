"""What leaves the facilitation: people by a code, and no figure about fewer than five of them."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

import msgspec

FEWEST = 5
"""Fewer people than this in a cell and the cell is hidden (brief 5.3, issue 3)."""
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
T = TypeVar("T")


class Counted(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def hours(self) -> int | None: ...
    @property
    def people(self) -> int | None: ...


C = TypeVar("C", bound=Counted)


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Hours and people of one value of a dimension. Both None: hidden, too few people."""

    label: str
    hours: int | None
    people: int | None


def cells_of(
    lines: Iterable[T], label: Callable[[T], str], hours: Callable[[T], int], person: Callable[[T], object]
) -> tuple[Cell, ...]:
    """The sum of hours and the number of distinct people by label, the most hours first."""
    totals: dict[str, int] = defaultdict(int)
    people: dict[str, set[object]] = defaultdict(set)
    for line in lines:
        totals[label(line)] += hours(line)
        people[label(line)].add(person(line))
    found = [Cell(label=key, hours=total, people=len(people[key])) for key, total in totals.items()]
    return tuple(sorted(found, key=lambda c: (-(c.hours or 0), c.label)))


def hide_small(cells: tuple[C, ...], hide: Callable[[C], C]) -> tuple[C, ...]:
    """Hide cells under five people, and the next smallest ones until no hidden cell can be told from the
    total: at least two of them, with five people between them. An empty cell hides nobody."""
    waiting = sorted((c for c in cells if c.people), key=lambda c: (c.people or 0, c.hours or 0, c.label))
    hidden = [c for c in waiting if (c.people or 0) < FEWEST]
    rest = [c for c in waiting if c not in hidden]
    while hidden and rest and (len(hidden) < 2 or sum(c.people or 0 for c in hidden) < FEWEST):
        hidden.append(rest.pop(0))
    names = {c.label for c in hidden}
    return tuple(hide(c) if c.label in names else c for c in cells)


def hide_cells(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return hide_small(cells, lambda cell: Cell(label=cell.label, hours=None, people=None))


def code_of(lot_id: str, person_id: str) -> str:
    """A code for a person on a lot: the same in every quarter, another one on another lot."""
    digest = hashlib.sha256(f"{lot_id} {person_id}".encode()).digest()
    return "P-" + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:6])
