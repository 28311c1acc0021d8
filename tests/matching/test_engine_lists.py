"""Each person's best posts: with the short cuts and without, the same lists and the same counts."""

import numpy as np
import pytest
from msgspec.structs import replace

from matching.encode_block import Top
from matching.encoding import Book
from matching.engine import listed_from_all, top_of_block
from matching.matrix import NO_MATRIX
from tests.matching.random_worlds import TODAY
from tests.matching.test_engine import a_world

KEPT = 5


def empty(people: int) -> Top:
    best = np.full((people, KEPT, 5), -1, dtype=np.int64)
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


def test_without_compilation_the_lists_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _, people, book, posts = a_world(620, 10)
    block = book.block(people, posts)
    compiled = top_of_block(block, KEPT)
    monkeypatch.setenv("PASSERELLE_NUMBA", "0")
    assert np.array_equal(top_of_block(block, KEPT).best, compiled.best)
