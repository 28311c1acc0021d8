"""Files read line by line: each bad line is told with its number, the good ones stay."""

import gzip
import io
from pathlib import Path

import msgspec
import pytest

from matching.matrix import read_what_can_be
from matching.offer import Offer
from matching.participant import Participant
from service.match_files import read as reading
from service.match_files.read import BadLine, Unreadable, read_lines, read_table
from tests.matching.personas import offer, participant


def line(**changes: object) -> bytes:
    return msgspec.json.encode(participant(**changes))


def write(tmp_path: Path, *lines: bytes) -> str:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)


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
        (DATED, "projects[0].earliest_start : la date n’existe pas, ou ne s’écrit pas AAAA-MM-JJ"),
        (
            DATED.replace(b"03/02/2026", b"2026-02-30"),
            "projects[0].earliest_start : la date n’existe pas, ou ne s’écrit pas AAAA-MM-JJ",
        ),
        (
            line().replace(b'"start":360', b'"start":"25:00"', 1),
            "availability.windows[0].start : on attend un nombre entier, la ligne donne un texte",
        ),
        (
            line().replace(b'"drop_off_minutes":0', b'"drop_off_minutes":-5'),
            "drop_off_minutes : un nombre de 0 à 1440 est attendu, la ligne donne -5",
        ),
        (
            line().replace(b'"drop_off_minutes":0', b'"drop_off_minutes":' + b"9" * 30),
            f"drop_off_minutes : un nombre de 0 à 1440 est attendu, la ligne donne {'9' * 30}",
        ),
        (line().replace(b'"lat":50.75', b'"lat":1e999'), "home.lat : ce nombre est trop grand"),
        (line().replace(b'"lat":50.75', b'"lat":NaN'), "ce n’est pas du JSON en UTF-8"),
        (line().replace(b'"id":"p1"', b'"id":"p\xe91"'), "ce n’est pas du JSON en UTF-8"),
        (line().replace(b'"id":"p1"', b'"id":"p1","x":' + b"[" * 5000), "la ligne emboîte trop d’objets"),
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
    assert list(read_lines(str(path), Offer).found) == ["o1"]


def test_a_line_without_end_is_told_and_never_held_whole(tmp_path: Path) -> None:
    path = write(tmp_path, line(id="p1"), b'{"id":"' + b"x" * 10_000_000, line(id="p3"))
    read = read_lines(path, Participant)
    assert list(read.found) == ["p1", "p3"]
    assert read.bad == [BadLine(2, "la ligne dépasse 1000000 octets")]


def test_a_field_that_is_not_known_is_named_and_the_line_is_kept(tmp_path: Path) -> None:
    strange = line(id="p2").replace(b'"id":"p2"', b'"id":"p2","sexe":"F"')
    read = read_lines(write(tmp_path, line(id="p1"), strange), Participant)
    assert (list(read.found), read.aside) == (["p1", "p2"], {"sexe": 2})


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_bytes(b"")
    read = read_lines(str(tmp_path / "p.jsonl"), Participant)
    assert (read.found, read.bad) == ({}, [])


def test_a_packed_file_is_unpacked_and_a_cut_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl.gz"
    packed = gzip.compress(b"".join(line(id=f"p{rank}") + b"\n" for rank in range(50)))
    path.write_bytes(packed)
    assert len(read_lines(str(path), Participant).found) == 50
    for wrong in (packed[: len(packed) // 2], b"pas une archive", packed[:40] + b"\x00" * 40):
        path.write_bytes(wrong)
        with pytest.raises(Unreadable, match="n’est pas une archive gzip entière"):
            read_lines(str(path), Participant)


def test_the_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Given:
        buffer = io.BytesIO(line(id="p1"))

    monkeypatch.setattr("sys.stdin", Given)
    assert list(read_lines("-", Participant).found) == ["p1"]


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 2)
    with pytest.raises(Unreadable, match="dépasse 2 lignes"):
        read_lines(write(tmp_path, b"{}", b"", b"{}"), Participant)


def test_a_matrix_keeps_the_numbers_of_its_lines(tmp_path: Path) -> None:
    header = b"\xef\xbb\xbffrom,to,mode,departure,minutes"
    path = write(
        tmp_path, header, b"", b"62765,59001,car,,18\r", b"\xff,59001,car,,18", b"62765,59001,car,25:00,1"
    )
    found, bad = read_table(path, read_what_can_be)
    assert len(found) == 1
    assert [one.number for one in bad] == [4, 5]


def test_a_matrix_without_its_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="l’en-tête attendu"):
        read_table(write(tmp_path, b"62765,59001,car,,18"), read_what_can_be)
