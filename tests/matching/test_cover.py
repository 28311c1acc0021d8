"""Holds at the greatest duration, breaks at the least, in doubt between."""

from matching.cover import covered, least_room
from matching.slack import Presence, Slack
from matching.travel import EXACT_PLACE_ASKED, Minutes, exact
from matching.verdict import Side
from matching.week import WeekKind

ROOM = Slack(before=20, after=30, hole=0, opens=460, closes=990)
EIGHT_TO_FOUR = Presence(start=480, end=960)
KIND = WeekKind.SCHOOL_ODD


def test_the_interval_decides_between_holding_breaking_and_doubt() -> None:
    def told(least: int, likely: int, greatest: int) -> tuple[bool, bool]:
        before = Minutes(least, likely, greatest, EXACT_PLACE_ASKED)
        cover = covered(KIND, EIGHT_TO_FOUR, ROOM, before, exact(10))
        return cover.holds, cover.broken

    assert told(10, 15, 20) == (True, False)
    assert told(10, 15, 21) == (False, False)
    assert told(21, 25, 30) == (False, True)


def test_the_margin_is_the_least_room_left_on_either_side() -> None:
    # 20 − 15 = 5 before, 30 − 28 = 2 after.
    assert covered(KIND, EIGHT_TO_FOUR, ROOM, exact(15), exact(28)).margin == 2


def test_what_is_missing_is_told_on_its_side() -> None:
    cover = covered(KIND, EIGHT_TO_FOUR, ROOM, exact(25), exact(40))
    # 25 − 20 = 5 before, 40 − 30 = 10 after.
    assert (cover.missing_before, cover.missing_after, cover.missing) == (5, 10, 15)
    assert (cover.side, cover.at, cover.bound) == (Side.AFTER, 960, 990)


def test_of_several_children_the_least_room_counts_on_each_side() -> None:
    early = Slack(before=50, after=5, hole=0, opens=430, closes=965)
    assert least_room((ROOM, early)) == Slack(before=20, after=5, hole=0, opens=460, closes=965)


def test_a_child_without_care_that_day_leaves_no_room_at_all() -> None:
    nothing = Slack(before=0, after=0, hole=480, opens=None, closes=None)
    cover = covered(KIND, EIGHT_TO_FOUR, least_room((ROOM, nothing)), exact(10), exact(10))
    assert cover.broken
    assert cover.nothing_that_day
