from datetime import date

import msgspec

from clauses import (
    FOR_THE_FACILITATOR,
    Declaration,
    Effect,
    Facts,
    Finding,
    LotStanding,
    check_closing,
)
from tests.clauses.personas import (
    COLAS,
    RENOV,
    at,
    context,
    declared,
    line,
    other,
    period,
    placement,
    validated,
)


def found(version: Declaration, rule_id: str) -> list[Finding]:
    return [f for f in version.findings if f.rule_id == rule_id]


def test_a_person_declared_twice_on_a_lot_is_held_without_naming_the_other() -> None:
    version = declared(line(14000), with_context=context(others=(other(12000, RENOV, lot_id="lot-1"),)))
    finding = found(version, "R09")[0]
    assert finding.effect is Effect.HOLD
    assert finding.firm == FOR_THE_FACILITATOR
    assert RENOV not in finding.referent
    assert "120\u202fh" in finding.facilitator


def test_two_lots_in_one_month_are_no_duplicate() -> None:
    assert not found(declared(line(8000), with_context=context(others=(other(6000),))), "R09")


def test_the_same_firm_on_the_same_lot_is_no_duplicate_of_itself() -> None:
    others = (other(6000, COLAS, lot_id="lot-1"),)
    assert not found(declared(line(8000), with_context=context(others=others)), "R09")


def test_hours_before_the_placement_are_held_with_its_dates() -> None:
    version = declared(line(1500, days={4: 700, 5: 800}))
    assert version.lines[0].countable == 800
    finding = found(version, "R10")[0]
    assert "04/01/2027" in finding.firm
    assert "du 05/01/2027 au 30/06/2027" in finding.firm


def test_an_eligibility_that_ends_within_thirty_days_is_announced() -> None:
    # On 05/02/2027; ends on 06/03: 29 days. On 07/03 it would be 30: silent.
    soon = context(periods=(period(ends_on=date(2027, 3, 6)),))
    assert "06/03/2027 (dans 29 jours)" in found(declared(line(), with_context=soon), "R13")[0].firm
    later = context(periods=(period(ends_on=date(2027, 3, 7)),))
    assert not found(declared(line(), with_context=later), "R13")


def test_a_proof_that_expires_is_told_to_the_facilitator_not_to_the_firm() -> None:
    soon = context(periods=(period(proof_expires_on=date(2027, 2, 15)),))
    finding = found(declared(line(), with_context=soon), "R14")[0]
    assert finding.firm == FOR_THE_FACILITATOR
    assert "15/02/2027" in finding.facilitator


def test_a_declaration_after_the_fifteenth_is_late() -> None:
    assert not found(declared(line(), with_context=context(on=date(2027, 2, 15))), "R15")
    finding = found(declared(line(), with_context=context(on=date(2027, 2, 18))), "R15")[0]
    assert "avant le 15/02/2027\u202f: 3 jours de retard" in finding.firm


def nothing_in(month: date) -> Declaration:
    version = declared(
        with_context=context(on=date(2027, 5, 1)),
        nothing=True,
        period_start=month,
        id=f"v-{month}",
        declaration_id=f"d-{month}",
    )
    return validated(version, date(2027, 5, 2))


def test_a_correction_is_no_later_than_what_it_corrects() -> None:
    # January sent on 05/02, before 15/02; corrected on 18/05. Sent first on 18/02, it stays 3 days late.
    in_time = validated(declared(line()))
    ctx = context(on=date(2027, 5, 18), history=(in_time,))
    again = {"id": "v2", "reason": "Relevé erroné", "at": at(date(2027, 5, 18))}
    assert not found(declared(line(13000), with_context=ctx, **again), "R15")
    tardy = context(on=date(2027, 2, 18))
    first = validated(declared(line(), with_context=tardy, at=at(date(2027, 2, 18))), date(2027, 2, 20))
    ctx = context(on=date(2027, 5, 18), history=(first,))
    assert "3 jours de retard" in found(declared(line(13000), with_context=ctx, **again), "R15")[0].firm


def test_three_months_running_without_hours_while_some_are_due_is_a_warning() -> None:
    history = (nothing_in(date(2027, 1, 1)), nothing_in(date(2027, 2, 1)))
    ctx = context(on=date(2027, 4, 2), history=history, standing=LotStanding(remaining=50000))
    march = declared(
        with_context=ctx, nothing=True, period_start=date(2027, 3, 1), declaration_id="d3", id="v3"
    )
    assert "3 périodes de suite" in found(march, "R16")[0].firm
    done = msgspec.structs.replace(ctx, standing=LotStanding(remaining=0))
    march = declared(
        with_context=done, nothing=True, period_start=date(2027, 3, 1), declaration_id="d3", id="v3"
    )
    assert not found(march, "R16")


def test_a_month_of_work_breaks_the_series_of_nothing() -> None:
    work = validated(
        declared(line(month=date(2027, 2, 1)), period_start=date(2027, 2, 1), declaration_id="d2")
    )
    ctx = context(
        on=date(2027, 4, 2),
        history=(nothing_in(date(2027, 1, 1)), work),
        standing=LotStanding(remaining=50000),
    )
    march = declared(
        with_context=ctx, nothing=True, period_start=date(2027, 3, 1), declaration_id="d3", id="v3"
    )
    assert not found(march, "R16")


def test_time_ahead_of_hours_by_more_than_25_points_is_a_warning() -> None:
    exactly = context(standing=LotStanding(time_share=5000, hours_share=2500))
    assert not found(declared(line(), with_context=exactly), "R17")
    beyond = context(standing=LotStanding(time_share=5001, hours_share=2500))
    assert (
        "50\u202f% du temps écoulé pour 25\u202f% des heures"
        in found(declared(line(), with_context=beyond), "R17")[0].firm
    )


def test_three_identical_months_are_noticed() -> None:
    past = tuple(
        declared(
            line(12000, month=m),
            period_start=m,
            declaration_id=f"d-{m}",
            with_context=context(on=date(2027, 4, 2)),
        )
        for m in (date(2027, 1, 1), date(2027, 2, 1))
    )
    ctx = context(on=date(2027, 4, 2), history=past)
    march = date(2027, 3, 1)
    assert found(
        declared(line(12000, month=march), period_start=march, declaration_id="d3", with_context=ctx), "R19"
    )
    assert not found(
        declared(line(12001, month=march), period_start=march, declaration_id="d3", with_context=ctx), "R19"
    )


def test_a_lot_owed_in_percentage_cannot_be_closed_without_the_total_hours() -> None:
    facts = Facts(
        declaration_id="d",
        company_id=COLAS,
        period_start=date(2027, 1, 1),
        period_end=date(2027, 1, 31),
        sent_on=date(2027, 2, 5),
        nothing=True,
        lines=(),
        context=context(standing=LotStanding(labour_hours_missing=True)),
    )
    assert [f.rule_id for f in check_closing(facts)] == ["R20"]


def test_a_closing_rule_does_not_stop_a_declaration() -> None:
    ctx = context(standing=LotStanding(labour_hours_missing=True))
    assert not found(declared(line(), with_context=ctx), "R20")


def test_a_running_placement_has_no_last_day() -> None:
    open_ended = placement(planned_ends_on=None)
    version = declared(line(), with_context=context(placements=(open_ended,)))
    assert not found(version, "R10")
    assert version.made_at == at(date(2027, 2, 5))
