"""The text models: a text against labels grouped by what they name (a ROME code, a skill, any id).

Readings are added: letters inside words (forgives endings and slips), whole words (order), and either the
letters of the text as written (small words kept: of two labels of one sense, the one so written) or, when it
was fitted, a linear classifier (`text_model.py`) that tells trades apart. Skills and tables brought along are
also read by families and near words (`text_senses.py`) and, where the optional extra is installed, by what
the text means (`text_meaning.py`).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio

from matching.normalise import fold, neutral, segments, surface_words, words
from matching.text_features import letter_grams, whole_words
from matching.text_index import Floats, TextIndex, mapped
from matching.text_meaning import Meaning
from matching.text_model import LinearModel
from matching.text_repair import Vocabulary
from matching.text_senses import load_senses


class Weights(NamedTuple):
    """What each reading counts for. The sums are equal: chances were fitted on one scale."""

    letters: float
    surface: float
    whole: float
    senses: float

    @property
    def most(self) -> float:
        """The cosine of a label with itself."""
        return sum(self)


# Chosen on held-out appellations and, with senses, on tables made from ROME (docs/quality.md).
BESIDE_MODEL = Weights(letters=1.0, surface=0.0, whole=0.5, senses=0.0)
AS_WRITTEN = Weights(letters=0.6, surface=0.4, whole=0.5, senses=0.0)
BY_SENSE = Weights(letters=0.35, surface=0.55, whole=0.05, senses=0.55)
HEAD = 0.3  # share of the first part of a title that says something, beside the whole title
MEANING = 3.0  # where the extra `semantic` is installed
COSINES_BESIDE_MODEL = 0.5
VOTES, VOTES_BESIDE_MODEL = 1.0, 0.2
EXACT = 0.3  # for a group with a label of the very same words


class Reading:
    """What was understood of a text: its words as written, and their neutral forms after repair.

    `head`: the first part of a title that holds a known word (« Serveur » of « URGENT ! Serveur - Arques »);
    None when it is the whole text.
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.folded = text, fold(text)
        self.written = words(text)
        self.meant = [vocabulary.repair(word) for word in self.written]
        self.neutral = list(dict.fromkeys(neutral(word) for word in self.meant))
        self.head: Reading | None = None

    @classmethod
    def with_head(cls, text: str, vocabulary: Vocabulary) -> "Reading":
        whole = cls(text, vocabulary)
        parts = segments(text)
        if len(parts) > 1:
            heads = (cls(part, vocabulary) for part in parts)
            whole.head = next((one for one in heads if one.speaks(vocabulary)), None)
        return whole

    def speaks(self, vocabulary: Vocabulary) -> bool:
        """Whether a word of some length is known."""
        return any(len(word) > 3 and vocabulary.knows(word) for word in self.meant)


class Labels:
    """Labels in the order of their groups: `texts`, and `owners` (the group's number of each, ascending)."""

    def __init__(self, groups: Sequence[str], texts: Sequence[str], owners: NDArray[np.int32]) -> None:
        self.groups, self.texts, self.owners = groups, texts, owners
        self.starts = np.flatnonzero(np.diff(owners, prepend=-1)).astype(np.int64)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Labels":
        """From (group, label) pairs in any order; labels said twice for one group are kept once."""
        listed = sorted({(group, " ".join(label.split())) for group, label in pairs})
        groups = list(dict.fromkeys(group for group, _ in listed))
        number = {group: at for at, group in enumerate(groups)}
        owners = np.fromiter((number[group] for group, _ in listed), np.int32, len(listed))
        return cls(groups, [text for _, text in listed], owners)

    def save(self, folder: Path) -> None:
        for name, lines in (("groups", self.groups), ("texts", self.texts)):
            (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
        np.save(folder / "owners.npy", self.owners)

    @classmethod
    def load(cls, folder: Path) -> "Labels":
        groups, texts = (
            (folder / f"{name}.txt").read_text("utf-8").split("\n") for name in ("groups", "texts")
        )
        return cls(groups, texts, mapped(folder / "owners.npy"))


class Ranker:
    """Scores every group for a text.

    A group's score is its nearest label, plus a vote of all its labels (`votes`), plus the model's margin.
    """

    def __init__(
        self,
        labels: Labels,
        letters: TextIndex,
        whole: TextIndex,
        surface: TextIndex | None = None,
        model: LinearModel | None = None,
        meaning: Meaning | None = None,
        senses: TextIndex | None = None,
    ) -> None:
        self.labels, self.letters, self.whole = labels, letters, whole
        self.surface, self.model, self.meaning, self.senses = surface, model, meaning, senses
        self.weights = BY_SENSE if senses else AS_WRITTEN if surface else BESIDE_MODEL
        self._vocabulary: Vocabulary | None = None

    @classmethod
    def build(cls, labels: Labels, surface: bool = True, senses: bool = False) -> "Ranker":
        """surface: read the labels as written too; the classifier serves better in the same time.

        senses: with `surface`, read families and near words too.
        """
        documents = [_neutral_forms(text) for text in labels.texts]
        letters = TextIndex.build(*letter_grams(documents), len(documents))
        whole = TextIndex.build(*whole_words(documents), len(documents))
        if not surface:
            return cls(labels, letters, whole)
        written = [surface_words(text) for text in labels.texts]
        ranker = cls(labels, letters, whole, TextIndex.build(*letter_grams(written), len(written)))
        if not senses:
            return ranker
        told = [words(text) for text in labels.texts]
        index = TextIndex.build(*load_senses().features(told), len(told))
        return cls(labels, letters, whole, ranker.surface, senses=index)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the labels, both genders; made when the first text comes."""
        if self._vocabulary is None:
            self._vocabulary = self._spared(
                Vocabulary.of(word for text in self.labels.texts for word in both_genders(text))
            )
        return self._vocabulary

    def _spared(self, vocabulary: Vocabulary) -> Vocabulary:
        """A word that the labels lack but whose sense is known is not misspelt."""
        if self.senses is not None:
            vocabulary.spare(load_senses().known)
        return vocabulary

    def read(self, text: str) -> Reading:
        return Reading.with_head(text, self.vocabulary)

    def scores(self, reading: Reading, hidden: Sequence[int] = ()) -> tuple[Floats, Floats]:
        """(score of each group, cosine of each label), both float32; zeros when nothing is known.

        hidden: labels left out, to measure on the labels themselves.
        """
        found, cosines = self._scores(reading, hidden)
        if reading.head is not None:
            found *= np.float32(1 - HEAD)
            found += np.float32(HEAD) * self._scores(reading.head, hidden)[0]
        return found, cosines

    def _scores(self, reading: Reading, hidden: Sequence[int]) -> tuple[Floats, Floats]:
        letters, unknown_letters = self.letters.known(letter_grams([reading.neutral])[0])
        whole, unknown_words = self.whole.known(whole_words([reading.neutral])[0])
        by_letters = self.letters.scores(letters, unknown_letters)
        by_words = self.whole.scores(whole, unknown_words)
        same = by_letters + by_words > 2 - 1e-4
        weights = self.weights
        cosines = np.float32(weights.letters) * by_letters + np.float32(weights.whole) * by_words
        if self.surface is not None:
            cosines += np.float32(weights.surface) * self._as_written(reading)
        if self.senses is not None:
            cosines += np.float32(weights.senses) * self._by_sense(self.senses, reading)
        if self.meaning is not None:
            cosines += np.float32(MEANING) * self.meaning.cosines(reading.text)
            # back to the scale on which chances were fitted
            cosines /= np.float32(1 + MEANING / weights.most)
        cosines[list(hidden)] = 0
        same[list(hidden)] = False
        best: Floats = np.maximum.reduceat(cosines, self.labels.starts)
        # cubes: many labels half alike never outweigh one that is the text itself
        votes = np.cbrt(np.add.reduceat(cosines * cosines * cosines, self.labels.starts))
        exact = np.float32(EXACT) * np.logical_or.reduceat(same, self.labels.starts)
        if self.model is None or not (len(letters) or len(whole)):
            best += np.float32(VOTES) * votes + exact
            return best, cosines
        best += np.float32(VOTES_BESIDE_MODEL) * votes
        idf = np.concatenate((_unit(self.letters.idf[letters]), _unit(self.whole.idf[whole])))
        features = np.concatenate((letters, whole + len(self.letters.ids)))
        margins = self.model.margins(features, idf)
        margins += np.float32(COSINES_BESIDE_MODEL) * best + exact
        return margins, cosines

    def _as_written(self, reading: Reading) -> Floats:
        assert self.surface is not None
        return self.surface.scores(*self.surface.known(letter_grams([surface_words(reading.text)])[0]))

    @staticmethod
    def _by_sense(senses: TextIndex, reading: Reading) -> Floats:
        return senses.scores(*senses.known(load_senses().features([reading.meant])[0]))

    def nearest_label(self, group: int, cosines: Floats, reading: Reading) -> int:
        """The number of the group's label that is nearest to the text; of equals, the one written likest."""
        begin = int(self.labels.starts[group])
        end = int(self.labels.starts[group + 1]) if group + 1 < len(self.labels.starts) else len(cosines)
        equals = begin + np.flatnonzero(cosines[begin:end] == cosines[begin:end].max())
        if len(equals) == 1:
            return int(equals[0])
        texts = {int(number): fold(self.labels.texts[number]) for number in equals[:10]}
        return max(texts, key=lambda number: (ratio(reading.folded, texts[number]), -number))

    def save(self, folder: Path) -> None:
        self.labels.save(folder)
        self.letters.save(folder, "letters")
        self.whole.save(folder, "whole")
        self.vocabulary.save(folder / "vocabulary.txt")
        if self.surface is not None:
            self.surface.save(folder, "surface")
        if self.senses is not None:
            self.senses.save(folder, "senses")
        if self.model is not None:
            self.model.save(folder)
        if self.meaning is not None:
            self.meaning.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Ranker":
        model = LinearModel.load(folder) if LinearModel.stands_in(folder) else None
        letters, whole = TextIndex.load(folder, "letters"), TextIndex.load(folder, "whole")
        surface, senses = (
            TextIndex.load(folder, name) if TextIndex.stands_in(folder, name) else None
            for name in ("surface", "senses")
        )
        ranker = cls(Labels.load(folder), letters, whole, surface, model, Meaning.load(folder), senses)
        ranker._vocabulary = ranker._spared(Vocabulary.load(folder / "vocabulary.txt"))
        return ranker


def _unit(weights: Floats) -> Floats:
    length = float(np.sqrt(float(weights @ weights)))
    return weights / max(length, 1e-9)


def _neutral_forms(text: str) -> list[str]:
    return list(dict.fromkeys(neutral(word) for word in words(text)))


def both_genders(label: str) -> list[str]:
    """The folded words of a label, with those of each side of « Agent / Agente »."""
    return [word for side in label.split("/") for word in words(side)]


def top(scores: Floats, k: int) -> NDArray[np.intp]:
    """Numbers of the k highest scores, the highest first; ties by number."""
    if k >= len(scores):
        return np.lexsort((np.arange(len(scores)), -scores))
    least = np.partition(scores, -k)[-k]
    above = np.flatnonzero(scores >= least)
    return above[np.lexsort((above, -scores[above]))][:k]
