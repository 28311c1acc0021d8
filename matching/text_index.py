"""An inverted TF-IDF index over labels, as plain arrays that workers map and share.

Cosine between a query and every label, by adding the postings of the query's features: a third of a
millisecond for 13,000 labels. Weights are those of scikit-learn's TfidfVectorizer (smooth idf, L2 norm), each
feature counted once a text.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.text_features import Docs, Ids

Floats = NDArray[np.float32]
Positions = NDArray[np.intp]


def mapped(path: Path) -> NDArray[Any]:
    """An array on disk, mapped and not read; as a plain array, since numpy's memmap slices slowly."""
    return np.asarray(np.load(path, mmap_mode="r"))


class Postings:
    """For each feature, the columns where it counts, and how much.

    `starts`: features + 1 offsets into `columns` and `weights`, which are side by side.
    """

    PARTS = ("starts", "columns", "weights")

    def __init__(self, starts: Ids, columns: Docs, weights: NDArray[np.floating], width: int) -> None:
        self.starts, self.columns, self.weights, self.width = starts, columns, weights, width

    def add(self, features: Positions, amounts: Floats) -> Floats:
        """Sum over the features of amount x weight, in each column: float32 of length `width`."""
        if not len(features):
            return np.zeros(self.width, np.float32)
        begins, ends = self.starts[features], self.starts[features + 1]
        spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
        columns = np.concatenate([self.columns[begin:end] for begin, end in spans])
        weights = np.concatenate([self.weights[begin:end] for begin, end in spans])
        products = weights * np.repeat(amounts, ends - begins)
        return np.bincount(columns, weights=products, minlength=self.width).astype(np.float32)

    def save(self, folder: Path, name: str) -> None:
        for part in self.PARTS:
            np.save(folder / f"{name}_{part}.npy", getattr(self, part))
        np.save(folder / f"{name}_width.npy", np.array(self.width))

    @classmethod
    def load(cls, folder: Path, name: str) -> "Postings":
        """Map the arrays of `save`, without reading them."""
        starts, columns, weights = (mapped(folder / f"{name}_{part}.npy") for part in cls.PARTS)
        return cls(starts, columns, weights, int(np.load(folder / f"{name}_width.npy")))


class TextIndex:
    """`ids` (features, sorted), `idf` (one a feature), and the postings of the labels."""

    def __init__(self, ids: Ids, idf: Floats, postings: Postings) -> None:
        self.ids, self.idf, self.postings = ids, idf, postings

    @classmethod
    def build(cls, ids: Ids, docs: Docs, count: int) -> "TextIndex":
        """From the features of `count` labels: ids and label numbers side by side, repeats counted once."""
        width = max(count, 1)
        vocabulary, feature = np.unique(ids, return_inverse=True)
        cells = np.unique(feature.astype(np.int64) * width + docs)
        features, labels = cells // width, (cells % width).astype(np.int32)
        frequency = np.bincount(features, minlength=len(vocabulary))
        idf = (np.log((1 + count) / (1 + frequency)) + 1).astype(np.float32)
        weights = idf[features]
        norms = np.sqrt(np.bincount(labels, weights=weights.astype(np.float64) ** 2, minlength=width))
        weights = (weights / np.maximum(norms, 1e-9)[labels]).astype(np.float32)
        starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
        return cls(vocabulary, idf, Postings(starts, labels, weights, width))

    def known(self, ids: Ids) -> tuple[Positions, int]:
        """Positions of the known features among `ids`, and how many of `ids` are unknown; repeats once."""
        wanted = np.unique(ids)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.intp), len(wanted)
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        found = at[self.ids[at] == wanted]
        return found, len(wanted) - len(found)

    def scores(self, found: Positions, unknown: int) -> Floats:
        """Cosine of the query with each label.

        An unknown feature counts in the query's length for half the weight of the rarest: a text of which
        little is known stays far from every label, and one stray word does not drown the rest.
        """
        idf = self.idf[found]
        rarest = float(np.log((1 + self.postings.width) / 2) + 1)
        length = float(np.sqrt(float(idf @ idf) + unknown * (rarest / 2) ** 2))
        return self.postings.add(found, idf / max(length, 1e-9))

    def save(self, folder: Path, name: str) -> None:
        np.save(folder / f"{name}_ids.npy", self.ids)
        np.save(folder / f"{name}_idf.npy", self.idf)
        self.postings.save(folder, name)

    @staticmethod
    def stands_in(folder: Path, name: str) -> bool:
        return (folder / f"{name}_ids.npy").is_file()

    @classmethod
    def load(cls, folder: Path, name: str) -> "TextIndex":
        ids, idf = (mapped(folder / f"{name}_{part}.npy") for part in ("ids", "idf"))
        return cls(ids, idf, Postings.load(folder, name))
