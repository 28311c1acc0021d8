"""Upgrade a database, and say whether one needs it. Run by the command line, never by a worker."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.tables.session import Database


class NewerDatabase(Exception):
    """The database was brought to its schema by a version that came after this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"la base de données vient d’une version plus récente de Passerelle (schéma {revision}). "
            "Installez cette version, ou désignez une autre base (PASSERELLE_DATABASE_URL, PASSERELLE_DATA)."
        )


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the database to the head revision, in one transaction where the database can.

    Raises NewerDatabase.
    """
    if pending(url):
        command.upgrade(configuration(url), "head")


def pending(url: str) -> bool:
    """Whether the database misses a revision. Raises NewerDatabase when it has one that is not known here."""
    scripts = ScriptDirectory.from_config(configuration(url))
    database = Database(url, pool_size=1)
    try:
        with database.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        database.dispose()
    if current is not None and current not in {one.revision for one in scripts.walk_revisions()}:
        raise NewerDatabase(current)
    return current != scripts.get_current_head()
