from datetime import date
from decimal import Decimal

from clauses import (
    Bracket,
    Brackets,
    Calendar,
    Event,
    Fixed,
    LabourHours,
    PercentOfHoursWorked,
    closing_refused,
    doubtful,
    periods_without_total,
)
from tests.clauses.personas import COLAS, at, declared, line, notification, validated

LATER = at(date(2030, 1, 1))
END = date(2026, 12, 31)
SHARE = notification(PercentOfHoursWorked(rate=Decimal("0.05")))


def brackets(*steps: tuple[int, int]) -> Brackets:
    held = tuple(Bracket(at_least=Decimal(a), hours=h * 100) for a, h in steps)
    return Brackets(amount=Decimal(300_000), brackets=held)


def total(start: date, hours: int = 100_000) -> LabourHours:
    return LabourHours(
        id=f"t{start:%m}", on=start, known_at=at(start), company_id=COLAS, period_start=start, hours=hours
    )


def test_a_scale_that_falls_is_told_with_both_its_steps() -> None:
    (told,) = doubtful(brackets((500_000, 80), (90_000, 50), (200_000, 100)))
    assert told.replace("\u202f", " ") == (
        "Le barème baisse : 80 h à partir de 500 000 €, moins que les 100 h à partir de 200 000 €."
    )


def test_a_scale_that_rises_or_stays_level_is_not_doubted() -> None:
    assert doubtful(brackets((90_000, 50), (200_000, 50), (500_000, 80))) == ()
    assert doubtful(Fixed(hours=100)) == ()


def test_a_lot_in_percentage_is_not_closed_before_any_total() -> None:
    assert "ne peut pas être clos" in closing_refused((SHARE,), (), END, LATER)
    assert closing_refused((SHARE, total(date(2026, 1, 1))), (), END, LATER) == ""
    assert closing_refused((notification(Fixed(hours=100)),), (), END, LATER) == ""


def missing(calendar: Calendar, on: date, *totals: Event) -> list[date]:
    return [first for first, _ in periods_without_total((SHARE, *totals), calendar, on, LATER)]


def test_the_months_without_a_total_are_told_up_to_the_day_of_closing() -> None:
    # Totals of January and of March told; closed in April 2026.
    told = (total(date(2026, 1, 1)), total(date(2026, 3, 15)))
    assert missing(Calendar.MONTHLY, date(2026, 4, 30), *told) == [date(2026, 2, 1), date(2026, 4, 1)]


def test_by_quarter_one_total_in_the_quarter_is_enough() -> None:
    assert missing(Calendar.QUARTERLY, END, total(date(2026, 2, 1)), total(date(2026, 7, 1))) == [
        date(2026, 4, 1),
        date(2026, 10, 1),
    ]


def test_nothing_is_missing_where_the_due_needs_no_total() -> None:
    fixed = (notification(Fixed(hours=100)),)
    assert periods_without_total(fixed, Calendar.MONTHLY, END, LATER) == ()


def test_hours_that_wait_for_an_answer_keep_the_lot_open() -> None:
    ledger, sent = (notification(Fixed(hours=100)),), declared(line(14000))
    assert closing_refused(ledger, (sent,), END, LATER).replace("\u202f", " ") == (
        "1 déclaration attend le contrôle (140 h). Répondez avant de clore le lot."
    )
    assert closing_refused(ledger, (validated(sent),), END, LATER) == ""
