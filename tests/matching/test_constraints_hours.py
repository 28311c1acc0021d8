"""Availability and care against the post's week, the commute inside. The sums are worked by hand."""

from matching.explanation import net_hours
from matching.participant import Participant
from matching.ranking import match_one
from matching.terms import Answer
from matching.verdict import Broken, ConstraintName, LeverCode, QuestionCode, ReasonCode, Side, Unknown
from matching.week import (
    ABSENT_WEEK,
    AvailabilityUnknown,
    AvailabilityWindows,
    CareUnknown,
    CareWindows,
    ChildCare,
    FixedWeek,
    HoursNotTold,
    RotatingWeeks,
    WeekKind,
    Window,
    care_week,
    child,
    every_day,
    every_shift,
)
from matching.world import world
from tests.matching.personas import (
    CRECHE,
    NORTH,
    ON,
    WORK,
    broken,
    by_car,
    flexible,
    margin,
    modes,
    offer,
    participant,
    question,
    roads,
    shifts,
    verdict,
)

CARE, AVAILABLE, TRAVEL = ConstraintName.CARE, ConstraintName.AVAILABILITY, ConstraintName.TRAVEL
# Home to crèche 5 min, crèche to work 35 min, home to work 38 min, by car.
ROADS = by_car(5, 35, 38)


def mother(opens: int, closes: int, **changes: object) -> Participant:
    """One child in a crèche, the same hours in term and holidays."""
    windows = every_day(opens, closes)
    told: dict[str, object] = {"care": CareWindows(children=(child(windows, windows),)), "care_point": CRECHE}
    return participant(**{**told, **changes})


def test_a_shift_before_the_creche_lets_her_leave_in_time_is_broken_with_its_minutes() -> None:
    reason = broken(mother(460, 1110), offer(place=WORK, schedule=shifts((1, 480, 960))), CARE, ROADS)
    # Opens 7 h 40 = 460; shift at 8 h = 480, 35 min away: care needed from 445. 460 − 445 = 15.
    assert (reason.code, reason.day, reason.side) == (ReasonCode.CARE_MISSING, 1, Side.BEFORE)
    assert (reason.missing, reason.at, reason.travel, reason.stop, reason.bound) == (15, 480, 35, 0, 460)
    assert reason.weeks == ()


def test_dropping_the_child_off_takes_its_own_minutes() -> None:
    reason = broken(
        mother(460, 1110, drop_off_minutes=10), offer(place=WORK, schedule=shifts((1, 480, 960))), CARE, ROADS
    )
    # 480 − 35 − 10 = 435; 460 − 435 = 25.
    assert (reason.missing, reason.travel, reason.stop) == (25, 35, 10)


def test_picking_the_child_up_must_come_before_the_creche_closes() -> None:
    reason = broken(
        mother(400, 1080, pick_up_minutes=5), offer(place=WORK, schedule=shifts((3, 540, 1050))), CARE, ROADS
    )
    # Shift ends 17 h 30 = 1050, + 35 + 5 = 1090; closes 18 h = 1080: 10 missing in the evening.
    assert (reason.side, reason.missing, reason.at, reason.bound) == (Side.AFTER, 10, 1050, 1080)


def test_care_that_covers_leaves_its_least_margin() -> None:
    # Opens 7 h = 420: 480 − 420 − 35 = 25 before; closes 18 h 30: 1110 − 960 − 35 = 115 after.
    assert margin(mother(420, 1110), offer(place=WORK), CARE, ROADS) == 25


def test_availability_counts_the_whole_way_by_the_creche() -> None:
    person = mother(300, 1200, availability=AvailabilityWindows(windows=every_day(450, 1200)))
    reason = broken(person, offer(place=WORK), AVAILABLE, ROADS)
    # 8 h less 5 + 35 = 7 h 20 = 440; available from 7 h 30 = 450: 10 missing.
    assert (reason.code, reason.missing, reason.travel) == (ReasonCode.AVAILABILITY_MISSING, 10, 40)


def test_without_child_in_care_she_goes_straight() -> None:
    person = participant(availability=AvailabilityWindows(windows=every_day(450, 1200)))
    reason = broken(person, offer(place=WORK), AVAILABLE, ROADS)
    # 480 − 38 = 442; 450 − 442 = 8.
    assert reason.missing == 8


def test_every_child_must_be_covered() -> None:
    creche, school = every_day(420, 1110), every_day(510, 990)
    person = mother(420, 1110, care=CareWindows(children=(child(creche, creche), child(school, school))))
    reason = broken(person, offer(place=WORK), CARE, ROADS)
    # School from 8 h 30 = 510, care needed from 445: 65 missing before; after: 960 + 35 − 990 = 5.
    assert (reason.side, reason.missing, reason.bound) == (Side.BEFORE, 65, 510)


def test_the_worst_kind_of_week_decides_and_is_named() -> None:
    person = mother(
        420, 1110, care=CareWindows(children=(child(every_day(420, 1110), every_day(450, 1110)),))
    )
    reason = broken(person, offer(place=WORK), CARE, ROADS)
    # Holidays: opens 7 h 30 = 450, needed from 445: 5 missing, in odd and even weeks alike.
    assert reason.missing == 5
    assert reason.weeks == (WeekKind.HOLIDAY_ODD, WeekKind.HOLIDAY_EVEN)


def test_care_not_told_in_the_holidays_is_a_question_that_names_them() -> None:
    person = mother(420, 1110, care=CareWindows(children=(child(every_day(420, 1110), None),)))
    asked = question(person, offer(place=WORK), CARE, ROADS)
    assert (asked.code, asked.items) == (QuestionCode.CARE_WEEK, ("holiday_odd", "holiday_even"))


def test_a_day_without_care_is_broken_and_may_be_negotiated() -> None:
    week = shifts((4, 540, 780), (5, 540, 780))
    post = offer(place=WORK, schedule=week, flexibilities=flexible(days_negotiable=True))
    person = mother(420, 1110, availability=AvailabilityWindows(windows=every_day(0, 1440, (4, 5))))
    told = verdict(person, post, CARE, ROADS)
    reason = broken(person, post, CARE, ROADS)
    assert (reason.code, reason.day) == (ReasonCode.CARE_NONE, 5)
    assert [(one.code, one.within) for one in told.levers] == [  # type: ignore[union-attr]
        (LeverCode.CARE_DAY, False),
        (LeverCode.DAY_OFF, True),
    ]


def test_a_post_is_not_offered_without_any_of_its_days() -> None:
    flex = flexible(days_negotiable=True)
    post = offer(place=WORK, schedule=shifts((5, 540, 780)), flexibilities=flex)
    told = verdict(mother(420, 1110), post, CARE, ROADS)
    assert [one.code for one in told.levers] == [LeverCode.CARE_DAY]  # type: ignore[union-attr]
    # No care on a Saturday, 80, nor is she free then, 80: days to negotiate would make it 20 and 20.
    found = match_one(mother(420, 1110), post, ROADS, on=ON)
    assert found is not None
    assert found.ease == 160


def test_hours_not_told_are_not_asked_for_when_none_would_do() -> None:
    post = offer(place=WORK, schedule=HoursNotTold())
    never = participant(availability=AvailabilityWindows(windows=()))
    reason = broken(never, post, AVAILABLE, ROADS)
    assert (reason.code, reason.day) == (ReasonCode.AVAILABILITY_NONE, None)
    nobody = mother(420, 1110, care=CareWindows(children=(child((), ()),)))
    assert broken(nobody, post, CARE, ROADS).code is ReasonCode.CARE_NONE
    # With the other parent one week in two, a post of those weeks alone would do.
    apart = ChildCare(
        school_odd=ABSENT_WEEK, school_even=care_week(()), holiday_odd=ABSENT_WEEK, holiday_even=care_week(())
    )
    asked = question(mother(420, 1110, care=CareWindows(children=(apart,))), post, CARE, ROADS)
    assert asked.code is QuestionCode.HOURS


def test_a_day_when_she_is_not_available_at_all() -> None:
    reason = broken(participant(), offer(schedule=shifts((6, 540, 780))), AVAILABLE)
    assert (reason.code, reason.day) == (ReasonCode.AVAILABILITY_NONE, 6)


def test_a_start_that_the_employer_may_move_is_a_lever_within() -> None:
    post = offer(place=WORK, flexibilities=flexible(start_later_minutes=15))
    told = verdict(mother(460, 1110), post, CARE, ROADS)
    assert [(one.code, one.minutes, one.within) for one in told.levers] == [  # type: ignore[union-attr]
        (LeverCode.START_LATER, 15, True),
        (LeverCode.CARE_EARLIER, 15, False),
    ]


def test_minutes_that_are_only_the_least_missing_are_no_lever_and_cost_no_less() -> None:
    """By public transport that nobody has told: 5,003 m at 100 km/h, 3 minutes at least, open 8 h to 18 h."""
    post = offer(place=NORTH, schedule=shifts((1, 480, 960)), flexibilities=flexible(start_later_minutes=60))
    free = AvailabilityWindows(windows=every_day(480, 1080))
    person = participant(modes=modes(transit=Answer.YES), availability=free)
    match = match_one(person, post, world(), on=ON)
    assert match is not None
    told = match.verdict(AVAILABLE)
    assert isinstance(told, Broken)
    assert (told.reason.missing, told.reason.at_least, told.levers) == (3, True, ())
    # 15 + 1 × 3, whole: the hour that may move is not known to be enough. The way is asked about.
    assert match.ease == 18
    assert [one.code for one in match.questions] == [QuestionCode.TRANSIT_TIME]
    assert net_hours(told.reason).replace("\xa0", " ").replace("\u202f", " ") == (
        "disponible au mieux dès 8 h 03 le mardi ; prise de poste à 8 h 00, il manque au moins 3 min"
    )


def test_a_night_across_midnight_needs_windows_that_touch() -> None:
    night = offer(schedule=shifts((2, 1260, 1740)))
    windows = (Window(day=2, start=1200, end=1440), Window(day=3, start=0, end=360))
    person = participant(availability=AvailabilityWindows(windows=windows))
    # Wednesday 21 h to Thursday 5 h, 5 min by car in town: 1260 − 1200 − 5 = 55; 360 − 300 − 5 = 55.
    assert margin(person, night, AVAILABLE) == 55
    assert broken(participant(), night, AVAILABLE).code is ReasonCode.AVAILABILITY_NONE


def test_custody_on_odd_weeks_breaks_the_early_shift_of_those_weeks() -> None:
    here = care_week(every_day(460, 1110))
    shared = ChildCare(school_odd=here, school_even=ABSENT_WEEK, holiday_odd=here, holiday_even=ABSENT_WEEK)
    person = mother(0, 1440, care=CareWindows(children=(shared,)))
    reason = broken(person, offer(place=WORK), CARE, ROADS)
    assert (reason.missing, reason.weeks) == (15, (WeekKind.SCHOOL_ODD, WeekKind.HOLIDAY_ODD))


def custody() -> Participant:
    """The child is there on odd weeks, in a crèche from 7 h 40 to 18 h 30."""
    here = care_week(every_day(460, 1110))
    shared = ChildCare(school_odd=here, school_even=ABSENT_WEEK, holiday_odd=here, holiday_even=ABSENT_WEEK)
    return mother(
        0,
        1440,
        care=CareWindows(children=(shared,)),
        availability=AvailabilityWindows(windows=every_day(0, 1440)),
    )


def rotation(first_on_odd: bool | None) -> RotatingWeeks:
    """2×8: 5 h to 13 h the first week, 9 h to 17 h the second."""
    return RotatingWeeks(weeks=(every_shift(300, 780), every_shift(540, 1020)), first_on_odd=first_on_odd)


def test_case_8_alternate_custody_holds_when_the_rotation_is_in_phase() -> None:
    # Early on even weeks, when the child is away; on odd weeks 9 h − 35 = 8 h 25, opens 7 h 40: 45 of margin.
    assert margin(custody(), offer(place=WORK, schedule=rotation(False)), CARE, ROADS) == 45


def test_case_8_alternate_custody_breaks_when_the_rotation_is_out_of_phase() -> None:
    reason = broken(custody(), offer(place=WORK, schedule=rotation(True)), CARE, ROADS)
    # Early on odd weeks: 5 h − 35 = 4 h 25 = 265; opens at 460: 195 missing.
    assert (reason.missing, reason.weeks) == (195, (WeekKind.SCHOOL_ODD, WeekKind.HOLIDAY_ODD))


def test_case_8_a_phase_not_told_is_a_question() -> None:
    asked = question(custody(), offer(place=WORK, schedule=rotation(None)), CARE, ROADS)
    assert asked.code is QuestionCode.ROTATION_PHASE


def test_a_phase_not_told_does_not_matter_to_who_is_free_all_day() -> None:
    free = participant(availability=AvailabilityWindows(windows=every_day(0, 1440)))
    # 5 h = 300, 38 min from home: 300 − 0 − 38 = 262 before; 17 h: 1440 − 1020 − 38 = 382 after.
    assert margin(free, offer(place=WORK, schedule=rotation(None)), AVAILABLE, ROADS) == 262


def test_case_9_the_six_o_clock_cleaning_is_impossible_twice() -> None:
    # First bus at 6 h 20, the shift is at 6 h; the crèche opens at 7 h 30 = 450, 90 min after the shift.
    buses = roads(
        ("62001", "59001", "transit", "6:20", 20),
        ("62001", "59001", "transit", "7:20", 20),
        ("59001", "62001", "transit", "9:10", 20),
        ("62765", "62001", "transit", "6:00", 10),
        ("62001", "62765", "transit", "9:40", 10),
    )
    person = mother(450, 1110, modes=modes(transit=Answer.YES))
    post = offer(place=WORK, schedule=shifts((0, 360, 540)))
    assert broken(person, post, TRAVEL, buses).code is ReasonCode.NO_SERVICE
    assert broken(person, post, CARE, buses).missing == 90


def test_case_10_a_split_day_needs_care_at_both_ends() -> None:
    person = mother(330, 1110, availability=AvailabilityWindows(windows=every_day(0, 1440)))
    post = offer(place=WORK, schedule=shifts((0, 360, 540), (0, 1020, 1200)))
    reason = broken(person, post, CARE, by_car(2, 10, 11))
    # Morning: 360 − 330 − 10 = 20 of room. Evening ends 20 h = 1200, + 10 = 1210; closes 1110: 100 missing.
    assert (reason.side, reason.missing) == (Side.AFTER, 100)


def test_hours_not_told_are_one_question_to_the_employer() -> None:
    post = offer(place=WORK, schedule=HoursNotTold())
    assert question(mother(420, 1110), post, AVAILABLE, ROADS).code is QuestionCode.HOURS
    assert question(mother(420, 1110), post, CARE, ROADS).code is QuestionCode.HOURS
    assert margin(participant(), post, CARE, ROADS) is None


def test_a_week_without_any_shift_is_hours_not_told() -> None:
    assert question(participant(), offer(schedule=FixedWeek(shifts=())), AVAILABLE).code is QuestionCode.HOURS


def test_what_was_not_explored_with_the_person_is_asked_of_her_referent() -> None:
    assert question(participant(care=CareUnknown()), offer(), CARE).code is QuestionCode.CARE
    assert (
        question(participant(availability=AvailabilityUnknown()), offer(), AVAILABLE).code
        is QuestionCode.AVAILABILITY
    )


def test_a_place_of_care_not_told_is_asked_unless_it_breaks_anyway() -> None:
    lost = mother(420, 1110, care_point=None)
    assert question(lost, offer(place=WORK), CARE, ROADS).code is QuestionCode.CARE_PLACE
    # Opens 8 h 10 = 490, after the shift begins: broken wherever the crèche is.
    assert isinstance(verdict(lost, offer(place=WORK), CARE, ROADS), Unknown)
    late = mother(490, 1110, care_point=None)
    assert broken(late, offer(place=WORK), CARE, ROADS).code is ReasonCode.CARE_MISSING


def test_a_sunday_night_asks_for_the_next_week_too() -> None:
    always, never = care_week(every_day(0, 1440, tuple(range(7)))), care_week(())
    person = mother(
        0,
        1440,
        care=CareWindows(
            children=(
                ChildCare(school_odd=always, school_even=never, holiday_odd=always, holiday_even=always),
            )
        ),
        availability=AvailabilityWindows(windows=every_day(0, 1440, tuple(range(7)))),
    )
    night = offer(
        place=WORK, schedule=RotatingWeeks(weeks=((*shifts((6, 1260, 1740)).shifts,), ()), first_on_odd=True)
    )
    reason = broken(person, night, CARE, ROADS)
    # Odd Sunday 21 h to Monday 5 h: care stops at midnight, 300 min of Monday and 35 of road are missing.
    assert reason.weeks == (WeekKind.SCHOOL_ODD,)
    assert (reason.side, reason.missing) == (Side.AFTER, 335)


def test_the_week_after_not_told_leaves_a_doubt_on_the_sunday_night_only() -> None:
    always = care_week(every_day(0, 1440, tuple(range(7))))
    unknown = care_week(None)
    shared = ChildCare(school_odd=always, school_even=unknown, holiday_odd=always, holiday_even=always)
    person = mother(
        0,
        1440,
        care=CareWindows(children=(shared,)),
        availability=AvailabilityWindows(windows=every_day(0, 1440, tuple(range(7)))),
    )
    sunday = RotatingWeeks(weeks=((*shifts((6, 1260, 1740)).shifts,), ()), first_on_odd=True)
    monday = RotatingWeeks(weeks=((*shifts((0, 600, 900)).shifts,), ()), first_on_odd=True)
    asked = question(person, offer(place=WORK, schedule=sunday), CARE, ROADS)
    assert (asked.code, asked.items) == (QuestionCode.CARE_WEEK, ("school_even",))
    assert margin(person, offer(place=WORK, schedule=monday), CARE, ROADS) is not None
