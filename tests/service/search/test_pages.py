"""One search box: each role finds its own, nobody another's; a name is never in an address."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matching.normalise import person_key
from service.tables import PersonRow, SpellRow
from service.tables.session import Database
from service.vocabulary import SpellState
from tests.service.offers.test_pages import add_offer
from tests.visitor import Visitor
from tests.world import Territory, World

Visit = Callable[..., Visitor]


def add_person(
    database: Database, territory: Territory, name: str, *, referent: str = "referent", shared: bool = False
) -> str:
    first, last = name.split()
    with database.write() as db:
        person = PersonRow(
            territory_id=territory.id, first_name=first, last_name=last, name_key=person_key(first, last)
        )
        db.add(person)
        db.flush()
        db.add(
            SpellRow(
                territory_id=territory.id,
                person_id=person.id,
                referent_id=territory.users[referent],
                state=SpellState.ACTIVE,
                entered_on=date(2025, 9, 1),
                name_shared_on=date(2026, 1, 5) if shared else None,
            )
        )
        return person.public_id


def found(visitor: Visitor, typed: str) -> dict[str, list[str]]:
    answer = visitor.post("/recherche", {"q": typed}, as_json=True)
    assert answer.status_code == 200, answer.text
    groups: list[dict[str, Any]] = answer.json()["groups"]
    return {group["title"]: [hit["label"] for hit in group["hits"]] for group in groups}


def test_a_referent_finds_her_own_participants_by_the_beginning_of_a_name(
    visitor: Visit, database: Database, world: World
) -> None:
    add_person(database, world.here, "Zoé Lefèvre")
    add_person(database, world.here, "Zoé Autre", referent="referent2")
    add_person(database, world.there, "Zoé Ailleurs")
    referent = visitor(world.here.users["referent"])
    for typed in ("zoe", "lefev", "LEFÈVRE Zoé"):
        assert found(referent, typed) == {"Mes participants": ["LEFÈVRE Zoé"]}
    assert found(referent, "efevre") == {}


def test_a_liaison_finds_a_person_by_public_id_and_by_name_only_once_agreed(
    visitor: Visit, database: Database, world: World
) -> None:
    hidden = add_person(database, world.here, "Zoé Lefèvre")
    shared = add_person(database, world.here, "Ana Petit", shared=True)
    liaison = visitor(world.here.users["liaison"])
    assert found(liaison, "lefevre") == {}
    assert found(liaison, hidden) == {"Participants": [f"Participant {hidden}"]}
    assert "Lefèvre" not in liaison.post("/recherche", {"q": hidden}).text
    assert found(liaison, "petit") == {"Participants": ["Ana Petit"]}
    foreign = add_person(database, world.there, "Léa Loin", shared=True)
    assert found(liaison, foreign) == {}
    assert found(liaison, shared) == {"Participants": ["Ana Petit"]}


def test_a_name_in_an_address_finds_nobody(visitor: Visit, database: Database, world: World) -> None:
    public_id = add_person(database, world.here, "Zoé Lefèvre")
    referent = visitor(world.here.users["referent"])
    assert referent.json("/recherche?q=lefevre")["groups"] == []
    assert len(referent.json(f"/recherche?q={public_id}")["groups"]) == 1
    assert 'method="post" action="/recherche"' in referent.get("/recherche").text


def test_a_liaison_finds_offers_and_employers_of_her_territory(
    visitor: Visit, database: Database, world: World
) -> None:
    add_offer(database, world.here, "Maçon H/F")
    add_offer(database, world.there, "Maçon d’ailleurs")
    liaison = visitor(world.here.users["liaison"])
    assert found(liaison, "maçon") == {"Offres": ["Maçon H/F"]}
    assert found(liaison, "audomarois") == {"Offres": ["Maçon H/F"], "Employeurs": ["Bâti Audomarois"]}
    assert found(liaison, "732 829 320") == {"Employeurs": ["Bâti Audomarois"]}


@pytest.mark.parametrize("role", ["facilitator", "contractor", "coordinator", "admin"])
def test_each_role_searches_without_seeing_what_is_not_hers(
    visitor: Visit, database: Database, world: World, role: str
) -> None:
    add_person(database, world.there, "Zoé Lefèvre")
    add_offer(database, world.there, "Lefèvre cherche maçon")
    assert found(visitor(world.here.users[role]), "lefevre") == {}
    if role in ("contractor", "facilitator", "admin"):
        add_person(database, world.here, "Zoé Lefèvre", shared=True)
        assert found(visitor(world.here.users[role]), "lefevre") == {}


def test_a_siret_leads_the_facilitator_to_the_register(visitor: Visit, world: World) -> None:
    assert found(visitor(world.here.users["facilitator"]), "55210055400013") == {
        "Organisations": ["Nord Peinture"]
    }


def test_one_letter_or_strange_letters_search_nothing_and_break_nothing(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    assert "Deux caractères" in liaison.post("/recherche", {"q": "a"}).text
    for typed in ("%%", "__", "'; --", "é" * 500):
        assert liaison.post("/recherche", {"q": typed}).status_code == 200
    # An invisible character is refused at the door, like in any form.
    assert liaison.post("/recherche", {"q": "\x00\x00zz"}).status_code == 422
