from datetime import date

import pytest

from clauses.days import add_months, days_between, end_of_months, last_day, months_between, weekdays


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2027, 5, 1), 48, date(2031, 5, 1)),
    ],
)
def test_months_are_added_by_the_calendar(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 14)),
        (date(2026, 3, 1), 1, date(2026, 3, 31)),
        (date(2026, 1, 28), 1, date(2026, 2, 27)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
    ],
)
def test_months_end_on_the_eve_of_the_same_day_or_on_the_last_day_of_a_shorter_month(
    first: date, months: int, last: date
) -> None:
    assert end_of_months(first, months) == last


def test_december_has_its_last_day() -> None:
    assert last_day(date(2027, 12, 4)) == date(2027, 12, 31)


def test_week_ends_and_holidays_are_not_weekdays() -> None:
    # 1 to 10/05/2027: Saturday 1, Sunday 2, 3-7, 8-9, Monday 10; Thursday 6 is a holiday: 3, 4, 5, 7, 10.
    found = weekdays(date(2027, 5, 1), date(2027, 5, 10), frozenset({date(2027, 5, 6)}))
    assert [d.day for d in found] == [3, 4, 5, 7, 10]


def test_an_interval_turned_round_holds_no_day() -> None:
    assert days_between(date(2027, 1, 2), date(2027, 1, 1)) == ()
    assert months_between(date(2027, 1, 15), date(2027, 3, 1)) == (
        date(2027, 1, 1),
        date(2027, 2, 1),
        date(2027, 3, 1),
    )
