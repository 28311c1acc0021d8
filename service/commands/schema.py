"""`passerelle schema`: the JSON Schemas of the files of `passerelle match`, made from the Structs."""

import argparse
import sys
from typing import Any

from matching import Register


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("schema", help="affiche le schéma JSON d’une ligne de fichier")
    parser.add_argument("what", choices=["participant", "offer", "match"], help="de quelle ligne")
    parser.add_argument(
        "--register",
        choices=[one.value for one in Register],
        default=Register.FULL.value,
        help="pour match : le registre des lignes (full)",
    )
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    import msgspec

    from matching import Offer, Participant
    from service.match_files.lines import SHAPES

    kinds: dict[str, Any] = {
        "participant": Participant,
        "offer": Offer,
        "match": SHAPES[Register(args.register)],
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(kinds[args.what]),
    }
    text = msgspec.json.format(msgspec.json.encode(schema), indent=2).decode()
    sys.stdout.write(text + "\n")
    return 0
