"""A backup restores to the byte, from one database to the other as well."""

import gzip
import io
import shutil
import tarfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.archive import ArchiveRefused, backup, restore
from service.migrations.run import upgrade
from service.tables import UserRow
from service.tables.session import Database
from tests.world import World


def test_a_backup_restored_elsewhere_and_saved_again_is_the_same_file(
    database: Database, world: World, tmp_path: Path
) -> None:
    first = tmp_path / "one.tar.gz"
    manifest = backup(database, first)
    assert {part.name: part.rows for part in manifest.tables}["user_account"] == 16
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    upgrade(url)
    other = Database(url, pool_size=1)
    restore(other, first)
    second = tmp_path / "two.tar.gz"
    backup(other, second)
    assert first.read_bytes() == second.read_bytes()
    other.dispose()


def test_a_restored_database_goes_on_numbering(database: Database, world: World, tmp_path: Path) -> None:
    archive = tmp_path / "one.tar.gz"
    backup(database, archive)
    with database.write() as db:
        for table in ("user_account", "organisation", "territory_commune", "territory"):
            db.execute(sa.text(f"DELETE FROM {table}"))
    restore(database, archive)
    with database.write() as db:
        here = world.here
        db.add(
            UserRow(
                territory_id=here.id,
                organisation_id=here.organisations["plie"],
                email="nouvelle@ici.test",
                name="Nouvelle",
                role=db.get_one(UserRow, here.users["admin"]).role,
            )
        )


def test_a_backup_is_not_poured_over_existing_data(database: Database, world: World, tmp_path: Path) -> None:
    archive = tmp_path / "one.tar.gz"
    backup(database, archive)
    with pytest.raises(ArchiveRefused, match="base vide"):
        restore(database, archive)


@pytest.fixture
def empty(tmp_path: Path, sqlite_template: Path) -> Database:
    path = tmp_path / "empty.sqlite"
    shutil.copy(sqlite_template, path)
    return Database(f"sqlite:///{path}", pool_size=1)


def test_a_backup_is_for_its_owner_only(database: Database, world: World, tmp_path: Path) -> None:
    backup(database, tmp_path / "one.tar.gz")
    assert (tmp_path / "one.tar.gz").stat().st_mode & 0o077 == 0


def test_a_backup_cut_short_restores_nothing(
    database: Database, world: World, tmp_path: Path, empty: Database
) -> None:
    archive, cut = tmp_path / "one.tar.gz", tmp_path / "cut.tar.gz"
    backup(database, archive)
    whole = archive.read_bytes()
    for size in (0, 10, len(whole) // 3, len(whole) * 2 // 3):
        cut.write_bytes(whole[:size])
        with pytest.raises(ArchiveRefused, match="rien n’a été restauré"):
            restore(empty, cut)
    with empty.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(UserRow)) == 0


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"format":1,"revision":"0001","tables":[]}'])
def test_an_archive_that_is_no_backup_is_refused_in_french(
    tmp_path: Path, empty: Database, manifest: bytes
) -> None:
    with pytest.raises(ArchiveRefused, match="sauvegarde"):
        restore(empty, packed(tmp_path, len(manifest), manifest))


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    tmp_path: Path, empty: Database
) -> None:
    # 3 Mo announced and there, for a manifest of a few kilobytes: 1 Mo at most.
    bomb = packed(tmp_path, 3_000_000, b"\0" * 3_000_000)
    with pytest.raises(ArchiveRefused, match=r"manifest\.json dépasse 1 Mo"):
        restore(empty, bomb)


def packed(directory: Path, size: int, manifest: bytes) -> Path:
    entry = tarfile.TarInfo("manifest.json")
    entry.size = size
    target = directory / "made.tar.gz"
    with gzip.open(target, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as archive:
        archive.addfile(entry, io.BytesIO(manifest))
    return target
