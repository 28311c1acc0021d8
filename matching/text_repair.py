"""Repair of one misspelt word against a vocabulary: « netoyage » -> « nettoyage »."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.normalise import neutral

# Letters that may differ, by the length of the word as written: short words look too much alike.
_ALLOWED = {4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2}
_MOST = 3


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

    def knows(self, word: str) -> bool:
        return neutral(word) in self._known

    def repair(self, word: str) -> str:
        """The known word that a folded `word` most likely stands for; `word` itself when none is near.

        Words of under four letters and words with figures are left alone; so is a word whose first letter
        nothing near shares, since people seldom miss the first letter.
        """
        if self.knows(word) or len(word) < 4 or not word.isalpha():
            return word
        found = self._repaired.get(word)
        if found is None:
            found = self._nearest(word)
            if len(self._repaired) < 20_000:
                self._repaired[word] = found
        return found

    def _nearest(self, word: str) -> str:
        allowed = _ALLOWED.get(len(word), _MOST)
        near: list[tuple[float, int, str]] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for other, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=5
            ):
                near.append((_cost(word, other, int(distance)), -self._counts[other], other))
        near = [one for one in near if one[2][0] == word[0] or one[0] <= 1]
        return min(near)[2] if near else word


def _cost(written: str, meant: str, distance: int) -> float:
    """The distance, lighter for the slips of the ear that French spelling invites."""
    cost = float(distance)
    if _sound(written) == _sound(meant):
        cost -= 1
    if written[:3] != meant[:3]:
        cost += 0.25
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
