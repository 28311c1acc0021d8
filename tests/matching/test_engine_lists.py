"""Each person's best posts: with the short cuts and without, the same lists and the same counts."""

from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from matching.encode_block import Top
from matching.encoding import Book
from matching.engine import listed_from_all, top_of_block
from matching.matrix import NO_MATRIX
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world
from tests.matching.test_engine import a_world

KEPT = 5


def empty(people: int, keep: int = KEPT) -> Top:
    best = np.full((people, keep, 5), -1, dtype=np.int64)
    best[:, :, 2] = 1 << 30
    return Top(best, np.zeros((people, 5), dtype=np.int64))


@pytest.mark.parametrize("seed", range(600, 616))
def test_short_cuts_change_neither_the_lists_nor_the_counts(seed: int) -> None:
    around, people, book, posts = a_world(seed, 40)
    if seed % 2:
        # One project each and no timed service: those whom the short cuts serve.
        book = Book(replace(around, matrix=NO_MATRIX), TODAY)
        posts = book.posts(posts.offers)
        people = [replace(one, projects=one.projects[:1]) for one in people]
    block = book.block(people, posts)
    short, whole = top_of_block(block, KEPT), listed_from_all(block, empty(len(people)))
    assert np.array_equal(short.best, whole.best)
    # Examined, sure, in doubt.
    assert np.array_equal(short.counts[:, :3], whole.counts[:, :3])


@pytest.mark.parametrize(("seed", "keep"), [(2015, 5), (2015, 20), (2030, 1), (2031, 20)])
def test_long_lists_of_the_short_cuts_are_those_of_every_answer(seed: int, keep: int) -> None:
    # 150 posts: more than two words of them, places of several posts, lists shorter and longer.
    random = Random(seed)
    around = replace(random_world(random), matrix=NO_MATRIX)
    told = [random_participant(random, rank) for rank in range(30)]
    people = [replace(one, projects=one.projects[:1]) for one in told]
    book = Book(around, TODAY)
    block = book.block(people, book.posts([random_offer(random, rank) for rank in range(150)]))
    short, whole = top_of_block(block, keep), listed_from_all(block, empty(len(people), keep))
    assert np.array_equal(short.best, whole.best)
    assert np.array_equal(short.counts[:, :3], whole.counts[:, :3])


def test_without_compilation_the_lists_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _, people, book, posts = a_world(620, 10)
    block = book.block(people, posts)
    compiled = top_of_block(block, KEPT)
    monkeypatch.setenv("PASSERELLE_NUMBA", "0")
    assert np.array_equal(top_of_block(block, KEPT).best, compiled.best)
