"""What `passerelle match` and `passerelle levers` share: arguments, files read, lines written, exit codes."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matching import Register

if TYPE_CHECKING:
    from matching import Offer, Participant, World
    from matching.matrix import Matrix
    from matching.world import Affinity
    from service.match_files.read import BadLine


def add_arguments(parser: argparse.ArgumentParser, *, top: str) -> None:
    """The arguments of both commands; ``top``: what K is."""
    add = parser.add_argument
    add("--participants", required=True, metavar="P.jsonl", help="les participants ; - lit l’entrée standard")
    add("--offers", required=True, metavar="O.jsonl", help="les offres ; - lit l’entrée standard")
    add("--participant", metavar="ID", help="un seul participant")
    add("--offer", metavar="ID", help="une seule offre")
    add("--top", type=positive, default=20, metavar="K", help=top)
    add(
        "--register",
        choices=[one.value for one in Register],
        default=Register.FULL.value,
        help="pour qui sont les explications (full)",
    )
    add("--on", type=a_day, metavar="AAAA-MM-JJ", help="le jour du rapprochement (aujourd’hui)")
    add("--zone", choices=["A", "B", "C"], help="zone de vacances scolaires (toutes semaines jugées)")
    add("--matrix", metavar="T.csv", help="durées de trajet : from,to,mode,departure,minutes")
    likeness = parser.add_mutually_exclusive_group()
    likeness.add_argument("--affinity", metavar="A.csv", help="métiers proches : from,to,affinity")
    likeness.add_argument("--rome", action="store_true", help="métiers proches : le ROME importé")
    add("--workers", type=positive, default=1, metavar="N", help="nombre de processus (1)")
    add("--out", required=True, metavar="M.jsonl", help="le fichier à écrire ; - pour l’écran")


def positive(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 1_000_000):
        raise argparse.ArgumentTypeError(f"un entier positif est attendu : « {typed} »")
    return int(typed)


def a_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"la date s’écrit AAAA-MM-JJ : « {typed} »") from None


class Misuse(Exception):
    """The command cannot do what was asked; the message is a French sentence without its stop."""


class Given(NamedTuple):
    """What the files held. all_good: no line was left out."""

    people: "dict[str, Participant]"
    offers: "dict[str, Offer]"
    world: "World"
    likeness: str
    all_good: bool


def run(args: Any, name: str, lines: Callable[[Any, Given, date], Iterator[tuple[int, bytes]]]) -> int:
    """Read, write what ``lines(args, given, on)`` gives; 0 all was read, 1 some lines were not, 2 misuse."""
    from service.match_files.read import Unreadable, why
    from service.match_files.write import write_whole

    before = signal.signal(signal.SIGTERM, _stop)
    try:
        given = _read(args)
        # The only clock of the command: the day is an argument everywhere below.
        on = args.on or date.today()  # noqa: DTZ011
        total = 1 if args.participant or args.offer else len(given.people)
        written = write_whole(_watched(lines(args, given, on), total), args.out)
    except (Misuse, Unreadable) as fault:
        return _refuse(name, str(fault))
    except BrokenPipeError:
        # Whoever read the lines has seen enough; Python would say so again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        return _refuse(name, f"impossible d’écrire {args.out} : {why(fault)}")
    finally:
        signal.signal(signal.SIGTERM, before)
    print(
        f"{len(given.people)} participants, {len(given.offers)} offres, {written} lignes écrites "
        f"(métiers proches : {given.likeness}).",
        file=sys.stderr,
    )
    return 0 if given.all_good else 1


def _stop(number: int, _: object) -> None:
    """Asked to stop, as by Ctrl-C: the workers end and nothing half-written stays."""
    raise SystemExit(128 + number)


def _refuse(name: str, sentence: str) -> int:
    print(f"passerelle {name} : {sentence}.", file=sys.stderr)
    return 2


def _watched(blocks: Iterable[tuple[int, bytes]], total: int) -> Iterator[bytes]:
    """The lines of each block, with a bar on a terminal."""
    from tqdm import tqdm

    with tqdm(total=total, unit=" participant", disable=None, leave=False) as bar:
        for done, lines in blocks:
            bar.update(done)
            yield lines


def _read(args: Any) -> Given:
    from matching import Offer, Participant
    from matching.matrix import NO_MATRIX, read_what_can_be
    from service.match_files.read import STANDARD, read_lines, read_table
    from service.match_files.work import world_of

    sources = [one for one in (args.participants, args.offers, args.matrix, args.affinity) if one]
    if sources.count(STANDARD) > 1:
        raise Misuse("l’entrée standard ne se lit qu’une fois")
    for source in sources:
        if source != STANDARD and Path(source).resolve() == Path(args.out).resolve():
            raise Misuse(f"{args.out} est aussi un fichier à lire")
    people = read_lines(args.participants, Participant)
    offers = read_lines(args.offers, Offer)
    bad = len(people.bad) + len(offers.bad)
    for source, read in ((args.participants, people), (args.offers, offers)):
        _tell(source, read.bad)
        for field, number in read.aside.items():
            print(
                f"{source} : le champ « {field} » n’est pas connu, il est laissé de côté "
                f"(ligne {number} et peut-être d’autres).",
                file=sys.stderr,
            )
    matrix: Matrix = NO_MATRIX
    if args.matrix:
        matrix, faults = read_table(args.matrix, read_what_can_be)
        bad += _tell(args.matrix, faults)
    affinity, likeness, faults = _affinity(args)
    bad += _tell(args.affinity, faults)
    if args.participant is not None and args.participant not in people.found:
        raise Misuse(f"aucun participant « {args.participant} » n’a pu être lu dans {args.participants}")
    if args.offer is not None and args.offer not in offers.found:
        raise Misuse(f"aucune offre « {args.offer} » n’a pu être lue dans {args.offers}")
    world = world_of(args.zone, matrix, affinity, args.top)
    return Given(people.found, offers.found, world, likeness, not bad)


def _affinity(args: Any) -> "tuple[Affinity, str, list[BadLine]]":
    """How near occupations are, where it comes from, and lines that were left out."""
    from matching.affinity_file import read_affinity
    from matching.world import NO_AFFINITY
    from service.match_files.read import read_table

    if args.affinity:
        found, faults = read_table(args.affinity, read_affinity)
        return found, str(args.affinity), faults
    if not args.rome:
        return NO_AFFINITY, "aucune table", []
    from service.reference.affinity import current_affinity

    imported = current_affinity()
    if not imported:
        raise Misuse("aucun ROME n’est importé (voir : passerelle import rome)")
    return imported, "ROME importé", []


def _tell(source: str, bad: "Iterable[BadLine]") -> int:
    count = 0
    for one in bad:
        count += 1
        print(f"{source}, ligne {one.number} : {one.sentence}.", file=sys.stderr)
    return count
