"""Alembic's entry: our metadata, batch mode for SQLite, our own column types rendered as plain SQL types."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from service.tables import METADATA
from service.tables.columns import StructText, UtcDateTime
from service.tables.session import Database


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations must not depend on what a Struct is today: keep the plain type only."""
    if kind == "type":
        if isinstance(item, StructText):
            return "sa.Text()"
        if isinstance(item, UtcDateTime):
            return "sa.DateTime()"
        if type(item).__module__.startswith("sqlmodel"):
            return f"sa.String(length={item.length})"
    return False


def compare_type(
    _context: Any, _column: Any, _metadata_column: Any, inspected: Any, declared: Any
) -> bool | None:
    if isinstance(declared, StructText | UtcDateTime):
        return not isinstance(inspected, sa.Text | sa.DateTime)
    return None


MIGRATING = 20_260_203
"""Any number of our own: PostgreSQL names its advisory locks by one."""

database = Database(context.config.attributes["url"], pool_size=1)
with database.engine.connect().execution_options(passerelle_intent="write") as connection:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        # SQLite can, though Alembic does not count on it: else each revision is a transaction of its own,
        # between two of which a second `migrate` would slip in, and a killed one would stop halfway.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not database.is_sqlite:
            # A second `migrate` waits, then finds nothing to do; SQLite's BEGIN IMMEDIATE does the same.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
        context.run_migrations()
    connection.commit()
database.dispose()
