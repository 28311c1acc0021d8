"""`passerelle migrate`: bring the database to the current schema, before any worker starts."""

import argparse
from typing import Any


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("migrate", help="met la base de données au schéma courant")
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    from service.migrations.run import upgrade
    from service.settings import read_settings

    settings = read_settings()
    upgrade(settings.database_url)
    print("Base de données à jour.")
    return 0
