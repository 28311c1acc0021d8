"""Changes tried by the kernel on everything that they could open: a person's offers, or an offer's people.

Each project of a person is judged apart (a *slot*), because what was broken for the one project that a change
opens is what must hold afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from matching.changes import TOUCHES, change_offer, change_participant
from matching.encode_block import Judged
from matching.encode_distinct import Ints
from matching.encoding import Book
from matching.engine import judge_people
from matching.engine_rank import book_for, in_order
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.scoring import trade_part
from matching.verdict import ConstraintName, Lever, LeverCode
from matching.world import World

T = TypeVar("T")
Change = tuple[Lever, ...]  # tried together
Mask = NDArray[np.bool_]
Cases = NDArray[np.intp]
_BITS = {name: 1 << rank for rank, name in enumerate(ConstraintName)}
# Answers held at once: the rest waits for its turn, so that memory does not grow with the changes.
_CELLS = 1_000_000


class Found(NamedTuple):
    """The cases that a change opens, in order, with the project kept and whether no question is left."""

    at: Cases
    slot: Ints
    settled: Mask

    def among(self, cases: Mask) -> "Found":
        """The same for those cases alone."""
        mine = cases[self.at]
        return Found(self.at[mine], self.slot[mine], self.settled[mine])


class Side(Protocol):
    """One person and her offers, or one offer and its people."""

    ids: tuple[str, ...]

    def judged_as(self, change: Change) -> Change:
        """What this change may be judged as, together with others, wherever it may open something."""

    def judge(self, changes: Sequence[Change], cases: Cases) -> Iterator[Judged]:
        """Answers[change, slot, case] for successive changes; row -1 where there is no such project."""

    def lies_in(self, commune: str) -> Mask:
        """The cases whose person a shuttle from that commune could pick up."""

    def project_and_offer(self, case: int, slot: int) -> tuple[Project, Offer]:
        """What one case is about."""


class Board:
    """What was broken before any change, and what changes open."""

    def __init__(self, side: Side, world: World) -> None:
        self._side, self._world = side, world
        (before,) = side.judge([()], np.arange(len(side.ids)))
        self.ids, self._broken, self._there = side.ids, before.broken[0], before.row[0] >= 0
        self.closed = self._there.any(axis=0) & ~(self._there & (self._broken == 0)).any(axis=0)
        fewest = np.where(self._there, np.bitwise_count(self._broken), 99).min(axis=0, initial=99)
        self.fewest_broken = fewest
        self._useful: dict[tuple[int, ...], Mask] = {}

    def lacking(self, name: ConstraintName) -> Cases:
        """The closed cases where this constraint is broken for some project."""
        lacks = self._there & (self._broken & _BITS[name] != 0)
        return np.flatnonzero(self.closed & lacks.any(axis=0))

    def may_open(self, change: Change) -> Mask:
        """The closed cases worth trying: all that is broken is touched, and each lever is of use there."""
        touches = tuple(sum(_BITS[name] for name in TOUCHES[lever.code]) for lever in change)
        if touches not in self._useful:
            whole = int(np.bitwise_or.reduce(touches))
            useful = self._there & (self._broken & ~whole == 0)
            for one in touches:
                useful &= self._broken & one != 0
            self._useful[touches] = self.closed & useful.any(axis=0)
        found = self._useful[touches]
        for lever in change:
            if lever.code is LeverCode.SHUTTLE:
                found = found & self._side.lies_in(lever.item or "")
        return found

    def opened(self, changes: Sequence[Change], among: Mask) -> dict[Change, Found]:
        """What each of these changes opens among those cases; those that open nothing are left out."""
        alike: dict[Change, dict[Change, Mask]] = {}
        for change in changes:
            tried = self.may_open(change) & among
            if tried.any():
                alike.setdefault(self._side.judged_as(change), {})[change] = tried
        if not alike:
            return {}
        groups = [(group, np.logical_or.reduce(list(group.values()))) for group in alike.values()]
        cases = np.flatnonzero(np.logical_or.reduce([tried for _, tried in groups]))
        found: dict[Change, Found] = {}
        todo = iter(groups)
        for judged in self._side.judge(list(alike), cases):
            for rank in range(len(judged.row)):
                group, tried = next(todo)
                columns = np.flatnonzero(tried[cases])
                one: list[Any] = [array[rank][:, columns] for array in judged]
                whole = self._open(Judged(*one), cases[columns])
                found |= {
                    change: part for change, mine in group.items() if (part := whole.among(mine)).at.size
                }
        return found

    def _open(self, judged: Judged, tried: Cases) -> Found:
        """Nothing is broken, what was broken now holds, and it is not quite another trade (a rank of 0)."""
        slot = _best(judged)
        every = np.arange(len(tried))
        broken, unknown = judged.broken[slot, every], judged.unknown[slot, every]
        opens = (broken == 0) & (unknown & self._broken[slot, tried] == 0) & (judged.rank[slot, every] > 0)
        return Found(tried[opens], slot[opens], unknown[opens] == 0)

    def in_trade(self, found: Found) -> int:
        """How many of those are the very trade that the project wants."""
        figures = self._world.parameters.scoring
        told = (
            self._side.project_and_offer(int(case), int(slot))
            for case, slot in zip(found.at, found.slot, strict=True)
        )
        return sum(trade_part(project, offer, figures) == 10_000 for project, offer in told)


def _best(judged: Judged) -> Ints:
    """The slot of the best project of each case, as ``ranking`` orders them."""
    keys = np.stack([judged.row < 0, judged.broken != 0, judged.ease, -judged.rank, -judged.share])
    best = np.zeros(judged.row.shape[1], dtype=np.int32)
    least = keys[:, 0]
    for slot in range(1, len(judged.row)):
        mine, before, same = keys[:, slot], np.zeros(best.shape, bool), np.ones(best.shape, bool)
        for one, two in zip(mine, least, strict=True):
            before |= same & (one < two)
            same &= one == two
        best, least = np.where(before, slot, best), np.where(before, mine, least)
    return best


class PersonSide:
    """One person against offers."""

    def __init__(self, person: Participant, offers: Iterable[Offer], world: World, on: date) -> None:
        self._person, self._book = person, book_for(world, on)
        self.offers = sorted(offers, key=lambda one: one.id)
        self.ids = tuple(one.id for one in self.offers)
        self._projects = in_order(person)

    def judged_as(self, change: Change) -> Change:
        return change

    def judge(self, changes: Sequence[Change], cases: Cases) -> Iterator[Judged]:
        posts = self._book.posts([self.offers[case] for case in cases])
        by_id = sorted(range(len(posts.offers)), key=lambda rank: posts.offers[rank].id)
        slots = len(self._projects)
        for some in _in_turn(changes, slots * len(cases)):
            people = [
                replace(changed, projects=(project,))
                for changed in (_changed_person(self._person, change) for change in some)
                for project in in_order(changed)
            ]
            found = judge_people(self._book, people, posts)
            yield _shaped(one[:, by_id].reshape(len(some), slots, len(cases)) for one in found)

    def lies_in(self, commune: str) -> Mask:
        return np.full(len(self.ids), commune in _communes(self._person))

    def project_and_offer(self, case: int, slot: int) -> tuple[Project, Offer]:
        return self._projects[slot], self.offers[case]


class OfferSide:
    """One offer against people. Its book is its own: hours that are only tried burden nobody's lists.

    A shuttle matters only to those who live, or leave their children, in its commune. So all the shuttles are
    tried in a few posts: those of two communes of one person are in different *waves*.
    """

    def __init__(self, offer: Offer, people: Iterable[Participant], world: World, on: date) -> None:
        self._offer, self._book = offer, Book(world, on)
        self.people = sorted(people, key=lambda one: one.id)
        self.ids = tuple(one.id for one in self.people)
        self._living: dict[str, list[int]] = {}
        for case, person in enumerate(self.people):
            for commune in _communes(person):
                self._living.setdefault(commune, []).append(case)
        self._projects = [in_order(person) for person in self.people]
        self._slots = max(map(len, self._projects), default=0)
        self._waves: dict[str, tuple[Lever, ...]] = {}

    def set_shuttles(self, levers: Iterable[Lever]) -> None:
        """The shuttles that will be tried."""
        beside: dict[str, set[str]] = {}
        for person in self.people:
            communes = _communes(person)
            for one in communes:
                beside.setdefault(one, set()).update(communes - {one})
        waves: list[list[Lever]] = []
        for lever in levers:
            near = beside.get(lever.item or "", set())
            wave = next((wave for wave in waves if not any(one.item in near for one in wave)), None)
            if wave is None:
                waves.append(wave := [])
            wave.append(lever)
        self._waves = {lever.item or "": tuple(wave) for wave in waves for lever in wave}

    def judged_as(self, change: Change) -> Change:
        """The same change with every shuttle of the wave."""
        told: list[Lever] = []
        for lever in change:
            told += self._waves[lever.item or ""] if lever.code is LeverCode.SHUTTLE else (lever,)
        return tuple(told)

    def judge(self, changes: Sequence[Change], cases: Cases) -> Iterator[Judged]:
        posts = self._book.posts(
            replace(_changed_offer(self._offer, change), id=f"{rank:09}")
            for rank, change in enumerate(changes)
        )
        at = sorted(range(len(posts.offers)), key=lambda rank: posts.offers[rank].id)
        people = [
            replace(self.people[case], projects=tuple(self._projects[case][slot : slot + 1]))
            for slot in range(self._slots)
            for case in cases
        ]
        found = judge_people(self._book, people, posts)
        shape = self._slots, len(cases)
        for some in _in_turn(at, len(people)):
            yield _shaped(one[:, some].T.reshape(len(some), *shape) for one in found)

    def lies_in(self, commune: str) -> Mask:
        here = np.zeros(len(self.ids), dtype=bool)
        here[self._living.get(commune, [])] = True
        return here

    def project_and_offer(self, case: int, slot: int) -> tuple[Project, Offer]:
        return self._projects[case][slot], self._offer


def _communes(person: Participant) -> set[str]:
    """Where a shuttle could pick her up."""
    return {point.insee for point in (person.home, person.care_point) if point and point.insee}


def _changed_person(person: Participant, change: Change) -> Participant:
    for lever in change:
        person = change_participant(person, lever)
    return person


def _changed_offer(offer: Offer, change: Change) -> Offer:
    for lever in change:
        offer = change_offer(offer, lever)
    return offer


def _in_turn(told: Sequence[T], cells: int) -> Iterator[Sequence[T]]:
    """Some at a time, each of so many cells."""
    size = max(1, _CELLS // max(1, cells))
    return (told[first : first + size] for first in range(0, len(told), size))


def _shaped(arrays: Iterable[Any]) -> Judged:
    return Judged(*arrays)
