"""What `passerelle match` and `passerelle levers` share: bad lines, strange files, misuses, whole files."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from matching.terms import Mode
from matching.week import CareWindows, child, every_day
from service.cli import main
from tests.matching.personas import CRECHE, NORTH, YES, modes, offer, participant

ON = ["--on", "2026-11-02"]


def rows(*told: msgspec.Struct) -> bytes:
    return b"".join(msgspec.json.encode(one) + b"\n" for one in told)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """130 people, one in three with a child in care, one in five on foot; 12 offers."""
    windows = every_day(460, 1110)
    care = CareWindows(children=(child(windows, windows),))
    people = [
        participant(
            id=f"p{rank:03}",
            **({"care_point": CRECHE, "care": care} if rank % 3 == 0 else {}),
            **({"modes": modes(walk=YES)} if rank % 5 == 0 else {}),
        )
        for rank in range(130)
    ]
    offers = [offer(id=f"o{rank:02}", **({"place": NORTH} if rank % 2 else {})) for rank in range(12)]
    (tmp_path / "p.jsonl").write_bytes(rows(*people))
    (tmp_path / "o.jsonl").write_bytes(rows(*offers))
    return tmp_path


def run(files: Path, command: str, *more: str, out: str = "m.jsonl") -> int:
    told = ["--participants", str(files / "p.jsonl"), "--offers", str(files / "o.jsonl")]
    try:
        return main([command, *told, "--out", str(files / out), *ON, *more])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize("command", ["match", "levers"])
def test_the_lines_are_the_same_for_one_two_or_three_workers_and_with_bad_lines_too(
    files: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (files / "p.jsonl").open("ab") as file:
        file.write(b'{"id":\n\xff\n' + rows(participant(id="p000")))
    made, told = set(), set()
    for workers in ("1", "2", "3"):
        assert run(files, command, "--top", "2", "--workers", workers) == 1
        made.add((files / "m.jsonl").read_bytes())
        told.add(capsys.readouterr().err)
    assert len(made) == len(told) == 1
    # Two lines at least for each person; two levers for each of those on foot.
    assert made.pop().count(b"\n") >= (260 if command == "match" else 52)
    err = plain(told.pop())
    assert "p.jsonl, ligne 131 : ce n’est pas du JSON en UTF-8." in err
    assert "p.jsonl, ligne 132 : ce n’est pas du JSON en UTF-8." in err
    assert "p.jsonl, ligne 133 : l’identifiant « p000 » est déjà celui de la ligne 1." in err


def test_the_order_of_the_lines_that_are_read_changes_nothing(files: Path) -> None:
    run(files, "match", "--top", "3")
    before = (files / "m.jsonl").read_bytes()
    for name in ("p.jsonl", "o.jsonl"):
        lines = (files / name).read_bytes().splitlines()
        (files / name).write_bytes(b"\r\n".join([b"\xef\xbb\xbf" + lines[-1], *lines[-2::-1]]))
    assert run(files, "match", "--top", "3") == 0
    assert (files / "m.jsonl").read_bytes() == before


@pytest.mark.parametrize("empty", ["p.jsonl", "o.jsonl"])
@pytest.mark.parametrize("command", ["match", "levers"])
def test_without_people_or_without_offers_there_is_an_empty_file(
    files: Path, command: str, empty: str
) -> None:
    (files / empty).write_bytes(b"")
    assert run(files, command) == 0
    assert (files / "m.jsonl").read_bytes() == b""


@pytest.mark.parametrize("command", ["match", "levers"])
def test_a_person_without_a_project_has_no_line(files: Path, command: str) -> None:
    (files / "p.jsonl").write_bytes(rows(participant(projects=())))
    assert run(files, command) == 0
    assert (files / "m.jsonl").read_bytes() == b""


def test_a_strange_field_is_named_and_costs_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = rows(participant()).replace(b'"id":"p1"', b'"id":"p1","sexe":"F"')
    (files / "p.jsonl").write_bytes(strange)
    assert run(files, "match") == 0
    assert "le champ « sexe » n’est pas connu, il est laissé de côté" in plain(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("command", "more", "sentence"),
    [
        ("match", ["--top", "0"], "un entier positif est attendu"),
        ("match", ["--workers", "0"], "un entier positif est attendu"),
        ("match", ["--on", "2026-02-30"], "la date s’écrit AAAA-MM-JJ"),
        ("match", ["--offer", "o99"], "aucune offre « o99 » n’a pu être lue"),
        ("match", ["--participants", "-", "--offers", "-"], "l’entrée standard ne se lit qu’une fois"),
        ("match", ["--matrix", "rien.csv"], "impossible d’ouvrir rien.csv : ce fichier"),
        ("match", ["--rome"], "aucun ROME n’est importé"),
        ("match", ["--rome", "--affinity", "a.csv"], "not allowed with"),
        ("levers", ["--offer", "o01", "--participant", "p001"], "ne vont pas ensemble"),
        ("levers", ["--offer", "o01", "--register", "person"], "registre person"),
        ("levers", ["--register", "employer"], "qu’avec --offer"),
    ],
)
def test_a_misuse_is_a_sentence_and_writes_nothing(
    files: Path,
    command: str,
    more: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(files / "nothing"))
    assert run(files, command, *more) == 2
    assert sentence in plain(capsys.readouterr().err)
    assert not list(files.glob("m.jsonl*"))


def test_what_cannot_be_written_is_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "match", out="nowhere/m.jsonl") == 2
    assert "impossible d’écrire" in capsys.readouterr().err
    (files / "folder").mkdir()
    assert run(files, "match", out="folder") == 2
    assert "c’est un dossier" in capsys.readouterr().err
    before = (files / "p.jsonl").read_bytes()
    assert run(files, "match", out="p.jsonl") == 2
    assert "est aussi un fichier à lire" in capsys.readouterr().err
    assert (files / "p.jsonl").read_bytes() == before


def test_files_are_read_from_the_standard_input_and_packed_files_are_written(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(files, "match", "--top", "1")

    class Given:
        buffer = io.BytesIO((files / "p.jsonl").read_bytes())

    monkeypatch.setattr("sys.stdin", Given)
    assert run(files, "match", "--top", "1", "--participants", "-", out="m.jsonl.gz") == 0
    assert gzip.decompress((files / "m.jsonl.gz").read_bytes()) == (files / "m.jsonl").read_bytes()


def lines(files: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (files / "m.jsonl").read_text().splitlines()]


def test_an_imported_duration_stands_over_the_computed_one(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "t.csv").write_text(
        "from,to,mode,departure,minutes\n62765,59001,car,,31\n59001,62765,car,,33\nArques,59001,car,,9\n"
    )
    told = ["--participant", "p001", "--offer", "o01", "--matrix", str(files / "t.csv")]
    assert run(files, "match", *told) == 1
    assert "t.csv, ligne 4 : « Arques » n’est pas le code INSEE" in plain(capsys.readouterr().err)
    (line,) = lines(files)
    # The longer of the two ways.
    assert (line["trip"]["mode"], line["trip"]["minutes"]) == (Mode.CAR, 33)


def test_near_occupations_come_from_a_file_and_their_source_is_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "p.jsonl").write_bytes(rows(participant(skills=None)))
    (files / "a.csv").write_text("from,to,affinity\nK2204,K2204,10000\n")
    assert run(files, "match", "--affinity", str(files / "a.csv")) == 0
    assert "(métiers proches : " in plain(capsys.readouterr().err)
    assert run(files, "match") == 0
    assert "métiers proches : aucune table" in plain(capsys.readouterr().err)


@pytest.mark.slow
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_killed_half_way_it_leaves_the_file_as_it_was(files: Path, blow: int) -> None:
    people = [participant(id=f"p{rank:05}") for rank in range(4000)]
    (files / "p.jsonl").write_bytes(rows(*people))
    out = files / "m.jsonl"
    out.write_text("before\n")
    told = ["--participants", str(files / "p.jsonl"), "--offers", str(files / "o.jsonl")]
    started = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "match", *told, *ON, "--out", str(out)],
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(path.stat().st_size for path in files.glob("*.part")):
        time.sleep(0.05)
    assert started.poll() is None, "it was done before the blow"
    os.kill(started.pid, blow)
    started.communicate(timeout=60)
    assert out.read_text() == "before\n"
    assert blow == signal.SIGKILL or not list(files.glob("*.part"))


def test_a_reader_that_has_seen_enough_is_no_fault(files: Path) -> None:
    told = ["--participants", str(files / "p.jsonl"), "--offers", str(files / "o.jsonl")]
    started = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "match", *told, *ON, "--out", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    with started:
        assert started.stdout is not None
        assert started.stdout.readline().startswith(b'{"participant":"p000"')
        started.stdout.close()
        assert started.stderr is not None
        assert b"Traceback" not in started.stderr.read()
    assert started.returncode == 0
