from datetime import date
from decimal import Decimal

from clauses import CeilingMultiple, PerDayLate, PerHour, simulate

ON = date(2027, 2, 20)


def test_two_hundred_euros_for_each_hour_not_done() -> None:
    # 33,50 h × 200 € = 6 700 €.
    penalty = simulate(PerHour(rate=Decimal(200)), 3350, ON)
    assert penalty.amount == Decimal("6700.00")
    assert penalty.explanation == "33,50\u202fh × 200\u202f€ = 6\u202f700\u202f€."


def test_four_times_the_hourly_ceiling() -> None:
    # 10 h × 4 × 29 € = 1 160 €.
    penalty = simulate(CeilingMultiple(multiple=Decimal(4), hourly_ceiling=Decimal(29)), 1000, ON)
    assert penalty.amount == Decimal("1160.00")


def test_seventy_five_euros_a_day_run_from_the_formal_notice_only() -> None:
    # 10/02 to 20/02: 10 days × 75 € = 750 €.
    late = PerDayLate(rate=Decimal(75), formal_notice_on=date(2027, 2, 10), stopped_on=None)
    assert simulate(late, 0, ON).amount == Decimal("750.00")
    none = PerDayLate(rate=Decimal(75), formal_notice_on=None, stopped_on=None)
    assert simulate(none, 0, ON).amount == Decimal("0.00")


def test_an_explicit_nothing_stops_the_clock() -> None:
    # Stopped on 14/02: 4 days × 75 € = 300 €.
    late = PerDayLate(rate=Decimal(75), formal_notice_on=date(2027, 2, 10), stopped_on=date(2027, 2, 14))
    assert simulate(late, 0, ON).amount == Decimal("300.00")


def test_hours_done_beyond_the_due_bring_no_negative_penalty() -> None:
    assert simulate(PerHour(rate=Decimal(200)), -500, ON).amount == Decimal("0.00")
