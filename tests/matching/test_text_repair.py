"""A misspelt word is repaired; a word that is merely unknown is left alone."""

import pytest

from matching.occupations import shipped_occupations
from matching.text_repair import Vocabulary


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return shipped_occupations().vocabulary


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("netoyage", "nettoyage"),
        ("plombie", "plombier"),
        ("auxilaire", "auxiliaire"),
        ("jardinie", "jardinier"),
        ("couturiaire", "couturiere"),
        ("electrissien", "electricien"),
        ("manutensionnaire", "manutentionnaire"),
        ("chaufeur", "chauffeur"),
        ("mainage", "menage"),
        ("kariste", "cariste"),
        ("anfants", "enfants"),
    ],
)
def test_a_misspelt_word_is_repaired(shipped: Vocabulary, misspelt: str, meant: str) -> None:
    assert shipped.repair(misspelt) == meant


@pytest.mark.parametrize("word", ["longuenesse", "arques", "helfaut", "dupont", "pl", "r489", "menage"])
def test_a_place_a_name_a_figure_and_a_known_word_are_left_alone(shipped: Vocabulary, word: str) -> None:
    assert shipped.repair(word) == word


def test_both_genders_of_a_misspelt_word_are_repaired_alike() -> None:
    vocabulary = Vocabulary.of(["vendeur", "vendeuse", "livreur"])
    assert vocabulary.repair("vandeur") == vocabulary.repair("vandeuse") == "vendeur"


def test_between_two_words_as_near_the_more_usual_is_meant() -> None:
    # « rabotage » is one letter away from « robotage » and from « sabotage »; the first letter is kept anyway
    vocabulary = Vocabulary.of(["boucheur", "boucheur", "moucheur"])
    assert vocabulary.repair("foucheur") == "boucheur"


def test_a_saved_vocabulary_repairs_as_before(tmp_path) -> None:  # type: ignore[no-untyped-def]
    Vocabulary.of(["nettoyage", "nettoyage", "repassage"]).save(tmp_path / "vocabulary.txt")
    assert Vocabulary.load(tmp_path / "vocabulary.txt").repair("netoyage") == "nettoyage"
