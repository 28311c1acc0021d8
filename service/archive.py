"""Backup and restore: one portable archive, the same from SQLite and from PostgreSQL.

A gzipped tar of one JSON-lines file a table, rows by primary key, and a manifest with the schema's
revision and each table's count and digest. The same content gives the same bytes: no clock enters it.
Written from one snapshot; restored in one transaction, into an empty database of the same revision.
"""

import base64
import gzip
import hashlib
import io
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

import msgspec
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from service.tables import METADATA
from service.tables.columns import StructText, UtcDateTime
from service.tables.session import Database

MANIFEST = "manifest.json"
BLOCK = 1_000
BLOCK_BYTES = 16 << 20
HEAVY_ROWS = 4
# Looked at before a file is unpacked: a small archive may unpack to more than the memory.
LARGEST_MANIFEST = 1 << 20
LARGEST_TABLE = 16 << 30
LARGEST_LINE = 64 << 20


# Names typed in a filter live as long as a session: a backup would keep them for years.
LEFT_OUT = frozenset({"list_words"})


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
        if table.name in LEFT_OUT:
            continue
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
    with ExitStack() as stack, database.engine.connect() as connection:
        # Tables wait on the disk, not in memory: documents may weigh more than the machine holds.
        bodies: list[tuple[str, IO[bytes]]] = []
        if not database.is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            revision = MigrationContext.configure(connection).get_current_revision() or ""
            for table in plain_tables():
                body = stack.enter_context(tempfile.TemporaryFile(dir=target.parent))
                parts.append(_write_table(connection, table, body))
                bodies.append((f"{table.name}.jsonl", body))
        manifest = Manifest(1, revision, tuple(parts))
        _pack(target, [(MANIFEST, io.BytesIO(msgspec.json.encode(manifest))), *bodies])
    return manifest


def _write_table(connection: sa.Connection, table: sa.Table, body: IO[bytes]) -> TablePart:
    digest, rows = hashlib.sha256(), 0
    header = [str(column.name) for column in table.columns]
    for line in chain([header], _rows(connection, table)):
        text = msgspec.json.encode(list(line)) + b"\n"
        digest.update(text)
        body.write(text)
        rows += 1
    return TablePart(str(table.name), rows - 1, digest.hexdigest())


def _pack(target: Path, bodies: list[tuple[str, IO[bytes]]]) -> None:
    partial = target.with_name(target.name + ".partial")
    # It holds everybody's data: nobody else on the machine reads it, from its first byte.
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with (
        partial.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, body in bodies:
            entry = tarfile.TarInfo(name)
            entry.size = body.seek(0, io.SEEK_END)
            entry.mode = 0o600
            body.seek(0)
            archive.addfile(entry, body)
    partial.replace(target)


def restore(database: Database, source: Path) -> Manifest:
    """Fill an empty, migrated database from an archive, all or nothing.

    Raises ArchiveRefused, also for a file cut short or made to fill the memory.
    """
    try:
        return _restore(database, source)
    except sa.exc.DBAPIError as fault:
        raise ArchiveRefused(f"{source} est abîmé ; rien n’a été restauré.") from fault
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
            member = _open(archive, MANIFEST, LARGEST_MANIFEST)
            manifest = msgspec.json.decode(member.read(), type=Manifest)
            if manifest.revision != revision:
                raise ArchiveRefused(
                    f"La sauvegarde est au schéma {manifest.revision}, la base au schéma {revision} : "
                    "restaurez avec la version du logiciel qui l’a faite, puis lancez « passerelle migrate »."
                )
            for part, table in zip(manifest.tables, tables, strict=True):
                body = _open(archive, f"{table.name}.jsonl", LARGEST_TABLE)
                if part.name != table.name or _fill(connection, table, body) != part.sha256:
                    raise ArchiveRefused(
                        f"La table {table.name} de la sauvegarde est abîmée ; rien n’a été restauré."
                    )
        if not database.is_sqlite:
            _advance_sequences(connection, tables)
    return manifest


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[sa.Row[Any]]:
    key = list(table.primary_key.columns)
    heavy = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
    query = sa.select(table).order_by(*key).execution_options(yield_per=HEAVY_ROWS if heavy else BLOCK)
    rows = connection.execute(query)
    if any(isinstance(column.type, sa.String) for column in key):
        # Collations differ between databases; Python's order does not.
        yield from sorted(rows, key=lambda row: tuple(getattr(row, column.name) for column in key))
    else:
        yield from rows


def _open(archive: tarfile.TarFile, name: str, largest: int) -> IO[bytes]:
    entry = archive.getmember(name)
    member = archive.extractfile(entry) if entry.isreg() else None
    if member is None:
        raise ArchiveRefused(f"La sauvegarde ne contient pas {name}.")
    if entry.size > largest:
        raise ArchiveRefused(f"{name} dépasse {largest >> 20} Mo dans la sauvegarde ; rien n’a été restauré.")
    return member


def _fill(connection: sa.Connection, table: sa.Table, body: IO[bytes]) -> str:
    """Insert the rows as they are read, and return the digest of what was read: the caller compares it
    before the transaction ends."""
    digest, rows, weight = hashlib.sha256(), [], 0
    header = body.readline()
    digest.update(header)
    names: list[str] = msgspec.json.decode(header)
    readers = [_reader(table.columns[name].type) for name in names]
    for line in iter(lambda: body.readline(LARGEST_LINE), b""):
        digest.update(line)
        weight += len(line)
        values = zip(names, msgspec.json.decode(line), readers, strict=True)
        rows.append({name: None if value is None else read(value) for name, value, read in values})
        if len(rows) == BLOCK or weight > BLOCK_BYTES:
            connection.execute(sa.insert(table), rows)
            rows, weight = [], 0
    if rows:
        connection.execute(sa.insert(table), rows)
    return digest.hexdigest()


def _reader(kind: Any) -> Any:
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat
    if isinstance(kind, sa.Date):
        return date.fromisoformat
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode
    return lambda value: value


def _advance_sequences(connection: sa.Connection, tables: list[sa.Table]) -> None:
    for table in tables:
        if "id" in table.columns:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
                f'COALESCE((SELECT MAX(id) FROM "{table.name}"), 1), '
                f'(SELECT COUNT(*) > 0 FROM "{table.name}"))'
            )
