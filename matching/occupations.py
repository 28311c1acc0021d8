"""Free text to ROME occupations: a weighted n-best, never a single code (see docs/quality.md)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from matching.lexicon import load_lexicon
from matching.normalise import fold, neutral, neutral_words
from matching.rome import load_rome_codes
from matching.similarity import Labels, Ranker, Reading, top
from matching.text_calibration import CERTAIN, CONSIDERED, Calibration
from matching.text_meaning import Meaning
from matching.text_repair import Vocabulary


class Candidate(msgspec.Struct, frozen=True):
    """What a text may mean.

    `probability`: chance of being right, 0 to 1; `words`: the words of the text, as understood, that the
    nearest label (`nearest`) holds too; `certain`: good enough to be accepted alone.
    """

    code: str
    label: str
    probability: float
    words: tuple[str, ...]
    nearest: str
    certain: bool


class Resolver:
    """Texts to candidates, over any labels: the occupations of ROME, its skills, or a table brought along."""

    def __init__(
        self, ranker: Ranker, calibration: Calibration, names: Mapping[str, str] | None = None
    ) -> None:
        self._ranker, self._calibration, self._names = ranker, calibration, names or {}
        self._usual: tuple[int, ...] | None = None
        self._folded: tuple[str, NDArray[np.intp], NDArray[np.intp]] | None = None

    def __len__(self) -> int:
        return len(self._ranker.labels.groups)

    @classmethod
    def over(
        cls,
        labels: Iterable[tuple[str, str]],
        names: Mapping[str, str] | None = None,
        meaning: Callable[[Sequence[str]], Meaning | None] | None = None,
        senses: bool = False,
    ) -> "Resolver":
        """A resolver over (id, label) pairs; an id may have many labels.

        senses: read families and near words too. meaning: gives the optional reading of the labels' meaning
        (the extra `semantic`).
        """
        ranker = Ranker.build(Labels.of(labels), senses=senses)
        if meaning is not None:
            ranker.meaning = meaning(ranker.labels.texts)
        return cls(ranker, Calibration.shipped(), names)

    def resolve(self, text: str, k: int = 10) -> list[Candidate]:
        """The k likeliest, the likeliest first; empty only for a text without any letter."""
        if k < 1 or not any(letter.isalpha() for letter in text) or not len(self):
            return []
        reading = self._ranker.read(text)
        scores, cosines = self._ranker.scores(reading)
        if not cosines.any():
            return [self._candidate(number, 0.0, reading, None) for number in self._most_named()[:k]]
        numbers = top(scores, max(k, CONSIDERED))
        chances = np.zeros(len(numbers))
        chances[:CONSIDERED] = self._calibration.chances(scores[numbers[:CONSIDERED]])
        found: list[Candidate] = []
        for number, chance in zip(numbers[:k].tolist(), chances.tolist(), strict=False):
            nearest = self._ranker.nearest_label(number, cosines, reading)
            found.append(self._candidate(number, chance, reading, nearest))
        return found

    def rank(self, text: str, k: int) -> list[str]:
        """Ids alone, the likeliest first: what `resolve` gives, without the reasons."""
        if not any(letter.isalpha() for letter in text) or not len(self):
            return []
        scores, cosines = self._ranker.scores(self._ranker.read(text))
        numbers = top(scores, k) if cosines.any() else self._most_named()[:k]
        return [self._ranker.labels.groups[int(number)] for number in numbers]

    def complete(self, typed: str, k: int = 8) -> list[tuple[str, str]]:
        """(id, label that matched) for letters being typed; one line an id.

        Labels that begin so come first, then those with a word that does; in each, those whose typed words
        end as most labels end them (« agent d'ent » : entretien before entrepôt), then the shortest.
        """
        start = fold(typed)
        if not start:
            return []
        labels, inside = self._ranker.labels, " " + start
        if self._folded is None:  # one string: searched at once, and not label by label at each key typed
            lines = [" " + fold(text) + "\n" for text in labels.texts]
            begins = np.cumsum([0, *map(len, lines)])
            self._folded = "".join(lines), begins, np.array([len(text) for text in labels.texts])
        folded, begins, sizes = self._folded
        spots, hits = _first_of_each_line(folded, inside)
        numbers = np.searchsorted(begins, spots, side="right") - 1
        usual = Counter(hits)
        rarity = np.array([-usual[ended] for ended in hits], np.int64)
        order = np.lexsort((numbers, sizes[numbers], rarity, begins[numbers] != spots))
        found: dict[str, str] = {}
        for number in numbers[order].tolist():
            found.setdefault(labels.groups[int(labels.owners[number])], labels.texts[number])
            if len(found) == k:
                break
        return list(found.items())

    def knows_last_word(self, text: str) -> bool:
        """Whether the last word typed is a whole word of the labels."""
        last = fold(text).rpartition(" ")[2]
        return len(last) > 3 and self.vocabulary.holds(last)

    @property
    def codes(self) -> frozenset[str]:
        """The ids that an answer may have."""
        return frozenset(self._ranker.labels.groups)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the labels, against which misspelt ones are repaired."""
        return self._ranker.vocabulary

    def name(self, code: str) -> str:
        return self._names.get(code, code)

    def _candidate(self, number: int, chance: float, reading: Reading, label: int | None) -> Candidate:
        code = self._ranker.labels.groups[number]
        nearest = self._ranker.labels.texts[label if label is not None else self._first_label(number)]
        held = _label_words(nearest) if label is not None else frozenset()
        words = tuple(word for word in reading.meant if neutral(word) in held)
        name = self._names.get(code, nearest)
        return Candidate(code, name, round(chance, 4), words, nearest, chance >= CERTAIN)

    def _first_label(self, number: int) -> int:
        return int(self._ranker.labels.starts[number])

    def _most_named(self) -> tuple[int, ...]:
        """What has the most names is what people speak of most: the answer to a text not understood."""
        if self._usual is None:
            sizes = np.bincount(self._ranker.labels.owners, minlength=len(self))
            self._usual = tuple(int(number) for number in top(sizes.astype(np.float32), 50))
        return self._usual


def _first_of_each_line(lines: str, typed: str) -> tuple[list[int], list[str]]:
    """Where `typed` stands first in each line that holds it, and how it stands there, its last word ended."""
    spots: list[int] = []
    hits: list[str] = []
    at = lines.find(typed)
    while at >= 0:
        line_end = lines.find("\n", at)
        end = lines.find(" ", at + len(typed), line_end)
        spots.append(at)
        hits.append(lines[at : end if end >= 0 else line_end])
        at = lines.find(typed, line_end)
    return spots, hits


@lru_cache(maxsize=16384)
def _label_words(label: str) -> frozenset[str]:
    return frozenset(neutral_words(label))


@lru_cache(maxsize=1)
def shipped_occupations() -> Resolver:
    """The 1,584 labels and the project's lexicon: what works without any import."""
    names = load_rome_codes()
    pairs = [*names.items(), *((code, phrase) for phrase, code in load_lexicon())]
    return Resolver.over(pairs, names)


def imported_occupations(folder: Path, names: Mapping[str, str]) -> Resolver:
    """The resolver that `passerelle import rome` fitted into `folder`; its arrays are mapped, not read."""
    return Resolver(Ranker.load(folder), Calibration.load(folder), names)
