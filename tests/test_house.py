"""The rules of the house that a machine can hold (a rule is a check, or it is a wish)."""

import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from alembic import command

import matching
from service.migrations.run import configuration
from service.tables import METADATA
from service.tables.offers import OfferRow
from service.tables.people import ProfileRow, ProjectRow
from service.tables.session import Database

ROOT = Path(__file__).parent.parent
CODE = [
    path
    for room in ("service", "matching", "clauses", "tests", "fixtures")
    for path in (ROOT / room).rglob("*.py")
]
TEMPLATES = ROOT / "service" / "templates"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_file_holds_more_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): len(read(path).splitlines())
        for path in CODE
        if "migrations/versions" not in str(path) and len(read(path).splitlines()) > 400
    }
    assert long == {}


def test_every_template_is_shown_by_somebody() -> None:
    told = "\n".join(read(path) for path in [*(ROOT / "service").rglob("*.py"), *TEMPLATES.rglob("*.html")])
    names = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    assert {name for name in names if f'"{name}"' not in told} == set()


def test_no_template_carries_a_style_or_a_script_that_the_policy_forbids() -> None:
    forbidden = re.compile(r"""\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:""")
    found = {
        f"{path.relative_to(TEMPLATES)}: {match[0].strip()}"
        for path in TEMPLATES.rglob("*.html")
        for match in forbidden.finditer(read(path))
    }
    assert found == set()


def test_the_word_contract_alone_is_never_a_name() -> None:
    # It would mean both « marché » and « contrat de travail ».
    word = re.compile(r"\bContract\b|\bcontract_|_contract\b")
    found = {
        str(path.relative_to(ROOT)) for path in CODE if path != Path(__file__) and word.search(read(path))
    }
    assert found == set()


def test_nothing_is_left_unfinished_nor_tied_to_one_machine() -> None:
    marks = re.compile(
        "TO" + "DO|FIX" + "ME|# XX" + "X|raise NotImplemented" + r"Error|(?<![\w.])/(?:work|tmp|root|home)/"
    )
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    found = set()
    for name in listed:
        path = ROOT / name
        if path.suffix in (".py", ".html", ".css", ".js", ".md", ".toml", ".yml") and path.exists():
            found |= {f"{name}: {match[0]}" for match in marks.finditer(read(path))}
    assert found == set()


def test_the_tables_are_what_the_migrations_make(database: Database) -> None:
    command.check(configuration(database.url))


def test_no_field_of_what_is_matched_has_a_default() -> None:
    """A Struct filled from the database must fail on a missing column, never guess."""
    for struct in (matching.Participant, matching.Project, matching.Offer):
        fields = msgspec.structs.fields(struct)
        assert [field.name for field in fields if not field.required] == [], struct


@pytest.mark.parametrize(
    ("struct", "columns", "elsewhere"),
    [
        (matching.Offer, OfferRow, {"id", "place"}),
        (matching.Project, ProjectRow, {"id"}),
        (matching.Participant, ProfileRow, {"id", "home", "care_point", "projects"}),
    ],
)
def test_what_is_matched_is_what_is_stored(struct: type, columns: type, elsewhere: set[str]) -> None:
    """A field added to the core without its column, or renamed on one side, is a drift."""
    stored = set(METADATA.tables[columns.__tablename__].columns.keys())  # type: ignore[attr-defined]
    assert {field.name for field in msgspec.structs.fields(struct)} - elsewhere - stored == set()


def test_nothing_protected_enters_the_scores() -> None:
    protected = {
        "sex",
        "birth_date",
        "age",
        "nationality",
        "qpv",
        "name",
        "first_name",
        "last_name",
        "children",
        "street",
    }
    for struct in (matching.Participant, matching.Project, matching.Offer):
        assert {field.name for field in msgspec.structs.fields(struct)} & protected == set()


def test_the_changelog_and_the_readme_name_the_version() -> None:
    version = re.search(r'^version = "(.+)"', read(ROOT / "pyproject.toml"), re.M)
    assert version is not None
    assert f"## {version[1]}" in read(ROOT / "CHANGELOG.md")
