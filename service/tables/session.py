"""The database and its two kinds of session: one that reads, one that writes one act and commits.

SQLite with SQLAlchemy's defaults loses updates silently between two processes (stack.md, trap 1), hence:
autocommit at the driver, BEGIN IMMEDIATE for writes, WAL, foreign keys, a busy timeout, and one
process-wide lock around writes, which keeps the waiting short and fair.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from service.tables.folded import SQLITE_NAME, without_accents

BUSY_TIMEOUT_MS = 15_000


class Database:
    """An engine with `read()` and `write()`; every act of the service is one of the two."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._write_lock = threading.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            path = url.removeprefix("sqlite:///")
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self.engine = sa.create_engine(
                url,
                pool_size=pool_size,
                max_overflow=4,
                hide_parameters=True,
                connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
            )
            event.listen(self.engine, "connect", _sqlite_on_connect)
            event.listen(self.engine, "begin", _sqlite_on_begin)
        else:
            self.engine = sa.create_engine(
                url, pool_size=pool_size, max_overflow=4, hide_parameters=True, pool_pre_ping=True
            )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that may not write: its transaction is rolled back at the end."""
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            session.info["intent"] = "read"
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One act: committed when the block ends, rolled back when it raises."""
        with (
            self._write_lock or nullcontext(),
            self.engine.connect().execution_options(passerelle_intent="write") as connection,
            Session(bind=connection, expire_on_commit=False) as session,
        ):
            session.info["intent"] = "write"
            with session.begin():
                yield session

    def dispose(self) -> None:
        self.engine.dispose()


def _sqlite_on_connect(connection: Any, _record: Any) -> None:
    # The driver opens no transaction by itself: ours begin where we say so.
    connection.isolation_level = None
    connection.create_function(SQLITE_NAME, 1, without_accents, deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _sqlite_on_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("passerelle_intent") == "write"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
