"""A backup restores to the byte, from one database to the other as well."""

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
