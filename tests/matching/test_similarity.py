"""How labels are read and grouped, and how a text is scored against them."""

from pathlib import Path

import numpy as np
import pytest

from matching.similarity import Labels, Ranker, both_genders, top

LABELS = Labels.of([("b", "Repasser du linge"), ("a", "Tondre une pelouse"), ("a", "Tonte"), ("a", "Tonte")])


def test_labels_stand_together_by_group_and_once_each() -> None:
    assert list(LABELS.groups) == ["a", "b"]
    assert list(LABELS.texts) == ["Tondre une pelouse", "Tonte", "Repasser du linge"]
    assert LABELS.owners.tolist() == [0, 0, 1]
    assert LABELS.starts.tolist() == [0, 2]


def test_a_label_equal_to_the_text_comes_before_many_that_look_like_it() -> None:
    many = [
        ("crowd", f"agent de nettoyage {where}")
        for where in ("train", "bus", "usine", "rue", "école", "quai")
    ]
    ranker = Ranker.build(Labels.of([*many, ("one", "agent de nettoyage")]))
    scores, _ = ranker.scores(ranker.read("Agente de nettoyage"))
    assert ranker.labels.groups[int(np.argmax(scores))] == "one"


def test_of_two_labels_of_the_same_words_the_one_written_alike_comes_first() -> None:
    ranker = Ranker.build(Labels.of([("a", "Suivi de l'équipe"), ("b", "Suivi en équipe")]))
    for asked, first in (("suivi de l'équipe", "a"), ("Suivi en équipe", "b")):
        scores, _ = ranker.scores(ranker.read(asked))
        assert ranker.labels.groups[int(np.argmax(scores))] == first


def test_a_ranker_is_the_same_once_kept_with_or_without_the_letters_as_written(tmp_path: Path) -> None:
    for surface in (True, False):
        ranker = Ranker.build(LABELS, surface)
        folder = tmp_path / str(surface)
        folder.mkdir()
        ranker.save(folder)
        again = Ranker.load(folder)
        assert (again.surface is not None) == surface
        text = "tondre les pelouses"
        assert np.array_equal(again.scores(again.read(text))[0], ranker.scores(ranker.read(text))[0])


def test_the_first_part_of_a_title_that_says_something_counts_more() -> None:
    labels = Labels.of([("hotel", "Veilleur de nuit"), ("bar", "Serveur"), ("quai", "Agent de quai de nuit")])
    ranker = Ranker.build(labels)
    reading = ranker.read("URGENT ! Serveuse - travail de nuit, veilleur le dimanche")
    # « urgent » is no word of the labels: the head is « serveuse »
    assert reading.head is not None
    assert reading.head.neutral == ["serveu"]
    scores, _ = ranker.scores(reading)
    assert labels.groups[int(np.argmax(scores))] == "bar"
    assert ranker.read("Serveuse").head is None


def test_a_hidden_label_does_not_count() -> None:
    ranker = Ranker.build(LABELS)
    reading = ranker.read("repasser du linge")
    assert ranker.scores(reading)[0][1] > 1
    assert ranker.scores(reading, hidden=[2])[0][1] == 0


def test_an_unknown_text_scores_nothing_anywhere() -> None:
    ranker = Ranker.build(LABELS)
    assert not ranker.scores(ranker.read("清洁工"))[0].any()


def test_of_labels_as_near_the_one_written_likest_is_shown() -> None:
    ranker = Ranker.build(Labels.of([("a", "homme de ménage"), ("a", "femme de ménage")]))
    reading = ranker.read("femme de ménage")
    nearest = ranker.nearest_label(0, ranker.scores(reading)[1], reading)
    assert ranker.labels.texts[nearest] == "femme de ménage"


def test_both_sides_of_a_label_are_learnt_as_words() -> None:
    assert set(both_genders("Agent / Agente d'accueil")) == {"agent", "agente", "accueil"}


@pytest.mark.parametrize("k", [1, 2, 4, 9])
def test_the_highest_come_first_and_ties_by_number(k: int) -> None:
    scores = np.array([0.5, 0.9, 0.5, 0.1], np.float32)
    assert top(scores, k).tolist() == [1, 0, 2, 3][:k]
    # among many lower ones too: 900 of them before, 900 after
    many = np.concatenate((np.full(900, 0.05, np.float32), scores, np.full(900, 0.05, np.float32)))
    assert top(many, min(k, 4)).tolist() == [901, 900, 902, 903][:k]
