"""The hours of a post as typed: nights, split days, rotations, and what cannot be a week."""

import pytest

from matching.week import FixedWeek, HoursNotTold, RotatingWeeks, Shift
from service.forms import Form
from service.offers.schedule_form import read_schedule, typed_schedule, with_help
from tests.service.offers.typed import with_shifts


def read(**fields: str) -> tuple[object, dict[str, str]]:
    form = Form.of({"phase": "unknown", "weeks": "1", **fields})
    schedule = read_schedule(form)
    return schedule, form.faults


def test_hours_that_the_employer_has_not_told_stay_unknown() -> None:
    assert read(schedule_kind="not_told") == (HoursNotTold(), {})


def test_a_night_ends_the_next_morning() -> None:
    # 21 h = 1260; 5 h the next day = 300 + 1440 = 1740.
    schedule, faults = read(schedule_kind="fixed", **with_shifts(s0_4="21:00-05:00"))
    assert faults == {}
    assert schedule == FixedWeek(shifts=(Shift(day=4, start=1260, end=1740),))


def test_a_shift_that_ends_at_midnight_stays_on_its_day() -> None:
    schedule, _ = read(schedule_kind="fixed", **with_shifts(s0_0="16:00-00:00"))
    assert schedule == FixedWeek(shifts=(Shift(day=0, start=960, end=1440),))


def test_a_split_day_keeps_its_two_shifts_in_order_whatever_the_order_typed() -> None:
    schedule, faults = read(schedule_kind="fixed", **with_shifts(s0_1="17:00-20:00, 6:30-9:00"))
    assert faults == {}
    assert schedule == FixedWeek(
        shifts=(Shift(day=1, start=390, end=540), Shift(day=1, start=1020, end=1200))
    )


def test_two_shifts_that_overlap_are_a_fault_of_their_day() -> None:
    _, faults = read(schedule_kind="fixed", **with_shifts(s0_1="8:00-12:00, 11:30-15:00"))
    assert "mardi" in faults["s0_1_0_de"]
    assert "11" in faults["s0_1_0_de"]


def test_a_night_that_runs_into_the_next_morning_s_shift_is_a_fault() -> None:
    _, faults = read(schedule_kind="fixed", **with_shifts(s0_0="22:00-06:00", s0_1="5:00-9:00"))
    assert "s0_1_0_de" in faults


def test_a_sunday_night_that_runs_into_monday_is_a_fault_when_every_week_is_the_same() -> None:
    _, faults = read(schedule_kind="fixed", **with_shifts(s0_6="22:00-06:00", s0_0="5:00-9:00"))
    assert "s0_0_0_de" in faults


def test_a_start_without_an_end_is_a_fault_beside_the_missing_end() -> None:
    _, faults = read(schedule_kind="fixed", s0_2_0_de="08:00")
    assert "mercredi" in faults["s0_2_0_a"]


def test_a_fixed_week_without_any_shift_is_a_question_not_a_week() -> None:
    _, faults = read(schedule_kind="fixed")
    assert "au moins un créneau" in faults["schedule_kind"]


def test_hours_typed_beside_not_told_are_a_fault_so_that_none_is_lost() -> None:
    _, faults = read(schedule_kind="not_told", **with_shifts(s0_0="8:00-12:00"))
    assert "schedule_kind" in faults


def test_a_rotation_without_its_phase_keeps_the_phase_unknown() -> None:
    schedule, faults = read(
        schedule_kind="rotating", weeks="2", **with_shifts(s0_0="5:00-13:00", s1_0="13:00-21:00")
    )
    assert faults == {}
    morning, evening = Shift(day=0, start=300, end=780), Shift(day=0, start=780, end=1260)
    assert schedule == RotatingWeeks(weeks=((morning,), (evening,)), first_on_odd=None)


def test_an_alternation_of_one_week_is_asked_for_a_second() -> None:
    _, faults = read(schedule_kind="rotating", **with_shifts(s0_0="5:00-13:00"))
    assert "deux semaines" in faults["schedule_kind"]


@pytest.mark.parametrize(
    "schedule",
    [
        HoursNotTold(),
        FixedWeek(shifts=(Shift(day=0, start=390, end=540), Shift(day=6, start=1260, end=1740))),
        RotatingWeeks(
            weeks=((Shift(day=0, start=300, end=780),), (), (Shift(day=2, start=0, end=1440),)),
            first_on_odd=None,
        ),
        RotatingWeeks(weeks=((Shift(day=5, start=480, end=720),), ()), first_on_odd=False),
    ],
)
def test_what_is_stored_is_typed_so_that_it_reads_back_the_same(schedule: object) -> None:
    if isinstance(schedule, RotatingWeeks) and len(schedule.weeks) == 3:
        # A stretch of a whole day begins and ends at midnight: time fields cannot say it.
        schedule = RotatingWeeks(
            weeks=(*schedule.weeks[:2], (Shift(day=2, start=0, end=1439),)), first_on_odd=None
        )
    form = Form.of(typed_schedule(schedule))  # type: ignore[arg-type]
    assert read_schedule(form) == schedule
    assert form.faults == {}


def test_a_week_is_added_and_monday_copied_without_losing_what_was_typed() -> None:
    form = Form.of({"title": "Cariste", "weeks": "1", **with_shifts(s0_0="8:00-12:00")})
    added = with_help(form, "semaine")
    assert added is not None
    assert (added.raw("weeks"), added.raw("schedule_kind"), added.raw("title")) == (
        "2",
        "rotating",
        "Cariste",
    )
    copied = with_help(form, "copier0")
    assert copied is not None
    assert [copied.raw(f"s0_{day}_0_de") for day in range(7)] == ["8:00"] * 5 + ["", ""]
    assert with_help(form, "") is None
