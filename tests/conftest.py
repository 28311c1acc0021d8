"""Real databases, the real application: SQLite always, PostgreSQL when PASSERELLE_TEST_POSTGRES names one.

A test that asks for `database` (or `visitor`, or `world`) runs once on each, pages on SQLite alone.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from litestar import Litestar
from litestar.testing import TestClient

from service.accounts.slow_down import STORE, BoundedStore
from service.app import create_app
from service.migrations.run import upgrade
from service.settings import read_settings
from service.tables.session import Database
from tests.backends import BACKENDS, empty_postgres, own_postgres
from tests.demo_world import demo, demo_file
from tests.visitor import BASE, Visitor
from tests.world import World, build_world

__all__ = ["demo", "demo_file"]

# One that begins last would leave the other process without work. The second does not wait for the demo.
LONGEST = (
    "test_accessibility.py",
    "test_concurrency.py",
    "test_loops.py",
    "test_rights.py",
    "test_schemathesis.py",
    "test_engine.py",
    "test_kill.py",
    "test_merge.py",
    "test_on_files.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first, and pages on SQLite, unless PASSERELLE_TEST_POSTGRES_PAGES asks for both.

    Rights, hostile forms, locks, archives, imports run on both; the whole check stays under 15 minutes.
    """
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda one: ranks.get(one.path.name, len(ranks)))
    if os.environ.get("PASSERELLE_TEST_POSTGRES_PAGES"):
        return
    left = [one for one in items if _reads_pages(one.path) and "[postgresql" in one.nodeid]
    config.hook.pytest_deselected(items=left)
    items[:] = [one for one in items if one not in set(left)]


def pytest_configure() -> None:
    """The collector of cycles passes less often: it took a seventh of the time of a page's test."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """What was imported stays: no need to walk through it each time."""
    gc.collect()
    gc.freeze()


def _reads_pages(path: Path) -> bool:
    return (
        path.name.endswith("pages.py") or path.name == "test_names_in_lists.py" or path.parent.name == "home"
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    upgrade(f"sqlite:///{path}")
    with Database(f"sqlite:///{path}").engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    return path


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One engine for all the tests of a process: it keeps the queries that SQLAlchemy has compiled."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('database')}/passerelle.sqlite", pool_size=4)
    # Nothing here outlives the run: no commit need wait for the disk.
    sa.event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF").close())
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[Database]:
    """A database of this run's own, migrated once, dropped at the end."""
    with own_postgres() as url:
        database = Database(url, pool_size=4)
        yield database
        database.dispose()


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Without a row, its counters at one, whatever the test before left in it."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    if found.is_sqlite:
        path = Path(found.url.removeprefix("sqlite:///"))
        for left in path.parent.iterdir():
            left.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
    else:
        empty_postgres(found)
    yield found
    found.dispose()


@pytest.fixture
def world(database: Database) -> World:
    """Two territories with the same trades, one user a role in each (tests/world.py)."""
    return build_world(database)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """Built once a process, as in service: its routes take half a second. `visitor` gives it the rest."""
    return create_app(read_settings({"PASSERELLE_DATA": str(tmp_path_factory.mktemp("application"))}))


@pytest.fixture
def visitor(application: Litestar, database: Database, tmp_path: Path) -> Iterator[Callable[..., Visitor]]:
    """`visitor(user)`: a browser-like client signed in as that user; `visitor()`: nobody."""
    application.state.database = database
    application.state.settings = read_settings(
        {"PASSERELLE_DATABASE_URL": database.url, "PASSERELLE_DATA": str(tmp_path)}
    )
    application.stores.register(STORE, BoundedStore(), allow_override=True)
    with TestClient(application, base_url=BASE, raise_server_exceptions=False) as running:
        yield lambda user_id=None: Visitor(running, database, user_id)
