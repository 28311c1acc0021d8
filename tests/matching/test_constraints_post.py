"""What the post asks of whoever takes it, on the day it starts."""

from datetime import date

import pytest

from matching.participant import Certificate, Licence
from matching.terms import LanguageLevel, PhysicalDemand
from matching.verdict import Broken, ConstraintName, QuestionCode, ReasonCode
from tests.matching.personas import (
    NO,
    UNKNOWN,
    YES,
    able,
    broken,
    margin,
    modes,
    offer,
    participant,
    question,
    verdict,
)

N = ConstraintName
START = date(2026, 12, 1)


def licence(category: str, since: date | None = None, until: date | None = None) -> Licence:
    return Licence(category=category, valid_from=since, valid_until=until)


def test_a_licence_asked_and_not_held_is_missing() -> None:
    reason = broken(participant(licences=()), offer(licences=("B",)), N.LICENCE)
    assert (reason.code, reason.items) == (ReasonCode.LICENCE_MISSING, ("B",))


def test_a_lorry_s_licence_is_two_to_pass_for_who_has_no_licence_b() -> None:
    """R. 221-5 of the Code de la route. A moped's is of no help, and B asked beside C is not told twice."""
    cases = (((), ("C",), ["B", "C"]), (("AM",), ("C",), ["B", "C"]), (("B",), ("C",), ["C"]))
    for held, asked, needed in (*cases, ((), ("B", "C"), ["B", "C"]), ((), ("AM",), ["AM"])):
        person = participant(licences=tuple(licence(one) for one in held))
        told = verdict(person, offer(licences=asked), N.LICENCE)
        assert isinstance(told, Broken)
        assert [lever.item for lever in told.levers] == needed
        assert (told.reason.missing, told.reason.items) == (len(needed), asked)


@pytest.mark.parametrize(("held", "asked"), [("B", "AM"), ("C", "B"), ("BE", "B"), ("A", "A2")])
def test_a_higher_licence_includes_the_lower(held: str, asked: str) -> None:
    assert margin(participant(licences=(licence(held),)), offer(licences=(asked,)), N.LICENCE) is None


def test_a_licence_is_judged_on_the_day_the_job_starts() -> None:
    person = participant(licences=(licence("B", until=date(2026, 11, 30)),))
    assert margin(person, offer(licences=("B",), starts_on=date(2026, 11, 30)), N.LICENCE) is None
    reason = broken(person, offer(licences=("B",), starts_on=START), N.LICENCE)
    assert (reason.code, reason.on) == (ReasonCode.LICENCE_EXPIRED, START)


def test_a_job_already_begun_is_judged_today() -> None:
    # Told for October, matched on 2 November: the licence back on 1 November will do.
    person = participant(licences=(licence("B", since=date(2026, 11, 1)),))
    assert margin(person, offer(licences=("B",), starts_on=date(2026, 10, 1)), N.LICENCE) is None


def test_licences_not_explored_are_asked_only_when_the_post_asks() -> None:
    person = participant(licences=None)
    assert margin(person, offer(), N.LICENCE) is None
    asked = question(person, offer(licences=("B",)), N.LICENCE)
    assert (asked.code, asked.items) == (QuestionCode.LICENCES, ("B",))


def test_a_vehicle_asked_is_a_car_that_she_has() -> None:
    post = offer(vehicle_required=True)
    assert margin(participant(modes=modes(walk=YES, car=YES)), post, N.VEHICLE) is None
    assert broken(participant(modes=modes(walk=YES)), post, N.VEHICLE).code is ReasonCode.VEHICLE_MISSING
    unsure = participant(modes=modes(walk=YES, car=UNKNOWN))
    assert question(unsure, post, N.VEHICLE).code is QuestionCode.VEHICLE


def test_a_certificate_past_its_date_is_expired_and_one_never_held_is_missing() -> None:
    person = participant(certificates=(Certificate(code="SST", valid_until=date(2026, 11, 15)),))
    assert margin(person, offer(certificates=("SST",)), N.CERTIFICATES) is None
    late = broken(person, offer(certificates=("SST",), starts_on=START), N.CERTIFICATES)
    assert (late.code, late.items) == (ReasonCode.CERTIFICATE_EXPIRED, ("SST",))
    both = verdict(person, offer(certificates=("SST", "CACES R489-3"), starts_on=START), N.CERTIFICATES)
    assert isinstance(both, Broken)
    assert (both.reason.code, both.reason.items) == (ReasonCode.CERTIFICATE_MISSING, ("SST", "CACES R489-3"))
    assert [lever.item for lever in both.levers] == ["SST", "CACES R489-3"]
    unsure = participant(certificates=None)
    assert question(unsure, offer(certificates=("SST",)), N.CERTIFICATES).code is QuestionCode.CERTIFICATES


def test_the_level_of_french_is_compared_on_the_scale() -> None:
    post = offer(language=LanguageLevel.B2)
    assert margin(participant(language=LanguageLevel.C1), post, N.LANGUAGE) is None
    reason = broken(participant(language=LanguageLevel.A2), post, N.LANGUAGE)
    # From A2 to B2: two levels.
    assert (reason.code, reason.missing) == (ReasonCode.LANGUAGE_BELOW, 2)
    assert question(participant(language=None), post, N.LANGUAGE).code is QuestionCode.LANGUAGE


def test_what_the_post_asks_of_the_body_against_what_she_can_do() -> None:
    post = offer(demands=(PhysicalDemand.LOADS, PhysicalDemand.HEIGHTS))
    assert margin(participant(), post, N.PHYSICAL) is None
    reason = broken(participant(physical=able(heights=NO)), post, N.PHYSICAL)
    assert (reason.code, reason.items) == (ReasonCode.PHYSICAL_DEMAND, ("heights",))
    asked = question(participant(physical=able(loads=UNKNOWN)), post, N.PHYSICAL)
    assert (asked.code, asked.items) == (QuestionCode.PHYSICAL, ("loads",))
    assert margin(participant(physical=able(cold=NO)), post, N.PHYSICAL) is None


def test_demands_not_told_are_asked_only_for_who_has_a_limit() -> None:
    post = offer(demands=None)
    assert margin(participant(), post, N.PHYSICAL) is None
    assert question(participant(physical=able(cold=NO)), post, N.PHYSICAL).code is QuestionCode.DEMANDS
