"""`passerelle import`: files brought from elsewhere into the database or beside it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from service.commands.import_rome import add_source as add_rome


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("import", help="importe des offres, des participants ou un référentiel")
    sources = parser.add_subparsers(title="sources", dest="source", metavar="SOURCE", required=True)
    offers = sources.add_parser("offers", help="offres : JSON de France Travail, ou CSV (docs/imports.md)")
    offers.set_defaults(run=run_offers)
    people = sources.add_parser("participants", help="participants : CSV (docs/imports.md)")
    people.add_argument(
        "--update",
        action="store_true",
        help="remplace aussi ce qui est déjà renseigné (jamais l’identité ni les dates d’entrée)",
    )
    people.add_argument("--referent", help="adresse e-mail du référent des personnes ajoutées")
    people.set_defaults(run=run_participants)
    for one in (offers, people):
        one.add_argument("file", metavar="FICHIER", type=Path, help="fichier à lire")
        one.add_argument("--territory", metavar="NOM", help="territoire (s’il y en a plusieurs)")
    communes = sources.add_parser("communes", help="communes officielles, par-dessus la table livrée")
    communes.add_argument("file", metavar="FICHIER", type=Path, help="CSV ou JSON des communes")
    communes.set_defaults(run=run_communes)
    add_rome(sources)


def run_offers(args: Any) -> int:
    from service.imports.offers import import_offers

    return _run(args, lambda database, territory, tick: import_offers(database, territory, args.file, tick))


def run_participants(args: Any) -> int:
    from service.imports.participants import import_participants

    return _run(
        args,
        lambda database, territory, tick: import_participants(
            database, territory, args.file, tick, update=args.update, referent=args.referent
        ),
    )


def run_communes(args: Any) -> int:
    from service.imports.communes import import_communes
    from service.imports.report import FileRefused
    from service.settings import read_settings

    try:
        report = import_communes(args.file, read_settings().data_dir)
    except FileRefused as refusal:
        print(f"passerelle : {refusal}", file=sys.stderr)
        return 2
    return _tell(report)


def _run(args: Any, act: Any) -> int:
    """0 when all rows were read, 1 when some were not, 2 when the file or the territory cannot be used."""
    from tqdm import tqdm

    from service.imports.report import FileRefused
    from service.imports.territory import territory_named
    from service.settings import read_settings
    from service.tables.session import Database

    database = Database(read_settings().database_url, pool_size=1)
    try:
        territory = territory_named(database, args.territory)
        with tqdm(desc="Lecture", unit=" lignes", file=sys.stderr, disable=None) as bar:
            report = act(database, territory, lambda _line: bar.update())
    except FileRefused as refusal:
        print(f"passerelle : {refusal}", file=sys.stderr)
        return 2
    finally:
        database.dispose()
    return _tell(report)


def _tell(report: Any) -> int:
    from service.formats import plural

    for note in report.notes:
        print(f"remarque : {note}", file=sys.stderr)
    for remark in report.remarks:
        print(f"remarque, {remark.text()}", file=sys.stderr)
    for fault in report.faults:
        print(fault.text(), file=sys.stderr)
    if report.refused > len(report.faults):
        print(f"… et {report.refused - len(report.faults)} autres lignes illisibles.", file=sys.stderr)
    refused = plural(report.refused, "ligne illisible", "lignes illisibles")
    print(
        f"{plural(report.added, 'ajout')}, {plural(report.changed, 'modification')}, "
        f"{plural(report.same, 'inchangé')}, {refused}."
    )
    return 1 if report.refused else 0
