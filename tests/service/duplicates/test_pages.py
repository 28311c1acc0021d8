"""Likely duplicates: swapped fields, birth names, one SIREN; set apart once, never another territory's."""

from collections.abc import Callable
from datetime import date

from service.tables import OrganisationRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.service.suggestions.cast import add_person
from tests.visitor import Visitor
from tests.world import Territory, World

Visit = Callable[..., Visitor]
BORN = {"birth_date": date(1988, 3, 4)}


def add_firm(database: Database, territory: Territory, name: str, siret: str | None) -> str:
    with database.write() as db:
        row = OrganisationRow(territory_id=territory.id, kind=OrganisationKind.FIRM, name=name, siret=siret)
        db.add(row)
        db.flush()
        return row.public_id


def test_persons_with_swapped_fields_or_a_birth_name_are_told_and_others_are_not(
    visitor: Visit, database: Database, world: World
) -> None:
    with database.write() as db:
        one = add_person(db, world.here, first_name="Zoé", last_name="Lefèvre", person=BORN)
        swapped = add_person(db, world.here, first_name="LEFEVRE", last_name="Zoe", person=BORN)
        born = {**BORN, "birth_name": "Lefevre"}
        married = add_person(db, world.here, first_name="Zoé", last_name="Martin", person=born)
        add_person(db, world.here, first_name="Ali", last_name="Benali", person=BORN)
        add_person(db, world.there, first_name="Zoé", last_name="Lefèvre", person=BORN)
    view = visitor(world.here.users["coordinator"]).json("/doublons")
    told = {frozenset((pair["one"]["id"], pair["other"]["id"])) for pair in view["persons"]}
    assert told == {frozenset(pair) for pair in ((one, swapped), (one, married), (swapped, married))}
    assert {pair["why"] for pair in view["persons"]} == {"même nom et même date de naissance"}


def test_firms_of_one_siren_or_one_name_without_siret_are_told(
    visitor: Visit, database: Database, world: World
) -> None:
    add_firm(database, world.here, "SARL Nord-Bâti", "44306184100047")
    add_firm(database, world.here, "Nord Bati Travaux", "44306184100054")
    add_firm(database, world.here, "Aa Propreté", "13000548100010")
    add_firm(database, world.here, "SAS AA PROPRETE", None)
    add_firm(database, world.there, "Aa Propreté", None)
    pairs = visitor(world.here.users["coordinator"]).json("/doublons")["firms"]
    assert {(frozenset((one["one"]["name"], one["other"]["name"])), one["why"]) for one in pairs} == {
        (frozenset(("SARL Nord-Bâti", "Nord Bati Travaux")), "même SIREN"),
        (frozenset(("Aa Propreté", "SAS AA PROPRETE")), "même nom, SIRET non renseigné d’un côté"),
    }


def test_two_persons_set_apart_no_longer_come_back(visitor: Visit, database: Database, world: World) -> None:
    with database.write() as db:
        one = add_person(db, world.here, first_name="Zoé", last_name="Lefèvre", person=BORN)
        other = add_person(db, world.here, first_name="Zoe", last_name="Lefevre", person=BORN)
        foreign = add_person(db, world.there, first_name="Zoe", last_name="Lefevre", person=BORN)
    coordination = visitor(world.here.users["coordinator"])
    assert "Ce sont deux personnes" in coordination.get("/doublons").text
    sent = {"kind": "personne", "one": other, "other": one}
    assert coordination.post("/doublons/distincts", sent).status_code == 303
    assert coordination.post("/doublons/distincts", sent).status_code == 303
    assert coordination.json("/doublons")["persons"] == []
    assert coordination.post("/doublons/distincts", {**sent, "other": foreign}).status_code == 404
    assert coordination.post("/doublons/distincts", {**sent, "kind": "chat"}).status_code == 422
    assert visitor(world.here.users["referent"]).get("/doublons").status_code == 403
