"""Follow-up in the job at one, three and six months."""

from datetime import date

from matching.participant import Modes, Physical
from matching.terms import Answer, Mode, PhysicalDemand
from matching.week import AvailabilityUnknown, Care, CareWindows, NoCareNeed, child, every_day
from service.participants.tasks import care_question, follow_ups_due, missing_questions
from service.tables import ProfileRow

HIRED = date(2025, 11, 10)  # M+1 on 10/12/2025, M+3 on 10/02/2026, M+6 on 10/05/2026


def test_nothing_waits_before_the_first_fortnight() -> None:
    # M+1 opens on 10/12 − 15 days = 25/11.
    assert follow_ups_due(HIRED, [], date(2025, 11, 24)) == ()
    assert follow_ups_due(HIRED, [], date(2025, 11, 25)) == ((1, date(2025, 12, 10)),)


def test_one_call_answers_for_one_follow_up_only() -> None:
    # On 03/02/2026, M+3 is open since 26/01/2026; the call of December answered for M+1.
    assert follow_ups_due(HIRED, [date(2025, 12, 12)], date(2026, 2, 3)) == ((3, date(2026, 2, 10)),)
    assert follow_ups_due(HIRED, [date(2025, 12, 12), date(2026, 2, 1)], date(2026, 2, 3)) == ()


def test_a_missed_follow_up_stays_on_the_list() -> None:
    assert follow_ups_due(HIRED, [date(2026, 2, 1)], date(2026, 2, 3)) == ((1, date(2025, 12, 10)),)


def test_of_somebody_of_whom_nothing_is_known_everything_is_asked() -> None:
    asked = missing_questions(None, commune=None, projects=0, address="/participants/x")
    assert len(asked) == 7
    assert asked[0].address == "/participants/x/identite"
    assert all(one.sentence.endswith("\u202f?") for one in asked)


def profile_with(care: Care) -> ProfileRow:
    return ProfileRow(
        person_id=1,
        territory_id=1,
        availability=AvailabilityUnknown(),
        care=care,
        modes=Modes(**{mode.value: Answer.UNKNOWN for mode in Mode if mode is not Mode.SHUTTLE}),
        physical=Physical(**{demand.value: Answer.UNKNOWN for demand in PhysicalDemand}),
    )


def test_only_the_weeks_not_explored_are_asked() -> None:
    days = every_day(480, 1020)
    assert care_question(profile_with(NoCareNeed())) == ""
    assert care_question(profile_with(CareWindows(children=(child(days, days),)))) == ""
    assert (
        care_question(profile_with(CareWindows(children=(child(days, None),))))
        == "Qui garde les enfants, et à quelles heures pendant les vacances scolaires\u202f?"
    )
