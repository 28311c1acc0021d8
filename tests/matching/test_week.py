"""A stretch of the week is refused in French when it is not one."""

import msgspec
import pytest

from matching.errors import BadWeek
from matching.week import RotatingWeeks, Schedule, Shift, Window, every_shift


@pytest.mark.parametrize(("day", "start", "end"), [(7, 0, 60), (0, 60, 60), (0, -1, 60), (0, 1400, 1441)])
def test_a_window_lies_inside_one_day(day: int, start: int, end: int) -> None:
    with pytest.raises(BadWeek, match="plage illisible"):
        Window(day=day, start=start, end=end)


@pytest.mark.parametrize(
    ("day", "start", "end"), [(-1, 0, 60), (0, 1440, 1500), (0, 600, 600), (0, 600, 2041)]
)
def test_a_shift_lasts_at_most_a_day(day: int, start: int, end: int) -> None:
    with pytest.raises(BadWeek, match="horaire illisible"):
        Shift(day=day, start=start, end=end)


def test_a_shift_may_cross_midnight() -> None:
    assert Shift(day=6, start=1260, end=1740).end == 1740


def test_a_rotation_of_one_week_is_refused() -> None:
    with pytest.raises(BadWeek, match="deux semaines"):
        RotatingWeeks(weeks=(every_shift(480, 960),), first_on_odd=None)


def test_a_file_with_a_bad_shift_is_refused_with_its_path() -> None:
    line = b'{"kind":"fixed","shifts":[{"day":0,"start":600,"end":500}]}'
    with pytest.raises(msgspec.ValidationError, match=r"horaire illisible.*shifts"):
        msgspec.json.decode(line, type=Schedule)
