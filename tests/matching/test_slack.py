"""The room that windows leave around a shift."""

from matching.slack import Presence, available_blocks, care_blocks, merge, presences, slack, worked_weeks
from matching.week import ABSENT_WEEK, ChildCare, Shift, WeekKind, Window, care_week, child, every_day
from matching.world import ALL_KINDS

TUESDAY_8 = 1440 + 480


def test_windows_that_touch_across_midnight_are_one_block() -> None:
    windows = (Window(day=0, start=1200, end=1440), Window(day=1, start=0, end=360))
    blocks = available_blocks(windows)
    # Monday 20 h is minute 1200; Tuesday 6 h is 1440 + 360 = 1800.
    assert (1200, 1800) in blocks


def test_a_night_from_sunday_runs_into_the_next_monday() -> None:
    windows = (Window(day=6, start=1200, end=1440), Window(day=0, start=0, end=420))
    found = slack(available_blocks(windows), Presence(start=6 * 1440 + 1260, end=6 * 1440 + 1740))
    # Sunday 21 h to Monday 5 h; windows Sunday 20 h to Monday 7 h: one hour before, two after.
    assert (found.before, found.after, found.hole) == (60, 120, 0)


def test_slack_is_negative_when_the_window_opens_after_the_shift_begins() -> None:
    blocks = available_blocks(every_day(460, 1110))
    found = slack(blocks, Presence(start=450, end=900))
    # Opens at 7 h 40 = 460, shift at 7 h 30 = 450: −10 before; closes at 18 h 30 = 1110: 210 after.
    assert (found.before, found.after, found.hole) == (-10, 210, 0)


def test_a_lunch_without_care_is_a_hole_in_the_shift() -> None:
    windows = (Window(day=0, start=480, end=720), Window(day=0, start=810, end=1080))
    found = slack(available_blocks(windows), Presence(start=540, end=960))
    assert (found.before, found.after, found.hole) == (60, 120, 90)


def test_a_day_without_any_window_is_all_hole() -> None:
    found = slack(available_blocks(every_day(480, 1080)), Presence(start=5 * 1440 + 540, end=5 * 1440 + 780))
    assert (found.hole, found.opens, found.closes) == (240, None, None)


def test_an_hour_of_lunch_is_spent_at_work_but_a_long_break_sends_home() -> None:
    lunch = (Shift(day=0, start=540, end=720), Shift(day=0, start=780, end=1020))
    split = (Shift(day=0, start=360, end=540), Shift(day=0, start=1020, end=1200))
    assert presences(lunch, 120) == (Presence(start=540, end=1020),)
    assert presences(split, 120) == (Presence(start=360, end=540), Presence(start=1020, end=1200))


def test_the_week_after_custody_has_the_other_parity() -> None:
    here = care_week(every_day(480, 1080))
    alternate = ChildCare(
        school_odd=here, school_even=ABSENT_WEEK, holiday_odd=here, holiday_even=ABSENT_WEEK
    )
    blocks = care_blocks(alternate, WeekKind.SCHOOL_ODD, WeekKind.SCHOOL_EVEN, False)
    assert blocks is not None
    # With the other parent all the week before: covered from −10080 to Monday 0 h.
    assert blocks[0] == (-10080, 0)


def test_care_not_told_for_a_kind_of_week_is_not_a_block() -> None:
    assert (
        care_blocks(child(every_day(480, 1080), None), WeekKind.HOLIDAY_ODD, WeekKind.HOLIDAY_EVEN, False)
        is None
    )


def test_a_rotation_of_two_weeks_without_its_phase_has_two_scenarios() -> None:
    early, late = (Shift(day=0, start=300, end=780),), (Shift(day=0, start=780, end=1260),)
    two = worked_weeks((early, late), None, ALL_KINDS)
    assert len(two) == 2
    assert (WeekKind.SCHOOL_ODD, early) in two[0]
    assert (WeekKind.SCHOOL_ODD, late) in two[1]


def test_a_rotation_of_three_weeks_meets_both_parities_whatever_its_phase() -> None:
    weeks = tuple((Shift(day=0, start=start, end=start + 480),) for start in (300, 780, 1260))
    (only,) = worked_weeks(weeks, None, ALL_KINDS)
    assert len(only) == 12


def test_merging_keeps_stretches_that_do_not_touch_apart() -> None:
    assert merge([(10, 20), (30, 40), (20, 25)]) == ((10, 25), (30, 40))
