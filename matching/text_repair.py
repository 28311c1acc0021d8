"""Repair of one misspelt word against a vocabulary: « netoyage » -> « nettoyage »."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.normalise import neutral

# The most that a repair may cost (see _cost), by the length of the word as written: short words look too much
# alike, and a word merely absent from the labels must not be bent into another one.
_MOST_COST = ((4, 0.0), (6, 1.0), (10, 1.25), (12, 2.25))
_MOST_COST_BEYOND = 3.0
_FAR = 3


class Vocabulary:
    """Known words, with how often each occurs: between two equally near words the more usual is meant."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._all = counts
        self._counts = {word: count for word, count in counts.items() if word.isalpha() and len(word) > 2}
        self._known = {neutral(word) for word in counts}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._counts):
            self._by_length.setdefault(len(word), []).append(word)
        self._repaired: dict[str, str] = {}

    @classmethod
    def of(cls, listed: Iterable[str]) -> "Vocabulary":
        return cls(Counter(listed))

    def save(self, path: Path) -> None:
        lines = (f"{word}\t{count}\n" for word, count in sorted(self._all.items()))
        path.write_text("".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Vocabulary":
        pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
        return cls({word: int(count) for word, count in pairs})

    def spare(self, listed: Iterable[str]) -> None:
        """Leave these words as they are written: known, though no label holds them."""
        self._known.update(neutral(word) for word in listed)

    def knows(self, word: str) -> bool:
        return neutral(word) in self._known

    def holds(self, word: str) -> bool:
        """Whether the word is known in this very form."""
        return word in self._all

    def repair(self, word: str) -> str:
        """The known word that a folded `word` most likely stands for; `word` itself when none is near.

        Words of under four letters and words with figures are left alone. A repair that changes the first
        letters costs more, since people seldom miss these. The masculine is tried first, so that both genders
        of a word are repaired alike.
        """
        if self.knows(word) or len(word) < 4 or not word.isalpha():
            return word
        found = self._repaired.get(word)
        if found is None:
            masculine = _masculine(word)
            found = self._nearest(masculine)
            if found == masculine != word and not self.knows(masculine):
                found = self._nearest(word)
            if len(self._repaired) < 20_000:
                self._repaired[word] = found
        return found

    def _nearest(self, word: str) -> str:
        most = next((cost for length, cost in _MOST_COST if len(word) <= length), _MOST_COST_BEYOND)
        far = min(int(most) + 1, _FAR)
        near: list[tuple[float, int, str]] = []
        for length in range(len(word) - far, len(word) + far + 1):
            for other, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=far, limit=8
            ):
                near.append((_cost(word, other, int(distance)), -self._counts[other], other))
        near = [one for one in near if one[0] <= most]
        return min(near)[2] if near else word


_FEMININE = (("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("enne", "en"), ("ere", "er"), ("ee", "e"))


def _masculine(word: str) -> str:
    """The masculine that the ending of a word suggests, right or wrong."""
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine):
            return word.removesuffix(feminine) + masculine
    return word


def _cost(written: str, meant: str, distance: int) -> float:
    """The distance, lighter for the slips of the ear that French spelling invites."""
    cost = float(distance)
    if _sound(written) == _sound(meant):
        cost -= 1
    if written[:3] != meant[:3]:
        cost += 0.25
    if written[0] != meant[0] and cost > 1.25:
        cost += 1
    return cost


_NASAL = re.compile(r"(?:[ae][nm])(?![aeiouynm])")
_LIKE = (
    *(("ph", "f"), ("qu", "k"), ("ch", "C"), ("eau", "o"), ("au", "o"), ("ai", "e"), ("ei", "e"), ("y", "i")),
    *(("ss", "S"), ("ce", "Se"), ("ci", "Si"), ("c", "k"), ("z", "s"), ("h", "")),
)
_SILENT = ("er", "ez", "es", "e", "s", "t", "r")


def _sound(word: str) -> str:
    """A rough key of how a word sounds: doubled letters, silent endings and like sounds are merged."""
    heard = _NASAL.sub("A", word)
    for spelt, sound in _LIKE:
        heard = heard.replace(spelt, sound)
    heard = "".join(one for at, one in enumerate(heard) if at == 0 or one != heard[at - 1])
    for ending in _SILENT:
        if heard.endswith(ending) and len(heard) > len(ending) + 2:
            return heard[: -len(ending)]
    return heard
