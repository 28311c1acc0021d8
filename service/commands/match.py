"""`passerelle match`: match files of participants and offers, without a database.

Exit code: 0 all lines were read, 1 some were left out (told with their number), 2 wrong usage.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from matching import Register
from service.commands.on_files import add_arguments
from service.commands.on_files import run as run_on_files

if TYPE_CHECKING:
    from service.commands.on_files import Given


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "match",
        help="rapproche un fichier de participants et un fichier d’offres",
        description="Rapproche deux fichiers JSONL (une ligne, un objet ; voir : docs/matching-files.md). "
        "Sans --participant ni --offer, chaque participant reçoit ses meilleures offres ; avec --offer, "
        "l’offre reçoit ses meilleurs candidats ; avec les deux, la paire est dite, quoi qu’il y manque.",
    )
    add_arguments(parser, top="lignes gardées par liste (20) ; autant en « presque »")
    parser.set_defaults(run=lambda args: run_on_files(args, "match", _lines))


def _lines(args: Any, given: "Given", on: date) -> Iterator[tuple[int, bytes]]:
    from service.match_files.lines import Asked, line_for_pair, lines_for_offer
    from service.match_files.work import blocks_of_lines, encoded, match_block

    people, offers, world = given.people, given.offers, given.world
    asked = Asked(on=on, top=args.top, register=Register(args.register))
    if args.participant is not None and args.offer is not None:
        yield 1, encoded(line_for_pair(people[args.participant], offers[args.offer], world, asked))
    elif args.offer is not None:
        yield 1, encoded(lines_for_offer(offers[args.offer], people, world, asked))
    else:
        if args.participant is not None:
            people = {args.participant: people[args.participant]}
        yield from blocks_of_lines(people, offers, world, asked, match_block, args.workers)
