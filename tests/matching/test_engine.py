"""The kernel against the readable path, pair by pair, on random worlds: nothing may differ by one unit.

50 worlds of 20 people by 20 posts: 20,000 pairs, each with one to three projects; nights, holidays, custody
weeks, rotations, split days, coarse points and everything that may not be told.
"""

from random import Random

import numpy as np
import pytest

from matching import jit
from matching.encode_block import Judged
from matching.encode_legs import MODES
from matching.encoding import Book, Posts
from matching.engine import judge_block, judge_people
from matching.match import Match
from matching.participant import Participant
from matching.ranking import match_one
from matching.verdict import ConstraintName
from matching.world import World
from tests.matching.personas import ON, offer, participant, project
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world

SIZE = 20
NAMES = tuple(ConstraintName)


def a_world(seed: int, size: int = SIZE) -> tuple[World, list[Participant], Book, Posts]:
    random = Random(seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(size)]
    book = Book(around, TODAY)
    return around, people, book, book.posts([random_offer(random, rank) for rank in range(size)])


def told(found: Judged, i: int, post: int, person: Participant, first: int) -> tuple[object, ...]:
    """One pair as the kernel tells it, in the words of the readable path."""
    projects = sorted(person.projects, key=lambda one: one.id)
    return (
        tuple(name for bit, name in enumerate(NAMES) if found.broken[i, post] >> bit & 1),
        tuple(name for bit, name in enumerate(NAMES) if found.unknown[i, post] >> bit & 1),
        int(found.ease[i, post]),
        int(found.rank[i, post]),
        int(found.share[i, post]),
        projects[found.row[i, post] - first].id,
    )


def read(match: Match) -> tuple[object, ...]:
    return (
        tuple(one.constraint for one in match.broken),
        tuple(one.constraint for one in match.unknown),
        match.ease,
        match.rank,
        match.fit.known_share + match.wish.known_share,
        match.project,
    )


def same_as_readable(seed: int, size: int) -> int:
    """How many pairs were compared; fails at the first that differs."""
    around, people, book, posts = a_world(seed, size)
    found = judge_people(book, people, posts)
    compared, first = 0, 0
    for i, person in enumerate(people):
        for rank, post in enumerate(posts.offers):
            match = match_one(person, post, around, on=TODAY, with_levers=False)
            assert match is not None
            assert told(found, i, rank, person, first) == read(match), (seed, person.id, post.id)
            if match.trip is not None:
                assert MODES[found.mode[i, rank]] is match.trip.mode
            compared += 1
        first += len(person.projects)
    return compared


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_the_kernel_answers_as_the_readable_path_to_the_unit(seed: int) -> None:
    assert same_as_readable(seed, SIZE) == SIZE * SIZE


@pytest.mark.parametrize("seed", range(100, 104))
def test_without_compilation_the_same_integers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_NUMBA", "0")
    assert not jit.available()
    assert same_as_readable(seed, 12) == 144


@pytest.mark.parametrize("seed", range(200, 206))
def test_both_paths_fill_the_same_arrays(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _, people, book, posts = a_world(seed)
    block = book.block(people, posts)
    compiled = judge_block(block)
    monkeypatch.setenv("PASSERELLE_NUMBA", "0")
    plain = judge_block(block)
    for name in Judged._fields:
        assert np.array_equal(getattr(compiled, name), getattr(plain, name)), name


def test_a_person_without_a_project_has_no_row() -> None:
    book = Book(a_world(0)[0], ON)
    found = judge_people(book, [participant(projects=()), participant()], book.posts([offer()]))
    assert found.row.tolist() == [[-1], [0]]


def test_nobody_or_nothing_gives_empty_answers() -> None:
    fresh = Book(a_world(0)[0], ON)
    assert judge_people(fresh, [participant()], fresh.posts([])).row.shape == (1, 0)
    book = Book(a_world(0)[0], ON)
    assert judge_people(book, [], book.posts([offer()])).row.shape == (0, 1)
    assert judge_people(book, [participant()], book.posts([])).row.shape == (1, 0)


def test_a_changed_post_is_one_row_anew_and_the_others_are_kept() -> None:
    book = Book(a_world(0)[0], ON)
    before = book.posts([offer(id="a"), offer(id="b")])
    after = book.posts([offer(id="a"), offer(id="b", licences=("C",))])
    # Three rows ever made: a, b, and b once changed.
    assert len(book._matrix) == 3
    person = [participant(projects=(project(),))]
    assert judge_people(book, person, before).broken.tolist() == [[0, 0]]
    licence = 1 << NAMES.index(ConstraintName.LICENCE)
    assert judge_people(book, person, after).broken.tolist() == [[0, licence]]
