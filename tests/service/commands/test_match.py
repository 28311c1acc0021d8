"""`passerelle match` on files: who is matched, what each register holds, any number of workers alike."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from matching.terms import Answer, LanguageLevel, Point
from matching.week import CareWindows, child, every_day
from service.cli import main
from tests.matching.personas import CRECHE, able, modes, offer, participant, shifts

DAY = ["--on", "2026-11-02"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Three people, three offers: o2 begins before the crèche of p2 opens, p3 lives 17 km away on foot."""
    windows = every_day(460, 1110)
    people = [
        participant(id="p1"),
        participant(
            id="p2",
            care_point=CRECHE,
            care=CareWindows(children=(child(windows, windows),)),
            language=LanguageLevel.A1,
            physical=able(loads=Answer.NO),
        ),
        participant(
            id="p3",
            home=Point(insee="62002", lat=50.9, lon=2.25, precision_m=0),
            modes=modes(walk=Answer.YES),
        ),
    ]
    offers = [offer(id="o1"), offer(id="o2", schedule=shifts((1, 450, 900))), offer(id="o3", demands=None)]
    for name, rows in (("p", people), ("o", offers)):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return tmp_path


def match(files: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    out = files / "m.jsonl"
    arguments = ["match", "--participants", str(files / "p.jsonl"), "--offers", str(files / "o.jsonl")]
    code = main([*arguments, "--out", str(out), *DAY, *more])
    return code, [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []


def test_each_participant_gets_her_offers_best_first_then_the_near_ones(files: Path) -> None:
    code, lines = match(files)
    assert code == 0
    told = [(line["participant"], line["list"], line["place"], line["offer"]) for line in lines]
    assert told == [
        ("p1", "kept", 1, "o1"),
        ("p1", "kept", 2, "o2"),
        ("p1", "kept", 3, "o3"),
        ("p2", "kept", 1, "o1"),
        ("p2", "kept", 2, "o3"),
        ("p2", "near", 1, "o2"),
    ]
    near = lines[-1]
    (care,) = [one for one in near["judgements"] if one["constraint"] == "care"]
    # Opens at 7 h 40, 4 min by car: 14 min after 7 h 30.
    assert (care["verdict"]["verdict"], care["verdict"]["reason"]["missing"]) == ("broken", 14)
    assert [lever["code"] for lever in care["verdict"]["levers"]] == ["start_later", "care_earlier"]
    assert sum(part["points"] for part in near["wish"]["parts"]) == near["wish"]["total"]


def test_one_offer_lists_its_candidates_and_one_pair_is_told_whole(files: Path) -> None:
    _, lines = match(files, "--offer", "o2")
    assert [(line["participant"], line["list"]) for line in lines] == [("p1", "kept"), ("p2", "near")]
    # Too long on foot, and so long that no hour of the day is left for it.
    _, (pair,) = match(files, "--offer", "o2", "--participant", "p3")
    assert (pair["list"], pair["explanation"]["headline"]) == ("asked", "2\u202fobstacles")


def test_top_bounds_each_list(files: Path) -> None:
    _, lines = match(files, "--top", "1")
    assert [(line["participant"], line["list"]) for line in lines] == [
        ("p1", "kept"),
        ("p2", "kept"),
        ("p2", "near"),
    ]


def test_the_registers_of_liaison_and_employer_hold_no_cause(files: Path) -> None:
    for register in ("liaison", "employer"):
        _, lines = match(files, "--register", register)
        text = json.dumps(lines, ensure_ascii=False).lower()
        assert lines
        assert not [
            word for word in ("care", "crèche", "garde ", "physical", "language", "charges") if word in text
        ]
    assert "near" not in text


def test_the_output_is_the_same_for_any_number_of_workers(files: Path) -> None:
    people = [participant(id=f"p{number:03}") for number in range(130)]
    (files / "p.jsonl").write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in people))
    match(files, "--workers", "1")
    alone = (files / "m.jsonl").read_bytes()
    match(files, "--workers", "3")
    assert (files / "m.jsonl").read_bytes() == alone


def test_a_malformed_line_is_told_and_the_others_are_matched(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (files / "o.jsonl").open("ab") as file:
        file.write(b'{"id": "o4"}\n')
    code, lines = match(files)
    assert (code, len(lines)) == (1, 6)
    assert "o.jsonl, ligne 4" in capsys.readouterr().err


def test_a_wrong_usage_is_a_sentence_and_writes_nothing(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(files, "--participant", "inconnu") == (2, [])
    assert "aucun participant « inconnu »" in capsys.readouterr().err.replace("\u202f", " ")
    (files / "p.jsonl").unlink()
    assert match(files) == (2, [])
    assert "n’existe pas" in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["0", "-1", "x", "²"])
def test_top_is_a_positive_number(files: Path, typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        match(files, "--top", typed)
    assert stopped.value.code == 2
    assert "un entier positif" in capsys.readouterr().err or typed == "-1"
