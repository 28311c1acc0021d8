"""Finding a commune by its code, its postcode, or the first letters of its name."""

import pytest

from matching.communes import Communes, load_communes, parse_row

ROWS = [
    "62765\tSaint-Omer\t62500\t62\t50.7483\t2.2609\t14382\t700\tnamed",
    "14637\tSaint-Omer\t14220\t14\t48.9333\t-0.4333\t150\t700\tnamed",
    "62757\tSaint-Martin-lez-Tatinghem\t62500\t62\t50.7645\t2.2279\t5843\t3665\tpostcode",
    "98411\tÎles Saint-Paul et Nouvelle-Amsterdam\t\t984\t\t\t0\t\tnone",
]


@pytest.fixture
def few() -> Communes:
    return Communes(ROWS, {"62691": "62757"})


def test_a_code_gives_its_commune_with_the_precision_of_its_point(few: Communes) -> None:
    commune = few.get("62757")
    assert commune is not None
    assert (commune.name, commune.precision_m, commune.kind) == (
        "Saint-Martin-lez-Tatinghem",
        3665,
        "postcode",
    )


def test_the_code_of_a_former_commune_gives_the_one_that_replaced_it(few: Communes) -> None:
    assert few.get("62691") == few.get("62757")


def test_an_unknown_code_gives_nothing(few: Communes) -> None:
    assert few.get("99999") is None


def test_a_land_without_a_point_says_so_and_guesses_nothing() -> None:
    island = parse_row(ROWS[3])
    assert (island.latitude, island.longitude, island.precision_m, island.kind) == (None, None, None, "none")


@pytest.mark.parametrize("typed", ["saint omer", "SAINT-OMER", "St Omer", "st-om"])
def test_a_name_is_found_however_it_is_written_the_largest_first(few: Communes, typed: str) -> None:
    assert [one.insee for one in few.search(typed)] == ["62765", "14637"]


def test_a_word_inside_the_name_is_enough(few: Communes) -> None:
    assert [one.insee for one in few.search("tating")] == ["62757"]


def test_the_first_digits_of_a_postcode_give_its_communes_the_largest_first(few: Communes) -> None:
    assert [one.insee for one in few.search("625")] == ["62765", "62757"]
    assert [one.insee for one in few.by_postcode("62500")] == ["62765", "62757"]


@pytest.mark.parametrize("typed", ["", "   ", "!!", "zzzz"])
def test_what_names_no_commune_gives_an_empty_list(few: Communes, typed: str) -> None:
    assert few.search(typed) == []


def test_the_shipped_table_holds_the_whole_country_overseas_included() -> None:
    communes = load_communes()
    assert len(communes) == 34_969 + 45  # communes, and arrondissements of Paris, Lyon and Marseille
    fort_de_france = communes.get("97209")
    assert fort_de_france is not None
    assert fort_de_france.departement == "972"
    assert fort_de_france.latitude == pytest.approx(14.60, abs=0.05)


def test_the_shares_of_each_precision_are_the_published_ones() -> None:
    """matching/data/README.md publishes 87.33 % of the population with a point of its own."""
    people = {"named": 0, "all": 0}
    for one in load_communes():
        if one.kind == "named" and "Arrondissement" not in one.name:
            people["named"] += one.population
        people["all"] += one.population if "Arrondissement" not in one.name else 0
    assert round(100 * people["named"] / people["all"], 2) == 87.33
