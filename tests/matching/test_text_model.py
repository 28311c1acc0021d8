"""The linear model as sparse half floats: small, and the same as the machine it came from."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.svm import LinearSVC

from matching.similarity import Labels, Ranker
from matching.text_model import PRUNED, REGULARITY, LinearModel, _matrix

PAIRS = [
    *(("bread", name) for name in ("boulanger", "boulanger de nuit", "aide boulanger", "pain et four")),
    *(("wall", name) for name in ("maçon", "maçon de nuit", "aide maçon", "mur et pierre")),
]


def test_margins_are_those_of_the_fitted_machine_but_for_the_pruned_weights() -> None:
    ranker = Ranker.build(Labels.of(PAIRS))
    index, owners = ranker.letters, ranker.labels.owners
    model = LinearModel.fit((index,), owners, jobs=1)
    matrix = _matrix(index).tocsc()
    shared = np.flatnonzero(np.diff(matrix.indptr) >= 2)
    machine = LinearSVC(C=REGULARITY, tol=1e-2, random_state=0).fit(matrix[:, shared], owners == 1)
    row = matrix[:, shared].tocsr()[[0]]
    expected = machine.decision_function(row)[0]
    features, amounts = shared[row.indices], row.data.astype(np.float32)
    slack = (
        PRUNED * float(amounts.sum()) + 0.01
    )  # every weight may be off by the pruning, and by a half float
    assert model.margins(features, amounts)[1] == pytest.approx(expected, abs=slack)


def test_a_text_of_one_group_is_inside_it_and_outside_the_other() -> None:
    ranker = Ranker.build(Labels.of(PAIRS))
    ranker.model = LinearModel.fit((ranker.letters, ranker.whole), ranker.labels.owners, jobs=1)
    scores, _ = ranker.scores(ranker.read("boulangère"))
    assert ranker.labels.groups[int(np.argmax(scores))] == "bread"


def test_weights_are_stored_as_half_floats_and_mapped_back(tmp_path: Path) -> None:
    ranker = Ranker.build(Labels.of(PAIRS))
    model = LinearModel.fit((ranker.letters,), ranker.labels.owners, jobs=1)
    assert model.postings.weights is not None
    assert model.postings.weights.dtype == np.float16
    assert not LinearModel.stands_in(tmp_path)
    model.save(tmp_path)
    assert LinearModel.stands_in(tmp_path)
    features, amounts = np.array([0, 1]), np.array([0.5, 0.5], np.float32)
    assert (
        LinearModel.load(tmp_path).margins(features, amounts).tolist()
        == model.margins(features, amounts).tolist()
    )
