"""Families of words and words of near sense: what the shipped table says, and what a reading makes of it."""

import numpy as np

from matching.occupations import Resolver
from matching.text_repair import Vocabulary
from matching.text_senses import Senses, load_senses, root

TABLE = Senses(
    [
        ("family", ["gérer", "gestion"]),
        ("family", ["chauffeur"]),
        ("family", ["chauffer", "chauffage"]),
        ("near", ["vérifier", "contrôler"]),
        ("near", ["mettre en rayon", "linéaire"]),
    ]
)


def test_a_verb_and_its_noun_have_one_root_by_their_endings() -> None:
    assert root("nettoyer") == root("nettoyage") == "nettoy"
    assert root("realisation") == root("realiser") == "realis"
    assert root("produire") == root("production") == root("producteur") == "produ"
    assert root("verifications") == root("verifier") == "verif"


def test_a_family_that_endings_do_not_tell_is_said_by_the_table() -> None:
    assert TABLE.family("gestion") == TABLE.family("gerer") == "gerer"


def test_words_of_one_root_keep_to_the_family_that_names_them() -> None:
    assert root("chauffeur") == root("chauffage")
    assert TABLE.family("chauffeurs") == "chauffeur"
    assert TABLE.family("chauffage") == "chauffer"


def test_near_words_agree_on_their_group_and_not_on_their_family() -> None:
    one, other = TABLE.read(["verification"]), TABLE.read(["controle"])
    assert len(set(one) & set(other)) == 1
    assert len(set(one) | set(other)) == 3  # two families and the group


def test_a_phrase_is_met_word_after_word() -> None:
    shelf = set(TABLE.read(["lineaires"]))
    assert shelf & set(TABLE.read(["mettre", "produits", "rayon"])) == set()
    assert len(shelf & set(TABLE.read(["produits", "mise", "mettre", "rayons"]))) == 1


def test_features_say_which_document_holds_them() -> None:
    ids, docs = TABLE.features([["gestion"], [], ["gerer", "gestion"]])
    assert ids[0] == ids[1]
    assert docs.tolist() == [0, 2]
    assert ids.dtype == np.int64
    assert docs.dtype == np.int32


def test_the_shipped_table_knows_the_families_of_the_trades() -> None:
    senses = load_senses()
    assert senses.family("clientele") == senses.family("clients")
    assert senses.family("encaissement") == senses.family("caisse")
    assert senses.family("chauffeur") != senses.family("chauffage")


def test_a_skill_said_in_near_words_is_found() -> None:
    labels = [("a", "Contrôler les bagages"), ("b", "Porter les bagages"), ("c", "Tenir la caisse")]
    resolver = Resolver.over(labels, senses=True)
    assert resolver.rank("vérification de valises", 1) == ["a"]
    assert resolver.rank("encaissements", 1) == ["c"]


def test_a_known_word_that_no_label_holds_is_not_bent_into_another() -> None:
    vocabulary = Vocabulary.of(["emballages", "cartons"])
    assert vocabulary.repair("enballages") == "emballages"
    vocabulary.spare(["enballages"])
    assert vocabulary.repair("enballages") == "enballages"
