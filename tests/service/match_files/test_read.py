"""Files read line by line: each bad line is told with its number, the good ones stay."""

from pathlib import Path

import msgspec
import pytest

from matching.offer import Offer
from matching.participant import Participant
from service.match_files.read import BadLine, read_lines
from tests.matching.personas import offer, participant


def line(**changes: object) -> bytes:
    return msgspec.json.encode(participant(**changes))


def write(tmp_path: Path, *lines: bytes) -> Path:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_a_bad_line_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, line(id="p1"), b"{", b"", line(id="p2"))
    read = read_lines(path, Participant)
    assert list(read.found) == ["p1", "p2"]
    assert read.bad == [BadLine(2, "ce n’est pas du JSON en UTF-8")]


DATED = line().replace(b'"earliest_start":null', b'"earliest_start":"03/02/2026"')


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (b'{"id":"x"}', "il manque le champ « home »"),
        (
            line().replace(b'"drop_off_minutes":0', b'"drop_off_minutes":"5"'),
            "drop_off_minutes : on attend un nombre entier, la ligne donne un texte",
        ),
        (line().replace(b'"walk":"yes"', b'"walk":"oui"'), "modes.walk : valeur inconnue : 'oui'"),
        (line().replace(b'"kind":"no_need"', b'"kind":"x"'), "care.kind : valeur inconnue : 'x'"),
        (DATED, "projects[0].earliest_start : la date s’écrit AAAA-MM-JJ"),
        (b"\xff\xfe{}", "ce n’est pas du JSON en UTF-8"),
        (b"[1, 2]", "on attend un objet, la ligne donne une liste"),
    ],
)
def test_each_fault_is_a_french_sentence_with_its_field(tmp_path: Path, broken: bytes, sentence: str) -> None:
    read = read_lines(write(tmp_path, broken), Participant)
    (bad,) = read.bad
    assert bad.sentence.replace("\u202f", " ") == sentence


def test_a_window_that_ends_before_it_starts_says_so(tmp_path: Path) -> None:
    broken = line().replace(b'"start":360,"end":1200', b'"start":1200,"end":360', 1)
    (bad,) = read_lines(write(tmp_path, broken), Participant).bad
    assert bad.sentence.startswith("availability.windows[0]")
    assert "plage illisible" in bad.sentence


def test_an_identifier_read_twice_keeps_the_first(tmp_path: Path) -> None:
    read = read_lines(write(tmp_path, line(id="p1"), line(id="p2"), line(id="p1", skills=())), Participant)
    assert read.found["p1"].skills == ("nettoyer",)
    assert [(one.number, "ligne 1" in one.sentence) for one in read.bad] == [(3, True)]


def test_a_file_with_a_byte_order_mark_and_windows_ends_of_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + msgspec.json.encode(offer(id="o1")) + b"\r\n")
    assert list(read_lines(path, Offer).found) == ["o1"]
