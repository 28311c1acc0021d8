"""What France Travail's labels say plainly, and what they do not."""

import pytest

from service.imports.phrases import (
    experience_months,
    hourly_wage_cents,
    licence,
    vehicle_required,
    weekly_hours,
)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("35H Horaires normaux", 3500),
        ("35 H  Horaires normaux", 3500),
        ("24H30 Temps partiel", 2450),
        ("Temps partiel - 20H Horaires variables", 2000),
        ("35H/semaine\nTravail en journée", 3500),
        # 20 minutes are 33 hundredths.
        ("17H20/semaine", 1733),
        ("35H/semaine Du lundi au vendredi de 8H à 16H", 3500),
        ("Temps plein", None),
        ("7H/jour", None),
        ("151H/mois", None),
        ("20H à 24H hebdo", None),
        ("de 8h à 12h", None),
        ("9H30 - 17H30", None),
        ("90H Horaires normaux", None),
        ("", None),
    ],
)
def test_weekly_hours_are_read_only_when_one_figure_is_told(text: str, hundredths: int | None) -> None:
    assert weekly_hours(text) == hundredths


@pytest.mark.parametrize(
    ("text", "week", "cents"),
    [
        ("Horaire de 11.88 Euros à 12.50 Euros", 2000, 1188),
        ("Horaire de 12,02 Euros sur 12 mois", None, 1202),
        # 1801,80 / 151,67 = 11,8797 -> 11,88.
        ("Mensuel de 1801.80 Euros sur 12 mois", 3500, 1188),
        ("Mensuel de 1 801,80 Euros à 2 000,00 Euros", 3500, 1188),
        ("Mensuel de 1801.80 Euros sur 12 mois", 2400, None),
        ("Mensuel de 1801.80 Euros sur 12 mois", None, None),
        ("Annuel de 22000 Euros", 3500, None),
        ("Horaire de 1.5 Euros", 3500, None),
        ("Selon convention", 3500, None),
    ],
)
def test_an_hourly_wage_is_told_or_comes_from_a_month_of_35_hours(
    text: str, week: int | None, cents: int | None
) -> None:
    assert hourly_wage_cents(text, week) == cents


def test_experience_is_read_in_months() -> None:
    assert experience_months("2 An(s)") == 24
    assert experience_months("6 Mois") == 6
    assert experience_months("Expérience exigée de 1 An(s)") == 12
    assert experience_months("Débutant accepté") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("B - Véhicule léger", "B"),
        ("Permis B", "B"),
        ("BE - B + remorque", "BE"),
        ("C - Poids lourds", "C"),
        ("AM - Cyclomoteur", "AM"),
        ("Aucun permis", None),
        ("CACES 3", None),
        ("", None),
    ],
)
def test_a_licence_is_its_category(text: str, code: str | None) -> None:
    assert licence(text) == code


def test_a_vehicle_is_required_only_when_it_is_said_so() -> None:
    assert vehicle_required("Permis B et véhicule indispensable")
    assert vehicle_required("Voiture personnelle exigée.")
    assert not vehicle_required("Véhicule non obligatoire")
    assert not vehicle_required("Véhicule de service fourni")
