"""The pace chart: the figures of its table, and what is drawn from them."""

from datetime import UTC, date, datetime

from service.ledger.load import load_lot
from service.pictures.pace import PacePoint, draw, month_ticks, nice_step, pace_points
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.world import World

NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)


def point(on: date, due: int, validated: int | None, *, today: bool = False) -> PacePoint:
    return PacePoint(on=on, due=due, expected=0, validated=validated, declared=validated, today=today)


def test_hours_are_validated_at_the_end_of_their_month_and_unknown_tomorrow(
    database: Database, world: World
) -> None:
    made = build_clause_world(database, world.here)
    with database.read() as db:
        file = load_lot(db, made.lot_row)
    points = {
        p.on: p for p in pace_points(file.events, file.versions, file.lot.starts_on, date(2026, 2, 3), NOW)
    }
    assert points[date(2026, 1, 5)].validated == 0
    assert points[date(2026, 1, 31)].validated == 10000
    assert points[date(2026, 2, 3)].validated == 10000
    assert points[date(2026, 2, 28)].validated is None
    # At its end the lot is expected to have done what it owes.
    assert points[date(2026, 12, 31)].expected == points[date(2026, 12, 31)].due == 83300


def test_the_due_is_drawn_as_a_step() -> None:
    drawing = draw(
        (
            point(date(2026, 1, 1), 10000, 0),
            point(date(2026, 1, 11), 20000, 5000, today=True),
            point(date(2026, 1, 21), 20000, None),
        )
    )
    assert drawing is not None
    # 606 units for 20 days: 84, 387, 690; 242 units for 200 h: 100 h at 135, 200 h at 14.
    # 50 h stand 60.5 above the bottom, 256.
    assert drawing.due == "M84.0 135.0H387.0V14.0H690.0V14.0"
    assert drawing.validated == "M84.0 256.0L387.0 195.5"
    assert drawing.today == 387.0
    assert "200 heures dues" in drawing.text


def test_the_marks_of_the_axes_are_round_and_few() -> None:
    assert nice_step(83300) == 20000  # 833 h: 0, 200, …, 1 000
    assert nice_step(1) == 100
    assert len(month_ticks(date(2026, 1, 5), date(2030, 1, 5))) <= 6
