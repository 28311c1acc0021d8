"""The fifteen edge cases of the field, as far as the core decides them; each carries its arithmetic."""

from datetime import date
from decimal import Decimal

import msgspec

from clauses import (
    FOR_THE_FACILITATOR,
    Accept,
    Allocation,
    AmountBasis,
    Avenant,
    CreditNote,
    Declaration,
    EmployerKind,
    EmploymentKind,
    EndReason,
    Fixed,
    HealthLimits,
    Invoice,
    Move,
    PartyRole,
    PerAmount,
    PerDayLate,
    Replacement,
    Rules,
    Spell,
    State,
    StepChangeKind,
    SurplusPolicy,
    ThresholdMeaning,
    TransferMode,
    Waiver,
    accept,
    allocate,
    bilan,
    cancel,
    declare,
    differences,
    give_visa,
    groupement_debts,
    hours_due_at,
    hours_expected_at,
    hours_forecast_at,
    pace_window,
    progress,
    record,
    retroactive_start,
    simulate,
    supersede,
    titulaire_debts,
    validated_hours,
)
from tests.clauses.personas import (
    AWA,
    BRUNO,
    COLAS,
    HOLIDAYS,
    ON,
    PEINTRE,
    RENOV,
    TREMPLIN,
    at,
    codes,
    command,
    context,
    declared,
    line,
    lot,
    notification,
    other,
    party,
    period,
    placement,
    rules_of,
    school_formula,
    validated,
)

MARCH = date(2027, 3, 1)
STAY = Spell(id="parcours-awa", person_id=AWA, starts_on=date(2026, 9, 1), ends_on=None)
LATER = at(date(2030, 1, 1))


def test_01_a_correction_after_validation_leaves_the_first_bilan_and_shows_minus_18_in_the_next() -> None:
    # 120 h in March, corrected to 102 h in May: −18 h.
    first = validated(
        declared(line(12000, month=MARCH), period_start=MARCH, with_context=context(on=date(2027, 4, 2))),
        date(2027, 4, 6),
    )
    ctx = context(on=date(2027, 5, 18), history=(first,))
    second = declared(
        line(10200, month=MARCH), period_start=MARCH, id="v2", reason="Relevé erroné", with_context=ctx
    )
    replaced = supersede(first)
    assert isinstance(replaced, Declaration)
    versions = (replaced, validated(second, date(2027, 5, 20)))
    q1 = bilan("lot-1", (), versions, date(2027, 3, 31), at(date(2027, 4, 15)))
    q2 = bilan("lot-1", (), versions, date(2027, 6, 30), at(date(2027, 7, 15)))
    assert (q1.validated, q2.validated) == (12000, 10200)
    assert [d.after - d.before for d in differences(q1, q2)] == [-1800]
    assert (second.correction_reason, second.supersedes) == ("Relevé erroné", first.id)


def test_02_a_declaration_sent_twice_is_refused_and_two_companies_for_one_person_are_held() -> None:
    sent = declared(line(14000))
    assert codes(declare(command(line(14000), id="v2"), context(history=(sent,)))) == {"deja_envoyee"}
    lent = placement(legal_employer_id=TREMPLIN, legal_employer_kind=EmployerKind.ETTI)
    ctx = context(placements=(lent,), others=(other(14000, COLAS, lot_id="lot-1"),))
    agency = declared(line(14000), company_id=TREMPLIN, with_context=ctx)
    assert rules_of(agency) == ["R05", "R09"]  # 140 + 140 = 280 h, above 208, until a source is chosen
    assert {f.firm for f in agency.findings} == {FOR_THE_FACILITATOR}


def test_03_one_person_on_two_lots_in_a_month_is_allowed_up_to_the_legal_maximum() -> None:
    # 100 h here and 90 h there: 190 h, below 190,67 h.
    assert rules_of(declared(line(10000), with_context=context(others=(other(9000, COLAS),)))) == []


def test_04_above_the_legal_month_a_motivated_override_is_possible() -> None:
    # 130 h + 80 h = 210 h, above 208 h.
    version = declared(line(13000), with_context=context(others=(other(8000),)))
    assert rules_of(version) == ["R05"]
    waiver = Waiver(rule_id="R05", line_id=None, reason="Dérogation", author_id="ines", at=at(ON))
    accepted = accept(version, Accept(author_id="ines", at=at(ON), waivers=(waiver,)))
    assert isinstance(accepted, Declaration)
    assert validated_hours(accepted) == 13000


def test_05_only_the_intersection_with_eligibility_counts() -> None:
    # 14 000 × 13 ÷ 19 = 9 578,9: declared 140 h, countable 95,78 h.
    version = declared(line(14000), with_context=context(periods=(period(starts_on=date(2027, 1, 13)),)))
    assert version.lines[0].countable == 9578
    assert "140\u202fh déclarées, 95,78\u202fh comptées — éligible à partir du 13" in version.findings[0].firm


def test_06_a_late_proof_counts_from_its_date_or_with_the_grace_of_the_marche() -> None:
    started, proof = date(2027, 1, 3), date(2027, 1, 20)
    assert retroactive_start(started, proof, None) == proof
    assert retroactive_start(started, proof, 10) == date(2027, 1, 10)
    assert retroactive_start(started, proof, 31) == started


def test_07_an_avenant_raises_the_due_and_progress_before_it_stays_on_the_old_base() -> None:
    # 416,50 h validated: 416,5 ÷ 833 = 50 % on 30/06; 416,5 ÷ 1 041 = 40,00 % on 01/07 (41650 × 10 000 ÷
    # 104 100 = 4 000,96 -> 4000).
    more = Avenant(
        id="a",
        on=date(2026, 7, 1),
        known_at=at(date(2026, 7, 1)),
        amount=Decimal(250_000),
        hours=0,
        new_end=None,
    )
    events = (notification(school_formula()), more)
    shares = []
    for on in (date(2026, 6, 30), date(2026, 7, 1)):
        shown = progress(
            due=hours_due_at(events, on, LATER),
            forecast=hours_forecast_at(events, on, LATER),
            expected=hours_expected_at(events, on, LATER),
            window=pace_window(events, on, LATER),
            versions=(),
            moved_in=41650,
            moved_out=0,
            on=on,
            limits=HealthLimits(at_risk_points=10, late_points=25),
        )
        shares.append((shown.due, shown.hours_share))
    assert shares == [(83300, 5000), (104100, 4000)]


def test_08_a_contractor_replaced_keeps_its_hours_and_its_part_of_the_debt() -> None:
    # 365 h over 365 days; on the 73rd day 73 h are expected; it did 50: it still owes 23.
    change = Replacement(
        id="r",
        on=date(2026, 3, 14),
        known_at=at(date(2026, 3, 14)),
        leaving_company_id=COLAS,
        joining_company_id=RENOV,
        mode=TransferMode.SPLIT_BY_DATE,
    )
    events = (notification(Fixed(hours=36500)), change)
    debts = titulaire_debts(events, COLAS, {COLAS: 5000, RENOV: 1000}, date(2026, 5, 1), LATER)
    assert debts is not None
    assert [(d.company_id, d.remaining) for d in debts] == [(COLAS, 2300), (RENOV, 28200)]


def test_09_a_second_tier_subcontractor_needs_a_visa_and_an_undeclared_one_counts_nothing() -> None:
    head = party()
    first = party(RENOV, role=PartyRole.SOUS_TRAITANT, tier=1, parent_id=head.id, acte_special="AS-1")
    second = party(PEINTRE, role=PartyRole.SOUS_TRAITANT, tier=2, parent_id=first.id, acte_special="AS-2")
    person = placement(legal_employer_id=PEINTRE, user_company_id=PEINTRE)
    rules = lot(rules=Rules(visa_required=True))
    ctx = context(lot=rules, parties=(head, first, second), placements=(person,))
    sent = declared(line(14000), company_id=PEINTRE, with_context=ctx)
    assert sent.state is State.VISA_MANDATAIRE
    seen = give_visa(sent)
    assert isinstance(seen, Declaration)
    assert validated_hours(validated(seen)) == 14000
    undeclared = msgspec.structs.replace(ctx, parties=(head, first))
    version = declared(line(14000), company_id=PEINTRE, with_context=undeclared)
    assert rules_of(version) == ["R03"]
    assert version.lines[0].countable == 0


def test_10_when_a_cotraitant_leaves_the_inner_key_changes_and_the_outer_debt_does_not() -> None:
    # 900 h by 1/3 each; one leaves after 100 h: 800 h between two.
    group = tuple(
        party(c, role=PartyRole.COTRAITANT, key_share=Decimal(1), ends_on=end)
        for c, end in ((COLAS, None), (RENOV, None), (PEINTRE, date(2027, 3, 31)))
    )
    debts = groupement_debts(group, 90000, {PEINTRE: 10000}, date(2027, 4, 1))
    assert {d.company_id: d.due for d in debts} == {COLAS: 40000, RENOV: 40000, PEINTRE: 10000}


def test_11_a_threshold_passed_then_unpassed_by_a_credit_note() -> None:
    method = PerAmount(
        tranche=Decimal(2000),
        hours_per_tranche=100,
        basis=AmountBasis.INVOICED,
        threshold=Decimal(2_700_000),
        meaning=ThresholdMeaning.TRIGGER,
    )
    day_one, day_two = date(2026, 3, 1), date(2026, 4, 1)
    bill = Invoice(id="f", on=day_one, known_at=at(day_one), reference="F1", amount=Decimal(2_710_000))
    credit = CreditNote(id="c", on=day_two, known_at=at(day_two), reference="A1", amount=Decimal(20_000))
    events = (notification(method), bill, credit)
    assert hours_due_at(events, date(2026, 3, 31), LATER).hours == 135500
    assert hours_due_at(events, day_two, LATER).hours == 0


def test_12_someone_who_gives_up_keeps_the_hours_validated_and_her_step_ends() -> None:
    left = placement(ended_on=date(2027, 1, 22), end_reason=EndReason.ABANDON)
    version = validated(declared(line(9000), with_context=context(placements=(left,))))
    (change,) = record(version, (left,), (STAY,), (), HOLIDAYS)
    assert (change.hours_after, change.step.ends_on) == (9000, date(2027, 1, 22))


def test_13_a_conversion_to_cdi_still_counts_after_the_period_would_have_ended() -> None:
    # Eligible to 31/12/2026, CDI on 01/12/2026: January 2027 still counts.
    held = period(starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31), cdi_hired_on=date(2026, 12, 1))
    person = placement(employment_kind=EmploymentKind.CDI, planned_ends_on=None)
    ctx = context(periods=(held,), placements=(person,))
    assert declared(line(14000), with_context=ctx).lines[0].countable == 14000
    fixed_term = context(periods=(held,), placements=(placement(),))
    assert declared(line(14000), with_context=fixed_term).lines[0].countable == 0
    without = msgspec.structs.replace(held, cdi_hired_on=None)
    ctx = context(periods=(without,), placements=(person,))
    assert declared(line(14000), with_context=ctx).lines[0].countable == 0


def test_14_a_surplus_is_shown_moved_under_policy_and_given_back_when_cancelled() -> None:
    # 100 h due, 140 h done: 40 h beyond, moved to lot 2, then cancelled.
    same = Rules(surplus_policy=SurplusPolicy.SAME_BUYER)
    version = validated(declared(line(14000)))
    here, there = context(lot=lot(rules=same)), context(lot=lot(id="lot-2", number="2", rules=same))
    move = Move(id="p", line_id=line().id, hours=4000, consents=frozenset(), author_id="ines", at=at(ON))
    allocation = allocate(move, version, here, there, ())
    assert isinstance(allocation, Allocation)
    back = cancel(allocation, at(ON), "Lot clos")
    assert isinstance(back, Allocation)
    assert allocate(move, version, here, there, (back,)) == allocation
    forbidden = context(lot=lot(id="lot-2", number="2"))
    assert codes(allocate(move, version, here, forbidden, ())) == {"politique"}


def test_15_an_explicit_nothing_is_an_answer_and_stops_the_clock_silence_does_not() -> None:
    nothing = validated(declared(nothing=True))
    assert nothing.state is State.VALIDEE
    notice = date(2027, 2, 16)
    silent = PerDayLate(rate=Decimal(75), formal_notice_on=notice, stopped_on=None)
    answered = PerDayLate(rate=Decimal(75), formal_notice_on=notice, stopped_on=date(2027, 2, 18))
    # 28/02 − 16/02 = 12 days × 75 = 900 €; 18/02 − 16/02 = 2 days × 75 = 150 €.
    assert simulate(silent, 0, date(2027, 2, 28)).amount == Decimal("900.00")
    assert simulate(answered, 0, date(2027, 2, 28)).amount == Decimal("150.00")


def test_one_head_two_placements_are_two_steps() -> None:
    second = placement(id="emploi-awa-2", employment_kind=EmploymentKind.CDI)
    both = declared(
        line(7000),
        msgspec.structs.replace(line(6000), id="autre", placement_id="emploi-awa-2"),
        with_context=context(placements=(placement(), second)),
    )
    changes = record(validated(both), (placement(), second), (STAY,), (), HOLIDAYS)
    assert [c.kind for c in changes] == [StepChangeKind.OPENED, StepChangeKind.OPENED]
    assert BRUNO not in {c.step.person_id for c in changes}
