"""Maximum travel: one way, care detour included, twice that on a split day; the mode is chosen on all."""

from datetime import date

from msgspec.structs import replace

from matching.offer import ShuttleStop
from matching.participant import Licence, Participant, Project
from matching.ranking import match_one
from matching.terms import Answer, Mode
from matching.verdict import Broken, ConstraintName, LeverCode, QuestionCode, ReasonCode
from matching.week import AvailabilityWindows, HoursNotTold, every_day
from matching.world import world
from tests.matching.personas import (
    HOME,
    NORTH,
    ON,
    UNKNOWN,
    WORK,
    YES,
    broken,
    by_car,
    margin,
    modes,
    offer,
    participant,
    project,
    question,
    roads,
    shifts,
    verdict,
)
from tests.matching.test_constraints_hours import mother

TRAVEL = ConstraintName.TRAVEL
FAR = offer(place=NORTH)


def limited(minutes: int | None) -> tuple[Project, ...]:
    return (project(max_travel_minutes=minutes),)


def test_the_maximum_is_for_one_way_care_detour_included() -> None:
    # 5 + 35 = 40 by the crèche.
    around = by_car(5, 35, 38)
    assert margin(mother(0, 1440, projects=limited(40)), offer(place=WORK), TRAVEL, around) == 0
    reason = broken(mother(0, 1440, projects=limited(39)), offer(place=WORK), TRAVEL, around)
    assert (reason.code, reason.value, reason.limit, reason.missing) == (
        ReasonCode.TRAVEL_TOO_LONG,
        40,
        39,
        1,
    )


def test_case_10_a_split_day_makes_four_trips_against_twice_the_maximum() -> None:
    post = offer(place=WORK, schedule=shifts((0, 360, 540), (0, 1020, 1200)))
    around = by_car(0, 0, 20)
    # Four trips of 20 = 80 in the day: accepted to 40 one way, not to 39 (twice 39 is 78).
    assert margin(participant(projects=limited(40)), post, TRAVEL, around) == 0
    reason = broken(participant(projects=limited(39)), post, TRAVEL, around)
    assert (reason.code, reason.value, reason.limit) == (ReasonCode.DAILY_TRAVEL_TOO_LONG, 80, 78)
    found = verdict(participant(projects=limited(39)), post, TRAVEL, around)
    assert isinstance(found, Broken)
    # 2 minutes a day are 1 of the maximum. A shuttle as long as the car would be too long too.
    sizes = {one.code: one.minutes for one in found.levers}
    assert sizes[LeverCode.TRAVEL_LONGER] == 1
    assert LeverCode.SHUTTLE not in sizes


def test_a_lunch_break_makes_no_second_trip() -> None:
    post = offer(place=WORK, schedule=shifts((0, 540, 720), (0, 780, 1020)))
    assert margin(participant(projects=limited(20)), post, TRAVEL, by_car(0, 0, 20)) == 0


def test_a_maximum_not_told_is_a_question_up_to_the_ceiling() -> None:
    person = participant(projects=limited(None))
    assert question(person, FAR, TRAVEL).code is QuestionCode.MAX_TRAVEL
    driver = participant(modes=modes(car=YES), projects=limited(None))
    reason = broken(driver, offer(place=WORK), TRAVEL, by_car(0, 0, 121))
    assert (reason.value, reason.limit) == (121, 120)


def test_imprecision_that_could_flip_the_verdict_is_a_question() -> None:
    coarse = offer(place=replace(NORTH, precision_m=2000))
    # From 9 to 15 min by car: sure under 8 and from 15, a question in between.
    assert question(participant(projects=limited(14)), coarse, TRAVEL).code is QuestionCode.EXACT_PLACE
    assert margin(participant(projects=limited(15)), coarse, TRAVEL) == 3
    assert broken(participant(projects=limited(8)), coarse, TRAVEL).code is ReasonCode.TRAVEL_TOO_LONG


def test_a_mode_not_explored_that_would_do_is_a_question() -> None:
    person = participant(modes=modes(walk=YES, moped=UNKNOWN))
    asked = question(person, FAR, TRAVEL)
    assert (asked.code, asked.items) == (QuestionCode.HAS_MODE, ("moped",))


def test_public_transport_without_data_leaves_a_question_but_a_bike_settles_it() -> None:
    assert question(participant(modes=modes(transit=YES)), FAR, TRAVEL).code is QuestionCode.TRANSIT_TIME
    # 33 min by bike, at most 45.
    assert margin(participant(modes=modes(transit=YES, bike=YES)), FAR, TRAVEL) == 12


def test_too_far_for_any_public_transport_is_broken() -> None:
    # 0.9 degree north of home: about 100 km, an hour at 100 km/h: above 45.
    far = offer(place=replace(NORTH, lat=51.65))
    assert broken(participant(modes=modes(transit=YES)), far, TRAVEL).code is ReasonCode.TRAVEL_TOO_LONG


def test_without_any_mode_there_is_no_way() -> None:
    told = verdict(participant(modes=modes(), licences=()), FAR, TRAVEL)
    assert isinstance(told, Broken)
    assert told.reason.code is ReasonCode.NO_MODE
    opened = [lever.mode for lever in told.levers if lever.code is LeverCode.MODE]
    # 45 min: all but walking (98), and but the car: she holds no licence.
    assert opened == [Mode.BIKE, Mode.EBIKE, Mode.MOPED, Mode.CAR_NO_LICENCE, Mode.CARPOOL]


def test_a_car_that_waits_for_a_licence_makes_the_licence_the_lever() -> None:
    # 98 min on foot against 45; 12 by the car that she has.
    told = verdict(participant(modes=modes(walk=YES, car=YES), licences=()), FAR, TRAVEL)
    assert isinstance(told, Broken)
    papers = [lever.item for lever in told.levers if lever.code is LeverCode.LICENCE]
    assert papers == ["B"]
    assert Mode.CAR not in [lever.mode for lever in told.levers]


def test_a_licence_suspended_takes_the_car_away() -> None:
    back = Licence(category="B", valid_from=date(2027, 1, 1), valid_until=None)
    person = participant(modes=modes(walk=YES, car=YES), licences=(back,))
    assert broken(person, FAR, TRAVEL).mode is Mode.WALK
    again = offer(place=NORTH, starts_on=date(2027, 1, 1))
    assert margin(person, again, TRAVEL) == 45 - 12


def test_a_car_is_not_driven_without_a_licence() -> None:
    # 98 min on foot; by car, 12. None held, or a moped's only: on foot. C includes B; not explored: by car.
    def by_car(*categories: str) -> Participant:
        held = tuple(Licence(category=one, valid_from=None, valid_until=None) for one in categories)
        return participant(modes=modes(walk=YES, car=YES), licences=held)

    assert broken(by_car(), FAR, TRAVEL).mode is Mode.WALK
    assert broken(by_car("AM"), FAR, TRAVEL).mode is Mode.WALK
    assert margin(by_car("C"), FAR, TRAVEL) == 45 - 12
    assert margin(replace(by_car(), licences=None), FAR, TRAVEL) == 45 - 12


def test_the_employers_shuttle_carries_where_it_stops() -> None:
    person = participant(modes=modes())
    served = offer(place=NORTH, shuttle=(ShuttleStop(insee="62765", minutes=25),))
    assert margin(person, served, TRAVEL) == 20


def test_the_mode_kept_holds_for_the_hours_too() -> None:
    # On foot the trip is accepted (98 ≤ 120) but she would leave before she can; by bike both hold.
    person = participant(
        modes=modes(walk=YES, bike=YES),
        availability=AvailabilityWindows(windows=every_day(440, 1200)),
        projects=limited(120),
    )
    found = match_one(person, FAR, world(), on=ON)
    assert found is not None
    assert found.trip is not None
    assert (found.trip.mode, found.trip.minutes) == (Mode.BIKE, 33)
    assert not found.broken


def test_the_trip_is_judged_even_when_the_hours_are_not_told() -> None:
    assert margin(participant(), offer(place=NORTH, schedule=HoursNotTold()), TRAVEL) == 33


def test_a_place_or_a_home_not_told_is_asked_of_who_knows() -> None:
    assert question(participant(), offer(place=None), TRAVEL).code is QuestionCode.PLACE
    assert question(participant(home=None), offer(), TRAVEL).code is QuestionCode.HOME


def test_a_mode_too_slow_names_the_minutes_and_the_modes_that_would_do() -> None:
    told = verdict(participant(modes=modes(walk=YES)), FAR, TRAVEL)
    assert isinstance(told, Broken)
    assert (told.reason.mode, told.reason.value, told.reason.missing) == (Mode.WALK, 98, 53)
    assert LeverCode.TRAVEL_LONGER not in [lever.code for lever in told.levers]


def test_a_timed_service_with_no_way_back_is_no_service() -> None:
    around = roads(("62765", "59001", "transit", "7:20", 25), ("59001", "62765", "transit", "7:50", 25))
    person = participant(modes=modes(transit=Answer.YES))
    assert HOME.insee == "62765"
    assert broken(person, offer(place=WORK), TRAVEL, around).code is ReasonCode.NO_SERVICE


def test_no_minutes_are_told_when_neither_the_care_nor_the_way_to_the_post_is_known() -> None:
    lost = replace(HOME, insee="62001", lat=None, lon=None)
    person = mother(0, 1440, home=lost, care_point=None)
    found = match_one(person, FAR, world(), on=ON)
    assert found is not None
    assert found.trip is None
    assert question(person, FAR, TRAVEL).code is QuestionCode.HOME
