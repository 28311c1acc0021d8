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
    """Load the demo unless the database has a territory; whether it did."""
    from sqlalchemy import select
    from sqlalchemy.exc import IntegrityError
    from sqlmodel import col

    from service.tables.accounts import TerritoryRow
    from service.tables.session import Database

    database = Database(url, pool_size=1)
    with database.read() as db:
        if db.scalar(select(col(TerritoryRow.id)).limit(1)) is not None:
            return False
    from fixtures.demo.build import DEMO_DAY, build_demo

    print("Chargement de la démonstration…", flush=True)
    try:
        build_demo(database, on or DEMO_DAY)
    except IntegrityError:
        # Another `demo` was faster between the look and the load.
        with database.read() as db:
            if db.scalar(select(col(TerritoryRow.id)).limit(1)) is None:
                raise
        return False
    finally:
        database.dispose()
    return True
