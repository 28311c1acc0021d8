"""The rows that hang on a person, table by table, as they are stored: read, moved, put back."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from service.archive import plain_tables
from service.tables import METADATA

PERSON, PROFILE, READINGS = "person", "profile", "read_journal"
# One row a person, or a person and an offer: the other file's row is kept aside, not moved.
ONE_A_PERSON = (PROFILE,)
TABLES = {str(table.name): table for table in plain_tables()}
LINKED = tuple(
    str(table.name)
    for table in METADATA.sorted_tables
    if any(key.column.table.name == PERSON for key in table.foreign_keys)
)
"""Every table that points at a person: one that is added tomorrow is moved too. Their column: person_id."""
Row = dict[str, Any]


class Folded(msgspec.Struct, frozen=True, kw_only=True):
    """Two open spells made into one: both as they were, and the ids by table that went to the first."""

    stays: Row
    leaves: Row
    moved: dict[str, list[int]]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge changed: rows as they were, by table, and the ids of those that changed person."""

    before: dict[str, list[Row]]
    moved: dict[str, list[int]]
    folded: Folded | None = None


def rows_of(connection: sa.Connection, table: str, person: int) -> list[Row]:
    plain = TABLES[table]
    column = plain.c.id if table == PERSON else plain.c.person_id
    found = connection.execute(sa.select(plain).where(column == person).order_by(*plain.primary_key.columns))
    return [dict(row._mapping) for row in found]


def move(connection: sa.Connection, table: str, ids: Iterable[int], person: int) -> None:
    plain = TABLES[table]
    connection.execute(sa.update(plain).where(plain.c.id.in_(list(ids))).values(person_id=person))


def rehang(connection: sa.Connection, table: str, ids: Iterable[int], spell: int) -> None:
    plain = TABLES[table]
    connection.execute(sa.update(plain).where(plain.c.id.in_(list(ids))).values(spell_id=spell))


def remove(connection: sa.Connection, table: str, row: Row) -> None:
    connection.execute(sa.delete(TABLES[table]).where(*_is(table, row)))


def put_back(connection: sa.Connection, table: str, row: Row) -> None:
    """The row as it was, over the one of the same key if there is one."""
    values = {name: _read(TABLES[table].c[name].type, value) for name, value in row.items()}
    changed = connection.execute(sa.update(TABLES[table]).where(*_is(table, values)).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(TABLES[table]).values(**values))


def digest(connection: sa.Connection, person: int) -> str:
    """Of all that hangs on a person, but who read her file."""
    tables = [PERSON, *(name for name in LINKED if name != READINGS)]
    told = {name: rows_of(connection, name, person) for name in tables}
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


def _is(table: str, row: Row) -> list[sa.ColumnElement[bool]]:
    return [column == row[str(column.name)] for column in TABLES[table].primary_key.columns]


def _read(kind: Any, value: Any) -> Any:
    if isinstance(value, str) and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return value
