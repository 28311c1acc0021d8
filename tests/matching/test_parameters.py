"""The figures: complete, dated, and refused when one is missing."""

from datetime import date
from pathlib import Path

import pytest

import matching.parameters
from matching.errors import BadParameters
from matching.parameters import default_parameters, read_parameters

TEXT = (Path(matching.parameters.__file__).parent / "parameters.toml").read_text(encoding="utf-8")


def test_the_minimum_wage_is_the_one_in_force_that_day() -> None:
    figures = default_parameters()
    assert figures.smic_cents(date(2025, 12, 31)) == 1188
    assert figures.smic_cents(date(2026, 1, 1)) == 1202
    assert figures.smic_cents(date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    "fault",
    [
        ("detour_percent = 130", "detour_percent = 0"),
        ("detour_percent = 130", "detour_percent = 1.3"),
        ("detour_percent = 130", "detours = 130"),
        ("[travel.modes.bike]", "[travel.modes.velo]"),
        ("wage_too_low =", "wage_low ="),
        ('version = "2026-11.3"', "version = "),
    ],
)
def test_a_figure_missing_mistyped_or_out_of_range_is_refused(fault: tuple[str, str]) -> None:
    with pytest.raises(BadParameters, match="paramètres"):
        read_parameters(TEXT.replace(*fault))


def test_a_mode_without_figures_is_refused_by_name() -> None:
    start = TEXT.index("[travel.modes.bike]")
    end = TEXT.index("[travel.modes.ebike]")
    with pytest.raises(BadParameters, match="bike"):
        read_parameters(TEXT[:start] + TEXT[end:])
