"""docs/matching-files.md: its examples are run, and no field of a file is missing from it."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from matching import Offer, Participant, Register
from matching.affinity_file import read_affinity
from matching.matrix import read_what_can_be
from matching.schemas import schema_of
from service.cli import main
from service.match_files.gains import SHAPES as GAINS
from service.match_files.lines import SHAPES as LINES

DOC = (Path(__file__).parents[3] / "docs" / "matching-files.md").read_text()


def block(name: str) -> str:
    found = re.search(rf"^```{re.escape(name)}\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name in ("participants", "offers"):
        (tmp_path / f"{name}.jsonl").write_text(block(f"jsonl {name}"))
    return tmp_path


def run(files: Path, command: str, *more: str) -> list[dict[str, Any]]:
    out = files / "out.jsonl"
    told = [f"--{name}={files / name}.jsonl" for name in ("participants", "offers")]
    assert main([command, *told, f"--out={out}", "--on=2026-11-02", *more]) == 0
    return [json.loads(line) for line in out.read_text().splitlines()]


def plain(*words: object) -> str:
    return " ".join(map(str, words)).replace("\u202f", " ")


def test_the_examples_give_the_lines_that_the_page_shows(files: Path) -> None:
    told = [
        plain(one["participant"], one["list"], one["offer"], one["explanation"]["headline"])
        for one in run(files, "match")
    ]
    assert told == block("text match").splitlines()
    for more in ("", " --offer menage-arques"):
        found = run(files, "levers", "--top", "2", *more.split())
        told = [plain(one["participant"] or one["offer"], one["place"], one["text"]) for one in found]
        assert told == block(f"text levers{more}").splitlines()


@pytest.mark.parametrize("register", list(Register))
def test_each_line_written_is_valid_against_its_schema(files: Path, register: Register) -> None:
    whose = ["--offer=menage-arques"] if register is Register.EMPLOYER else []
    for command, shapes in (("match", LINES), ("levers", GAINS)):
        schema = schema_of(shapes[register], command)
        Draft202012Validator.check_schema(schema)
        for line in run(files, command, f"--register={register}", *whose):
            Draft202012Validator(schema).validate(line)


@pytest.mark.parametrize(("name", "kind"), [("participants", Participant), ("offers", Offer)])
def test_each_line_read_is_valid_against_its_schema(name: str, kind: type) -> None:
    for line in block(f"jsonl {name}").splitlines():
        Draft202012Validator(schema_of(kind, name, bounded=True)).validate(json.loads(line))


def test_the_tables_of_figures_are_read_whole() -> None:
    matrix, faults = read_what_can_be(block("csv matrix").splitlines())
    assert (len(matrix), faults) == (3, [])
    affinity, faults = read_affinity(block("csv affinity").splitlines())
    assert (affinity.near("K2204", "K2205"), faults) == (6200, [])


@pytest.mark.parametrize("kind", [Participant, Offer, *LINES.values(), *GAINS.values()])
def test_every_field_and_every_word_is_on_the_page(kind: type) -> None:
    shapes = msgspec.json.schema(kind)["$defs"]
    fields = {name for shape in shapes.values() for name in shape.get("properties", {})}
    assert {name for name in fields if not re.search(rf"[`\" {{]{name}[`\"]", DOC)} == set()


@pytest.mark.parametrize("kind", [Participant, Offer])
def test_every_word_that_may_be_read_is_on_the_page(kind: type) -> None:
    shapes = msgspec.json.schema(kind)["$defs"]
    words = {word for shape in shapes.values() for word in shape.get("enum", ())}
    levels = {"A2", "B1", "B2", "C1"}  # « A1 to C2 »
    assert {word for word in words - levels if f"`{word}`" not in DOC and f'"{word}"' not in DOC} == set()
