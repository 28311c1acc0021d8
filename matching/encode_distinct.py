"""Distinct values numbered in the order in which they come, and tables made by calling the readable rules.

There are few distinct licences, hours or trades beside the pairs of people and offers: a rule is called
once for each pair of *distinct* values, and what it answers is read from a table ever after. The kernel is
then equal to the readable path by construction, not by a second writing of the rules.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.ease import cost
from matching.match import PartState
from matching.offer import Offer
from matching.parameters import NearFigures
from matching.verdict import Broken, Unknown, Verdict

Ints = NDArray[np.int32]
Bits = NDArray[np.uint64]
T = TypeVar("T")

# Codes of a verdict: 0 holds, 1 unknown, 2 + the cost of lifting it when broken.
HOLDS, ASKED, BROKEN = 0, 1, 2
# Codes of a part of a score: its value, or one of these.
PART_UNKNOWN, PART_NOT_ASKED = -1, -2

# Rows kept for people's values; past it all are dropped and made anew as they are asked for.
MOST_ROWS = 50_000


def verdict_code(verdict: Verdict, figures: NearFigures) -> int:
    """A verdict as one number."""
    if isinstance(verdict, Broken):
        return BROKEN + cost(verdict, figures)
    return ASKED if isinstance(verdict, Unknown) else HOLDS


def part_code(value: int | PartState) -> int:
    """The value of a part as one number."""
    if isinstance(value, int):
        return value
    return PART_UNKNOWN if value is PartState.UNKNOWN else PART_NOT_ASKED


class Distinct(Generic[T]):
    """Values by key, numbered from 0 as they come."""

    def __init__(self) -> None:
        self._at: dict[Hashable, int] = {}
        self.values: list[T] = []

    def __len__(self) -> int:
        return len(self.values)

    def put(self, key: Hashable, value: T) -> int:
        """The number of this key; ``value`` stands for it when it is new."""
        rank = self._at.setdefault(key, len(self.values))
        if rank == len(self.values):
            self.values.append(value)
        return rank

    def at(self, key: Hashable) -> int:
        """The number of a key already put, or -1."""
        return self._at.get(key, -1)


class Table(Generic[T]):
    """One rule: a row for each distinct value on the person's side, a column for each on the offers'."""

    def __init__(self, columns: Distinct[Offer], code: Callable[[T, Offer], int]) -> None:
        self._columns, self._code = columns, code
        self._rows: dict[Hashable, Ints] = {}

    def row(self, key: Hashable, told: T) -> Ints:
        """The row of this value, made or lengthened where columns have come since."""
        found = self._rows.get(key)
        done = 0 if found is None else len(found)
        if found is not None and done == len(self._columns):
            return found
        more = np.array([self._code(told, one) for one in self._columns.values[done:]], dtype=np.int32)
        row = more if found is None else np.concatenate((found, more))
        if len(self._rows) > MOST_ROWS:
            self._rows.clear()
        self._rows[key] = row
        return row


class Kinds(Generic[T]):
    """A table whose rule reads little of a person, and what it reads depends on the kind of post.

    ``kind``: what of a post decides what is read; ``read``: what the rule reads of the person for that kind.
    """

    def __init__(
        self,
        columns: Distinct[Offer],
        code: Callable[[T, Offer], int],
        kind: Callable[[Offer], Hashable],
        read: Callable[[T, Any], Hashable],
    ) -> None:
        self._columns, self._code, self._kind, self._read = columns, code, kind, read
        self._seen = 0
        self._of_kind: dict[Hashable, tuple[Distinct[Offer], list[int], Table[T]]] = {}

    def row(self, key: Hashable, told: T) -> Ints:
        """The row of this value."""
        del key
        for rank, offer in enumerate(self._columns.values[self._seen :], self._seen):
            kind = self._kind(offer)
            if kind not in self._of_kind:
                own: Distinct[Offer] = Distinct()
                self._of_kind[kind] = own, [], Table(own, self._code)
            offers, ranks, _ = self._of_kind[kind]
            offers.put(rank, offer)
            ranks.append(rank)
        self._seen = len(self._columns)
        row = np.zeros(self._seen, dtype=np.int32)
        for kind, (_, ranks, table) in self._of_kind.items():
            row[ranks] = table.row(self._read(told, kind), told)
        return row


class Stack:
    """Rows gathered for one block, each once: their numbers go to the people, the whole to the kernel."""

    def __init__(self) -> None:
        self._at: dict[Hashable, int] = {}
        self._rows: list[Ints] = []

    def put(self, key: Hashable, make: Callable[[], Ints]) -> int:
        """The number of a row in the block."""
        rank = self._at.setdefault(key, len(self._rows))
        if rank == len(self._rows):
            self._rows.append(make())
        return rank

    def whole(self, columns: int) -> Ints:
        """All rows, as one array; one row of zeros when there is none."""
        if not self._rows:
            return np.zeros((1, max(1, columns)), dtype=np.int32)
        return np.ascontiguousarray(np.stack(self._rows), dtype=np.int32)


def bits_of(sets: Sequence[Sequence[int]], words: int) -> Bits:
    """bits[set, word]: each number of a set as one bit, 64 to a word; one row at least."""
    bits = np.zeros((max(1, len(sets)), words), dtype=np.uint64)
    ranks = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    numbers = np.array([number for one in sets for number in one], dtype=np.uint64)
    each = np.uint64(1) << (numbers & np.uint64(63))
    np.bitwise_or.at(bits, (ranks, (numbers >> np.uint64(6)).astype(np.int64)), each)
    return bits
