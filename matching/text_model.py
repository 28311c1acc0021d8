"""A linear classifier from words to groups, fitted once and kept as a few sparse arrays.

One LinearSVC a group over the features of the two TF-IDF indexes. Weights under `PRUNED` change nothing that
can be measured (docs/quality.md) and are dropped: 4 % of them stay, as half floats.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matching.text_index import Floats, Positions, Postings, TextIndex, mapped

if TYPE_CHECKING:  # scipy is imported where it is used: half a second that no start should pay
    import scipy.sparse as sp

PRUNED = 0.01
LEAST_LABELS = 2  # a feature of one label alone teaches nothing: two points of hit@1 are lost by keeping it
REGULARITY = 1.0
# Each group is told apart from the labels most like it; those with nothing in common never hold the border
# (the same figures as with all of them, in a quarter of the time).
STRANGERS = 3000
_CHUNK = 24  # groups fitted by one task: short enough for a lively progress bar

Told = Callable[[int, int], None]


class LinearModel:
    """`postings`: for each feature its weight in each group; `intercepts`: one a group."""

    def __init__(self, postings: Postings, intercepts: Floats) -> None:
        self.postings, self.intercepts = postings, intercepts

    def margins(self, features: Positions, amounts: NDArray[np.floating]) -> Floats:
        """Signed distance of a text to each group's border; above zero means inside."""
        return self.postings.add(features, amounts).astype(np.float32) + self.intercepts

    def save(self, folder: Path) -> None:
        self.postings.save(folder, "model")
        np.save(folder / "model_intercepts.npy", self.intercepts)

    @staticmethod
    def stands_in(folder: Path) -> bool:
        return (folder / "model_intercepts.npy").is_file()

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        return cls(Postings.load(folder, "model"), mapped(folder / "model_intercepts.npy"))

    @classmethod
    def fit(
        cls,
        indexes: tuple[TextIndex, ...],
        owners: NDArray[np.int32],
        told: Told | None = None,
        jobs: int = -1,
    ) -> "LinearModel":
        """Fit on the labels of the indexes, each belonging to group `owners[label]`.

        told(done, all) is called as groups are fitted. Imports scikit-learn, which takes a second.
        """
        import scipy.sparse as sp

        matrix = sp.hstack([_matrix(index) for index in indexes]).tocsc()
        shared = np.flatnonzero(np.diff(matrix.indptr) >= LEAST_LABELS)
        width, matrix = matrix.shape[1], matrix[:, shared].astype(np.float64).tocsr()
        count = int(owners.max()) + 1
        parts: dict[int, tuple[sp.csr_matrix, Floats]] = {}
        for first, weights, intercepts in _fit_all(matrix, owners, count, jobs):
            parts[first] = (weights, intercepts)
            if told is not None:
                told(sum(len(part[1]) for part in parts.values()), count)
        stacked = sp.vstack([parts[first][0] for first in sorted(parts)]).tocsc()
        sizes = np.zeros(width, np.int64)
        sizes[shared] = np.diff(stacked.indptr)
        starts = np.concatenate(([0], np.cumsum(sizes)))
        columns, kept = stacked.indices.astype(np.int32), stacked.data.astype(np.float16)
        postings = Postings.of(starts, columns, count, kept)
        return cls(postings, np.concatenate([parts[first][1] for first in sorted(parts)]))


def _matrix(index: TextIndex) -> "sp.csr_matrix":
    """Labels x features, as the index holds them."""
    import scipy.sparse as sp

    postings = index.postings
    weights = np.repeat(index.idf, np.diff(postings.starts)) / index.norms[postings.columns]
    shape = (postings.width, len(index.ids))
    return sp.csc_matrix((weights.astype(np.float32), postings.columns, postings.starts), shape=shape)


def _fit_all(
    matrix: "sp.csr_matrix", owners: NDArray[np.int32], count: int, jobs: int
) -> "Iterator[tuple[int, sp.csr_matrix, Floats]]":
    from joblib import Parallel, delayed

    work = (
        delayed(_fit_some)(matrix, owners, first, min(first + _CHUNK, count))
        for first in range(0, count, _CHUNK)
    )
    yield from Parallel(n_jobs=jobs, return_as="generator_unordered")(work)


def _told_apart(matrix: "sp.csr_matrix", mine: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Numbers of a group's labels and of the strangers most like them, ascending."""
    if matrix.shape[0] <= STRANGERS:
        return np.arange(matrix.shape[0])
    middle = np.asarray(matrix[np.flatnonzero(mine)].sum(axis=0)).ravel()
    likeness = np.asarray(matrix @ middle)
    likeness[mine] = np.inf
    kept = max(STRANGERS, int(mine.sum()))
    return np.sort(np.argpartition(-likeness, kept)[:kept])


def _fit_some(
    matrix: "sp.csr_matrix", owners: NDArray[np.int32], first: int, last: int
) -> "tuple[int, sp.csr_matrix, Floats]":
    import scipy.sparse as sp
    from sklearn.svm import LinearSVC

    rows: list[Floats] = []
    intercepts: list[float] = []
    for group in range(first, last):
        mine = owners == group
        seen = _told_apart(matrix, mine)
        machine = LinearSVC(C=REGULARITY, tol=1e-2, random_state=0)
        machine.fit(matrix[seen], mine[seen])
        weights = machine.coef_[0].astype(np.float32)
        rows.append(np.where(np.abs(weights) > PRUNED, weights, np.float32(0)))
        intercepts.append(float(machine.intercept_[0]))
    return first, sp.csr_matrix(np.vstack(rows)), np.array(intercepts, np.float32)
