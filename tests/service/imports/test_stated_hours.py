"""A week is read from words only when days and hours are both told, once, without a doubt."""

import pytest

from matching.week import FixedWeek, Shift, every_shift
from service.imports.stated_hours import stated_in, stated_week


def test_days_and_hours_told_together_are_a_week() -> None:
    # 8 h = 480, 12 h = 720, 13 h 30 = 810, 17 h = 1020.
    stated = stated_week("Du lundi au vendredi de 8h à 12h et de 13h30 à 17h", None)
    assert stated is not None
    assert stated.shifts[:2] == (Shift(day=0, start=480, end=720), Shift(day=0, start=810, end=1020))
    assert len(stated.shifts) == 10


def test_two_stretches_side_by_side_are_not_taken_for_minutes() -> None:
    stated = stated_week("du lundi au vendredi 8h-12h 14h-18h", None)
    # 8 h = 480, 12 h = 720, 14 h = 840, 18 h = 1080.
    assert stated is not None
    assert stated.shifts[:2] == (Shift(day=0, start=480, end=720), Shift(day=0, start=840, end=1080))


def test_a_night_told_for_one_day_ends_the_next_morning() -> None:
    assert stated_week("le samedi de 21h à 5h", 800) == FixedWeek(shifts=every_shift(1260, 1740, (5,)))


@pytest.mark.parametrize(
    "text",
    [
        "de 9h à 17h",
        "du lundi au vendredi",
        "du lundi au vendredi 8h-16h ou 14h-22h",
        "en équipe du lundi au vendredi 6h-14h",
        "magasin ouvert du lundi au samedi de 9h à 19h",
        "du lundi au vendredi entre 8h et 18h",
        "du lundi au jeudi 8h-17h, vendredi 8h-12h",
        "horaires variables du lundi au vendredi de 8h à 16h",
        "Travail en journée",
        "",
    ],
)
def test_a_doubt_of_any_kind_leaves_the_hours_unknown(text: str) -> None:
    assert stated_week(text, None) is None


def test_a_week_that_contradicts_the_hours_paid_is_not_believed() -> None:
    # Six days of ten hours are 60 h of presence, for 35 h paid: opening hours, most likely.
    assert stated_week("du lundi au samedi de 9h à 19h", 3500) is None
    # Five days of eight hours are 40 h, for 35 h paid: a lunch break of an hour.
    assert stated_week("du lundi au vendredi de 8h à 16h", 3500) is not None


def test_a_description_is_believed_only_where_it_says_horaires_once() -> None:
    told = "Mission.\n- Horaires de travail : du lundi au vendredi de 8h à 12h et 13h à 16h. Salaire 12 €"
    assert stated_in(told, 3500) is not None
    assert stated_in(told + "\nHoraires : du lundi au vendredi de 6h à 13h", 3500) is None
    assert stated_in("Réunion du lundi au vendredi de 8h à 9h", None) is None
