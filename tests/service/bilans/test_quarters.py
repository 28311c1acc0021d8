"""Quarters as addresses and screens name them."""

from datetime import date

import pytest

from service.bilans.quarters import last_over, quarter_of, quarters_over, read_quarter


def test_a_quarter_goes_from_its_first_to_its_last_day() -> None:
    quarter = quarter_of(date(2024, 2, 29))
    assert (quarter.first, quarter.last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert (quarter.code, quarter.label) == ("2024-T1", "1er trimestre 2024")


@pytest.mark.parametrize(
    ("today", "code"),
    [(date(2026, 2, 3), "2025-T4"), (date(2026, 3, 31), "2025-T4"), (date(2026, 4, 1), "2026-T1")],
)
def test_the_last_quarter_over_ends_before_the_day(today: date, code: str) -> None:
    assert last_over(today).code == code


@pytest.mark.parametrize("code", ["", "2026", "2026-T5", "2026-T0", "1926-T1", "2026-T1x"])
def test_what_is_no_quarter_does_not_read(code: str) -> None:
    assert read_quarter(code) is None


def test_the_quarters_offered_go_back_three_years() -> None:
    found = quarters_over(date(2026, 6, 9))
    assert (found[0].code, found[-1].code, len(found)) == ("2026-T1", "2023-T2", 12)
    assert read_quarter("2026-T1") == found[0]
