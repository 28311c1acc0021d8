from datetime import date

import pytest

from clauses import PeriodState, ground_in, period_state

FIRST, LAST = date(2027, 1, 10), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2027, 1, 9), PeriodState.TO_COME),
        (FIRST, PeriodState.RUNNING),
        (LAST, PeriodState.RUNNING),
        (date(2027, 7, 1), PeriodState.ENDED),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(on: date, state: PeriodState) -> None:
    assert period_state(FIRST, LAST, None, on) is state


def test_a_period_without_end_runs_on_until_it_is_revoked() -> None:
    revoked = date(2027, 9, 1)
    assert period_state(FIRST, None, revoked, date(2027, 8, 31)) is PeriodState.RUNNING
    assert period_state(FIRST, None, revoked, revoked) is PeriodState.REVOKED


def test_a_month_under_two_grounds_counts_under_the_oldest() -> None:
    periods = [("RSA", date(2026, 1, 1), date(2027, 3, 1)), ("QPV", date(2027, 2, 1), None)]
    assert ground_in(periods, date(2027, 3, 1)) == "RSA"  # one day of March is enough
    assert ground_in(periods, date(2027, 4, 1)) == "QPV"
    assert ground_in(periods, date(2025, 12, 1)) is None
