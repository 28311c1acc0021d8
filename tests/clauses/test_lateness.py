from datetime import date

from clauses import Fixed, HealthLimits, Progress, Window, late_since, lot_figures, progress
from tests.clauses.personas import at, notification

YEAR = Window(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
LIMITS = HealthLimits(at_risk_points=10, late_points=25)


def standing(on: date, done: int) -> Progress:
    """100 h over the 365 days of 2026, `done` of them shared from another lot."""
    figures = lot_figures((notification(Fixed(hours=10_000)),), on, at(date(2030, 1, 1)))
    return progress(
        due=figures.due,
        forecast=figures.forecast,
        expected=figures.expected,
        window=YEAR,
        versions=(),
        moved_in=done,
        moved_out=0,
        on=on,
        limits=LIMITS,
    )


def test_the_first_late_day_is_the_one_on_which_time_outran_the_hours() -> None:
    # 10 h of 100: late once more than 35,00 % of the time has passed. 127 ÷ 365 = 34,79 %;
    # 128 ÷ 365 = 35,06 %: the 128th day of 2026 is the 8th of May.
    on = date(2026, 9, 1)
    assert late_since(standing(on, 1000), YEAR, on, LIMITS) == date(2026, 5, 8)


def test_a_lot_almost_done_is_late_only_the_day_after_its_end() -> None:
    # 90 h of 100: the gap never passes 10 points before the end.
    on = date(2027, 3, 1)
    assert late_since(standing(on, 9000), YEAR, on, LIMITS) == date(2027, 1, 1)


def test_a_lot_that_is_not_late_has_no_such_day() -> None:
    on = date(2026, 3, 1)
    assert late_since(standing(on, 1000), YEAR, on, LIMITS) is None
    assert late_since(standing(date(2026, 9, 1), 1000), None, date(2026, 9, 1), LIMITS) is None
