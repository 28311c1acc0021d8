"""Letters inside words and whole words, as integers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.text_features import grams, letter_grams, whole_words, word_id

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)


def by_hand(word: str) -> set[str]:
    """Every run of 2 to 5 letters of the word between two spaces."""
    padded = f" {word} "
    runs = {padded[at : at + size] for size in (2, 3, 4, 5) for at in range(len(padded) - size + 1)}
    return {run for run in runs if run.strip() and " " not in run[1:-1]}


def test_a_short_word_gives_its_grams_and_no_other() -> None:
    # « pl » between spaces: _p pl l_ _pl pl_ _pl_
    ids, docs = letter_grams([["pl"]])
    assert len(set(ids.tolist())) == 6 == len(by_hand("pl"))
    assert set(docs.tolist()) == {0}


@given(st.lists(st.lists(WORD, max_size=4), min_size=1, max_size=4))
def test_grams_never_cross_a_word_nor_a_text(documents: list[list[str]]) -> None:
    ids, docs = letter_grams(documents)
    for number, listed in enumerate(documents):
        mine = set(ids[docs == number].tolist())
        alone = {int(one) for word in listed for one in letter_grams([[word]])[0]}
        assert mine == alone == set(grams(listed).tolist())
        assert len(mine) == len(set().union(*(by_hand(word) for word in listed)) if listed else set())


def test_no_text_gives_no_feature() -> None:
    ids, docs = letter_grams([])
    assert len(ids) == len(docs) == 0
    assert len(whole_words([[]])[0]) == 0


def test_whole_words_count_each_word_and_each_pair_of_neighbours() -> None:
    ids, docs = whole_words([["aide", "domicile", "nuit"], ["aide"]])
    assert docs.tolist() == [0, 0, 0, 0, 0, 1]  # three words, two pairs, then one word
    assert ids[0] == ids[5] == word_id("aide")


def test_the_number_of_a_word_is_the_same_in_every_process() -> None:
    # first 8 bytes, little-endian, of BLAKE2b-64 of b"agent", worked with hashlib
    import hashlib

    expected = int.from_bytes(hashlib.blake2b(b"agent", digest_size=8).digest(), "little", signed=True)
    assert word_id("agent") == expected
    assert np.int64(expected) == expected
