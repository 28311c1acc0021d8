"""The demo loaded twice, as two territories: the world of the tests that walk every page of every role."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlmodel import col

from fixtures.demo.build import build_demo
from service.archive import backup, restore
from service.tables import UserRow
from service.tables.session import Database
from tests.backends import BACKENDS, own_postgres

ALONE = "demo-alone.tar.gz"
# The other territory is there on another day: the demo is built for any.
THERE_ON = date(2026, 10, 20)


class DemoWorld(msgspec.Struct, kw_only=True):
    """Two territories of the demo, with the row ids of their accounts by login."""

    database: Database
    here: int
    there: int
    users: dict[str, int]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """Built once a run, whatever its workers; never opened again but to be copied.

    Beside it ALONE, the archive of the first territory before the second came.
    """
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    shared = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    path = shared / "demo.sqlite"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _build(sqlite_template, shared / "demo-unfinished.sqlite").rename(path)
    return path


def _build(template: Path, path: Path) -> Path:
    shutil.copy(template, path)
    database = Database(f"sqlite:///{path}", pool_size=1)
    build_demo(database)
    backup(database, path.with_name(ALONE))
    build_demo(database, THERE_ON, name="Un autre territoire", domain="autre.example", prefix=88_000_000)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture(scope="session", params=BACKENDS)
def demo(
    request: pytest.FixtureRequest, demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoWorld]:
    """The two territories, for tests that change nothing."""
    with ExitStack() as stack:
        copy = tmp_path_factory.mktemp("demo-copy") / "demo.sqlite"
        shutil.copy(demo_file, copy)
        database = Database(f"sqlite:///{copy}", pool_size=4)
        if request.param == "postgresql":
            archive = copy.with_name("demo.tar.gz")
            backup(database, archive)
            database.dispose()
            database = Database(stack.enter_context(own_postgres()), pool_size=4)
            restore(database, archive)
        stack.callback(database.dispose)
        yield _world(database)


def _world(database: Database) -> DemoWorld:
    with database.read() as db:
        rows = db.execute(
            sa.select(col(UserRow.email), col(UserRow.id), col(UserRow.territory_id)).order_by(
                col(UserRow.id)
            )
        ).all()
    here = {email.split("@")[0]: key for email, key, territory in rows if territory == rows[0][2]}
    return DemoWorld(database=database, here=rows[0][2], there=rows[-1][2], users=here)
