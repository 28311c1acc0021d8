"""The inverted index gives the cosine that a table worked by hand gives."""

from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest

from matching.text_index import TextIndex

# Three labels over the features 10, 20, 30: {10, 20}, {20}, {30}.
IDS = np.array([10, 20, 20, 30], dtype=np.int64)
DOCS = np.array([0, 0, 1, 2], dtype=np.int32)


def test_scores_are_cosines_of_tfidf() -> None:
    index = TextIndex.build(IDS, DOCS, 3)
    rare, usual = log(4 / 2) + 1, log(4 / 3) + 1  # smooth idf of features in one and in two of three labels
    found, unknown = index.known(np.array([20], dtype=np.int64))
    assert unknown == 0
    expected = [usual / sqrt(rare**2 + usual**2), 1.0, 0.0]
    assert index.scores(found, unknown).tolist() == pytest.approx(expected, abs=1e-6)


def test_a_feature_that_no_label_has_keeps_the_text_away_from_all() -> None:
    index = TextIndex.build(IDS, DOCS, 3)
    found, unknown = index.known(np.array([20, 99], dtype=np.int64))
    assert unknown == 1
    usual, rarest = log(4 / 3) + 1, log(4 / 2) + 1
    expected = usual / sqrt(usual**2 + (rarest / 2) ** 2)
    assert index.scores(found, unknown)[1] == pytest.approx(expected, abs=1e-6)


def test_a_text_of_unknown_features_scores_nothing() -> None:
    index = TextIndex.build(IDS, DOCS, 3)
    assert not index.scores(*index.known(np.array([7], dtype=np.int64))).any()


def test_two_texts_read_together_score_as_each_alone() -> None:
    index = TextIndex.build(IDS, DOCS, 3)
    title, head, other = (index.known(np.array(ids, dtype=np.int64)) for ids in ([10, 20], [20], [30, 99]))
    for texts in ([title, head], [title, other]):
        for together, alone in zip(index.scores_of(texts), texts, strict=True):
            assert together.tolist() == pytest.approx(index.scores(*alone).tolist(), abs=1e-6)


def test_a_saved_index_is_mapped_and_scores_the_same(tmp_path: Path) -> None:
    index = TextIndex.build(IDS, DOCS, 3)
    index.save(tmp_path, "letters")
    again = TextIndex.load(tmp_path, "letters")
    asked = np.array([10, 30], dtype=np.int64)
    assert again.scores(*again.known(asked)).tolist() == index.scores(*index.known(asked)).tolist()
