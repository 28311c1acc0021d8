"""What the kernel answered of everybody for an offer, kept in the process: the same page asked again, another
person's place in it, judge nobody anew; when somebody changes, only she is judged.

Nothing here can be stale: what is kept is compared, person by person, with what the caller has just read.
"""

from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from matching.encode_block import Judged
from matching.encoding import Book
from matching.engine import judge_people
from matching.engine_rank import in_line
from matching.offer import Offer
from matching.participant import Participant
from matching.world import World

# Offers kept, and people in all of them: about 60 bytes each.
OFFERS_KEPT, PEOPLE_KEPT = 200, 400_000


class Answers(NamedTuple):
    """One offer's answers, in the order of the people's ids; ``found.row``: the rank of her project."""

    offer: Offer
    people: tuple[Participant, ...]
    found: Judged


class _Kept(NamedTuple):
    world: World
    on: date
    answers: Answers


_kept: list[_Kept] = []
_lock = Lock()


def judged_for(offer: Offer, participants: Iterable[Participant], world: World, on: date) -> Answers:
    """Everybody judged for one offer; who was judged before and has not changed is not judged again."""
    people = tuple(sorted(participants, key=lambda one: one.id))
    before = _before(offer, world, on)
    if before is None or not before.people:
        found = _judged(offer, people, world, on)
    else:
        found = _changed(before, people, world, on)
    answers = Answers(offer, people, found)
    _keep(_Kept(world, on, answers))
    return answers


def forget() -> None:
    """As a new process."""
    with _lock:
        _kept.clear()


def _before(offer: Offer, world: World, on: date) -> Answers | None:
    with _lock:
        same = (one.answers for one in _kept if one.world is world and one.on == on)
        return next((one for one in same if one.offer is offer or one.offer == offer), None)


def _keep(one: _Kept) -> None:
    """The last asked first; the others of that offer, and those asked long ago, are dropped."""
    with _lock:
        others = [kept for kept in _kept if kept.answers.offer.id != one.answers.offer.id]
        _kept[:] = [one, *others][:OFFERS_KEPT]
        while len(_kept) > 1 and sum(len(kept.answers.people) for kept in _kept) > PEOPLE_KEPT:
            _kept.pop()


def _changed(before: Answers, people: tuple[Participant, ...], world: World, on: date) -> Judged:
    """The answers kept, and those of whoever is new or has changed."""
    if len(people) == len(before.people) and all(map(_is, people, before.people)):
        return before.found
    at = {one.id: rank for rank, one in enumerate(before.people)}
    known = np.array([_same(one, before.people, at.get(one.id, -1)) for one in people], dtype=np.int64)
    new = np.flatnonzero(known < 0)
    kept: list[Any] = list(before.found)
    if not new.size:
        return Judged(*(one[known] for one in kept))
    made: list[Any] = list(_judged(before.offer, tuple(people[rank] for rank in new), world, on))
    for rank, (one, fresh) in enumerate(zip(kept, made, strict=True)):
        kept[rank] = one[known]
        kept[rank][new] = fresh
    return Judged(*kept)


def _is(one: Participant, two: Participant) -> bool:
    return one is two


def _same(one: Participant, before: tuple[Participant, ...], rank: int) -> int:
    """Where she was, unchanged; -1 otherwise."""
    return rank if rank >= 0 and (before[rank] is one or before[rank] == one) else -1


def _judged(offer: Offer, people: tuple[Participant, ...], world: World, on: date) -> Judged:
    book = Book(world, on)
    found = in_line(judge_people(book, people, book.posts((offer,))))
    first = np.cumsum([0, *(len(one.projects) for one in people)])[:-1]
    row = np.where(found.row >= 0, found.row - first, found.row).astype(found.row.dtype)
    return found._replace(row=row)
