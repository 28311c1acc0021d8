"""From words to numbers: n-grams of letters inside words, and whole words, as integers.

A gram of letters is written exactly in base 38 (space, a-z, 0-9), a word as 64 bits of its BLAKE2b digest:
no vocabulary has to be loaded to read a query, and nothing depends on the process (Python's own hash does).
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LONGEST = 5  # letters in a gram; the shortest has two
_BASE = 38
_CODES = np.zeros(256, dtype=np.int64)
_CODES[ord(" ")] = 1
for _at, _letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789"):
    _CODES[_letter] = 2 + _at

Ids = NDArray[np.int64]
Docs = NDArray[np.int32]


def letter_grams(documents: Sequence[Sequence[str]]) -> tuple[Ids, Docs]:
    """Every gram of 2 to 5 letters inside each word, its edges marked by a space.

    documents: one list of folded words each. Returns the ids and, beside each, the document's number;
    both of one length, in no promised order.
    """
    sizes = np.fromiter(
        (sum(len(word) + 1 for word in words) for words in documents), np.int64, len(documents)
    )
    stream = " " + "".join(word + " " for words in documents for word in words)
    codes = _CODES[np.frombuffer(stream.encode("ascii", "replace"), dtype=np.uint8)]
    owner = np.repeat(np.arange(len(documents), dtype=np.int32), sizes)
    space = codes == 1
    ids: list[Ids] = []
    docs: list[Docs] = []
    value = codes.copy()
    inside = np.zeros(len(codes), dtype=bool)  # a space strictly inside the gram that starts here
    for size in range(2, LONGEST + 1):
        end = len(codes) - size + 1
        if end <= 0:
            break
        if size > 2:
            inside = inside[:end] | space[size - 2 : size - 2 + end]
        else:
            inside = inside[:end]
        value = value[:end] * _BASE + codes[size - 1 :]
        starts = np.flatnonzero(~inside)
        ids.append(value[starts])
        # the stream has one leading space: the letter at position p belongs to owner[p - 1]
        first = np.where(space[starts], starts + 1, starts)
        docs.append(owner[first - 1])
    if not ids:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    return np.concatenate(ids), np.concatenate(docs)


@lru_cache(maxsize=16384)
def _grams_of(word: str) -> Ids:
    """What `letter_grams` gives for one word; kept, since texts are made of the same words."""
    codes = _CODES[np.frombuffer(f" {word} ".encode("ascii", "replace"), dtype=np.uint8)].tolist()
    found: list[int] = []
    for first in range(len(codes) - 1):
        value = codes[first]
        for code in codes[first + 1 : first + LONGEST]:
            value = value * _BASE + code
            found.append(value)
    return np.array(found, np.int64)


def grams(words: Sequence[str]) -> Ids:
    """The ids that `letter_grams` gives for one text, given word by word."""
    return np.concatenate([_grams_of(word) for word in words]) if words else np.zeros(0, np.int64)


@lru_cache(maxsize=65536)
def word_id(word: str) -> int:
    """64 bits that stand for a word, the same in every process."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little", signed=True)


def whole_words(documents: Sequence[Sequence[str]]) -> tuple[Ids, Docs]:
    """Every word, and every pair of neighbouring words, of each document: ids and document numbers."""
    ids: list[int] = []
    docs: list[int] = []
    for number, words in enumerate(documents):
        found = [word_id(word) for word in words]
        found += [word_id(f"{one} {next_one}") for one, next_one in pairwise(words)]
        ids += found
        docs += [number] * len(found)
    return np.array(ids, dtype=np.int64), np.array(docs, dtype=np.int32)
