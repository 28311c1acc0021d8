"""Two rows that differ only in what must not count get the same answers, to the byte, through the service.

Sex, birth date, nationality, names and priority district change nothing. No name of a child is kept
anywhere: a child is the weeks of her care.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.tables import METADATA, PersonRow
from service.tables.session import Database
from service.vocabulary import Sex
from tests.matching.personas import NORTH, able, offer, participant, shifts
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.test_pages import MOTHER
from tests.visitor import Visitor
from tests.world import World

Open = Callable[[int], Visitor]
ONE: dict[str, Any] = {
    "sex": Sex.WOMAN,
    "birth_date": date(1966, 3, 8),
    "nationality": "Érythréenne",
    "qpv": "Quai du Commerce - Saint-Exupéry",
    "birth_name": "Haile",
}
OTHER: dict[str, Any] = {
    "sex": Sex.MAN,
    "birth_date": date(2004, 11, 30),
    "nationality": "Française",
    "qpv": "",
    "birth_name": "",
}
PEOPLE = [participant(), MOTHER, participant(skills=None, language=None), participant(physical=able())]


def offers(db: Session, world: World) -> list[str]:
    """One that fits, one too early for care, one far, one that asks for a licence."""
    posts = (
        offer(),
        offer(schedule=shifts((0, 450, 900))),
        offer(place=NORTH, hourly_wage_cents=1400),
        offer(licences=("B",)),
    )
    return [add_offer(db, world.here, told=post) for post in posts]


def told(visitor: Visitor, address: str, person_id: str, name: str) -> bytes:
    """What the service answers, less the identity: her public id and her name."""
    text = msgspec.json.encode(visitor.json(address)).decode()
    return text.replace(person_id, "PERSON").replace(name, "NAME").encode()


@pytest.mark.parametrize("profile", PEOPLE)
def test_suggestions_are_equal_to_the_byte(
    visitor: Open, database: Database, world: World, profile: Any
) -> None:
    names = ("Almaz", "Tesfaye"), ("Jean", "Dupont")
    with database.write() as db:
        offers(db, world)
        ids = [
            add_person(db, world.here, first_name=first, last_name=last, told=profile, person=person)
            for (first, last), person in zip(names, (ONE, OTHER), strict=True)
        ]
    referent = visitor(world.here.users["referent"])
    answers = {
        told(referent, f"/participants/{one}/suggestions?leviers=1", one, f"{first} {last}")
        for one, (first, last) in zip(ids, names, strict=True)
    }
    assert len(answers) == 1
    assert b"PERSON" in next(iter(answers))


def test_her_place_among_candidates_is_the_same_whoever_she_is(
    visitor: Open, database: Database, world: World
) -> None:
    """The very row, its protected columns changed in place: everything that the liaison reads stays."""
    with database.write() as db:
        posts = offers(db, world)
        for skills in ((), ("nettoyer",), None):
            add_person(db, world.here, told=participant(skills=skills))
        person_id = add_person(db, world.here, told=MOTHER, person=ONE)
        add_person(db, world.here, told=MOTHER)
    liaison = visitor(world.here.users["liaison"])
    addresses = [f"/offres/{post}/candidats?leviers=1" for post in posts]
    addresses += [f"/offres/{post}/candidats/{person_id}" for post in posts]

    def read() -> list[bytes]:
        return [told(liaison, address, person_id, "Amina Benali") for address in addresses]

    before = read()
    with database.write() as db:
        db.execute(
            sa.update(PersonRow)
            .where(col(PersonRow.public_id) == person_id)
            .values(first_name="Jean", last_name="Dupont", name_key="dupont jean", **OTHER)
        )
        # A change of identity need not raise a stamp: read all of it anew, as another process would.
        db.execute(sa.text("UPDATE territory SET participants_stamp = participants_stamp + 1"))
    assert read() == before


def test_two_alike_stand_side_by_side_with_the_same_scores(
    visitor: Open, database: Database, world: World
) -> None:
    with database.write() as db:
        post = add_offer(db, world.here, told=offer(required_skills=("nettoyer",)))
        add_person(db, world.here, told=participant(skills=()))
        twins = {add_person(db, world.here, person=person) for person in (ONE, OTHER)}
        add_person(db, world.here, told=participant(home=NORTH))
    kept = visitor(world.here.users["liaison"]).json(f"/offres/{post}/candidats")["kept"]
    places = [place for place, one in enumerate(kept) if one["id"] in twins]
    assert places[1] - places[0] == 1
    first, second = ({**kept[place], "id": "", "label": ""} for place in places)
    assert first == second


def test_no_column_could_hold_the_name_of_a_child() -> None:
    columns = [f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.columns]
    assert not [name for name in columns if "child" in name or "enfant" in name]
