"""The stored projections that make lists fast equal a rebuild from the versions, after every act."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import col

import clauses
from service.ledger.load import load_portfolio
from service.ledger.projection import project, read_projected
from service.ledger.read_versions import read_sums
from service.tables import LotProjectionRow, LotRow, VersionRow
from service.tables.session import Database
from tests.demo_world import DemoWorld
from tests.service.bilans.correcting import MAY_12, correct
from tests.service.ledger.clause_world import build_clause_world
from tests.world import World


def test_after_six_months_of_acts_each_projection_equals_a_rebuild(demo: DemoWorld) -> None:
    with demo.database.read() as db:
        lots = list(db.scalars(sa.select(col(LotRow.id))))
        query = sa.select(col(LotProjectionRow.lot_id), col(LotProjectionRow.versions))
        stored = {row.lot_id: row.versions for row in db.execute(query)}
        rebuilt = read_sums(db, lots)
    assert len(stored) >= 10
    assert stored == rebuilt


def test_a_correction_is_projected_in_its_own_transaction(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    correct(database, made.lot_row, 8200, MAY_12)
    with database.read() as db:
        assert read_projected(db, [made.lot_row]) == read_sums(db, [made.lot_row])
        versions = load_portfolio(db, [made.lot_row])[made.lot_row].versions
    assert [(v.version, v.state, clauses.validated_hours(v)) for v in versions] == [
        (1, clauses.State.RECTIFIEE, 10000),
        (2, clauses.State.VALIDEE, 8200),
    ]


def test_an_act_that_fails_leaves_the_projection_as_it_was(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    try:
        with database.write() as db:
            version = db.scalars(sa.select(VersionRow)).one()
            version.accepted = 1
            db.flush()
            raise InterruptedError
    except InterruptedError:
        pass
    with database.read() as db:
        (version_read,) = read_projected(db, [made.lot_row])[made.lot_row]
    assert clauses.validated_hours(version_read) == 10000


def test_a_lot_without_a_projection_is_read_from_its_versions(database: Database, world: World) -> None:
    made = build_clause_world(database, world.here)
    with database.write() as db:
        db.execute(sa.delete(LotProjectionRow))
    with database.read() as db:
        assert read_projected(db, [made.lot_row]) == read_sums(db, [made.lot_row])
    with database.write() as db:
        project(db, [made.lot_row])
    with database.read() as db:
        (version,) = db.scalars(sa.select(col(LotProjectionRow.versions))).one()
    assert version.decided_at == datetime(2026, 2, 2, 9, tzinfo=UTC)
