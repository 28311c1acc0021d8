"""`passerelle demo [--on DATE]`: load the demonstration territory, in a database that holds nothing else."""

import argparse
import sys
from datetime import date
from typing import Any


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="charge le territoire de démonstration")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="jour de la démonstration (AAAA-MM-JJ)"
    )
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    from service.migrations.run import upgrade
    from service.settings import read_settings

    settings = read_settings()
    if settings.production:
        print(
            "passerelle : pas de démonstration en production ; ses mots de passe sont publics.",
            file=sys.stderr,
        )
        return 1
    upgrade(settings.database_url)
    if not load_if_empty(settings.database_url, args.on):
        print(
            "passerelle : la base contient déjà un territoire. La démonstration se charge dans une base vide "
            "(PASSERELLE_DATA=un/autre/dossier passerelle demo).",
            file=sys.stderr,
        )
        return 1
    return 0


def load_if_empty(url: str, on: date | None = None) -> bool:
    """Load the demo unless the database has a territory; whether it did.

    The demo is made aside, then poured in one transaction: stopped half-way, it leaves nothing.
    """
    import tempfile
    from pathlib import Path

    from sqlalchemy import select
    from sqlalchemy.exc import IntegrityError
    from sqlmodel import col

    from service.archive import ArchiveRefused, backup, restore
    from service.migrations.run import upgrade
    from service.tables.accounts import TerritoryRow
    from service.tables.session import Database

    database = Database(url, pool_size=1)
    try:
        with database.read() as db:
            if db.scalar(select(col(TerritoryRow.id)).limit(1)) is not None:
                return False
        from fixtures.demo.build import DEMO_DAY, build_demo

        print("Chargement de la démonstration…", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            aside, archive = f"sqlite:///{folder}/demo.sqlite", Path(folder) / "demo.tar.gz"
            upgrade(aside)
            made = Database(aside, pool_size=1)
            build_demo(made, on or DEMO_DAY)
            backup(made, archive)
            made.dispose()
            try:
                restore(database, archive)
            except (ArchiveRefused, IntegrityError):
                # Another `demo` was faster between the look and the load.
                return False
    finally:
        database.dispose()
    return True
