"""Lists by the kernel: everything is judged on arrays, and what is kept is told by the readable path."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.encode_block import Judged
from matching.encode_legs import MODES
from matching.encoding import Book
from matching.engine import judge_people
from matching.engine import warm_up as engine_warm_up
from matching.match import Counts, Match, Suggestions
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.ranking import match_told
from matching.world import World

_BOOKS_KEPT = 4
_books: list[Book] = []
_lock = Lock()

Order = NDArray[np.int64]


def book_for(world: World, on: date) -> Book:
    """The book of this World and day, kept in the process; begun again when it remembers too much."""
    with _lock:
        for book in _books:
            if book.world is world and book.on == on and not book.too_large:
                return book
        book = Book(world, on)
        _books[:] = [book, *(one for one in _books if one.world is not world or one.on != on)][:_BOOKS_KEPT]
        return book


class _Pairs(NamedTuple):
    """Who and what each answer of the kernel is about. first: the row of each person's first project."""

    person: Callable[[int], Participant]
    offer: Callable[[int], Offer]
    found: Judged
    first: Order

    def match(self, at: int, world: World, on: date) -> Match:
        """The pair told whole by the readable path, for the project and the mode that the kernel kept."""
        person, offer = self.person(at), self.offer(at)
        project = in_order(person)[self.found.row[at] - self.first[at]]
        mode = MODES[self.found.mode[at]] if self.found.mode[at] >= 0 else None
        return match_told(person, project, offer, mode, world, on=on)


def in_order(person: Participant) -> list[Project]:
    """Her projects in the order of the kernel's rows."""
    return sorted(person.projects, key=lambda one: one.id)


def suggest(
    participant: Participant, offers: Sequence[Offer], world: World, on: date, top: int
) -> Suggestions:
    """As ``ranking.suggest``."""
    book = book_for(world, on)
    posts = book.posts(offers)
    found = judge_people(book, (participant,), posts)
    flat = in_line(found)
    pairs = _Pairs(
        lambda at: participant, lambda at: posts.offers[at], flat, np.zeros(len(posts.offers), dtype=np.int64)
    )
    return _lists(pairs, flat, posts.columns[-1].astype(np.int64), world, on, top)


def candidates(
    offer: Offer, participants: Sequence[Participant], world: World, on: date, top: int
) -> Suggestions:
    """As ``ranking.candidates``."""
    book = Book(world, on)
    people = sorted(participants, key=lambda one: one.id)
    found = judge_people(book, people, book.posts((offer,)))
    flat = in_line(found)
    first = np.cumsum([0, *(len(one.projects) for one in people)])[:-1]
    pairs = _Pairs(lambda at: people[at], lambda at: offer, flat, first)
    return _lists(pairs, flat, np.arange(len(people)), world, on, top)


def in_doubt(
    participants: Sequence[Participant], offers: Sequence[Offer], world: World, on: date
) -> Iterator[Match]:
    """The pairs that nothing breaks and where something is not known: those that questions are asked of."""
    book = book_for(world, on)
    posts = book.posts(offers)
    found = judge_people(book, participants, posts)
    open_pairs = (found.row >= 0) & (found.broken == 0) & (found.unknown != 0)
    first = np.cumsum([0, *(len(one.projects) for one in participants)])
    for i, post in np.argwhere(open_pairs):
        person = participants[i]
        project = in_order(person)[found.row[i, post] - first[i]]
        mode = MODES[found.mode[i, post]] if found.mode[i, post] >= 0 else None
        yield match_told(person, project, posts.offers[post], mode, world, on=on)


def _lists(pairs: _Pairs, found: Judged, tie: Order, world: World, on: date, top: int) -> Suggestions:
    """As ``ranking.listed``: the same orders, on arrays."""
    figures = world.parameters.near
    judged = found.row >= 0
    holds = judged & (found.broken == 0)
    lacks = judged & (found.broken != 0)
    close = lacks & (np.bitwise_count(found.broken) <= figures.max_broken) & (found.ease <= figures.max_cost)
    kept = ordered(np.flatnonzero(holds), tie, -found.share, -found.rank)[:top]
    near = ordered(np.flatnonzero(close), tie, -found.share, -found.rank, found.ease)[: figures.keep]
    waiting = int((holds & (found.unknown != 0)).sum())
    return Suggestions(
        kept=tuple(pairs.match(int(at), world, on) for at in kept),
        near=tuple(pairs.match(int(at), world, on) for at in near),
        counts=Counts(
            examined=int(judged.sum()),
            satisfied=int(holds.sum()) - waiting,
            unknown=waiting,
            broken=int(lacks.sum()),
        ),
    )


def in_line(found: Judged) -> Judged:
    """The answers one after the other, person by person."""
    arrays: list[Any] = [one.reshape(-1) for one in found]
    return Judged(*arrays)


def ordered(which: NDArray[np.intp], *keys: NDArray[np.signedinteger]) -> NDArray[np.intp]:
    """Positions sorted by the last key, then the one before…"""
    order: NDArray[np.intp] = which[np.lexsort([key[which] for key in keys])]
    return order


def warm_up(participant: Participant, offers: Sequence[Offer], world: World, on: date) -> None:
    """Bring the compiled kernel for the small blocks of pages (``engine.warm_up``)."""
    book = book_for(world, on)
    engine_warm_up(book, participant, book.posts(offers))
