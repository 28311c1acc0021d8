from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from clauses import (
    Actor,
    Calendar,
    Declaration,
    ExpectedReport,
    Health,
    LotState,
    PartyRole,
    PenaltyCase,
    Rules,
    Task,
    Window,
    expected_reports,
    give_back,
    next_action,
    next_actions,
)
from tests.clauses.personas import COLAS, ON, PEINTRE, at, context, declared, line, lot, party, placement

YEAR = Window(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
QUIET = LotState(
    window=YEAR,
    due=36500,
    calibrated=True,
    remaining=36500,
    health=Health.ON_TRACK,
    versions=(),
    expected=(),
    parties=(party(),),
    deadline_days=15,
    control_days=15,
    late_since=None,
    on=ON,
    zone=ZoneInfo("Europe/Paris"),
)
JANUARY = ExpectedReport(company_id=COLAS, period_start=date(2027, 1, 1), period_end=date(2027, 1, 31))


def state(**changes: object) -> LotState:
    return msgspec.structs.replace(QUIET, **changes)


def test_a_lot_where_nothing_is_awaited_has_no_next_action() -> None:
    assert next_action(QUIET) is None


def test_a_month_over_waits_for_the_firm_from_the_first_to_the_fifteenth() -> None:
    action = next_action(state(expected=(JANUARY,)))
    assert action is not None
    assert (action.actor, action.company_id, action.task) == (Actor.FIRM, COLAS, Task.DECLARE)
    assert (action.since, action.before, action.late) == (date(2027, 2, 1), date(2027, 2, 15), False)
    assert action.sentence == (
        "L’entreprise doit déclarer les heures de janvier 2027, ou dire «\u202faucune heure\u202f», "
        "depuis le 01/02/2027, avant le 15/02/2027."
    )


def test_a_month_past_its_date_is_late_by_so_many_days() -> None:
    action = next_action(state(expected=(JANUARY,), on=date(2027, 2, 20)))
    assert action is not None
    assert action.late
    assert action.sentence.endswith("avant le 15/02/2027\u202f; retard de 5 j.")


def test_a_draft_is_not_yet_an_answer() -> None:
    draft = declared(line(14000), submit=False)
    action = next_action(state(expected=(JANUARY,), versions=(draft,)))
    assert action is not None
    assert action.task is Task.DECLARE


def test_a_month_sent_waits_for_the_facilitator() -> None:
    sent = declared(line(14000), at=at(date(2027, 2, 3)))
    action = next_action(state(expected=(JANUARY,), versions=(sent,)))
    assert action is not None
    assert (action.actor, action.task, action.subject_id) == (
        Actor.FACILITATOR,
        Task.CONTROL,
        sent.declaration_id,
    )
    assert (action.since, action.before) == (date(2027, 2, 3), date(2027, 2, 18))


def test_since_is_the_local_date_of_the_territory() -> None:
    # 23 h UTC on 03/02 is already 04/02 in Saint-Omer.
    sent = declared(line(14000), at=at(date(2027, 2, 3), 23))
    action = next_action(state(versions=(sent,)))
    assert action is not None
    assert action.since == date(2027, 2, 4)


def test_a_declaration_given_back_waits_for_the_firm() -> None:
    back = give_back(declared(line(14000)), "ines", at(date(2027, 2, 10)), "Précisez les jours.")
    assert isinstance(back, Declaration)
    action = next_action(state(versions=(back,)))
    assert action is not None
    assert (action.actor, action.task, action.since) == (Actor.FIRM, Task.CORRECT, date(2027, 2, 10))


def test_a_subcontractor_declaration_waits_for_the_mandataire() -> None:
    head = party()
    sub = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=head.id)
    ctx = context(
        lot=lot(rules=Rules(visa_required=True)),
        parties=(head, sub),
        placements=(placement(legal_employer_id=PEINTRE, user_company_id=PEINTRE),),
    )
    sent = declared(line(14000), company_id=PEINTRE, with_context=ctx)
    action = next_action(state(versions=(sent,)))
    assert action is not None
    assert (action.actor, action.company_id, action.task) == (Actor.MANDATAIRE, COLAS, Task.VISA)


def test_a_lot_without_calibration_waits_for_the_facilitator() -> None:
    action = next_action(state(due=None, calibrated=False, remaining=None, health=Health.UNKNOWN))
    assert action is not None
    assert (action.actor, action.task, action.since) == (
        Actor.FACILITATOR,
        Task.CALIBRATE,
        date(2027, 1, 1),
    )


def test_a_percentage_without_total_waits_for_the_firm() -> None:
    action = next_action(state(due=None, remaining=None, health=Health.UNKNOWN))
    assert action is not None
    assert (action.actor, action.task, action.company_id) == (Actor.FIRM, Task.TELL_LABOUR_HOURS, COLAS)


def test_a_prorata_without_headcount_asks_the_firm_for_it_and_for_no_total_of_hours() -> None:
    action = next_action(state(due=None, remaining=None, health=Health.UNKNOWN, needs_headcount=True))
    assert action is not None
    assert (action.actor, action.task, action.company_id) == (Actor.FIRM, Task.TELL_HEADCOUNT, COLAS)
    assert "doit donner l’effectif nouveau et l’effectif total" in action.sentence


def test_a_late_lot_waits_for_a_plan() -> None:
    action = next_action(state(health=Health.LATE, late_since=date(2027, 1, 20)))
    assert action is not None
    assert (action.task, action.since, action.before) == (
        Task.RECOVER,
        date(2027, 1, 20),
        date(2027, 2, 4),
    )


def test_after_the_end_the_buyer_decides_on_what_is_missing() -> None:
    action = next_action(state(on=date(2028, 1, 10), remaining=5000, health=Health.LATE))
    assert action is not None
    assert (action.actor, action.task) == (Actor.BUYER, Task.DECIDE_PENALTY)
    assert "50\u202fh non réalisées" in action.sentence
    closed = next_action(state(on=date(2028, 1, 10), remaining=0, health=Health.DONE))
    assert closed is not None
    assert closed.task is Task.CLOSE


def test_the_most_pressing_comes_first() -> None:
    sent = declared(line(14000), at=at(date(2027, 2, 3)), company_id=COLAS)
    february = ExpectedReport(company_id=COLAS, period_start=date(2027, 2, 1), period_end=date(2027, 2, 28))
    actions = next_actions(state(versions=(sent,), expected=(JANUARY, february)))
    assert [a.task for a in actions] == [Task.CONTROL, Task.DECLARE]
    assert [a.before for a in actions] == [date(2027, 2, 18), date(2027, 3, 15)]


def test_members_answer_for_every_period_and_subcontractors_when_someone_works() -> None:
    head = party()
    sub = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=head.id)
    person = placement(user_company_id=PEINTRE, starts_on=date(2027, 2, 10))
    found = expected_reports(Calendar.MONTHLY, YEAR, (head, sub), (person,), date(2027, 2, 20))
    assert [(r.company_id, r.period_start.month) for r in found] == [(COLAS, 1), (COLAS, 2), (PEINTRE, 2)]


def test_a_quarterly_marche_expects_one_answer_a_quarter() -> None:
    found = expected_reports(Calendar.QUARTERLY, YEAR, (party(),), (), date(2027, 5, 1))
    assert [(r.period_start, r.period_end) for r in found] == [
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2027, 6, 30)),
    ]


def test_a_company_that_left_answers_no_more() -> None:
    gone = party(ends_on=date(2027, 1, 31))
    found = expected_reports(Calendar.MONTHLY, YEAR, (gone,), (), date(2027, 3, 20))
    assert [r.period_start.month for r in found] == [1]


APRIL = date(2027, 4, 1)
NOTICE = PenaltyCase(
    id="p1",
    company_id=None,
    proposed_on=None,
    decided_on=None,
    formal_notice_on=APRIL,
    stopped_on=None,
)


def test_a_formal_notice_runs_days_until_it_is_answered() -> None:
    # From 01/04 to 15/04: 14 days.
    action = next_action(state(penalties=(NOTICE,), on=date(2027, 4, 15)))
    assert action is not None
    assert (action.actor, action.company_id, action.task) == (Actor.FIRM, COLAS, Task.ANSWER_NOTICE)
    assert (action.subject_id, action.since, action.late) == ("p1", APRIL, True)
    assert action.sentence.endswith("retard de 14 j.")
    answered = msgspec.structs.replace(NOTICE, stopped_on=date(2027, 4, 15))
    assert next_action(state(penalties=(answered,), on=date(2027, 4, 15))) is None
    assert next_action(state(penalties=(NOTICE,), on=date(2027, 3, 31))) is None


def test_a_penalty_proposed_waits_for_the_buyer_then_the_lot_may_be_closed() -> None:
    proposed = msgspec.structs.replace(NOTICE, formal_notice_on=None, proposed_on=date(2028, 1, 10))
    over = state(penalties=(proposed,), on=date(2028, 1, 20), remaining=1250)
    (action,) = next_actions(over)
    assert (action.actor, action.task, action.subject_id) == (Actor.BUYER, Task.DECIDE_PENALTY, "p1")
    # Proposed on 10/01, 15 days to decide.
    assert (action.since, action.before) == (date(2028, 1, 10), date(2028, 1, 25))
    decided = msgspec.structs.replace(proposed, decided_on=date(2028, 1, 18))
    (closing,) = next_actions(msgspec.structs.replace(over, penalties=(decided,)))
    assert (closing.actor, closing.task) == (Actor.FACILITATOR, Task.CLOSE)
    assert (closing.since, closing.before) == (date(2028, 1, 18), date(2028, 2, 2))


def test_what_begins_tomorrow_is_told_from_that_day_on() -> None:
    february = ExpectedReport(company_id=COLAS, period_start=date(2027, 2, 1), period_end=date(2027, 2, 28))
    action = next_action(state(expected=(february,)))  # the 5th of February
    assert action is not None
    assert action.sentence.endswith(", à partir du 01/03/2027, avant le 15/03/2027.")
