from datetime import date

import pytest

from clauses import (
    Rules,
    Status,
    UnknownParameter,
    default_rules,
    figure,
    legal_limits,
    parameter,
    parameters,
)


def test_every_figure_says_where_it_comes_from() -> None:
    for values in parameters().values():
        for value in values:
            assert value.source
            assert value.note


def test_the_unit_is_in_the_key() -> None:
    units = (
        "hundredths",
        "days",
        "points",
        "months",
        "periods",
        "percent",
        "cents",
        "hours",
        "multiple",
        "people",
    )
    assert [name for name in parameters() if not name.endswith(units)] == []


def test_the_monthly_maxima_are_worked_from_the_weekly_ones() -> None:
    # 48 × 52 ÷ 12 = 208; 44 × 52 ÷ 12 = 190,666… -> 190,67.
    limits = legal_limits(date(2027, 1, 1))
    assert limits.month_hold == 48 * 52 * 100 // 12
    assert limits.month_warn == round(44 * 52 * 100 / 12)


def test_a_new_lot_begins_with_the_figures_in_force() -> None:
    assert default_rules(date(2027, 1, 1)) == Rules()


def test_what_was_not_verified_says_so() -> None:
    assert parameter("eligibility_months", date(2027, 1, 1)).status is Status.NOT_VERIFIED
    assert parameter("cdi_cap_months", date(2027, 1, 1)).status is Status.VERIFIED
    assert Status.NOT_VERIFIED.label == "Usage non vérifié"


def test_a_figure_unknown_or_not_yet_in_force_is_an_error() -> None:
    with pytest.raises(UnknownParameter):
        parameter("inconnu", date(2027, 1, 1))
    with pytest.raises(UnknownParameter):
        parameter("hourly_ceiling_euro_cents", date(2023, 12, 31))


def test_a_figure_is_the_last_in_force() -> None:
    assert parameter("hourly_ceiling_euro_cents", date(2024, 12, 31)).in_force_from == date(2024, 1, 1)
    assert parameter("hourly_ceiling_euro_cents", date(2026, 6, 1)).in_force_from == date(2025, 1, 1)
    assert figure("declaration_deadline_days", date(2027, 1, 1)) == 15
