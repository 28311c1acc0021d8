"""An inverted TF-IDF index over labels, as plain arrays that workers map and share.

Cosine between a query and every label, by adding the postings of the query's features: a third of a
millisecond for 13,000 labels. Weights are those of scikit-learn's TfidfVectorizer (smooth idf, L2 norm), each
feature counted once a text.
"""

from collections.abc import Sequence
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.text_features import Docs, Ids

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]
Positions = NDArray[np.intp]
Known = tuple[Positions, int]  # features of a text, and how many more no label has


def mapped(path: Path) -> NDArray[Any]:
    """An array on disk, mapped and not read; as a plain array, since numpy's memmap slices slowly."""
    return np.asarray(np.load(path, mmap_mode="r"))


# A feature in more than this share of the columns is kept as a whole row too, faster to add.
_FREQUENT = 0.25
_AT_ONCE = 8  # rows added in one go: little memory at a time


class Postings:
    """For each feature, the columns where it counts, and how much.

    `starts`: features + 1 offsets into `columns` and `weights`, which are side by side; without `weights`,
    each counts for one. `rows`: what a frequent feature gives to every column; `row_of`: the number of each
    feature's row, -1 for the others.
    """

    PARTS = ("starts", "columns", "rows", "row_of")

    def __init__(
        self,
        starts: Ids,
        columns: Docs,
        rows: Floats,
        row_of: Docs,
        weights: NDArray[np.floating] | None = None,
    ) -> None:
        self.starts, self.columns, self.weights = starts, columns, weights
        self.rows, self.row_of, self.width = rows, row_of, rows.shape[1]

    @classmethod
    def of(
        cls, starts: Ids, columns: Docs, width: int, weights: NDArray[np.floating] | None = None
    ) -> "Postings":
        """From the features' columns alone, whose number is `width`."""
        frequent = np.flatnonzero(np.diff(starts) > _FREQUENT * width)
        rows = np.zeros((len(frequent), width), np.float32)
        for row, feature in zip(rows, frequent.tolist(), strict=True):
            span = slice(starts[feature], starts[feature + 1])
            row[columns[span]] = 1 if weights is None else weights[span]
        row_of = np.full(len(starts) - 1, -1, np.int32)
        row_of[frequent] = np.arange(len(frequent))
        return cls(starts, columns, rows, row_of, weights)

    def add(self, features: Positions, amounts: NDArray[np.floating]) -> Sums:
        """Sum over the features of amount x weight, in each column: float64 of length `width`.

        Few and short arrays are made on the way: what costs is memory, not arithmetic.
        """
        row = self.row_of[features]
        rare, kept = row < 0, row >= 0
        sums = self._add_rare(features[rare], amounts[rare])
        row, amounts = row[kept], amounts[kept].astype(np.float32)
        for first in range(0, len(row), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            sums += np.einsum("i,ij->j", amounts[some], self.rows[row[some]])
        return sums

    def _add_rare(self, features: Positions, amounts: NDArray[np.floating]) -> Sums:
        if not len(features):
            return np.zeros(self.width)
        begins, ends = self.starts[features], self.starts[features + 1]
        spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
        columns = np.concatenate([self.columns[begin:end] for begin, end in spans], dtype=np.intp)
        counted = np.repeat(amounts, ends - begins)
        if self.weights is not None:
            counted *= np.concatenate([self.weights[begin:end] for begin, end in spans], dtype=np.float64)
        return np.bincount(columns, weights=counted, minlength=self.width).astype(np.float64, copy=False)

    def save(self, folder: Path, name: str) -> None:
        for part in self.PARTS:
            np.save(folder / f"{name}_{part}.npy", getattr(self, part))
        if self.weights is not None:
            np.save(folder / f"{name}_weights.npy", self.weights)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Postings":
        """Map the arrays of `save`, without reading them."""
        starts, columns, rows, row_of = (mapped(folder / f"{name}_{part}.npy") for part in cls.PARTS)
        weights = folder / f"{name}_weights.npy"
        return cls(starts, columns, rows, row_of, mapped(weights) if weights.is_file() else None)


class TextIndex:
    """`ids` (features, sorted), `idf` (one a feature), the postings of the labels, and `norms` (one a label).

    A label weighs idf / norm on each of its features: the postings hold no weight.
    """

    def __init__(self, ids: Ids, idf: Floats, postings: Postings, norms: Sums) -> None:
        self.ids, self.idf, self.postings, self.norms = ids, idf, postings, norms
        self._scale: Floats = (1 / norms).astype(np.float32)

    @classmethod
    def build(cls, ids: Ids, docs: Docs, count: int) -> "TextIndex":
        """From the features of `count` labels: ids and label numbers side by side, repeats counted once."""
        width = max(count, 1)
        vocabulary, feature = np.unique(ids, return_inverse=True)
        cells = np.unique(feature.astype(np.int64) * width + docs)
        features, labels = cells // width, (cells % width).astype(np.int32)
        frequency = np.bincount(features, minlength=len(vocabulary))
        idf = (np.log((1 + count) / (1 + frequency)) + 1).astype(np.float32)
        squares = idf[features].astype(np.float64) ** 2
        norms = np.maximum(np.sqrt(np.bincount(labels, weights=squares, minlength=width)), 1e-9)
        starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
        return cls(vocabulary, idf, Postings.of(starts, labels, width), norms)

    def known(self, ids: Ids) -> Known:
        """Positions of the known features among `ids`, and how many of `ids` are unknown; repeats once."""
        wanted = np.sort(ids)
        wanted = wanted[np.append(wanted[1:] != wanted[:-1], True)[: len(wanted)]]
        at = np.searchsorted(self.ids, wanted)
        found = at[self.ids.take(at, mode="clip") == wanted] if len(self.ids) else at[:0]
        return found, len(wanted) - len(found)

    def scores(self, found: Positions, unknown: int) -> Floats:
        """Cosine of the query with each label.

        An unknown feature counts in the query's length for half the weight of the rarest: a text of which
        little is known stays far from every label, and one stray word does not drown the rest.
        """
        return self.scores_of([(found, unknown)])[0]

    def scores_of(self, texts: Sequence[Known]) -> list[Floats]:
        """`scores` of each text; what they share (a title and its first part) is added up once."""
        common = texts[0][0]
        if len(texts) > 1:
            times = np.zeros(len(self.ids), np.int8)
            for found, _ in texts:
                times[found] += 1
            common = common[times[common] == len(texts)]
        shared = self._add(common)
        rarest = log((1 + self.postings.width) / 2) + 1
        cosines: list[Floats] = []
        for found, unknown in texts:
            sums, idf = shared, self.idf[found]
            if len(found) > len(common):
                sums = shared + self._add(found[times[found] < len(texts)])
            length = sqrt(float(idf @ idf) + unknown * (rarest / 2) ** 2)
            cosine: Floats = sums.astype(np.float32)
            cosine *= self._scale
            cosine *= np.float32(1 / max(length, 1e-9))
            cosines.append(cosine)
        return cosines

    def _add(self, features: Positions) -> Sums:
        return self.postings.add(features, self.idf[features].astype(np.float64) ** 2)

    def save(self, folder: Path, name: str) -> None:
        np.save(folder / f"{name}_ids.npy", self.ids)
        np.save(folder / f"{name}_idf.npy", self.idf)
        np.save(folder / f"{name}_norms.npy", self.norms)
        self.postings.save(folder, name)

    @staticmethod
    def stands_in(folder: Path, name: str) -> bool:
        return (folder / f"{name}_ids.npy").is_file()

    @classmethod
    def load(cls, folder: Path, name: str) -> "TextIndex":
        ids, idf, norms = (mapped(folder / f"{name}_{part}.npy") for part in ("ids", "idf", "norms"))
        return cls(ids, idf, Postings.load(folder, name), norms)
