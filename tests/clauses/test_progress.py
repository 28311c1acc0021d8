from datetime import date

from clauses import (
    Calibration,
    Declaration,
    Due,
    Fixed,
    Health,
    HealthLimits,
    Notification,
    Progress,
    Rounding,
    Window,
    health_limits,
    health_of,
    hours_due_at,
    hours_expected_at,
    hours_forecast_at,
    pace_window,
    progress,
    supersede,
)
from tests.clauses.personas import BRUNO, ON, at, context, declared, line, validated

LIMITS = HealthLimits(at_risk_points=10, late_points=25)
YEAR = Window(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


def standing(*versions: Declaration, hours: int = 36500, on: date = ON, moved_out: int = 0) -> Progress:
    """A lot of 365 h over the 365 days of 2027: one hour a day is expected."""
    start = Notification(
        id="n",
        on=YEAR.starts_on,
        known_at=at(YEAR.starts_on),
        ends_on=YEAR.ends_on,
        calibration=Calibration(version=1, method=Fixed(hours=hours), rounding=Rounding.HUNDREDTH),
    )
    known = at(date(2028, 12, 31))
    return progress(
        due=hours_due_at((start,), on, known),
        forecast=hours_forecast_at((start,), on, known),
        expected=hours_expected_at((start,), on, known),
        window=pace_window((start,), on, known),
        versions=versions,
        moved_in=0,
        moved_out=moved_out,
        on=on,
        limits=LIMITS,
    )


def test_what_waits_is_declared_and_countable_but_not_validated() -> None:
    accepted = validated(declared(line(3000)))
    february = declared(
        line(2000, month=date(2027, 2, 1)), period_start=date(2027, 2, 1), declaration_id="d2", id="v2"
    )
    shown = standing(accepted, february)
    assert (shown.declared, shown.countable, shown.validated) == (5000, 5000, 3000)
    assert shown.remaining == 33500


def test_time_and_hours_are_compared_in_shares() -> None:
    # On 05/02: 36 days of 365 = 9,86 %; 30 h of 365 = 8,21 %; expected 36 h, so 6 h behind.
    shown = standing(validated(declared(line(3000))))
    assert (shown.time_share, shown.hours_share) == (986, 821)
    assert (shown.expected, shown.pace) == (3600, -600)
    assert shown.health is Health.ON_TRACK


def test_a_correction_under_examination_leaves_the_accepted_hours_standing() -> None:
    first = validated(declared(line(12000)))
    second = declared(line(10200), id="v2", reason="Erreur", with_context=context(history=(first,)))
    waiting = standing(first, second)
    assert (waiting.declared, waiting.validated) == (10200, 12000)
    done = validated(second)
    replaced = supersede(first)
    assert isinstance(replaced, Declaration)
    assert standing(replaced, done).validated == 10200
    assert standing(first, done).validated == 10200


def test_beyond_the_due_is_shown_as_performance() -> None:
    # 140 h + 130 h validated for 200 h due: 70 h beyond.
    shown = standing(validated(declared(line(14000), line(13000, BRUNO))), hours=20000)
    assert (shown.surplus, shown.remaining, shown.health) == (7000, 0, Health.DONE)
    assert "70\u202fh au-delà du dû" in shown.sentence


def test_hours_given_to_another_lot_no_longer_count_here() -> None:
    shown = standing(validated(declared(line(14000))), moved_out=4000)
    assert shown.validated == 10000


def test_health_is_read_from_time_against_hours() -> None:
    def health(time: int, hours: int) -> Health:
        return health_of(10000, hours, time, hours, YEAR, date(2027, 6, 1), LIMITS)

    assert health(5000, 4000) is Health.ON_TRACK  # 10 points: not more than 10
    assert health(5000, 3999) is Health.AT_RISK
    assert health(5000, 2500) is Health.AT_RISK  # 25 points: not more than 25
    assert health(5000, 2499) is Health.LATE
    assert health(5000, 10000) is Health.DONE


def test_after_the_end_an_unfinished_lot_is_late_whatever_the_gap() -> None:
    assert health_of(10000, 9900, 10000, 9900, YEAR, date(2028, 1, 1), LIMITS) is Health.LATE


def test_an_unknown_due_gives_an_unknown_health() -> None:
    unknown = Due(hours=None, unknown="Le lot n’est pas encore calibré.", explanation=(), lines=())
    shown = progress(
        due=unknown,
        forecast=unknown,
        expected=unknown,
        window=YEAR,
        versions=(),
        moved_in=0,
        moved_out=0,
        on=ON,
        limits=LIMITS,
    )
    assert (shown.due, shown.remaining, shown.health) == (None, None, Health.UNKNOWN)
    assert shown.sentence == "Le lot n’est pas encore calibré."


def test_the_limits_of_health_come_from_the_dated_figures() -> None:
    assert health_limits(ON) == LIMITS
