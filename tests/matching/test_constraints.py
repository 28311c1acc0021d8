"""Every reason for which a constraint breaks is reached by a person and a post, told, and priced."""

from datetime import date

import pytest
from msgspec.structs import replace

from matching.constraints import judge_post
from matching.ease import cost
from matching.offer import Offer
from matching.parameters import default_parameters
from matching.participant import Certificate, Licence, Participant
from matching.ranking import match_one
from matching.reasons import reason_text
from matching.register import NO_NAMES
from matching.terms import EmploymentKind, LanguageLevel, PhysicalDemand
from matching.verdict import Broken, ReasonCode
from matching.week import AvailabilityWindows, every_day
from matching.world import World, world
from tests.matching.personas import (
    NO,
    NORTH,
    ON,
    WORK,
    YES,
    able,
    by_car,
    modes,
    offer,
    participant,
    project,
    roads,
    shifts,
)
from tests.matching.test_constraints_hours import ROADS, mother

C = ReasonCode
LATER = date(2026, 12, 1)
EXPIRED = Licence(category="C", valid_from=None, valid_until=date(2026, 1, 1))
OLD = Certificate(code="SST", valid_until=date(2026, 1, 1))
NIGHT_BUS = roads(("62765", "59001", "transit", "7:20", 25), ("59001", "62765", "transit", "7:50", 25))
SPLIT = shifts((0, 360, 540), (0, 1020, 1200))


def wants(**changes: object) -> Participant:
    return participant(projects=(project(**changes),))


CASES: dict[ReasonCode, tuple[Participant, Offer, World]] = {
    C.TRAVEL_TOO_LONG: (participant(modes=modes(walk=YES)), offer(place=NORTH), world()),
    C.DAILY_TRAVEL_TOO_LONG: (
        wants(max_travel_minutes=39),
        offer(place=WORK, schedule=SPLIT),
        by_car(0, 0, 20),
    ),
    C.NO_MODE: (participant(modes=modes()), offer(), world()),
    C.NO_SERVICE: (participant(modes=modes(transit=YES)), offer(place=WORK), NIGHT_BUS),
    C.AVAILABILITY_MISSING: (
        participant(availability=AvailabilityWindows(windows=every_day(480, 1200))),
        offer(),
        world(),
    ),
    C.AVAILABILITY_NONE: (participant(), offer(schedule=shifts((6, 480, 960))), world()),
    C.CARE_MISSING: (mother(460, 1110), offer(place=WORK), ROADS),
    C.CARE_NONE: (mother(460, 1110), offer(place=WORK, schedule=shifts((5, 480, 960))), ROADS),
    C.LICENCE_MISSING: (participant(), offer(licences=("C",)), world()),
    C.LICENCE_EXPIRED: (participant(licences=(EXPIRED,)), offer(licences=("C",)), world()),
    C.VEHICLE_MISSING: (participant(modes=modes(walk=YES)), offer(vehicle_required=True), world()),
    C.CERTIFICATE_MISSING: (participant(), offer(certificates=("SST",)), world()),
    C.CERTIFICATE_EXPIRED: (participant(certificates=(OLD,)), offer(certificates=("SST",)), world()),
    C.LANGUAGE_BELOW: (participant(), offer(language=LanguageLevel.C1), world()),
    C.PHYSICAL_DEMAND: (
        participant(physical=able(loads=NO)),
        offer(demands=(PhysicalDemand.LOADS,)),
        world(),
    ),
    C.TOO_FEW_HOURS: (wants(min_weekly_hours=3600), offer(), world()),
    C.TOO_MANY_HOURS: (wants(max_weekly_hours=2000), offer(), world()),
    C.EMPLOYMENT_KIND_REFUSED: (wants(employment_kinds=(EmploymentKind.CDI,)), offer(), world()),
    C.STARTS_TOO_EARLY: (wants(earliest_start=LATER), offer(), world()),
    C.WAGE_TOO_LOW: (wants(min_hourly_wage_cents=1500), offer(), world()),
}


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_is_reached_told_and_priced(code: ReasonCode) -> None:
    person, post, around = CASES[code]
    found = match_one(person, post, around, on=ON)
    assert found is not None
    told = {one.verdict.reason.code: one.verdict for one in found.broken if isinstance(one.verdict, Broken)}
    assert code in told
    assert reason_text(told[code].reason, NO_NAMES)
    assert cost(told[code], default_parameters().near) > 0


def test_what_the_post_asks_is_judged_once_for_all_her_projects() -> None:
    person = participant()
    two = replace(person, projects=(*person.projects, project(id="other")))
    assert judge_post(person, offer(), ON) == judge_post(two, offer(), ON)
