"""`passerelle levers` on files: what each register reads, for people and for an offer."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from matching.terms import LanguageLevel
from matching.week import CareWindows, child, every_day
from service.cli import main
from tests.matching.personas import CRECHE, NORTH, YES, modes, offer, participant, shifts

STUDY = "solution à étudier avec le référent"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Six people with a child in care from 7 h 40, one on foot; posts at 7 h 30, one that asks for French."""
    windows = every_day(460, 1110)
    care = CareWindows(children=(child(windows, windows),))
    people = [participant(id=f"c{rank}", care_point=CRECHE, care=care) for rank in range(6)]
    people.append(participant(id="walker", modes=modes(walk=YES), language=LanguageLevel.C1))
    early = shifts((0, 450, 900))
    offers = [
        offer(id="early", schedule=early),
        offer(id="far", place=NORTH, schedule=early),
        offer(id="spoken", language=LanguageLevel.B2),
    ]
    for name, rows in (("p", people), ("o", offers)):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return tmp_path


def levers(files: Path, *more: str) -> list[dict[str, Any]]:
    told = ["--participants", str(files / "p.jsonl"), "--offers", str(files / "o.jsonl")]
    out = files / "l.jsonl"
    assert main(["levers", *told, "--out", str(out), "--on", "2026-11-02", *more]) == 0
    return [json.loads(line.replace("\u202f", " ")) for line in out.read_text().splitlines()]


def test_each_person_reads_the_change_that_opens_most_first(files: Path) -> None:
    found = levers(files, "--participant", "walker")
    assert found[0]["levers"] == [{"code": "mode", "side": "person", "mode": "bike"}]
    assert (found[0]["opens"], found[0]["place"]) == (["far"], 1)
    assert found[0]["text"] == "vélo : 1 offre de plus, dans son métier"
    (first, *_) = levers(files, "--participant", "walker", "--register", "person")
    assert first["text"] == "vélo : 1 offre de plus, dans votre métier"


def test_the_liaison_reads_no_cause_of_a_person(files: Path) -> None:
    found = levers(files, "--register", "liaison")
    assert {line["text"].partition(" : ")[0] for line in found} == {STUDY}
    assert {frozenset(line) for line in found} == {
        frozenset({"participant", "offer", "place", "opens", "text"})
    }
    assert levers(files, "--offer", "spoken", "--register", "liaison") == []


def test_an_offer_s_changes_are_told_in_full_and_counted(files: Path) -> None:
    # Opens 7 h 40, 4 min by car from the crèche: 14 min after 7 h 30, so a quarter later is enough.
    (first, *_) = levers(files, "--offer", "early", "--register", "liaison")
    assert (first["offer"], first["opens"]) == ("early", 6)
    assert first["text"].endswith(": 6 personnes de plus")
    whole = levers(files, "--offer", "early")
    told = {line["text"]: line["opens"] for line in whole}
    assert told["prise de poste à 7 h 45 au lieu de 7 h 30 : 6 personnes de plus"] == [
        f"c{rank}" for rank in range(6)
    ]


def test_the_employer_reads_of_groups_only(files: Path) -> None:
    assert {line["opens"] for line in levers(files, "--offer", "early", "--register", "employer")} == {6}
    # A shuttle would open it to the one who walks: a group of one is not told.
    far = levers(files, "--offer", "far")
    assert any("navette depuis " in line["text"] for line in far)
    assert not any(
        "navette" in line["text"] for line in levers(files, "--offer", "far", "--register", "employer")
    )


def test_top_bounds_the_changes_of_each(files: Path) -> None:
    found = levers(files, "--top", "1")
    assert [line["participant"] for line in found] == [*(f"c{rank}" for rank in range(6)), "walker"]
    assert {line["place"] for line in found} == {1}
