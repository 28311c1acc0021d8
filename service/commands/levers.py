"""`passerelle levers`: what would open offers to people, or an offer to people, from files.

Exit code: 0 all lines were read, 1 some were left out (told with their number), 2 wrong usage.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from matching import Register
from service.commands.on_files import Misuse, add_arguments
from service.commands.on_files import run as run_on_files

if TYPE_CHECKING:
    from service.commands.on_files import Given


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "levers",
        help="cherche ce qui ouvrirait des offres à des participants, ou une offre à des participants",
        description="Le plus petit changement, et ce qu’il ouvre : un seul à la fois, puis par deux quand "
        "aucun des deux ne suffit. Les gains se recouvrent, ils ne s’additionnent pas. Formats : "
        "docs/matching-files.md. Sans --participant ni --offer, les leviers de chaque participant.",
    )
    add_arguments(parser, top="leviers gardés par participant, ou pour l’offre (20)")
    parser.set_defaults(run=lambda args: run_on_files(args, "levers", _lines))


def _lines(args: Any, given: "Given", on: date) -> Iterator[tuple[int, bytes]]:
    from service.match_files.gains import AskedLevers, gains_of_offer
    from service.match_files.work import blocks_of_lines, encoded, levers_block

    people, offers, world = given.people, given.offers, given.world
    asked = AskedLevers(on=on, top=args.top, register=Register(args.register))
    if args.participant is not None and args.offer is not None:
        raise Misuse("--participant et --offer ne vont pas ensemble : les leviers sont de l’un ou de l’autre")
    if asked.register is Register.PERSON and args.offer is not None:
        raise Misuse("le registre person ne se donne pas pour une offre : il nommerait les autres")
    if asked.register is Register.EMPLOYER and args.offer is None:
        raise Misuse("le registre employer ne se donne qu’avec --offer")
    if args.offer is not None:
        yield 1, encoded(gains_of_offer(offers[args.offer], people, world, asked))
    else:
        if args.participant is not None:
            people = {args.participant: people[args.participant]}
        yield from blocks_of_lines(people, offers, world, asked, levers_block, args.workers)
