"""What the project asks of the post; a bound that it does not set is no bound."""

from datetime import date

import pytest

from matching.offer import Offer
from matching.participant import Project
from matching.terms import EmploymentKind
from matching.verdict import Broken, ConstraintName, LeverCode, QuestionCode, Reason, ReasonCode
from tests.matching.personas import broken, flexible, margin, offer, participant, project, question, verdict

N = ConstraintName


def wants(**changes: object) -> Project:
    return project(**changes)


def reason(post: Offer, about: ConstraintName, **changes: object) -> Reason:
    return broken(participant(projects=(wants(**changes),)), post, about)


def test_too_few_or_too_many_hours_a_week() -> None:
    few = reason(offer(weekly_hours=2000), N.WEEKLY_HOURS, min_weekly_hours=2400)
    # 24 h wanted, 20 h offered: 4 h = 400 hundredths.
    assert (few.code, few.missing) == (ReasonCode.TOO_FEW_HOURS, 400)
    many = reason(offer(weekly_hours=3500), N.WEEKLY_HOURS, max_weekly_hours=2800)
    assert (many.code, many.missing) == (ReasonCode.TOO_MANY_HOURS, 700)


@pytest.mark.parametrize("hours", [2400, 2800])
def test_hours_on_the_bound_are_within(hours: int) -> None:
    person = participant(projects=(wants(min_weekly_hours=2400, max_weekly_hours=2800),))
    assert margin(person, offer(weekly_hours=hours), N.WEEKLY_HOURS) is None


def test_what_the_employer_has_not_told_is_asked_when_the_project_minds() -> None:
    post = offer(weekly_hours=None, employment_kind=None, starts_on=None, hourly_wage_cents=None)
    free = participant()
    minds = participant(
        projects=(
            wants(
                min_weekly_hours=2400,
                employment_kinds=(EmploymentKind.CDI,),
                earliest_start=date(2026, 12, 1),
                min_hourly_wage_cents=1250,
            ),
        )
    )
    names = (N.WEEKLY_HOURS, N.EMPLOYMENT_KIND, N.START_DATE, N.WAGE)
    assert [margin(free, post, name) for name in names] == [None] * 4
    assert [question(minds, post, name).code for name in names] == [
        QuestionCode.WEEKLY_HOURS,
        QuestionCode.EMPLOYMENT_KIND,
        QuestionCode.START_DATE,
        QuestionCode.WAGE,
    ]


def test_a_kind_of_employment_that_the_project_does_not_keep() -> None:
    found = reason(
        offer(employment_kind=EmploymentKind.INTERIM),
        N.EMPLOYMENT_KIND,
        employment_kinds=(EmploymentKind.CDI,),
    )
    assert (found.code, found.items) == (ReasonCode.EMPLOYMENT_KIND_REFUSED, ("interim",))


def test_a_job_that_starts_before_she_can_with_the_days_to_win() -> None:
    post = offer(starts_on=date(2026, 11, 20), flexibilities=flexible(start_date_days=14))
    person = participant(projects=(wants(earliest_start=date(2026, 12, 1)),))
    told = verdict(person, post, N.START_DATE)
    assert isinstance(told, Broken)
    # From 20 November to 1 December: 11 days.
    assert (told.reason.code, told.reason.missing) == (ReasonCode.STARTS_TOO_EARLY, 11)
    assert [(one.code, one.minutes, one.within) for one in told.levers] == [
        (LeverCode.START_DATE_LATER, 11, True)
    ]


def test_who_can_start_today_does_not_mind_the_date() -> None:
    person = participant(projects=(wants(earliest_start=date(2026, 11, 2)),))
    assert margin(person, offer(starts_on=None), N.START_DATE) is None


def test_a_wage_below_the_minimum_with_the_cents_missing() -> None:
    found = reason(offer(hourly_wage_cents=1202), N.WAGE, min_hourly_wage_cents=1300)
    assert (found.code, found.missing) == (ReasonCode.WAGE_TOO_LOW, 98)


def test_a_wage_not_told_is_at_least_the_minimum_wage() -> None:
    # SMIC on 2 November 2026: 12.02 €.
    person = participant(projects=(wants(min_hourly_wage_cents=1202),))
    assert margin(person, offer(hourly_wage_cents=None), N.WAGE) is None
    learns = offer(hourly_wage_cents=None, employment_kind=EmploymentKind.ALTERNANCE)
    assert question(person, learns, N.WAGE).code is QuestionCode.WAGE


def test_a_kind_of_employment_not_told_is_asked_only_when_the_answer_matters() -> None:
    post = offer(employment_kind=None)
    # Whatever the employer answers, the first accepts it and the second does not.
    assert (
        margin(
            participant(projects=(wants(employment_kinds=tuple(EmploymentKind)),)), post, N.EMPLOYMENT_KIND
        )
        is None
    )
    assert reason(post, N.EMPLOYMENT_KIND, employment_kinds=()).code is ReasonCode.EMPLOYMENT_KIND_REFUSED
