"""`passerelle schema`: the JSON Schemas of the files of `passerelle match`, made from the Structs."""

import argparse
import sys
from typing import Any

from matching import Register


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("schema", help="affiche le schéma JSON d’une ligne de fichier")
    parser.add_argument("what", choices=["participant", "offer", "match", "levers"], help="de quelle ligne")
    parser.add_argument(
        "--register",
        choices=[one.value for one in Register],
        default=Register.FULL.value,
        help="pour match et levers : le registre des lignes (full)",
    )
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    import msgspec

    from matching import Offer, Participant
    from matching.schemas import schema_of
    from service.match_files.gains import SHAPES as GAINS
    from service.match_files.lines import SHAPES as LINES

    asked = Register(args.register)
    kinds: dict[str, Any] = {
        "participant": Participant,
        "offer": Offer,
        "match": LINES[asked],
        "levers": GAINS[asked],
    }
    schema = schema_of(kinds[args.what], args.what, bounded=args.what in ("participant", "offer"))
    text = msgspec.json.format(msgspec.json.encode(schema), indent=2).decode()
    sys.stdout.write(text + "\n")
    return 0
