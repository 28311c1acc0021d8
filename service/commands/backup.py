"""`passerelle backup FILE` and `passerelle restore FILE`."""

import argparse
import sys
from pathlib import Path
from typing import Any


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    save = subparsers.add_parser("backup", help="sauvegarde toute la base dans un fichier .tar.gz")
    save.add_argument("file", type=Path, metavar="FICHIER", help="fichier à écrire")
    save.set_defaults(run=run_backup)
    load = subparsers.add_parser("restore", help="restaure une sauvegarde dans une base vide")
    load.add_argument("file", type=Path, metavar="FICHIER", help="fichier à lire")
    load.set_defaults(run=run_restore)


def run_backup(args: Any) -> int:
    from service.archive import backup
    from service.settings import read_settings
    from service.tables.session import Database

    if not args.file.parent.is_dir():
        print(f"passerelle : le dossier {args.file.parent} n’existe pas.", file=sys.stderr)
        return 1
    manifest = backup(Database(read_settings().database_url, pool_size=1), args.file)
    print(f"{sum(part.rows for part in manifest.tables)} lignes sauvegardées dans {args.file}.")
    return 0


def run_restore(args: Any) -> int:
    from service.archive import ArchiveRefused, restore
    from service.migrations.run import upgrade
    from service.settings import read_settings
    from service.tables.session import Database

    settings = read_settings()
    upgrade(settings.database_url)
    try:
        manifest = restore(Database(settings.database_url, pool_size=1), args.file)
    except ArchiveRefused as refusal:
        print(f"passerelle : {refusal}", file=sys.stderr)
        return 1
    print(f"{sum(part.rows for part in manifest.tables)} lignes restaurées.")
    return 0
