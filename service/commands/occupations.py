"""`passerelle occupations resolve|evaluate`: what people and employers write, as ROME codes."""

import argparse
from typing import TYPE_CHECKING

from service.commands.text_files import add_acts

if TYPE_CHECKING:
    from matching.occupations import Resolver


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("occupations", help="rapproche des textes libres des métiers du ROME")
    add_acts(parser, _occupations, "métiers")


def _occupations() -> "Resolver | None":
    from service.reference.occupations import reference

    return reference().occupations
