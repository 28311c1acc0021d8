"""Real databases, the real application: SQLite always, PostgreSQL when PASSERELLE_TEST_POSTGRES names one.

A test that asks for `database` (or `visitor`, or `world`) runs once on each, pages on SQLite alone.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.accounts.slow_down import STORE, BoundedStore
from service.app import create_app
from service.migrations.run import upgrade
from service.settings import read_settings
from service.tables import METADATA
from service.tables.session import Database
from tests.backends import BACKENDS, own_postgres
from tests.demo_world import demo, demo_file
from tests.visitor import BASE, Visitor
from tests.world import World, build_world

__all__ = ["demo", "demo_file"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages are read on SQLite, unless PASSERELLE_TEST_POSTGRES_PAGES asks for both.

    Rights, hostile forms, locks, archives, imports run on both; the whole check stays under 15 minutes.
    """
    if os.environ.get("PASSERELLE_TEST_POSTGRES_PAGES"):
        return
    left = [one for one in items if _reads_pages(one.path) and "[postgresql" in one.nodeid]
    config.hook.pytest_deselected(items=left)
    items[:] = [one for one in items if one not in set(left)]


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
def postgres_url() -> Iterator[str]:
    """A database of this run's own, migrated once, dropped at the end."""
    with own_postgres() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        path = tmp_path / "passerelle.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, pool_size=4)
    if not database.is_sqlite:
        tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    yield database
    database.dispose()


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
