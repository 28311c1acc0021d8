"""The databases that the tests run on: SQLite always, PostgreSQL when PASSERELLE_TEST_POSTGRES names one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import sqlalchemy as sa

from service.migrations.run import upgrade
from service.tables import METADATA
from service.tables.session import Database

POSTGRES = os.environ.get("PASSERELLE_TEST_POSTGRES", "")
BACKENDS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@contextmanager
def own_postgres() -> Iterator[str]:
    """A migrated PostgreSQL database of this run's own, dropped at the end."""
    name = f"passerelle_{uuid4().hex[:12]}"
    admin = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        # Nothing here outlives the run: no commit need wait for the disk.
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        url = sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        upgrade(url)
        yield url
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def empty_postgres(database: Database) -> None:
    """As just migrated. Rows are deleted where there are some: TRUNCATE makes each table's files anew."""
    told = [(table.name, f'SELECT 1 FROM "{table.name}"') for table in reversed(METADATA.sorted_tables)]
    with database.engine.begin() as connection:
        some = connection.exec_driver_sql("SELECT " + ", ".join(f"EXISTS ({rows})" for _, rows in told)).one()
        for (name, _), there in zip(told, some, strict=True):
            if there:
                connection.exec_driver_sql(f'DELETE FROM "{name}"')
        connection.exec_driver_sql(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename), start_value, false) "
            "FROM pg_sequences WHERE last_value IS NOT NULL"
        )
