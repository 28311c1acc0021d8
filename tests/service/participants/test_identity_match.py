"""Who may be the same person: names, births, telephones."""

from datetime import date

from service.participants.identity_match import Identity, Likeness, digits, find_alike, likeness
from service.tables.session import Database
from tests.service.participants.people import add_participant
from tests.world import World

BORN = date(1990, 5, 12)


def someone(first: str, last: str, **told: object) -> Identity:
    values: dict[str, object] = {
        "birth_name": "",
        "birth_date": None,
        "phone": "",
        "email": "",
        "france_travail_id": None,
        **told,
    }
    return Identity(first_name=first, last_name=last, **values)  # type: ignore[arg-type]


def test_accents_case_and_order_do_not_make_two_people() -> None:
    typed = someone("ZOE", "LEROY-DUPONT", birth_date=BORN)
    assert likeness(typed, someone("Dupont Leroy", "Zoé", birth_date=BORN)) is Likeness.NAME_AND_BIRTH


def test_a_married_woman_is_found_by_her_birth_name() -> None:
    typed = someone("Zoé", "Martin", birth_name="Leroy", birth_date=BORN)
    assert likeness(typed, someone("Zoé", "Leroy", birth_date=BORN)) is Likeness.NAME_AND_BIRTH


def test_a_spelling_apart_with_the_same_birth_is_proposed() -> None:
    typed = someone("Zoé", "Lefebvre", birth_date=BORN)
    assert likeness(typed, someone("Zoé", "Lefèvre", birth_date=BORN)) is Likeness.NEAR_NAME_AND_BIRTH


def test_the_same_name_born_another_day_is_somebody_else() -> None:
    assert (
        likeness(
            someone("Zoé", "Leroy", birth_date=BORN), someone("Zoé", "Leroy", birth_date=date(1961, 1, 2))
        )
        is None
    )


def test_a_birth_not_told_leaves_the_question_open() -> None:
    assert likeness(someone("Zoé", "Leroy"), someone("Zoé", "Leroy", birth_date=BORN)) is Likeness.NAME_ONLY


def test_a_couple_that_shares_a_telephone_is_two_people() -> None:
    phone = "06 12 34 56 78"
    assert likeness(someone("Zoé", "Leroy", phone=phone), someone("Marc", "Leroy", phone=phone)) is None


def test_the_same_first_name_and_telephone_may_be_one_person() -> None:
    typed = someone("Zoé", "Martin", phone="+33 6 12 34 56 78")
    known = someone("Zoe", "Leroy", phone="06.12.34.56.78")
    assert digits(typed.phone) == digits(known.phone) == "612345678"
    assert likeness(typed, known) is Likeness.FIRST_NAME_AND_REACH


def test_the_france_travail_number_says_more_than_the_name() -> None:
    typed = someone("Z.", "L.", france_travail_id="1234567A")
    assert likeness(typed, someone("Zoé", "Leroy", france_travail_id="1234567A")) is Likeness.FRANCE_TRAVAIL


def test_another_territory_is_never_searched(database: Database, world: World) -> None:
    add_participant(database, world.there)
    here = add_participant(database, world.here)
    with database.read() as db:
        found = find_alike(db, world.here.id, someone("Zoé", "Leroy", birth_date=BORN))
    assert [one.public_id for one in found] == [here]
