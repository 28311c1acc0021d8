from datetime import date

import msgspec

from clauses import Window, is_offered, months_open
from tests.clauses.personas import placement

YEAR = Window(starts_on=date(2027, 1, 15), ends_on=date(2027, 12, 31))


def offered(month: int, **changes: date) -> bool:
    return is_offered(msgspec.structs.replace(placement(), **changes), date(2027, month, 1), YEAR)


def test_a_month_is_offered_once_it_meets_the_placement() -> None:
    assert offered(3, starts_on=date(2027, 3, 31))
    assert not offered(2, starts_on=date(2027, 3, 31))


def test_after_a_planned_end_that_nobody_confirmed_one_month_more_is_offered() -> None:
    # Planned to the 30th of June: July is offered, August is not.
    assert offered(7)
    assert not offered(8)


def test_after_a_confirmed_end_nothing_more_is_offered() -> None:
    assert offered(5, ended_on=date(2027, 5, 15))
    assert not offered(6, ended_on=date(2027, 5, 15))


def test_no_month_is_offered_outside_the_lot() -> None:
    short = Window(starts_on=date(2027, 2, 1), ends_on=date(2027, 3, 10))
    assert [is_offered(placement(), date(2027, n, 1), short) for n in (1, 2, 3, 4)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_months_open_go_from_the_start_of_the_lot_to_the_day() -> None:
    assert months_open(YEAR, date(2027, 3, 1)) == (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1))
    assert months_open(YEAR, date(2028, 6, 1))[-1] == date(2027, 12, 1)
    assert months_open(YEAR, date(2026, 12, 31)) == ()
