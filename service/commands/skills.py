"""`passerelle skills resolve|evaluate`: what people and employers write, as skills of ROME."""

import argparse
from typing import TYPE_CHECKING

from service.commands.text_files import add_acts

if TYPE_CHECKING:
    from matching.occupations import Resolver


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("skills", help="rapproche des textes libres des compétences du ROME")
    add_acts(parser, _skills, "compétences")


def _skills() -> "Resolver | None":
    from service.reference.occupations import reference

    return reference().skills
