"""Counts by group: shares of what they are read against, small cells hidden with what guards them."""

from datetime import date

import pytest

from service.exposure.count import Seen, lines_by, total_line
from service.exposure.groups import Followed, band_of, communes_of
from service.exposure.views import Share
from service.vocabulary import Sex


def person(number: int, **changes: object) -> Followed:
    told = {"id": f"p{number:02}", "sex": Sex.UNKNOWN, "birth_date": None, "qpv": False, "insee": None}
    return Followed(**(told | changes))  # type: ignore[arg-type]


# Eight people of a group A (p00 to p07), six of B (p08 to p13), two of C.
PEOPLE = tuple(person(number) for number in range(16))


def group(one: Followed) -> str:
    number = int(one.id[1:])
    return "A" if number < 8 else "B" if number < 14 else "C"


def ids(*numbers: int) -> frozenset[str]:
    return frozenset(f"p{number:02}" for number in numbers)


def seen(**changes: frozenset[str]) -> Seen:
    everybody = frozenset(one.id for one in PEOPLE)
    told = dict.fromkeys(("followed", "proposable", "suggested"), everybody)
    told |= dict.fromkeys(("proposed", "hired"), frozenset[str]())
    return Seen(**(told | changes))


def test_a_group_of_two_is_hidden_with_the_smallest_other_that_would_tell_it() -> None:
    lines = lines_by(PEOPLE, seen(), group)
    # 16 in all, less A alone: 8 = 6 + 2, which says nothing of either.
    assert [(one.label, one.followed) for one in lines] == [("A", 8), ("B", None), ("C", None)]
    assert total_line(seen()).followed == 16


def test_a_share_is_of_its_denominator_and_half_up() -> None:
    # Five of A proposed, of eight: 62.5 %, told 63; six of B: one more than can be hidden by C alone.
    found = seen(proposed=ids(0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15))
    lines = lines_by(PEOPLE, found, group)
    assert lines[0].proposed == Share(people=None, percent=None)
    # A with 5 is the smallest guard of C with 2; B keeps its 6, but its denominator is hidden: no share.
    assert lines[1].proposed == Share(people=6, percent=None)
    # 13 of 16 is 81.25 %.
    assert total_line(found).proposed == Share(people=13, percent=81)


def test_a_total_of_too_few_hides_everything_and_nobody_at_all_is_told() -> None:
    found = seen(proposed=ids(0, 1, 8))
    assert [one.proposed.people for one in lines_by(PEOPLE, found, group)] == [None, None, None]
    assert total_line(found).proposed == Share(people=None, percent=None)
    assert [one.hired.people for one in lines_by(PEOPLE, found, group)] == [0, 0, 0]


@pytest.mark.parametrize("mask", range(1, 1 << 6))
def test_no_hidden_cell_can_be_had_by_subtraction(mask: int) -> None:
    """Whoever is proposed, what the total leaves to the hidden cells is of two cells and five people."""
    numbers = [number for number in range(16) if mask >> (number % 6) & 1]
    found = seen(proposed=ids(*numbers))
    told = [one.proposed.people for one in lines_by(PEOPLE, found, group)]
    total = total_line(found).proposed.people
    assert all(one is None or one >= 5 for one in told)
    if total is not None and None in told:
        assert told.count(None) >= 2
        assert total - sum(one or 0 for one in told) >= 5


def test_an_age_band_changes_on_the_birthday() -> None:
    born = person(1, birth_date=date(2000, 6, 9))
    assert band_of(born, date(2026, 6, 8)) == "Moins de 26 ans"
    assert band_of(born, date(2026, 6, 9)) == "De 26 à 49 ans"
    assert band_of(person(1, birth_date=date(1976, 6, 9)), date(2026, 6, 9)) == "50 ans et plus"
    assert band_of(person(1), date(2026, 6, 9)) == "Non renseigné"


def test_small_communes_are_one_group() -> None:
    people = tuple(person(number, insee="62765" if number < 5 else "62040") for number in range(9))
    found = communes_of((*people, person(20)), {"62765": "Saint-Omer"}.__getitem__, 5)
    assert set(found.values()) == {"Saint-Omer", "Communes de moins de 5 participants", "Non renseigné"}
    assert found["p08"] == "Communes de moins de 5 participants"
