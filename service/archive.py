"""Backup and restore: one portable archive, the same from SQLite and from PostgreSQL.

A gzipped tar of one JSON-lines file a table, rows by primary key, and a manifest with the schema's
revision and each table's count and digest. The same content gives the same bytes: no clock enters it.
Written from one snapshot; restored in one transaction, into an empty database of the same revision.
"""

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from service.tables import METADATA
from service.tables.columns import StructText, UtcDateTime
from service.tables.session import Database

MANIFEST = "manifest.json"
BLOCK = 1_000
# Looked at before a file is unpacked: a small archive may unpack to more than the memory.
LARGEST_MANIFEST = 1 << 20
LARGEST_TABLE = 1 << 30


class ArchiveRefused(Exception):
    """The archive or the target does not allow a restore; a French sentence."""


class TablePart(msgspec.Struct, frozen=True):
    name: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    format: int
    revision: str
    tables: tuple[TablePart, ...]


def plain_tables() -> list[sa.Table]:
    """Our tables with plain types, parents first: what is stored is copied, not interpreted."""
    metadata = sa.MetaData()
    plain = []
    for table in METADATA.sorted_tables:
        columns: list[sa.Column[Any]] = []
        for column in table.columns:
            kind: Any = column.type
            if isinstance(kind, StructText):
                kind = sa.Text()
            elif isinstance(kind, UtcDateTime):
                kind = sa.DateTime()
            elif isinstance(kind, sa.Enum):
                kind = sa.String()
            columns.append(sa.Column(column.name, kind, primary_key=column.primary_key))
        plain.append(sa.Table(table.name, metadata, *columns))
    return plain


def backup(database: Database, target: Path) -> Manifest:
    """Write the archive beside its final name, then move it there: never half an archive."""
    parts: list[TablePart] = []
    bodies: list[tuple[str, bytes]] = []
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            revision = MigrationContext.configure(connection).get_current_revision() or ""
            for table in plain_tables():
                lines = [msgspec.json.encode(list(row)) for row in _rows(connection, table)]
                header = msgspec.json.encode([str(column.name) for column in table.columns])
                body = b"\n".join([header, *lines]) + b"\n"
                parts.append(TablePart(str(table.name), len(lines), hashlib.sha256(body).hexdigest()))
                bodies.append((f"{table.name}.jsonl", body))
    manifest = Manifest(1, revision, tuple(parts))
    partial = target.with_name(target.name + ".partial")
    # It holds everybody's data: nobody else on the machine reads it, from its first byte.
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with (
        partial.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, body in [(MANIFEST, msgspec.json.encode(manifest)), *bodies]:
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            entry.mode = 0o600
            archive.addfile(entry, io.BytesIO(body))
    partial.replace(target)
    return manifest


def restore(database: Database, source: Path) -> Manifest:
    """Fill an empty, migrated database from an archive, all or nothing.

    Raises ArchiveRefused, also for a file cut short or made to fill the memory.
    """
    try:
        return _restore(database, source)
    except (EOFError, KeyError, ValueError, zlib.error, tarfile.TarError, msgspec.MsgspecError) as fault:
        raise ArchiveRefused(
            f"{source} ne se lit pas comme une sauvegarde ({fault}) ; rien n’a été restauré."
        ) from fault


def _restore(database: Database, source: Path) -> Manifest:
    with database.write() as db:
        connection = db.connection()
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        tables = plain_tables()
        if any(connection.execute(sa.select(sa.func.count()).select_from(t)).scalar() for t in tables):
            raise ArchiveRefused(
                "La base contient déjà des données : une sauvegarde se restaure dans une base vide."
            )
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        with tarfile.open(source, "r:gz") as archive:
            manifest = msgspec.json.decode(_read(archive, MANIFEST, LARGEST_MANIFEST), type=Manifest)
            if manifest.revision != revision:
                raise ArchiveRefused(
                    f"La sauvegarde est au schéma {manifest.revision}, la base au schéma {revision} : "
                    "restaurez avec la version du logiciel qui l’a faite, puis lancez « passerelle migrate »."
                )
            for part, table in zip(manifest.tables, tables, strict=True):
                body = _read(archive, f"{table.name}.jsonl", LARGEST_TABLE)
                if part.name != table.name or hashlib.sha256(body).hexdigest() != part.sha256:
                    raise ArchiveRefused(
                        f"La table {table.name} de la sauvegarde est abîmée ; rien n’a été restauré."
                    )
                _fill(connection, table, body)
        if not database.is_sqlite:
            _advance_sequences(connection, tables)
    return manifest


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[sa.Row[Any]]:
    key = list(table.primary_key.columns)
    rows = connection.execute(sa.select(table).order_by(*key))
    if any(isinstance(column.type, sa.String) for column in key):
        # Collations differ between databases; Python's order does not.
        yield from sorted(rows, key=lambda row: tuple(getattr(row, column.name) for column in key))
    else:
        yield from rows


def _read(archive: tarfile.TarFile, name: str, largest: int) -> bytes:
    entry = archive.getmember(name)
    member = archive.extractfile(entry) if entry.isreg() else None
    if member is None:
        raise ArchiveRefused(f"La sauvegarde ne contient pas {name}.")
    if entry.size > largest:
        raise ArchiveRefused(f"{name} dépasse {largest >> 20} Mo dans la sauvegarde ; rien n’a été restauré.")
    return member.read()


def _fill(connection: sa.Connection, table: sa.Table, body: bytes) -> None:
    lines = body.splitlines()
    names: list[str] = msgspec.json.decode(lines[0])
    readers = [_reader(table.columns[name].type) for name in names]
    for first in range(1, len(lines), BLOCK):
        rows = [
            {
                n: None if v is None else read(v)
                for n, v, read in zip(names, msgspec.json.decode(line), readers, strict=True)
            }
            for line in lines[first : first + BLOCK]
        ]
        connection.execute(sa.insert(table), rows)


def _reader(kind: Any) -> Any:
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat
    if isinstance(kind, sa.Date):
        return date.fromisoformat
    return lambda value: value


def _advance_sequences(connection: sa.Connection, tables: list[sa.Table]) -> None:
    for table in tables:
        if "id" in table.columns:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
                f'COALESCE((SELECT MAX(id) FROM "{table.name}"), 1), '
                f'(SELECT COUNT(*) > 0 FROM "{table.name}"))'
            )
