"""Affinities of occupations from a file: one way each, and lines that cannot be read."""

import pytest

from matching.affinity_file import read_affinity
from matching.errors import BadAffinity


def test_an_affinity_holds_one_way_and_what_is_not_told_is_worth_nothing() -> None:
    found, faults = read_affinity(["from,to,affinity", "K2204,K2205,6200"])
    assert faults == []
    assert (found.near("K2204", "K2205"), found.near("K2205", "K2204")) == (6200, 0)
    assert found.near("K2204", "K2204") == 10_000


@pytest.mark.parametrize("line", ["K2204,K2205,10001", "K2204,K2205,-1", "K2204,x,5", "K2204,K2205", ",,"])
def test_a_line_that_cannot_be_read_is_numbered_and_the_others_serve(line: str) -> None:
    found, faults = read_affinity(["from,to,affinity", line, "N1103,K2205,1"])
    assert [number for number, _ in faults] == [2]
    assert found.near("N1103", "K2205") == 1


def test_another_header_is_refused() -> None:
    with pytest.raises(BadAffinity, match="en-tête"):
        read_affinity(["known;asked;worth"])
