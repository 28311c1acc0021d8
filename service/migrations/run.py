"""Upgrade a database, and say whether one needs it. Run by the command line, never by a worker."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.tables.session import Database


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the database to the head revision, in one transaction where the database can."""
    command.upgrade(configuration(url), "head")


def pending(url: str) -> bool:
    """Whether the database misses a revision."""
    head = ScriptDirectory.from_config(configuration(url)).get_current_head()
    database = Database(url, pool_size=1)
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() != head
    finally:
        database.dispose()
