"""What is drawn over seven days: with causes for the référent, without for the liaison."""

from datetime import date

from matching import strip
from matching.offer import Offer
from matching.participant import Participant
from matching.ranking import match_one
from matching.strip import Stretch, StretchKind, WeekStrip
from matching.week import AvailabilityUnknown, RotatingWeeks, WeekKind, Window, every_shift
from matching.world import World
from tests.matching.personas import ON, WORK, offer, participant, shifts
from tests.matching.test_constraints_hours import ROADS, mother

K = StretchKind
TUESDAY = offer(place=WORK, schedule=shifts((1, 480, 960)))


def net_windows(person: Participant, post: Offer, around: World, *, on: date) -> tuple[Window, ...] | None:
    match = match_one(person, post, around, on=on)
    assert match is not None
    return strip.net_windows(match, person, post, around, on=on)


def net_strips(person: Participant, post: Offer) -> tuple[WeekStrip, ...]:
    match = match_one(person, post, ROADS, on=ON)
    assert match is not None
    return strip.net_strips(match, person, post, ROADS, on=ON)


def week_strips(person: Participant, post: Offer) -> tuple[WeekStrip, ...]:
    match = match_one(person, post, ROADS, on=ON)
    assert match is not None
    return strip.week_strips(match, person, post, ROADS, on=ON)


def drawn(week: WeekStrip, kind: StretchKind) -> list[tuple[int, int, int]]:
    return sorted((one.day, one.start, one.end) for one in week.stretches if one.kind is kind)


def test_the_net_window_is_care_and_availability_less_the_way() -> None:
    windows = net_windows(mother(460, 1110), TUESDAY, ROADS, on=ON)
    assert windows is not None
    # Care 7 h 40 to 18 h 30 less 35 each way: 495 to 1075; availability 6 h to 20 h less 40: 400 to 1160.
    assert windows[1] == Window(day=1, start=495, end=1075)
    assert [one.day for one in windows] == [0, 1, 2, 3, 4]


def test_the_net_window_is_not_told_when_availability_is_not() -> None:
    assert net_windows(participant(availability=AvailabilityUnknown()), TUESDAY, ROADS, on=ON) is None


def test_the_liaison_sees_the_post_the_net_window_and_the_missing_minutes() -> None:
    (week,) = net_strips(mother(460, 1110), TUESDAY)
    assert (week.week, week.rank) == (None, None)
    assert {one.kind for one in week.stretches} == {StretchKind.POST, StretchKind.NET, StretchKind.MISSING}
    assert Stretch(kind=StretchKind.MISSING, day=1, start=480, end=495) in week.stretches


def test_the_referent_sees_the_minutes_that_the_creche_does_not_cover() -> None:
    (week,) = week_strips(mother(460, 1110), TUESDAY)
    assert week.week is WeekKind.SCHOOL_ODD
    # Care is needed from 8 h − 35 = 445; it opens at 460.
    assert Stretch(kind=StretchKind.MISSING, day=1, start=445, end=460) in week.stretches
    assert Stretch(kind=StretchKind.CARE, day=1, start=460, end=1110) in week.stretches
    # The way from home by the crèche takes 40: from 440 to the post.
    assert Stretch(kind=StretchKind.COMMUTE, day=1, start=440, end=480) in week.stretches


def test_a_sunday_night_is_cut_at_midnight_and_runs_into_monday() -> None:
    (week,) = net_strips(participant(), offer(schedule=shifts((6, 1260, 1740))))
    assert drawn(week, K.POST) == [(0, 0, 300), (6, 1260, 1440)]


MORNINGS, EVENINGS = every_shift(360, 840, (0,)), every_shift(780, 1260, (0,))


def test_weeks_that_alternate_are_drawn_one_by_one() -> None:
    post = offer(schedule=RotatingWeeks(weeks=(MORNINGS, EVENINGS), first_on_odd=True))
    one, two = week_strips(participant(), post)
    assert (one.rank, drawn(one, K.POST)) == (0, [(0, 360, 840)])
    assert (two.rank, drawn(two, K.POST)) == (1, [(0, 780, 1260)])
    # The first falls on odd weeks, the second on even ones: the kind shown is one of those.
    assert (one.week, two.week) == (WeekKind.SCHOOL_ODD, WeekKind.SCHOOL_EVEN)
    assert [(week.rank, drawn(week, K.POST)) for week in net_strips(participant(), post)] == [
        (0, [(0, 360, 840)]),
        (1, [(0, 780, 1260)]),
    ]


def test_minutes_missing_in_one_week_are_not_drawn_in_the_other() -> None:
    # Care from 460 to 1110, availability from 360 to 1200.
    weeks = (every_shift(500, 900, (0,)), every_shift(780, 1260, (0,)))
    person = mother(460, 1110)
    one, two = week_strips(person, offer(place=WORK, schedule=RotatingWeeks(weeks=weeks, first_on_odd=None)))
    # 500 − 35 = 465 and 900 + 35 = 935 lie in the care: nothing is missing.
    assert drawn(one, K.MISSING) == []
    # Care lacks until 1260 + 35 = 1295, availability until home by the crèche, 1260 + 40 = 1300.
    assert drawn(two, K.MISSING) == [(0, 1110, 1300)]


def test_a_week_off_or_twice_the_same_is_not_drawn_again() -> None:
    off = offer(schedule=RotatingWeeks(weeks=(MORNINGS, ()), first_on_odd=True))
    (week,) = week_strips(participant(), off)
    assert (week.rank, drawn(week, K.POST)) == (0, [(0, 360, 840)])
    alike = offer(schedule=RotatingWeeks(weeks=(MORNINGS, MORNINGS), first_on_odd=None))
    (week,) = week_strips(participant(), alike)
    assert (week.rank, drawn(week, K.POST)) == (None, [(0, 360, 840)])
