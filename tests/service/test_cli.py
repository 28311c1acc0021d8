"""The command line: every command in the help, in French, and nothing heavy loaded to show it or to start."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import service.commands
from service.cli import COMMANDS, build_parser

# Modules of `service/commands` that hold no command of their own: another one registers what they do.
HELPERS = {"__init__", "text_files", "import_rome", "on_files"}
HEAVY = ("numpy", "scipy", "sklearn", "numba")


def test_the_help_lists_every_command_in_french() -> None:
    told = build_parser().format_help()
    assert told.startswith("usage : passerelle")
    for name in ("serve", "demo", "import", "match", "occupations", "skills", "schema", "clauses"):
        assert re.search(rf"^    {name}\b", told, re.MULTILINE), name
    assert "rapproche des textes libres des métiers du ROME" in told


def test_no_module_of_a_command_is_forgotten() -> None:
    there = {path.stem for path in Path(service.commands.__file__).parent.glob("*.py")}
    assert there - HELPERS == set(COMMANDS)


@pytest.mark.parametrize(
    "does",
    ["from service.cli import build_parser; build_parser().format_help()", "import service.routes"],
    ids=["the help", "the service"],
)
def test_what_reads_texts_is_not_loaded_at_the_start(does: str) -> None:
    code = f"{does}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"
