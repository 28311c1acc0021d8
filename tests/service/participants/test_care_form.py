"""Who keeps the children, and when: read, and typed again without loss."""

import pytest

from matching.week import (
    ABSENT_WEEK,
    CareUnknown,
    CareWindows,
    ChildCare,
    NoCareNeed,
    care_week,
    child,
    every_day,
)
from service.forms import Form
from service.participants.care_form import read_care, typed_care

SCHOOL = every_day(450, 1080)
DAYS = {f"k0so{day}_0_{end}": value for day in range(5) for end, value in (("de", "07:30"), ("a", "18:00"))}
WINDOWS = {"care": "windows", "children": "1", **DAYS}


def test_not_explored_is_not_the_same_as_nobody_to_keep() -> None:
    assert read_care(Form({"care": "unknown"})) == CareUnknown()
    assert read_care(Form({"care": "no_need"})) == NoCareNeed()


def test_holidays_left_empty_stay_a_question() -> None:
    # 7 h 30 = 450 min, 18 h = 1080 min.
    assert read_care(Form(WINDOWS)) == CareWindows(children=(child(SCHOOL, None),))


def test_no_solution_in_the_holidays_is_an_answer() -> None:
    assert read_care(Form({**WINDOWS, "k0ho_etat": "none"})) == CareWindows(children=(child(SCHOOL, ()),))


def test_a_child_there_on_odd_weeks_needs_nobody_on_even_weeks() -> None:
    read = read_care(Form({**WINDOWS, "k0_rythme": "odd"}))
    assert isinstance(read, CareWindows)
    assert read.children[0].school_odd == care_week(SCHOOL)
    assert (read.children[0].school_even, read.children[0].holiday_even) == (ABSENT_WEEK, ABSENT_WEEK)


def test_windows_and_no_solution_at_once_are_refused() -> None:
    form = Form({**WINDOWS, "k0so_etat": "none"})
    read_care(form)
    assert list(form.faults) == ["k0so_etat"]


@pytest.mark.parametrize(
    "care",
    [
        CareUnknown(),
        NoCareNeed(),
        CareWindows(children=(child(SCHOOL, None), child((), SCHOOL))),
        CareWindows(
            children=(
                ChildCare(
                    school_odd=care_week(SCHOOL),
                    school_even=ABSENT_WEEK,
                    holiday_odd=care_week(None),
                    holiday_even=ABSENT_WEEK,
                ),
                ChildCare(
                    school_odd=ABSENT_WEEK,
                    school_even=care_week(SCHOOL),
                    holiday_odd=ABSENT_WEEK,
                    holiday_even=care_week(()),
                ),
                ChildCare(
                    school_odd=care_week(SCHOOL),
                    school_even=care_week(every_day(480, 990)),
                    holiday_odd=ABSENT_WEEK,
                    holiday_even=care_week(()),
                ),
            )
        ),
    ],
)
def test_what_is_stored_is_typed_again_and_read_the_same(care: object) -> None:
    assert read_care(Form.of(typed_care(care))) == care  # type: ignore[arg-type]
