"""The pace chart: its figures and where they are drawn."""

from datetime import date

from service.declarations.pace import HEIGHT, LEFT, PLOT_H, PLOT_W, TOP, pace_chart
from service.declarations.standing import PacePoint

POINTS = (
    PacePoint(on=date(2026, 1, 31), due=100_00, expected=50_00, validated=25_00),
    PacePoint(on=date(2026, 2, 28), due=100_00, expected=100_00, validated=None),
)


def test_a_lot_without_dates_has_no_chart() -> None:
    assert pace_chart((), date(2026, 1, 1)) is None


def test_the_top_is_the_highest_figure_and_the_bottom_is_zero() -> None:
    chart = pace_chart(POINTS, date(2026, 2, 3))
    assert chart is not None
    assert (chart.y(100_00), chart.y(0)) == (TOP, TOP + PLOT_H)
    assert TOP + PLOT_H < HEIGHT
    # From 1 January to 28 February there are 58 days; 31 January is the 30th of them.
    assert chart.x(date(2026, 1, 31)) == round(LEFT + PLOT_W * 30 / 58, 1)


def test_what_is_not_known_yet_is_not_drawn() -> None:
    chart = pace_chart(POINTS, date(2026, 2, 3))
    assert chart is not None
    assert chart.path("validated").count("L") == 1
    assert chart.path("expected").count("L") == 2


def test_a_due_in_steps_rises_at_once() -> None:
    points = (
        PacePoint(on=date(2026, 1, 31), due=50_00, expected=None, validated=None),
        PacePoint(on=date(2026, 2, 28), due=100_00, expected=None, validated=None),
    )
    chart = pace_chart(points, date(2026, 2, 3))
    assert chart is not None
    x, low = chart.x(date(2026, 2, 28)), chart.y(50_00)
    assert f"L{x} {low}" in chart.path("due", steps=True)
    assert chart.path("expected") == ""
