from datetime import date
from decimal import Decimal

import msgspec
import pytest

from clauses import (
    AmountBasis,
    Avenant,
    Calibrated,
    Calibration,
    CreditNote,
    Event,
    ExtensionOfTime,
    Fixed,
    Formula,
    Invoice,
    LabourHours,
    OrderToStart,
    PerAmount,
    PercentOfHoursWorked,
    PurchaseOrder,
    Reconduction,
    Resiliation,
    ResiliationEffect,
    Rounding,
    StaffCounted,
    ThresholdMeaning,
    TrancheAffirmed,
    Withdrawal,
    hours_due_at,
    hours_expected_at,
    hours_forecast_at,
)
from clauses.calibration import ProrataNewStaff
from tests.clauses.personas import at, notification, school_formula

LATER = at(date(2030, 1, 1))


def due(*events: Event, on: date = date(2026, 12, 31)) -> int | None:
    return hours_due_at(events, on, LATER).hours


def avenant(amount: int = 0, hours: int = 0, on: date = date(2026, 7, 1)) -> Avenant:
    return Avenant(
        id=f"avenant-{on}", on=on, known_at=at(on), amount=Decimal(amount), hours=hours, new_end=None
    )


def invoice(amount: int, on: date = date(2026, 3, 31), known: date | None = None) -> Invoice:
    return Invoice(
        id=f"facture-{on}", on=on, known_at=at(known or on), reference="F1", amount=Decimal(amount)
    )


def per_tranche(meaning: ThresholdMeaning, **changes: object) -> PerAmount:
    """CCAP21: 1 h per 2,000 € invoiced, threshold 2.7 M€."""
    base = PerAmount(
        tranche=Decimal(2000),
        hours_per_tranche=100,
        basis=AmountBasis.INVOICED,
        threshold=Decimal(2_700_000),
        meaning=meaning,
    )
    return msgspec.structs.replace(base, **changes)


def test_a_million_euros_at_five_percent_of_half_labour_owes_833_hours() -> None:
    # 1 000 000 × 0,50 × 0,05 = 25 000 €; ÷ 30 = 833,33… h; floor to the hour: 833 h (S77).
    assert due(notification(school_formula())) == 83300


def test_a_million_and_a_half_at_ten_percent_of_seventy_owes_3500_hours() -> None:
    # 1 500 000 × 0,70 × 0,10 ÷ 30 = 105 000 ÷ 30 = 3 500 h exactly (ALES).
    formula = Formula(
        amount=Decimal(1_500_000), labour_share=Decimal("0.7"), rate=Decimal("0.1"), hourly_cost=Decimal(30)
    )
    assert due(notification(formula)) == 350000


@pytest.mark.parametrize(
    ("rounding", "hundredths"),
    # 1 250 000 × 0,5 × 0,05 ÷ 30 = 1 041,666… h
    [(Rounding.FLOOR_HOUR, 104100), (Rounding.NEAREST_HOUR, 104200), (Rounding.HUNDREDTH, 104167)],
)
def test_rounding_is_a_parameter_applied_once_at_the_end(rounding: Rounding, hundredths: int) -> None:
    assert due(notification(school_formula(1_250_000), rounding)) == hundredths


def test_exact_amounts_are_added_before_they_are_rounded() -> None:
    # Base 833,33… + avenant 100 000 € (83,33…) = 916,66… -> 916 h; rounding each would give 833 + 83 = 916,
    # so two avenants of 100 000: 833,33 + 83,33 + 83,33 = 1 000 h exactly, where rounding each gives 999.
    events = (notification(school_formula()), avenant(100_000), avenant(100_000, on=date(2026, 8, 1)))
    assert due(*events) == 100000


@pytest.mark.parametrize(
    ("invoiced", "meaning", "hundredths"),
    [
        (2_690_000, ThresholdMeaning.TRIGGER, 0),
        (2_690_000, ThresholdMeaning.FRANCHISE, 0),
        (2_710_000, ThresholdMeaning.TRIGGER, 135500),  # 2 710 000 ÷ 2 000 = 1 355
        (2_710_000, ThresholdMeaning.FRANCHISE, 500),  # 10 000 ÷ 2 000 = 5
        (3_000_000, ThresholdMeaning.TRIGGER, 150000),  # 3 000 000 ÷ 2 000 = 1 500
        (3_000_000, ThresholdMeaning.FRANCHISE, 15000),  # 300 000 ÷ 2 000 = 150
        (2_700_000, ThresholdMeaning.TRIGGER, 135000),  # reached when equal: 2 700 000 ÷ 2 000 = 1 350
        (2_700_000, ThresholdMeaning.FRANCHISE, 0),  # nothing beyond
    ],
)
def test_a_threshold_is_read_as_trigger_or_as_franchise(
    invoiced: int, meaning: ThresholdMeaning, hundredths: int
) -> None:
    assert due(notification(per_tranche(meaning)), invoice(invoiced)) == hundredths


def test_a_threshold_may_be_told_to_be_passed_not_only_reached() -> None:
    method = per_tranche(ThresholdMeaning.TRIGGER, reached_at_equal=False)
    assert due(notification(method), invoice(2_700_000)) == 0


def test_only_complete_tranches_count_when_the_contract_says_so() -> None:
    # 3 999 € holds one complete tranche of 2 000 €; in proportion it would be 1,9995 h.
    method = per_tranche(ThresholdMeaning.TRIGGER, threshold=Decimal(0), complete_tranches_only=True)
    assert due(notification(method, Rounding.HUNDREDTH), invoice(3_999)) == 100
    loose = msgspec.structs.replace(method, complete_tranches_only=False)
    assert due(notification(loose, Rounding.HUNDREDTH), invoice(3_999)) == 200


def test_a_credit_note_brings_the_due_back_and_keeps_the_history() -> None:
    credit = CreditNote(
        id="avoir",
        on=date(2026, 5, 10),
        known_at=at(date(2026, 5, 10)),
        reference="A1",
        amount=Decimal(20_000),
    )
    events = (notification(per_tranche(ThresholdMeaning.TRIGGER)), invoice(2_710_000), credit)
    assert due(*events, on=date(2026, 5, 9)) == 135500
    after = hours_due_at(events, date(2026, 5, 10), LATER)
    assert after.hours == 0
    assert [x.due_after for x in after.lines] == [0, 135500, 0]
    assert "2\u202f690\u202f000\u202f€" in after.lines[-1].sentence


def test_an_avenant_raises_the_due_from_its_date_only() -> None:
    # (1 000 000 + 250 000) × 0,5 × 0,05 ÷ 30 = 1 041,67 -> 1 041 h.
    events = (notification(school_formula()), avenant(250_000))
    assert due(*events, on=date(2026, 6, 30)) == 83300
    assert due(*events, on=date(2026, 7, 1)) == 104100


def test_before_the_notification_nothing_is_due() -> None:
    assert due(notification(school_formula()), on=date(2025, 12, 31)) == 0


def test_without_a_calibration_the_due_is_unknown_not_zero() -> None:
    bare = msgspec.structs.replace(notification(school_formula()), calibration=None)
    result = hours_due_at((bare,), date(2026, 2, 1), LATER)
    assert result.hours is None
    assert result.unknown == "Le lot n’est pas encore calibré."


def test_the_due_is_never_negative() -> None:
    events = (notification(Fixed(hours=10000)), avenant(hours=-25000))
    assert due(*events) == 0


def test_an_optional_tranche_owes_nothing_until_it_is_affirmed() -> None:
    tranche = TrancheAffirmed(
        id="t",
        on=date(2026, 9, 1),
        known_at=at(date(2026, 9, 1)),
        label="Tranche 2",
        amount=Decimal(0),
        hours=40000,
    )
    events = (notification(Fixed(hours=60000)), tranche)
    assert due(*events, on=date(2026, 8, 31)) == 60000
    assert due(*events, on=date(2026, 9, 1)) == 100000


def test_a_percentage_of_hours_is_unknown_until_the_hours_are_told() -> None:
    start = notification(PercentOfHoursWorked(rate=Decimal("0.05")))
    assert due(start) is None
    # 12 000 h × 5 % = 600 h; told again as 12 500 h for the same quarter: 625 h, not 1 225.
    first = LabourHours(
        id="h1",
        on=date(2026, 3, 31),
        known_at=at(date(2026, 4, 5)),
        company_id="c",
        period_start=date(2026, 1, 1),
        hours=1_200_000,
    )
    again = msgspec.structs.replace(first, id="h2", known_at=at(date(2026, 4, 20)), hours=1_250_000)
    assert due(start, first) == 60000
    assert due(start, first, again) == 62500


def test_staff_taken_over_by_law_does_not_count() -> None:
    # 1 200 h × 3 new ÷ 8 in all = 450 h.
    start = notification(ProrataNewStaff(base_hours=120000, new_staff=None, all_staff=None))
    assert due(start) is None
    staff = StaffCounted(id="s", on=date(2026, 2, 1), known_at=at(date(2026, 2, 1)), new_staff=3, all_staff=8)
    assert due(start, staff) == 45000


def test_a_new_calibration_stands_alone_from_its_date() -> None:
    again = Calibrated(
        id="c2",
        on=date(2026, 10, 1),
        known_at=at(date(2026, 10, 1)),
        calibration=Calibration(version=2, method=Fixed(hours=90000), rounding=Rounding.FLOOR_HOUR),
    )
    events = (notification(school_formula()), avenant(250_000), again)
    assert due(*events, on=date(2026, 9, 30)) == 104100
    assert due(*events, on=date(2026, 10, 1)) == 90000


def test_late_news_does_not_change_a_past_bilan() -> None:
    # An invoice of March is learnt in May: the bilan of 15/04 did not hold it, that of June does.
    method = per_tranche(ThresholdMeaning.TRIGGER, threshold=Decimal(0))
    events = (
        notification(method),
        invoice(40_000),
        invoice(60_000, on=date(2026, 3, 30), known=date(2026, 5, 20)),
    )
    march = date(2026, 3, 31)
    assert hours_due_at(events, march, at(date(2026, 4, 15))).hours == 2000  # 40 000 ÷ 2 000
    assert hours_due_at(events, march, at(date(2026, 6, 15))).hours == 5000  # 100 000 ÷ 2 000


def test_a_slip_taken_back_still_shows_in_the_bilan_made_with_it() -> None:
    slip = avenant(250_000, on=date(2026, 2, 1))
    withdrawal = Withdrawal(
        id="w", on=date(2026, 2, 1), known_at=at(date(2026, 5, 2)), event_id=slip.id, reason="Autre marché"
    )
    events = (notification(school_formula()), slip, withdrawal)
    assert hours_due_at(events, date(2026, 3, 31), at(date(2026, 4, 15))).hours == 104100
    assert hours_due_at(events, date(2026, 3, 31), at(date(2026, 6, 15))).hours == 83300


def test_a_resiliation_may_keep_reduce_or_set_the_due() -> None:
    def ended(effect: ResiliationEffect, hours: int = 0) -> int | None:
        end = Resiliation(
            id="r", on=date(2026, 3, 14), known_at=at(date(2026, 3, 14)), effect=effect, hours=hours
        )
        return due(notification(Fixed(hours=36500), Rounding.HUNDREDTH), end)

    assert ended(ResiliationEffect.KEPT) == 36500
    # 01/01 to 14/03/2026: 31 + 28 + 14 = 73 days of 365: one fifth of 365 h = 73 h.
    assert ended(ResiliationEffect.PRORATA_TIME) == 7300
    assert ended(ResiliationEffect.SET, 12000) == 12000


def test_a_reconduction_adds_its_own_hours() -> None:
    more = Reconduction(
        id="rec",
        on=date(2027, 1, 1),
        known_at=at(date(2026, 11, 1)),
        amount=Decimal(0),
        hours=50000,
        new_end=date(2027, 12, 31),
    )
    events = (notification(Fixed(hours=60000)), more)
    assert due(*events, on=date(2026, 12, 31)) == 60000
    assert due(*events, on=date(2027, 1, 1)) == 110000


def test_the_expected_line_follows_the_days_from_the_order_to_start() -> None:
    # Order to start on 01/07/2026, end 31/12/2026: 184 days. At the close of 31/08: 62 days.
    # 368 h × 62 ÷ 184 = 124 h exactly.
    start = OrderToStart(id="os", on=date(2026, 7, 1), known_at=at(date(2026, 6, 20)))
    events = (notification(Fixed(hours=36800)), start)
    assert hours_expected_at(events, date(2026, 8, 31), LATER).hours == 12400
    assert hours_expected_at(events, date(2027, 3, 1), LATER).hours == 36800


def test_an_extension_of_time_slows_the_pace_and_leaves_the_due() -> None:
    # 01/01/2026 to 31/12/2027: 730 days; at 31/12/2026, 365 days: half of 400 h.
    more = ExtensionOfTime(
        id="e", on=date(2026, 6, 1), known_at=at(date(2026, 6, 1)), new_end=date(2027, 12, 31)
    )
    events = (notification(Fixed(hours=40000)), more)
    assert hours_expected_at(events, date(2026, 12, 31), LATER).hours == 20000
    assert due(*events) == 40000


def test_the_forecast_consumes_each_order_over_its_own_days() -> None:
    # 60 000 € from 01/04 to 30/04 (30 days): at the close of 10/04, 10 ÷ 30 = 20 000 €, 10 h;
    # nothing is invoiced yet, so nothing is due.
    order = PurchaseOrder(
        id="bc",
        on=date(2026, 3, 20),
        known_at=at(date(2026, 3, 20)),
        reference="BC 1",
        amount=Decimal(60_000),
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 30),
    )
    events = (notification(per_tranche(ThresholdMeaning.TRIGGER, threshold=Decimal(0))), order)
    assert hours_forecast_at(events, date(2026, 4, 10), LATER).hours == 1000
    assert hours_forecast_at(events, date(2026, 5, 1), LATER).hours == 3000
    assert due(*events) == 0


def test_the_explanation_shows_the_computation_and_the_rounding() -> None:
    explanation = " ".join(
        hours_due_at((notification(school_formula()),), date(2026, 2, 1), LATER).explanation
    )
    assert "1\u202f000\u202f000\u202f€ × 50\u202f% × 5\u202f% ÷ 30\u202f€ = 833,33\u202fh" in explanation
    assert "à l’heure inférieure\u202f: 833\u202fh" in explanation


def test_a_withdrawal_may_itself_be_withdrawn() -> None:
    added = avenant(250_000, on=date(2026, 2, 1))
    day = date(2026, 5, 2)
    first = Withdrawal(id="w1", on=day, known_at=at(day), event_id=added.id, reason="Doute")
    second = Withdrawal(
        id="w2", on=day, known_at=at(date(2026, 6, 2)), event_id="w1", reason="L’avenant était bon"
    )
    assert due(notification(school_formula()), added, first) == 83300
    assert due(notification(school_formula()), added, first, second) == 104100


def test_a_due_set_by_a_resiliation_says_so() -> None:
    day = date(2026, 3, 14)
    end = Resiliation(id="r", on=day, known_at=at(day), effect=ResiliationEffect.SET, hours=12000)
    answer = hours_due_at((notification(Fixed(hours=36500)), end), date(2026, 4, 1), LATER)
    assert answer.explanation == ("Obligation fixée à 120\u202fh par la résiliation.",)
