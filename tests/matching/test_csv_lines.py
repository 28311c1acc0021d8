"""CSV lines one by one: as many as is reasonable, blank ones left aside."""

import pytest

from matching.csv_lines import read_rows
from matching.errors import BadMatrix


def test_blank_lines_are_nothing_and_too_many_are_refused() -> None:
    taken: list[list[str]] = []
    assert read_rows(["a,b", "", " 1 , 2 \r\n"], ("a", "b"), 3, taken.append, BadMatrix) == []
    assert taken == [["1", "2"]]
    with pytest.raises(BadMatrix, match="dépasse 2 lignes"):
        read_rows(["a,b", "1,2", "3,4"], ("a", "b"), 2, taken.append, BadMatrix)


def test_an_empty_file_has_no_header() -> None:
    taken: list[list[str]] = []
    with pytest.raises(BadMatrix, match="en-tête"):
        read_rows([], ("a", "b"), 3, taken.append, BadMatrix)
