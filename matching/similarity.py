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
from matching.text_features import grams, letter_grams, whole_words
from matching.text_index import Floats, Known, Positions, Sums, TextIndex, mapped
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
        texts = [reading] if reading.head is None else [reading, reading.head]
        shares = [1.0] if reading.head is None else [1 - HEAD, HEAD]
        letters = [self.letters.known(grams(one.neutral)) for one in texts]
        whole = [self.whole.known(whole_words([one.neutral])[0]) for one in texts]
        by_letters, by_words = self.letters.scores_of(letters), self.whole.scores_of(whole)
        cosines = self._cosines(texts, by_letters, by_words)
        modelled = self.model is not None and bool(len(letters[0][0]) or len(whole[0][0]))
        found = np.zeros(len(self.labels.groups), np.float32)
        for number, share in enumerate(shares):
            same = by_letters[number] + by_words[number] > 2 - 1e-4
            for at in hidden:
                cosines[number][at], same[at] = 0, False
            found += np.float32(share) * self._of_groups(cosines[number], same, modelled)
        if self.model is not None and modelled:
            found += self.model.margins(*self._weighed(shares, letters, whole))
        return found, cosines[0]

    def _cosines(
        self, texts: list[Reading], by_letters: list[Floats], by_words: list[Floats]
    ) -> list[Floats]:
        """How near each label is to each text, all readings together."""
        weights = self.weights
        cosines = [
            np.float32(weights.letters) * letters + np.float32(weights.whole) * words
            for letters, words in zip(by_letters, by_words, strict=True)
        ]
        others: list[tuple[float, list[Floats]]] = []
        if self.surface is not None:
            known = [self.surface.known(grams(surface_words(one.text))) for one in texts]
            others.append((weights.surface, self.surface.scores_of(known)))
        if self.senses is not None:
            known = [self.senses.known(load_senses().features([one.meant])[0]) for one in texts]
            others.append((weights.senses, self.senses.scores_of(known)))
        if self.meaning is not None:
            others.append((MEANING, [self.meaning.cosines(one.text) for one in texts]))
        for weight, read in others:
            for sums, one in zip(cosines, read, strict=True):
                sums += np.float32(weight) * one
        if self.meaning is not None:
            for sums in cosines:  # back to the scale on which chances were fitted
                sums /= np.float32(1 + MEANING / weights.most)
        return cosines

    def _of_groups(self, cosines: Floats, same: NDArray[np.bool_], modelled: bool) -> Floats:
        """Each group's nearest label, the vote of all its labels, and more if one is the very text."""
        if len(self.labels.groups) == len(cosines):  # one label each: it votes alone
            best = votes = cosines
        else:
            best = np.maximum.reduceat(cosines, self.labels.starts)
            # cubes: many labels half alike never outweigh one that is the text itself
            votes = np.cbrt(np.add.reduceat(cosines * cosines * cosines, self.labels.starts))
        found: Floats = best + np.float32(VOTES_BESIDE_MODEL if modelled else VOTES) * votes
        if modelled:
            found *= np.float32(COSINES_BESIDE_MODEL)
        found[self.labels.owners[same]] += np.float32(EXACT)  # once a group, however many such labels
        return found

    def _weighed(
        self, shares: list[float], letters: list[Known], whole: list[Known]
    ) -> tuple[Positions, Sums]:
        """The features of all texts and what each weighs in the model, both as `LinearModel` wants them."""
        features = np.concatenate(
            [ids for (one, _), (other, _) in zip(letters, whole, strict=True)
             for ids in (one, other + len(self.letters.ids))]
        )  # fmt: skip
        amounts = np.concatenate(
            [share * _unit(index.idf[ids]) for share, one, other in zip(shares, letters, whole, strict=True)
             for index, (ids, _) in ((self.letters, one), (self.whole, other))]
        )  # fmt: skip
        merged, place = np.unique(features, return_inverse=True)
        return merged.astype(np.intp), np.bincount(place, weights=amounts).astype(np.float64)

    def nearest_label(self, group: int, cosines: Floats, reading: Reading) -> int:
        """The number of the group's label that is nearest to the text; of equals, the one written likest."""
        begin = int(self.labels.starts[group])
        end = int(self.labels.starts[group + 1]) if group + 1 < len(self.labels.starts) else len(cosines)
        if end - begin == 1:
            return begin
        mine = cosines[begin:end]
        (equals,) = (mine == mine.max()).nonzero()
        if len(equals) == 1:
            return begin + int(equals[0])
        texts = {int(number): fold(self.labels.texts[number]) for number in (begin + equals[:10])}
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
    # the k-th highest of the highest of many parts: k scores at least are as high, and few more
    parts = 16 * k
    rows = len(scores) // parts
    highest = scores[: rows * parts].reshape(rows, parts).max(axis=0) if rows > 1 else scores
    least = np.partition(highest, -k)[-k]
    above = np.flatnonzero(scores >= least)
    return above[np.lexsort((above, -scores[above]))][:k]
