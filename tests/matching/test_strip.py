"""What is drawn over seven days: with causes for the référent, without for the liaison."""

from matching.strip import Stretch, StretchKind, net_strip, net_windows, week_strip
from matching.week import AvailabilityUnknown, WeekKind, Window
from tests.matching.personas import ON, WORK, offer, participant, shifts
from tests.matching.test_constraints_hours import ROADS, mother

TUESDAY = offer(place=WORK, schedule=shifts((1, 480, 960)))


def test_the_net_window_is_care_and_availability_less_the_way() -> None:
    windows = net_windows(mother(460, 1110), TUESDAY, ROADS, on=ON)
    assert windows is not None
    # Care 7 h 40 to 18 h 30 less 35 each way: 495 to 1075; availability 6 h to 20 h less 40: 400 to 1160.
    assert windows[1] == Window(day=1, start=495, end=1075)
    assert [one.day for one in windows] == [0, 1, 2, 3, 4]


def test_the_net_window_is_not_told_when_availability_is_not() -> None:
    assert net_windows(participant(availability=AvailabilityUnknown()), TUESDAY, ROADS, on=ON) is None


def test_the_liaison_sees_the_post_the_net_window_and_the_missing_minutes() -> None:
    strip = net_strip(mother(460, 1110), TUESDAY, ROADS, on=ON)
    assert strip.week is None
    assert {one.kind for one in strip.stretches} == {StretchKind.POST, StretchKind.NET, StretchKind.MISSING}
    assert Stretch(kind=StretchKind.MISSING, day=1, start=480, end=495) in strip.stretches


def test_the_referent_sees_the_minutes_that_the_creche_does_not_cover() -> None:
    strip = week_strip(mother(460, 1110), TUESDAY, ROADS, on=ON)
    assert strip.week is WeekKind.SCHOOL_ODD
    # Care is needed from 8 h − 35 = 445; it opens at 460.
    assert Stretch(kind=StretchKind.MISSING, day=1, start=445, end=460) in strip.stretches
    assert Stretch(kind=StretchKind.CARE, day=1, start=460, end=1110) in strip.stretches
    # The way from home by the crèche takes 40: from 440 to the post.
    assert Stretch(kind=StretchKind.COMMUTE, day=1, start=440, end=480) in strip.stretches


def test_a_sunday_night_is_cut_at_midnight_and_runs_into_monday() -> None:
    strip = net_strip(participant(), offer(schedule=shifts((6, 1260, 1740))), ROADS, on=ON)
    post = [(one.day, one.start, one.end) for one in strip.stretches if one.kind is StretchKind.POST]
    assert sorted(post) == [(0, 0, 300), (6, 1260, 1440)]
