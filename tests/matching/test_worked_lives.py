"""More pairs worked by hand, on the ground and by the rules told at the head of ``test_worked_pairs``.

Electric bike 17 km/h, scooter 30; car without a licence 25 km/h in town, then 40; car-pool as a car, and ten
minutes to meet. She is free on weekdays from 8 h to 18 h; work is 9 h to 16 h, 10 km away: 13 of road.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from matching.participant import Certificate, Licence, Participant
from matching.terms import EmploymentKind, LanguageLevel, PhysicalDemand, Point
from matching.verdict import ConstraintName, QuestionCode, ReasonCode
from matching.week import FixedWeek, HoursNotTold, RotatingWeeks, every_day, every_shift
from matching.world import world
from tests.matching.personas import NO, ON, UNKNOWN, YES, able, modes, project, roads, shifts
from tests.matching.test_worked_pairs import (
    ABSENT,
    BACK,
    BY_BUS,
    CHRISTMAS,
    DAY,
    LATER,
    LONG_DAY,
    NIGHT,
    SPLIT,
    THERE,
    UNTOLD,
    Worked,
    assert_worked,
    at,
    bus,
    cared,
    child,
    free,
    mother,
    on_days,
    post,
    rotation,
    she,
)

Q, R, N = QuestionCode, ReasonCode, ConstraintName
TOMORROW, YESTERDAY = ON + timedelta(days=1), ON - timedelta(days=1)
NOWHERE = Point(insee="62001", lat=None, lon=None, precision_m=0)
SATISFIED = "satisfied"


def licence(category: str = "B", since: date | None = None, until: date | None = None) -> tuple[Licence, ...]:
    return (Licence(category=category, valid_from=since, valid_until=until),)


def sst(until: date | None) -> Participant:
    return she(certificates=(Certificate(code="SST", valid_until=until),))


def wants(**changes: Any) -> Participant:
    return she(projects=(project(max_travel_minutes=60, **changes),))


ASKS_SST, LATE_SST = post(certificates=("SST",)), post(certificates=("SST",), starts_on=TOMORROW)

# sentence: (person, post, world, constraint, what is expected), as in ``test_worked_pairs``
LIVES: dict[str, Worked] = {
    # 13 / 17 h = 45.9: 46 min
    "by electric bike": (she(modes=modes(ebike=YES)), post(), world(), N.TRAVEL, 60 - 46),
    # 19.2: 20 min, and 10
    "by car-pool": (she(modes=modes(carpool=YES)), post(), world(), N.TRAVEL, 60 - 30),
    "by car-pool inside a commune": (
        she(modes=modes(carpool=YES)),
        post(place=at("62001", 0.1)),
        world(),
        N.TRAVEL,
        60 - 15,
    ),
    # 3 km in 7.2 min, 10 in 15: 22.2
    "by a car without a licence": (
        she(modes=modes(car_no_licence=YES), licences=()),
        post(),
        world(),
        N.TRAVEL,
        60 - 23,
    ),
    # 9 km: 11.7 / 30 h = 23.4 min
    "by scooter, without any licence told": (
        she(modes=modes(moped=YES), licences=None),
        post(place=at("62002", 9)),
        world(),
        N.TRAVEL,
        60 - 24,
    ),
    "a car, with a licence that comes back too late": (
        she(licences=licence(since=TOMORROW)),
        post(),
        world(),
        N.TRAVEL,
        (R.NO_MODE, None),
    ),
    "a car, with a licence back on the first day": (
        she(licences=licence(since=TOMORROW)),
        post(starts_on=TOMORROW),
        world(),
        N.TRAVEL,
        40,
    ),
    "a car, on the last day of its licence": (she(licences=licence(until=ON)), post(), world(), N.TRAVEL, 40),
    "a lorry's licence drives a car": (she(licences=licence("C")), post(), world(), N.TRAVEL, 40),
    "a motorcycle's does not": (she(licences=licence("A")), post(), world(), N.TRAVEL, (R.NO_MODE, None)),
    "a post that asks for a car, and hers without a licence": (
        she(licences=(), modes=modes(car=YES, carpool=YES)),
        post(vehicle_required=True),
        world(),
        N.VEHICLE,
        (R.VEHICLE_MISSING, None),
    ),
    "a post that asks for a car, and her licence is back in time": (
        she(licences=licence(since=TOMORROW)),
        post(vehicle_required=True, starts_on=TOMORROW),
        world(),
        N.VEHICLE,
        SATISFIED,
    ),
    "papers valid on the first day": (sst(ON), ASKS_SST, world(), N.CERTIFICATES, SATISFIED),
    "papers that end the day before": (
        sst(ON),
        LATE_SST,
        world(),
        N.CERTIFICATES,
        (R.CERTIFICATE_EXPIRED, 1),
    ),
    "a job begun last month is begun today": (
        sst(YESTERDAY),
        post(certificates=("SST",), starts_on=ON - timedelta(days=30)),
        world(),
        N.CERTIFICATES,
        (R.CERTIFICATE_EXPIRED, 1),
    ),
    "one paper out of date and one never had": (
        sst(YESTERDAY),
        post(certificates=("SST", "HACCP")),
        world(),
        N.CERTIFICATES,
        (R.CERTIFICATE_MISSING, 2),
    ),
    "the very level of French": (she(), post(language=LanguageLevel.B1), world(), N.LANGUAGE, SATISFIED),
    # A2, B1, B2, C1
    "three levels below": (
        she(language=LanguageLevel.A2),
        post(language=LanguageLevel.C1),
        world(),
        N.LANGUAGE,
        (R.LANGUAGE_BELOW, 3),
    ),
    "a hundredth of an hour too few": (
        wants(min_weekly_hours=2000),
        post(weekly_hours=1999),
        world(),
        N.WEEKLY_HOURS,
        (R.TOO_FEW_HOURS, 1),
    ),
    "as many hours as she may work": (
        wants(max_weekly_hours=2000),
        post(weekly_hours=2000),
        world(),
        N.WEEKLY_HOURS,
        SATISFIED,
    ),
    "hours a week not told, and a bound": (
        wants(max_weekly_hours=2000),
        post(weekly_hours=None),
        world(),
        N.WEEKLY_HOURS,
        Q.WEEKLY_HOURS,
    ),
    "one cent under her wage": (
        wants(min_hourly_wage_cents=1251),
        post(),
        world(),
        N.WAGE,
        (R.WAGE_TOO_LOW, 1),
    ),
    # 12.02 euros since January 2026: no CDD pays less
    "a wage not told is the minimum wage at least": (
        wants(min_hourly_wage_cents=1202),
        post(hourly_wage_cents=None),
        world(),
        N.WAGE,
        SATISFIED,
    ),
    "a cent more is asked for": (
        wants(min_hourly_wage_cents=1203),
        post(hourly_wage_cents=None),
        world(),
        N.WAGE,
        Q.WAGE,
    ),
    "free a week after the job begins": (
        wants(earliest_start=ON + timedelta(days=7)),
        post(),
        world(),
        N.START_DATE,
        (R.STARTS_TOO_EARLY, 7),
    ),
    "a kind of employment that she does not look for": (
        wants(employment_kinds=(EmploymentKind.CDI,)),
        post(),
        world(),
        N.EMPLOYMENT_KIND,
        (R.EMPLOYMENT_KIND_REFUSED, None),
    ),
    "a demand not explored beside one that she cannot meet": (
        she(physical=able(loads=NO, heights=UNKNOWN)),
        post(demands=(PhysicalDemand.HEIGHTS, PhysicalDemand.LOADS)),
        world(),
        N.PHYSICAL,
        (R.PHYSICAL_DEMAND, 1),
    ),
    "a bus out, none imported back": (she(**BY_BUS), post(), bus(THERE), N.TRAVEL, Q.TRANSIT_TIME),
    "a timetable, and hours not told": (
        she(**BY_BUS),
        post(schedule=HoursNotTold()),
        bus(THERE, BACK),
        N.TRAVEL,
        Q.HOURS,
    ),
    "a bus at any hour": (
        she(**BY_BUS),
        post(),
        roads(("62001", "62002", "transit", "", 20), ("62002", "62001", "transit", "", 25)),
        N.TRAVEL,
        60 - 25,
    ),
    # 7 h 48 for 9 h: 72 min at the stop, an hour at the most
    "a bus far too early is none": (
        she(**BY_BUS),
        post(),
        bus(("62001", "62002", "7:30", 18), BACK),
        N.TRAVEL,
        (R.NO_SERVICE, None),
    ),
    # Ends at 23 h 50, the bus of 0 h 10 takes 25 min: 45
    "the bus after midnight": (
        she(**BY_BUS),
        post(schedule=shifts((0, 960, 1430))),
        bus(("62001", "62002", "15:30", 18), ("62002", "62001", "0:10", 25)),
        N.TRAVEL,
        60 - 45,
    ),
    # 200 km in a straight line at 100 km/h, at the very best: two hours
    "public transport without data, too far for any train": (
        she(**BY_BUS),
        post(place=at("62002", 200)),
        world(),
        N.TRAVEL,
        (R.TRAVEL_TOO_LONG, 60),
    ),
    "no limit told, well inside the ceiling": (she(None), post(), world(), N.TRAVEL, Q.MAX_TRAVEL),
    # 130 of road: 7.2 + 127 × 1.2 = 159.6, above two hours
    "no limit told, beyond the ceiling": (
        she(None),
        post(place=at("62002", 100)),
        world(),
        N.TRAVEL,
        (R.TRAVEL_TOO_LONG, 40),
    ),
    # 10.5 km: 13.65 of road, 7.2 + 12.78 = 19.98: 20 still
    "known to half a kilometre, at the limit": (
        she(20, home=at("62001", 0, 500)),
        post(),
        world(),
        N.TRAVEL,
        0,
    ),
    # 10.6 km: 13.78 of road: 20.1: 21
    "known to six hundred metres, at the limit": (
        she(20, home=at("62001", 0, 600)),
        post(),
        world(),
        N.TRAVEL,
        Q.EXACT_PLACE,
    ),
    "one commune, and nothing more known": (
        she(home=NOWHERE, modes=modes(walk=YES)),
        post(place=NOWHERE),
        world(),
        N.TRAVEL,
        60 - 15,
    ),
    "another commune, and nothing more known of her home": (
        she(home=NOWHERE),
        post(),
        world(),
        N.TRAVEL,
        Q.HOME,
    ),
    "no place of work": (she(), post(place=None), world(), N.TRAVEL, Q.PLACE),
    # four trips of 30, twice 60
    "a split day by car-pool, to the minute": (
        she(modes=modes(carpool=YES), **LONG_DAY),
        post(schedule=SPLIT),
        world(),
        N.TRAVEL,
        0,
    ),
    # 8 h to 12 h and 14 h 01 to 17 h: four trips of 20 against twice 39
    "a break one minute too long to stay": (
        she(39, **LONG_DAY),
        post(schedule=FixedWeek(shifts=every_shift(480, 720) + every_shift(841, 1020))),
        world(),
        N.TRAVEL,
        (R.DAILY_TRAVEL_TOO_LONG, 2),
    ),
    # ends at 20 h, 13 min from the crèche, which closes at 18 h 30
    "the evening of a split day": (
        mother(child(DAY, DAY)),
        post(schedule=SPLIT),
        world(),
        N.CARE,
        (R.CARE_MISSING, 103),
    ),
    # the school: 540 - 13 - 510 = 17 before, 990 - 960 - 13 = 17 after
    "one child at the crèche, one at school": (
        mother(child(DAY, DAY), child(cared(510, 990), cared(510, 990))),
        post(),
        world(),
        N.CARE,
        17,
    ),
    # free from 8 h to 12 h and from 14 h
    "two hours at noon that she keeps": (
        she(availability=free(every_day(480, 720), every_day(840, 1080))),
        post(),
        world(),
        N.AVAILABILITY,
        (R.AVAILABILITY_MISSING, 120),
    ),
    # from 5 h: 360 - 13 - 300 = 47, whichever the week
    "weeks in turn, not told, and both are cared for": (
        mother(child(cared(300, 1200), cared(300, 1200))),
        rotation(None),
        world(),
        N.CARE,
        47,
    ),
    # from 10 h: 600 - 347 = 253 in the early week, whichever it is
    "weeks in turn, not told, and neither is": (
        mother(child(cared(600, 1200), cared(600, 1200))),
        rotation(None),
        world(),
        N.CARE,
        (R.CARE_MISSING, 253),
    ),
    "nights in the weeks of the other parent": (
        mother(child(ABSENT, DAY)),
        post(schedule=RotatingWeeks(weeks=(NIGHT.shifts, LATER), first_on_odd=True)),
        world(),
        N.CARE,
        77,
    ),
    # from 18 h 30 on Monday to 18 h 30 on Tuesday: 1260 - 13 - 1110 = 137
    "a night at the grandparents'": (
        mother(child(*[on_days((0, 1110, 1440), (1, 0, 1110))] * 2)),
        post(schedule=NIGHT),
        world(),
        N.CARE,
        137,
    ),
    "a job of the holidays asks nothing of school weeks": (
        mother(child(UNTOLD, UNTOLD, DAY)),
        post(starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 24)),
        CHRISTMAS,
        N.CARE,
        77,
    ),
    # Monday 0 h 10 in his week, 20 min away: from Sunday 23 h 50, when the child is still hers
    "an early Monday of the other parent's week": (
        mother(child(ABSENT, DAY)),
        post(schedule=RotatingWeeks(weeks=(shifts((0, 10, 400)).shifts, ()), first_on_odd=True)),
        world(),
        N.CARE,
        (R.CARE_MISSING, 10),
    ),
    # leaves at 8 h 40; an hour of drop-off would leave no doubt: 540 - 13 - 60 = 467, from 7 h 30 = 450
    "an hour to take three children round": (
        mother(child(DAY, DAY), drop_off_minutes=60),
        post(),
        world(),
        N.CARE,
        17,
    ),
}


@pytest.mark.parametrize("sentence", LIVES)
def test_the_verdict_is_the_one_worked_by_hand(sentence: str) -> None:
    assert_worked(LIVES[sentence])
