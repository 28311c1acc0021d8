"""One change applied leaves all the rest as it was."""

from msgspec.structs import replace

from matching.changes import change_offer, change_participant, wider
from matching.terms import LanguageLevel, Mode
from matching.verdict import Lever, LeverCode, LeverSide
from matching.week import CareWindows, HoursNotTold, RotatingWeeks, Window, child, every_shift
from tests.matching.personas import YES, offer, participant, shifts


def mine(code: LeverCode, **told: object) -> Lever:
    return Lever(code=code, side=LeverSide.PERSON, **told)  # type: ignore[arg-type]


def theirs(code: LeverCode, **told: object) -> Lever:
    return Lever(code=code, side=LeverSide.OFFER, **told)  # type: ignore[arg-type]


def test_only_the_ends_of_the_day_are_widened_and_never_past_midnight() -> None:
    told = (
        Window(day=0, start=10, end=720),
        Window(day=0, start=810, end=1430),
        Window(day=1, start=480, end=960),
    )
    assert wider(told, 15, 30) == (
        Window(day=0, start=0, end=720),
        Window(day=0, start=810, end=1440),
        Window(day=1, start=465, end=990),
    )


def test_care_is_widened_for_every_child_and_week_that_is_told() -> None:
    morning = (Window(day=0, start=480, end=720),)
    person = participant(care=CareWindows(children=(child(morning, None),)))
    changed = change_participant(person, mine(LeverCode.CARE_EARLIER, minutes=30))
    wide = (Window(day=0, start=450, end=720),)
    assert changed == replace(person, care=CareWindows(children=(child(wide, None),)))


def test_a_mode_a_level_and_a_longer_trip() -> None:
    person = participant()
    assert change_participant(person, mine(LeverCode.MODE, mode=Mode.BIKE)).modes.bike is YES
    assert change_participant(person, mine(LeverCode.LANGUAGE, item="B2")).language is LanguageLevel.B2
    longer = change_participant(person, mine(LeverCode.TRAVEL_LONGER, minutes=15))
    assert [one.max_travel_minutes for one in longer.projects] == [60]


def test_a_start_moves_in_every_week_of_a_rotation_but_never_past_its_end() -> None:
    two = RotatingWeeks(weeks=(every_shift(300, 780, (0,)), every_shift(780, 800, (0,))), first_on_odd=None)
    changed = change_offer(offer(schedule=two), theirs(LeverCode.START_LATER, minutes=30))
    assert changed.schedule == RotatingWeeks(
        weeks=(every_shift(330, 780, (0,)), every_shift(780, 800, (0,))), first_on_odd=None
    )


def test_hours_that_are_not_told_cannot_move() -> None:
    post = offer(schedule=HoursNotTold())
    assert change_offer(post, theirs(LeverCode.END_EARLIER, minutes=15)) == post


def test_a_day_off_leaves_the_others() -> None:
    post = offer(schedule=shifts((0, 480, 960), (5, 480, 960)))
    assert change_offer(post, theirs(LeverCode.DAY_OFF, days=(5,))).schedule == shifts((0, 480, 960))


def test_a_lever_of_the_other_side_changes_nothing() -> None:
    assert change_participant(participant(), theirs(LeverCode.START_LATER, minutes=15)) == participant()
    assert change_offer(offer(), mine(LeverCode.MODE, mode=Mode.CAR)) == offer()
