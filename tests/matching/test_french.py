"""French as it is set."""

import pytest

from matching.french import count, duration, euros, hour, hundredths, in_weeks, listed, number
from matching.week import WeekKind


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (hour(485), "8 h 05"),
        (hour(1740), "5 h 00"),
        (duration(35), "35 min"),
        (duration(65), "1 h 05"),
        (duration(120), "2 h"),
        (number(1_245_000), "1 245 000"),
        (hundredths(124_550), "1 245,5"),
        (hundredths(3505), "35,05"),
        (hundredths(3500), "35"),
        (euros(123_405), "1 234,05 €"),
        (count(0, "offre"), "0 offre"),
        (count(1, "offre"), "1 offre"),
        (count(2, "offre"), "2 offres"),
        (count(3, "mois", "mois"), "3 mois"),
    ],
)
def test_numbers_hours_and_words_are_set_as_in_french(told: str, expected: str) -> None:
    assert told == expected.replace(" ", "\u202f")


def test_words_are_listed() -> None:
    assert [listed(items) for items in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]


def test_the_kinds_of_week_are_named_as_people_say_them() -> None:
    so, se, ho, he = WeekKind
    assert in_weeks((so, se, ho, he)) == ""
    assert in_weeks((ho, he)) == ", pendant les vacances scolaires"
    assert in_weeks((so, se)) == ", en période scolaire"
    assert in_weeks((se, he)) == ", les semaines paires"
    assert in_weeks((ho,)) == ", les semaines impaires de vacances"
    assert in_weeks((so, se, ho)) == ", certaines semaines"
