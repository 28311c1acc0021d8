"""`passerelle clauses check`: run cases that a facilitator can read, and tell each difference.

Exit code: 0 all as expected, 1 a difference, 2 wrong usage or a file that cannot be read.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clauses.cases import Outcome, Unread

LARGEST = 2_000_000
"""Bytes of a file, before it is opened."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "clauses",
        help="vérifie des cas de clauses sociales écrits à la main",
        description="Les cas de clauses sociales : un marché, ce qui s’est passé, ce qui doit en sortir.",
    )
    actions = parser.add_subparsers(title="actions", dest="action", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check",
        help="rejoue des cas et montre chaque différence",
        description="Rejoue chaque fichier TOML (format : docs/clause-cases.md) et montre chaque "
        "différence avec sa raison. Code de sortie : 0 tout est conforme, 1 une différence, 2 un fichier "
        "illisible.",
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help="un cas, ou un dossier de cas")
    check.set_defaults(run=run)


def run(args: Any) -> int:
    from clauses.cases import Unread, read_case, run_case

    code = good = 0
    paths = [path for told in args.files for path in _expanded(told)]
    for path in paths:
        text = _text(path)
        case = Unread(name=str(path), faults=(text.sentence,)) if isinstance(text, Unopened) else None
        held = case or read_case(str(text), str(path))
        outcome = held if isinstance(held, Unread) else run_case(held, territory_holidays)
        if isinstance(outcome, Unread):
            _tell_unread(outcome)
            code = 2
        elif outcome.gaps or not outcome.compared:
            _tell_gaps(outcome)
            code = max(code, 1)
        else:
            good += 1
            print(f"{path} : conforme ({_count(outcome.compared, 'valeur vérifiée', 'valeurs vérifiées')}).")
    print(f"{_count(good, 'cas conforme', 'cas conformes')} sur {len(paths)}.")
    return code


class Unopened:
    """A file that could not be opened, and why, in French."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


def territory_holidays(region: str, first: date, last: date) -> frozenset[date] | None:
    """The public holidays of a region for the years of two dates; None for a region we do not know."""
    from service.declarations.holidays import SUBDIVISIONS, public_holidays

    return public_holidays(region, first, last) if region in SUBDIVISIONS else None


def _expanded(told: Path) -> list[Path]:
    """A folder stands for its .toml files; an empty one stays as it is, to be told unreadable."""
    return (sorted(told.glob("*.toml")) or [told]) if told.is_dir() else [told]


def _text(path: Path) -> str | Unopened:
    try:
        if path.is_dir():
            return Unopened("ce dossier ne contient aucun fichier .toml.")
        if path.stat().st_size > LARGEST:
            return Unopened("ce fichier est trop grand pour être un cas.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Unopened("ce fichier n’existe pas.")
    except UnicodeDecodeError:
        return Unopened("ce fichier n’est pas en UTF-8.")
    except OSError:
        return Unopened("ce fichier ne s’ouvre pas.")


def _tell_unread(unread: "Unread") -> None:
    print(f"{unread.name} : illisible.", file=sys.stderr)
    for fault in unread.faults:
        print(f"  {fault}", file=sys.stderr)


def _tell_gaps(outcome: "Outcome") -> None:
    print(f"{outcome.case.name} : {_count(len(outcome.gaps), 'différence')} — {outcome.case.title}")
    for gap in outcome.gaps:
        print(f"  {gap.where}")
        print(f"    attendu  : {gap.expected}")
        print(f"    obtenu   : {gap.obtained}")
        for number, sentence in enumerate(gap.why):
            print(f"    {'pourquoi : ' if number == 0 else '           '}{sentence}")


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number < 2 else many or one + 's'}"
