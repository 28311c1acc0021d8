"""`passerelle`: the command line. Help in French; each command is a module of `service/commands`."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from service.settings import SettingsError

# Modules with `register(subparsers)`; they import what they need only when they run.
COMMANDS = (
    "serve",
    "migrate",
    "demo",
    "user",
    "import_data",
    "backup",
    "match",
    "levers",
    "occupations",
    "skills",
    "schema",
    "clauses_check",
)

FRENCH = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "affiche cette aide et s’arrête",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "choix inconnu : %(value)r (au choix : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "valeur illisible : %(value)r",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
}


def speak_french() -> None:
    """argparse asks gettext for its few sentences: answer in French."""

    def translate(message: str) -> str:
        return FRENCH.get(message, message)

    argparse._ = translate  # type: ignore[attr-defined]


def build_parser() -> argparse.ArgumentParser:
    speak_french()
    parser = argparse.ArgumentParser(
        prog="passerelle",
        description="Passerelle : rapprocher participants et offres, suivre les heures d’insertion.",
    )
    subparsers = parser.add_subparsers(title="commandes", dest="command", metavar="COMMANDE", required=True)
    for name in COMMANDS:
        importlib.import_module(f"service.commands.{name}").register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all went well, 1 when something was refused, 2 for a wrong usage."""
    args = build_parser().parse_args(argv)
    try:
        code: int = args.run(args)
    except SettingsError as error:
        print(f"passerelle : {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("passerelle : interrompu.", file=sys.stderr)
        return 130
    except Exception as fault:
        sentence = told(fault)
        if sentence is None:
            raise
        print(f"passerelle : {sentence}", file=sys.stderr)
        return 1
    return code


def told(fault: Exception) -> str | None:
    """What the disk or the database refused, in French; None for a fault of ours, which keeps its trace."""
    if isinstance(fault, OSError):
        return f"{fault.filename or 'le système'} : {fault.strerror or fault}."
    from sqlalchemy import exc

    from service.migrations.run import NewerDatabase

    if isinstance(fault, NewerDatabase):
        return str(fault)
    if isinstance(fault, exc.ArgumentError):
        return "PASSERELLE_DATABASE_URL ne se lit pas comme l’adresse d’une base SQLite ou PostgreSQL."
    if isinstance(fault, exc.OperationalError | exc.ProgrammingError):
        why = str(fault.orig).strip().splitlines()[0]
        return (
            f"la base de données ne répond pas, ou n’est pas au schéma ({why}). Vérifiez "
            "PASSERELLE_DATABASE_URL et PASSERELLE_DATA, puis lancez « passerelle migrate »."
        )
    return None


if __name__ == "__main__":
    sys.exit(main())
