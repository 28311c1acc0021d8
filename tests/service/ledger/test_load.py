"""The database's lots as the clauses core's values, in a fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import col

import clauses
from service.ledger.load import load_lot, load_lots, load_portfolio
from service.ledger.standing import standing_of
from service.tables import LotRow
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.world import World

TODAY = date(2026, 2, 3)
NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL statements that are run in the block."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_lot_is_loaded_whole_with_public_ids(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    with database.read() as db:
        file = load_lot(db, made.lot_row)
    assert file.lot.id == made.lot
    assert file.marche.buyer.name == "Communauté d’agglomération"
    assert file.parties[0].company_id == world.here.organisation_ids["firm"]
    assert {p.id for p in file.placements} == {made.nadia_placement, made.omar_placement}
    assert file.unconfirmed == {made.omar_placement}
    assert [p.person_id for p in file.periods] == [made.nadia]
    assert file.versions[0].lines[0].placement_id == made.nadia_placement
    assert file.companies[world.here.organisation_ids["firm"]].row_id == world.here.organisations["firm"]
    assert file.people[made.nadia].name == "Benali Nadia"


def test_a_lot_stands_where_the_core_says(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    with database.read() as db:
        stands = standing_of(load_lot(db, made.lot_row), TODAY, NOW)
    # 1 000 000 × 0,5 × 0,05 ÷ 30 = 833,33 -> 833 h; 100 h validated; 733 h left.
    assert stands.progress.due == 83300
    assert stands.progress.validated == 10000
    assert stands.progress.remaining == 73300
    # From 05/01 to 03/02: 30 of the 361 days of the execution; 833 × 30 / 361 = 69,22 h.
    assert stands.progress.expected == 6922
    assert stands.progress.health is clauses.Health.ON_TRACK


def test_the_portfolio_counts_the_same_hours_as_the_whole_lots(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    with database.read() as db:
        whole = standing_of(load_lot(db, made.lot_row), TODAY, NOW)
        light = standing_of(load_portfolio(db, [made.lot_row])[made.lot_row], TODAY, NOW)
    assert light.progress == whole.progress
    assert light.actions == whole.actions


def test_the_number_of_queries_does_not_grow_with_the_lots(database: Database, world: World) -> None:
    for number in range(4):
        build_clause_world(database, world.here, f"2026-M{number}")
    with database.read() as db:
        rows = list(db.scalars(sa.select(col(LotRow.id))))
        for load, many in ((load_lots, 12), (load_portfolio, 8)):
            for some in (rows[:1], rows):
                with counted(database) as seen:
                    assert len(load(db, some)) == len(some)
                assert len(seen) == many


def test_a_late_lot_says_since_when(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    with database.read() as db:
        file = load_lot(db, made.lot_row)
    stands = standing_of(file, date(2026, 8, 1), NOW)
    assert stands.progress.health is clauses.Health.LATE
    # 100 h of 833 h = 12,00 %. Late when time passes 37,00 %: 37 % of 361 days = 133,57,
    # so at the close of day 134, which is 05/01 + 133 days = 18/05/2026.
    late = next(a for a in stands.actions if a.task is clauses.Task.RECOVER)
    assert late.since == date(2026, 5, 18)
