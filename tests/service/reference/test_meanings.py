"""Vectors of a table of labels are made once and kept by what the table says."""

from pathlib import Path

import pytest

from matching.text_meaning import encoder
from service.reference.meanings import meaning_of

LABELS = ["Encaisser les achats", "Repasser du linge"]


def test_a_table_is_read_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if encoder() is None:
        assert meaning_of(LABELS, tmp_path) is None
        pytest.skip("l’extra « semantic » n’est pas installé (pip install 'passerelle[semantic]')")
    first = meaning_of(LABELS, tmp_path)
    assert "Lecture du sens" in capsys.readouterr().err
    again = meaning_of(LABELS, tmp_path)
    assert capsys.readouterr().err == ""
    assert first is not None
    assert again is not None
    assert (first.vectors == again.vectors).all()
    assert meaning_of([*LABELS, "Monter un mur"], tmp_path) is not None
    assert len(list((tmp_path / "meaning").iterdir())) == 2
