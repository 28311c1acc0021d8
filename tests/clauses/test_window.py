from datetime import date
from decimal import Decimal
from fractions import Fraction

from clauses import (
    Avenant,
    Event,
    ExtensionOfTime,
    Fixed,
    OrderToStart,
    Reception,
    Resiliation,
    ResiliationEffect,
    elapsed_share,
    pace_window,
    window_at,
)
from tests.clauses.personas import at, notification

KNOWN = at(date(2030, 1, 1))
START = notification(Fixed(hours=10000))


def end_of(*events: Event, on: date = date(2026, 12, 31)) -> date:
    window = window_at((START, *events), on, KNOWN)
    assert window is not None
    return window.ends_on


def longer(on: date, new_end: date) -> ExtensionOfTime:
    return ExtensionOfTime(id=f"e-{on}", on=on, known_at=at(on), new_end=new_end)


def test_before_the_notification_a_lot_has_no_dates() -> None:
    assert window_at((START,), date(2025, 12, 31), KNOWN) is None
    assert pace_window((), date(2026, 1, 1), KNOWN) is None


def test_the_end_moves_with_each_extension_from_its_date() -> None:
    first = longer(date(2026, 5, 1), date(2027, 3, 31))
    assert end_of(first, on=date(2026, 4, 30)) == date(2026, 12, 31)
    assert end_of(first, on=date(2026, 5, 1)) == date(2027, 3, 31)
    amended = Avenant(
        id="a",
        on=date(2026, 6, 1),
        known_at=at(date(2026, 6, 1)),
        amount=Decimal(0),
        hours=0,
        new_end=date(2027, 6, 30),
    )
    assert end_of(first, amended) == date(2027, 6, 30)


def test_an_avenant_on_money_alone_leaves_the_end() -> None:
    amended = Avenant(
        id="a", on=date(2026, 6, 1), known_at=at(date(2026, 6, 1)), amount=Decimal(1), hours=0, new_end=None
    )
    assert end_of(amended) == date(2026, 12, 31)


def test_reception_and_resiliation_close_the_lot() -> None:
    day = date(2026, 9, 15)
    assert end_of(Reception(id="r", on=day, known_at=at(day))) == day
    broken = Resiliation(id="x", on=day, known_at=at(day), effect=ResiliationEffect.KEPT, hours=0)
    assert end_of(broken) == day


def test_works_may_be_received_late() -> None:
    day = date(2027, 1, 20)
    assert end_of(Reception(id="r", on=day, known_at=at(day)), on=day) == day


def test_pace_begins_with_the_order_to_start() -> None:
    order = OrderToStart(id="os", on=date(2026, 3, 1), known_at=at(date(2026, 2, 20)))
    window = pace_window((START, order), date(2026, 4, 1), KNOWN)
    assert window is not None
    assert window.starts_on == date(2026, 3, 1)


def test_time_passes_day_by_day_both_ends_counted() -> None:
    # 01/01 to 10/01: 10 days; at the close of the 1st one tenth, of the 10th all.
    first, last = date(2026, 1, 1), date(2026, 1, 10)
    assert elapsed_share(first, last, date(2025, 12, 31)) == 0
    assert elapsed_share(first, last, first) == Fraction(1, 10)
    assert elapsed_share(first, last, last) == 1
    assert elapsed_share(first, last, date(2027, 1, 1)) == 1
    assert elapsed_share(last, first, date(2026, 1, 5)) == 0
