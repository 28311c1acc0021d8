"""Figures worked by hand."""

import pytest

from matching.text_metrics import measure, place_of, rank_biased_overlap


def test_the_place_is_that_of_the_first_right_answer() -> None:
    assert place_of({"B", "C"}, ["A", "C", "B"]) == 1
    assert place_of({"Z"}, ["A", "C", "B"]) is None


def test_figures_of_four_queries() -> None:
    # places 1st, 2nd, 6th, none: MRR = (1 + 1/2 + 1/6 + 0) / 4 = 0.41666…
    figures = measure([(0, False), (1, False), (5, False), (None, True)])
    assert figures.mrr == pytest.approx(5 / 12)
    assert (figures.hit_1, figures.hit_5, figures.hit_10, figures.empty) == (0.25, 0.5, 0.75, 0.25)


def test_no_query_gives_zeros_and_not_an_error() -> None:
    assert measure([]).mrr == 0.0


def test_overlap_is_one_for_equal_lists_and_zero_for_strangers() -> None:
    assert rank_biased_overlap("ABC", "ABC", 3) == pytest.approx(1)
    assert rank_biased_overlap("ABC", "XYZ", 3) == 0


def test_overlap_at_depth_two() -> None:
    # AB against BA: depth 1 shares 0/1, depth 2 shares 2/2; weights 1 and 0.9: 0.9 / 1.9
    assert rank_biased_overlap("AB", "BA", 2) == pytest.approx(0.9 / 1.9)
