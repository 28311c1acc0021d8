"""Hours that each event and each order bring. All on 1 h for 2,000 €."""

from datetime import date
from decimal import Decimal

import msgspec

from clauses import (
    OF_A_TRANCHE,
    AmountBasis,
    CreditNote,
    Event,
    Fixed,
    Invoice,
    LabourHours,
    PerAmount,
    PercentOfHoursWorked,
    PurchaseOrder,
    Reception,
    TrancheAffirmed,
    Withdrawal,
    added_to_due,
    added_to_forecast,
    part_of_tranche,
)
from tests.clauses.personas import COLAS, at, notification

LATER = at(date(2030, 1, 1))
BY_ORDER = PerAmount(tranche=Decimal(2000), hours_per_tranche=100, basis=AmountBasis.ORDERED)
BY_INVOICE = msgspec.structs.replace(BY_ORDER, basis=AmountBasis.INVOICED)


def order(name: str, amount: int, on: date) -> PurchaseOrder:
    return PurchaseOrder(
        id=name, on=on, known_at=at(on), reference=name, amount=Decimal(amount), starts_on=on, ends_on=on
    )


FIRST, SECOND = order("BC1", 20_000, date(2026, 2, 1)), order("BC2", 30_000, date(2026, 3, 1))


def events(method: object, *more: Event) -> tuple[Event, ...]:
    return (notification(method), *more)


def test_each_order_adds_its_hours_to_what_is_due() -> None:
    # 20 000 ÷ 2 000 = 10 h; 30 000 ÷ 2 000 = 15 h.
    assert added_to_due(events(BY_ORDER, SECOND, FIRST), LATER) == {
        "notification": 0,
        "BC1": 1000,
        "BC2": 1500,
    }


def test_the_order_that_passes_a_trigger_brings_the_hours_of_those_before_it() -> None:
    # Nothing at 20 000 €; at 50 000 €, over 45 000 €, all of them: 25 h.
    method = msgspec.structs.replace(BY_ORDER, threshold=Decimal(45_000))
    told = added_to_due(events(method, FIRST, SECOND), LATER)
    assert (told["BC1"], told["BC2"]) == (0, 2500)


def test_an_order_taken_back_adds_nothing_and_is_not_listed() -> None:
    taken_back = Withdrawal(
        id="a1", on=FIRST.on, known_at=at(date(2026, 4, 1)), event_id="BC1", reason="Doublon"
    )
    all_told = events(BY_ORDER, FIRST, SECOND, taken_back)
    assert added_to_due(all_told, LATER) == {"notification": 0, "BC2": 1500}
    assert added_to_forecast(all_told, LATER) == {"BC2": 1500}


def test_a_total_that_was_awaited_adds_hours_that_nobody_can_tell() -> None:
    # Not known before it: 5 % of 1 000 h is the due after it, not what it added.
    total = LabourHours(
        id="t1",
        on=date(2026, 2, 1),
        known_at=at(date(2026, 2, 1)),
        company_id=COLAS,
        period_start=date(2026, 1, 1),
        hours=100_000,
    )
    method = PercentOfHoursWorked(rate=Decimal("0.05"))
    assert added_to_due(events(method, total), LATER) == {"notification": None, "t1": None}


def test_an_order_promises_hours_that_only_its_invoices_make_due() -> None:
    told = events(BY_INVOICE, FIRST, SECOND)
    assert added_to_due(told, LATER) == {"notification": 0, "BC1": 0, "BC2": 0}
    assert added_to_forecast(told, LATER) == {"BC1": 1000, "BC2": 1500}


def test_orders_promise_nothing_where_the_method_does_not_follow_amounts() -> None:
    assert added_to_forecast(events(Fixed(hours=10_000), FIRST), LATER) == {}
    assert added_to_forecast((FIRST,), LATER) == {}


def test_a_tranche_sums_its_orders_and_its_invoices_net_of_credit_notes() -> None:
    on = date(2026, 2, 1)
    firm = TrancheAffirmed(id="tf", on=on, known_at=at(on), label="T2", amount=Decimal(0), hours=10_000)
    bill = Invoice(id="f1", on=on, known_at=at(on), reference="F1", amount=Decimal(12_000))
    note = CreditNote(id="av1", on=on, known_at=at(on), reference="AV1", amount=Decimal("2000.50"))
    own = (firm, FIRST, SECOND, bill, note)
    owed = {"tf": 10_000, "BC1": 0, "BC2": 0, "f1": 600, "av1": -100}
    part = part_of_tranche(own, owed, {"BC1": 1000, "BC2": 1500})
    assert (part.firm, part.orders, part.ordered) == (firm, 2, Decimal(50_000))
    assert part.invoiced == Decimal("9999.50")
    # 100 + 6 − 1 = 105 h owed; 10 + 15 = 25 h promised.
    assert (part.owed, part.promised) == (10_500, 2500)


def test_a_tranche_is_not_known_as_soon_as_one_of_its_events_is_not() -> None:
    part = part_of_tranche((FIRST, SECOND), {"BC1": 1000, "BC2": None}, {})
    assert (part.owed, part.promised) == (None, None)


def test_what_ends_or_counts_a_whole_lot_belongs_to_no_tranche() -> None:
    assert PurchaseOrder in OF_A_TRANCHE
    assert Reception not in OF_A_TRANCHE
    assert LabourHours not in OF_A_TRANCHE
