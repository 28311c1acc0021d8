"""Cells of the documented CSV: yes, no, silence; weeks as people write them."""

import pytest

from matching.terms import Answer
from matching.week import Shift, Window
from service.imports.cells import answer, listed, shifts, windows
from service.imports.report import RowRefused


def test_silence_and_doubt_are_unknown_never_no() -> None:
    assert [answer(text, "c") for text in ("", "?", "inconnu")] == [Answer.UNKNOWN] * 3
    assert (answer("Oui", "c"), answer("NON", "c")) == (Answer.YES, Answer.NO)
    with pytest.raises(RowRefused, match="peut-être"):
        answer("peut-être", "c")


def test_a_list_keeps_each_thing_once() -> None:
    assert listed("nettoyer |  désinfecter | nettoyer |") == ("nettoyer", "désinfecter")


def test_a_week_is_read_with_its_days_in_a_row_and_its_split_days() -> None:
    # 6 h 30 = 390, 9 h = 540, 17 h = 1020, 19 h 15 = 1155.
    read = shifts("lun-mar 6h30-9h 17:00-19:15 | samedi 8h-12h", "horaires")
    assert read == (
        Shift(day=0, start=390, end=540),
        Shift(day=0, start=1020, end=1155),
        Shift(day=1, start=390, end=540),
        Shift(day=1, start=1020, end=1155),
        Shift(day=5, start=480, end=720),
    )


def test_a_night_is_one_shift_of_a_post_and_two_windows_of_a_person() -> None:
    assert shifts("dim 21h-5h", "c") == (Shift(day=6, start=1260, end=1740),)
    assert windows("dim 21h-5h", "c") == (
        Window(day=0, start=0, end=300),
        Window(day=6, start=1260, end=1440),
    )


@pytest.mark.parametrize(
    "text", ["lun-ven", "8h-12h", "lun 8h", "lun 25h-26h", "ven-lun 8h-12h", "lun matin"]
)
def test_what_is_not_a_week_is_refused_with_an_example_or_a_reason(text: str) -> None:
    with pytest.raises(RowRefused):
        shifts(text, "horaires")
