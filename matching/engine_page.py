"""Shortlists by the kernel: see ``shortlist``."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import numpy as np

from matching.encode_block import Judged
from matching.encode_legs import MODES
from matching.engine import judge_people
from matching.engine_kept import judged_for
from matching.engine_rank import Order, book_for, in_line, in_order, ordered
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.questions import Doubt, questions_of_doubts
from matching.ranking import match_told
from matching.shortlist import Shortlist
from matching.verdict import ConstraintName
from matching.world import World

_NAMES = tuple(ConstraintName)


class _Pairs(NamedTuple):
    """Who and what each answer is about. first: the row of each person's first project; tie: their order."""

    person: Callable[[int], Participant]
    offer: Callable[[int], Offer]
    found: Judged
    first: Order
    tie: Order


def offers_for(
    participant: Participant, offers: Iterable[Offer], world: World, on: date, kept: int, near: int
) -> Shortlist:
    """As ``shortlist.offers_for``."""
    book = book_for(world, on)
    posts = book.posts(offers)
    found = in_line(judge_people(book, (participant,), posts))
    first = np.zeros(len(posts.offers), dtype=np.int64)
    tie = posts.columns[-1].astype(np.int64)
    pairs = _Pairs(lambda at: participant, lambda at: posts.offers[at], found, first, tie)
    return _listed(pairs, lambda at: posts.offers[at].id, world, on, kept, near)


def people_for(
    offer: Offer, participants: Iterable[Participant], world: World, on: date, kept: int, near: int
) -> Shortlist:
    """As ``shortlist.people_for``."""
    pairs = _people(offer, participants, world, on)
    return _listed(pairs, lambda at: pairs.person(at).id, world, on, kept, near)


def place_among(
    person_id: str, offer: Offer, participants: Iterable[Participant], world: World, on: date
) -> tuple[int, int]:
    """As ``shortlist.place_among``."""
    pairs = _people(offer, participants, world, on)
    ids = [pairs.person(int(at)).id for at in _fitting(pairs)]
    return ids.index(person_id) + 1 if person_id in ids else 0, len(ids)


def _people(offer: Offer, participants: Iterable[Participant], world: World, on: date) -> _Pairs:
    kept = judged_for(offer, participants, world, on)
    people, count = kept.people, len(kept.people)
    first = np.zeros(count, dtype=np.int64)
    return _Pairs(lambda at: people[at], lambda at: offer, kept.found, first, np.arange(count))


def _fitting(pairs: _Pairs) -> Order:
    found = pairs.found
    fits = np.flatnonzero((found.row >= 0) & (found.broken == 0) & (found.rank > 0))
    return ordered(fits, pairs.tie, -found.share, -found.rank)


def _listed(
    pairs: _Pairs, other: Callable[[int], str], world: World, on: date, kept: int, near: int
) -> Shortlist:
    found, figures = pairs.found, world.parameters.near
    judged, fits = found.row >= 0, _fitting(pairs)
    lacks = judged & (found.broken != 0)
    close = lacks & (np.bitwise_count(found.broken) <= figures.max_broken) & (found.ease <= figures.max_cost)
    nearest = ordered(np.flatnonzero(close), pairs.tie, -found.share, -found.rank, found.ease)
    worth = found.rank[nearest] >= figures.least_score**2
    waiting = fits[found.unknown[fits] != 0]
    sets, counts = np.unique(found.broken[lacks], return_counts=True)

    def told(which: Order) -> tuple[Match, ...]:
        seen = (_seen(pairs, int(at)) for at in which)
        return tuple(
            match_told(one.participant, one.project, one.offer, one.mode, world, on=on) for one in seen
        )

    return Shortlist(
        kept=told(fits[:kept]),
        near=told(nearest[worth][:near]),
        far=int((~worth).sum()),
        nearest=tuple(other(int(at)) for at in nearest),
        examined=int(judged.sum()),
        fitting=len(fits),
        to_confirm=len(waiting),
        unrelated=int((judged & (found.broken == 0)).sum()) - len(fits),
        questions=questions_of_doubts((_seen(pairs, int(at)) for at in waiting), world, on=on),
        stopped=tuple((_names(int(broken)), int(count)) for broken, count in zip(sets, counts, strict=True)),
    )


def _seen(pairs: _Pairs, at: int) -> Doubt:
    """One pair as the kernel knows it: the project and the mode that it kept, and what is unknown."""
    person, mode = pairs.person(at), pairs.found.mode[at]
    return Doubt(
        participant=person,
        project=in_order(person)[pairs.found.row[at] - pairs.first[at]],
        offer=pairs.offer(at),
        mode=MODES[mode] if mode >= 0 else None,
        unknown=_names(int(pairs.found.unknown[at])),
    )


def _names(bits: int) -> tuple[ConstraintName, ...]:
    return tuple(name for rank, name in enumerate(_NAMES) if bits >> rank & 1)
