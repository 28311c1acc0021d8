"""`passerelle match`: match files of participants and offers, without a database.

Exit code: 0 all lines were read, 1 some were left out (told with their number), 2 wrong usage.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from matching import Register


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "match",
        help="rapproche un fichier de participants et un fichier d’offres",
        description="Rapproche deux fichiers JSONL (une ligne, un objet ; voir : passerelle schema). "
        "Sans --participant ni --offer, chaque participant reçoit ses meilleures offres.",
    )
    parser.add_argument(
        "--participants", required=True, type=Path, metavar="P.jsonl", help="les participants"
    )
    parser.add_argument("--offers", required=True, type=Path, metavar="O.jsonl", help="les offres")
    parser.add_argument("--participant", metavar="ID", help="un seul participant")
    parser.add_argument("--offer", metavar="ID", help="une seule offre : ses meilleurs candidats")
    parser.add_argument(
        "--top",
        type=positive,
        default=20,
        metavar="K",
        help="lignes gardées par liste (20) ; autant en « presque »",
    )
    parser.add_argument(
        "--register",
        choices=[one.value for one in Register],
        default=Register.FULL.value,
        help="pour qui sont les explications (full)",
    )
    parser.add_argument(
        "--on", type=a_day, metavar="AAAA-MM-JJ", help="le jour du rapprochement (aujourd’hui)"
    )
    parser.add_argument(
        "--zone", choices=["A", "B", "C"], help="zone de vacances scolaires (toutes semaines jugées)"
    )
    parser.add_argument("--workers", type=positive, default=1, metavar="N", help="nombre de processus (1)")
    parser.add_argument(
        "--out", required=True, metavar="M.jsonl", help="le fichier à écrire ; - pour l’écran"
    )
    parser.set_defaults(run=run)


def positive(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 1_000_000):
        raise argparse.ArgumentTypeError(f"un entier positif est attendu : « {typed} »")
    return int(typed)


def a_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"la date s’écrit AAAA-MM-JJ : « {typed} »") from None


def run(args: Any) -> int:
    from matching import Offer, Participant
    from service.match_files.lines import Asked
    from service.match_files.read import read_lines

    try:
        people = read_lines(args.participants, Participant)
        offers = read_lines(args.offers, Offer)
    except OSError as fault:
        return _usage(f"impossible d’ouvrir {fault.filename} : {_why(fault)}")
    for path, bad in ((args.participants, people.bad), (args.offers, offers.bad)):
        for one in bad:
            print(f"{path}, ligne {one.number} : {one.sentence}.", file=sys.stderr)
    if args.participant is not None and args.participant not in people.found:
        return _usage(f"aucun participant « {args.participant} » n’a pu être lu dans {args.participants}")
    if args.offer is not None and args.offer not in offers.found:
        return _usage(f"aucune offre « {args.offer} » n’a pu être lue dans {args.offers}")
    # The only clock of the command: the day is an argument everywhere below.
    on = args.on or date.today()  # noqa: DTZ011
    asked = Asked(on=on, top=args.top, register=Register(args.register))
    try:
        written = _write(args, people.found, offers.found, asked)
    except OSError as fault:
        return _usage(f"impossible d’écrire {fault.filename} : {_why(fault)}")
    print(
        f"{len(people.found)} participant(s), {len(offers.found)} offre(s) : {written} ligne(s) écrites.",
        file=sys.stderr,
    )
    return 1 if people.bad or offers.bad else 0


def _write(args: Any, people: Any, offers: Any, asked: Any) -> int:
    """Write the lines as they come; the number written. A file appears only once whole."""
    if args.out == "-":
        written = 0
        for block in _blocks(args, people, offers, asked):
            sys.stdout.buffer.write(block)
            written += block.count(b"\n")
        sys.stdout.buffer.flush()
        return written
    target = Path(args.out)
    part = target.with_name(target.name + ".part")
    written = 0
    try:
        with part.open("wb") as file:
            for block in _blocks(args, people, offers, asked):
                file.write(block)
                written += block.count(b"\n")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return written


def _blocks(args: Any, people: Any, offers: Any, asked: Any) -> Any:
    from tqdm import tqdm

    from service.match_files.lines import line_for_pair, lines_for_offer
    from service.match_files.work import blocks_of_lines, encoded, world_of

    if args.participant is not None and args.offer is not None:
        person, offer = people[args.participant], offers[args.offer]
        yield encoded(line_for_pair(person, offer, world_of(args.zone), asked))
        return
    if args.offer is not None:
        yield encoded(lines_for_offer(offers[args.offer], people, world_of(args.zone), asked))
        return
    if args.participant is not None:
        people = {args.participant: people[args.participant]}
    with tqdm(total=len(people), unit=" participant", disable=None, leave=False) as bar:
        for done, block in blocks_of_lines(people, offers, args.zone, asked, args.workers):
            bar.update(done)
            yield block


def _why(fault: OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return "ce fichier ou ce dossier n’existe pas"
    if isinstance(fault, PermissionError):
        return "l’accès est refusé"
    return "c’est un dossier" if isinstance(fault, IsADirectoryError) else "le disque ne répond pas"


def _usage(sentence: str) -> int:
    print(f"passerelle match : {sentence}.", file=sys.stderr)
    return 2
