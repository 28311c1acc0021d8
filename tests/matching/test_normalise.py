"""What makes two writings of one thing equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalise import (
    firm_key,
    fold,
    fold_place,
    neutral,
    neutral_words,
    person_key,
    segments,
    skill_key,
    surface_words,
    words,
)


def test_accents_case_and_punctuation_do_not_count() -> None:
    assert fold("  Cœur d’Élan — N°2 ") == "coeur d elan n 2"


@pytest.mark.parametrize(("written", "same"), [("St-Omer", "SAINT OMER"), ("Ste Cécile", "sainte-cecile")])
def test_saint_and_its_abbreviation_are_one_place(written: str, same: str) -> None:
    assert fold_place(written) == fold_place(same)


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("agent", "agente"),
        ("agents", "agentes"),
        ("conducteur", "conductrice"),
        ("monteur", "monteuse"),
        ("serveur", "serveuse"),
        ("infirmier", "infirmiere"),
        ("boulanger", "boulangere"),
        ("technicien", "technicienne"),
        ("macon", "maconne"),
        ("employe", "employee"),
        ("agree", "agreee"),
        ("sportif", "sportive"),
        ("public", "publique"),
        ("professionnel", "professionnelle"),
        ("ingenieur", "ingenieure"),
        ("chef", "cheffe"),
        ("hote", "hotesse"),
        ("homme", "femme"),
        ("ambassadeur", "ambassadrice"),
    ],
)
def test_both_genders_of_a_word_have_one_neutral_form(masculine: str, feminine: str) -> None:
    assert neutral(masculine) == neutral(feminine)


@pytest.mark.parametrize(
    ("one", "other"), [("monteur", "moniteur"), ("boucher", "bouche"), ("serveur", "serrurier")]
)
def test_two_trades_keep_two_neutral_forms(one: str, other: str) -> None:
    assert neutral(one) != neutral(other)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AGENT DE NETTOYAGE H/F CDI 12H", ["agent", "nettoyage"]),
        ("Agent / Agente d'entretien des espaces verts", ["agent", "entretien", "espaces", "verts"]),
        ("serveur(se)", ["serveur"]),
        ("Chauffeur(se)-livreur(se)", ["chauffeur", "livreur"]),
        ("employé·e·s de rayon", ["employe", "rayon"]),
        ("Pâtissier-ère", ["patissier"]),
        ("Nous recherchons un cariste (62)", ["cariste"]),
        ("Aide à domicile F/H 24h/semaine", ["aide", "domicile"]),
        ("peintre en bâtiment 35 heures", ["peintre", "batiment"]),
    ],
)
def test_a_title_is_read_without_what_says_nothing_of_the_trade(title: str, expected: list[str]) -> None:
    assert words(title) == expected


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ADVF", "assistante de vie aux familles"),
        ("AVS", "auxiliaire de vie sociale"),
        ("ASH", "agent de service hospitalier"),
        ("ATSEM", "agent territorial spécialisé des écoles maternelles"),
        ("chauffeur VL", "chauffeur véhicule léger"),
        ("chauffeur PL", "chauffeur poids lourd"),
        ("ouvrier BTP", "ouvrier bâtiment travaux publics"),
        ("serveur CHR", "serveur café hôtel restaurant"),
    ],
)
def test_the_abbreviations_of_the_trades_are_known(short: str, long: str) -> None:
    assert set(neutral_words(short)) == set(neutral_words(long))


def test_a_chariot_certificate_means_the_trade_that_needs_it() -> None:
    assert words("CACES 3") == words("CACES R489 catégorie 3") == ["cariste", "caces"]
    assert words("CACES 1A") == ["preparateur", "commandes", "caces"]
    assert words("CACES R482") == ["conducteur", "engin", "chantier", "caces"]


def test_a_text_made_of_empty_words_alone_keeps_them() -> None:
    assert words("CDI") == ["cdi"]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word.isascii() and word == word.lower() and word for word in words(text))
    assert fold(fold(text)) == fold(text)


def test_a_person_is_the_same_with_fields_swapped_and_accents_lost() -> None:
    assert person_key("Dupont-Leroy", "Zoé") == person_key("ZOE", "leroy dupont")
    assert person_key("Martin née Durand", "Léa") == person_key("Léa", "Durand", "Martin")
    assert person_key("Martin", "Léa") != person_key("Martin", "Léo")


def test_a_firm_is_the_same_with_or_without_its_legal_form() -> None:
    assert firm_key("S.A.R.L. Nord-Bâti") == firm_key("NORD BATI") == "nord bati"
    assert firm_key("Entreprise Dubois & Fils") == firm_key("Dubois et fils SAS")
    assert firm_key("SAS") == "sas"


def test_the_surface_keeps_small_words_and_says_no_gender() -> None:
    # « de », « l » stay where `words` drops them; « (trice) » and « H/F » are marks, not words
    assert surface_words("Conducteur(trice) de l'engin H/F") == ["conducteu", "de", "l", "engin"]
    assert surface_words("Conductrice de l’engin") == ["conducteu", "de", "l", "engin"]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("URGENT !!! Aide soignant(e) - SSIAD", ["urgent", "aide soignant", "ssiad"]),
        ("Réceptionniste H/F (nuit)", ["receptionniste", "nuit"]),
        ("Aide-soignant", ["aide-soignant"]),
    ],
)
def test_a_title_is_cut_at_dashes_brackets_and_bars_never_inside_a_word(title: str, parts: list[str]) -> None:
    assert segments(title) == parts


def test_a_skill_is_the_same_but_for_case_accents_articles_and_spaces() -> None:
    assert skill_key("Nettoyer des locaux") == skill_key("nettoyer les  locaux") == "nettoyer locaux"
    assert skill_key("Préparer l’atelier") == skill_key("PREPARER UN ATELIER")
    assert skill_key("Nettoyer des locaux") != skill_key("Nettoyer des vitres")
    assert skill_key("la") == "la"
    assert skill_key("打扫") == "打扫"
