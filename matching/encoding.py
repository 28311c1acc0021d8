"""Posts and people as arrays of integers, each distinct thing once: what the one kernel reads.

A ``Book`` belongs to one World and one day. It numbers what posts hold (places, weeks, papers, trades) and
keeps, for each distinct value on the person's side, a row of answers made by the readable rules. A post seen
again unchanged costs one comparison, so a changed file makes one row anew. No text reaches the kernel.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from threading import RLock
from typing import NamedTuple

import numpy as np

from matching.encode_block import LEGS_A_PLACE, NEAR_ROWS, Block, Groups, Near, figures_of
from matching.encode_distinct import Ints
from matching.encode_groups import groups_of, near_of
from matching.encode_legs import Services, legs_between, records
from matching.encode_people import PeopleEncoder
from matching.encode_posts import PostTables
from matching.encode_weeks import Programs, WayNumbers
from matching.offer import Offer
from matching.participant import Participant
from matching.terms import Point
from matching.world import World

# Legs kept between points and places: past this many bytes they are dropped and made anew.
LEGS_BYTES = 96_000_000
_BYTES_A_LEG = 4 * LEGS_A_PLACE + 2 * NEAR_ROWS
# A book is begun again when it remembers that many more posts than are asked for.
_FORGOTTEN = 20_000


class Posts(NamedTuple):
    """Offers encoded, in the order of places then ids. columns[name, post]: see ``encode_block``."""

    offers: tuple[Offer, ...]
    columns: Ints
    groups: Groups


class Book:
    """The numbers of one World and one day. Threads may share it: what it makes is made under its lock."""

    def __init__(self, world: World, on: date) -> None:
        self.world, self.on = world, on
        self.lock = RLock()
        self.tables = PostTables(world, on)
        self.services = Services()
        self.way_numbers = WayNumbers()
        self.way_programs = Programs(self.tables.weeks)
        self.room_programs = Programs(self.tables.weeks)
        self.care_programs = Programs(self.tables.weeks)
        self.figures = figures_of(world.parameters)
        self._rows: dict[str, tuple[Offer, int]] = {}
        self._matrix: list[tuple[int, ...]] = []
        self._array: Ints | None = None
        self._legs: dict[Point, tuple[Ints, Near]] = {}
        self._kept: tuple[tuple[Offer, ...], Posts] | None = None

    def posts(self, offers: Iterable[Offer]) -> Posts:
        """The offers encoded; each unchanged one is only compared. Their order is irrelevant."""
        given = tuple(offers)
        with self.lock:
            if self._kept is not None and _same(self._kept[0], given):
                return self._kept[1]
            at = np.array([self._row_of(offer) for offer in given], dtype=np.int64)
            if self._array is None or len(self._array) != len(self._matrix):
                self._array = np.array(self._matrix, dtype=np.int32).reshape(-1, 20)
            columns = self._array[at] if given else np.zeros((0, 20), dtype=np.int32)
            by_id = sorted(range(len(given)), key=lambda rank: given[rank].id)
            columns = columns[by_id]
            columns[:, -1] = np.arange(len(given))
            order = np.argsort(columns[:, 0], kind="stable")
            told = np.ascontiguousarray(columns[order].T)
            groups = groups_of(told, len(self.tables.places), self.tables.skill_bits()[0])
            found = Posts(tuple(given[by_id[rank]] for rank in order), told, groups)
            self._kept = (given, found)
            return found

    def _row_of(self, offer: Offer) -> int:
        known = self._rows.get(offer.id)
        if known is not None and (known[0] is offer or known[0] == offer):
            return known[1]
        self._matrix.append(tuple(self.tables.row(offer)))
        self._rows[offer.id] = offer, len(self._matrix) - 1
        return len(self._matrix) - 1

    @property
    def too_large(self) -> bool:
        """Whether it remembers far more posts than are alive: time for a new one."""
        return len(self._matrix) > 4 * len(self._rows) + _FORGOTTEN

    def legs(self, points: Sequence[Point]) -> list[tuple[Ints, Near]]:
        """Legs of each point to every place, as records (see ``encode_legs``) and turned (see
        ``encode_groups``); those not kept are made together."""
        places = self.tables.places.values
        lacking = [
            point for point in points if point not in self._legs or len(self._legs[point][0]) != len(places)
        ]
        if lacking:
            if (len(self._legs) + len(lacking)) * len(places) * _BYTES_A_LEG > LEGS_BYTES:
                self._legs = {point: self._legs[point] for point in points if point not in set(lacking)}
            made = records(legs_between(lacking, places, self.world, self.services))
            near = near_of(made)
            for rank, point in enumerate(lacking):
                self._legs[point] = made[rank].copy(), near[rank].copy()
        return [self._legs[point] for point in points]

    def block(self, people: Sequence[Participant], posts: Posts) -> Block:
        """What the kernel is given for these people and posts."""
        with self.lock:
            encoder = PeopleEncoder(self)
            for person in people:
                encoder.add(person)
            return encoder.block(posts.columns, posts.groups)


def _same(one: tuple[Offer, ...], two: tuple[Offer, ...]) -> bool:
    return len(one) == len(two) and all(a is b for a, b in zip(one, two, strict=True))
