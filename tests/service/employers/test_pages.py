"""Employers: one register by SIRET, near names shown, rights, two people at once."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import col

from service.tables import OrganisationRow
from service.tables.session import Database
from tests.service.offers.test_pages import add_offer
from tests.visitor import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
# INSEE's own check key holds for this number (Luhn), as for those of tests/world.py.
FREE_SIRET = "44306184100047"


def names(liaison: Visitor, query: str = "") -> list[str]:
    return [one["name"] for one in liaison.json(f"/employeurs?{query}")["employers"]]


def test_the_list_holds_firms_only_with_their_offers_counted(
    visitor: Visit, database: Database, world: World
) -> None:
    add_offer(database, world.here, "Maçon")
    liaison = visitor(world.here.users["liaison"])
    assert names(liaison) == ["Bâti Audomarois", "Nord Peinture"]
    assert liaison.json("/employeurs")["employers"][0]["open_offers"] == 1
    assert names(liaison, "offres=oui") == ["Bâti Audomarois"]
    numbered = liaison.filtered("/employeurs", q="552 100 554")
    assert names(liaison, numbered.partition("?")[2]) == ["Nord Peinture"]
    assert names(liaison, "commune=Saint-Omer") == ["Bâti Audomarois", "Nord Peinture"]
    assert names(liaison, "commune=Arques") == []
    assert names(liaison, "tri=-offres")[0] == "Bâti Audomarois"


def test_a_firm_is_added_and_its_file_shows_what_was_typed(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    typed = {
        "name": "Propreté des Marais",
        "siret": "443 061 841 00047",
        "employer_kind": "entreprise",
        "commune": "arques 62510",
        "contact_name": "Mme Deram",
        "phone": "03 21 00 00 00",
    }
    answer = liaison.post("/employeurs/nouveau", typed)
    assert answer.status_code == 303
    view = liaison.json(answer.headers["location"])
    assert (view["siret"], view["commune"]) == (FREE_SIRET, "Arques (62510)")
    assert (view["lots"], view["offers_total"]) == (0, 0)
    assert "Aucune offre" in liaison.get(answer.headers["location"]).text


def test_a_siret_already_known_is_refused_with_the_name_it_bears_and_nothing_is_lost(
    visitor: Visit, database: Database, world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    typed = {"name": "Autre nom", "siret": "73282932000074", "employer_kind": "ei"}
    answer = liaison.post("/employeurs/nouveau", typed)
    assert answer.status_code == 422
    assert "Bâti Audomarois" in answer.text
    assert "Autre nom" in answer.text
    wrong = liaison.post("/employeurs/nouveau", {**typed, "siret": "73282932000075"})
    assert "clé de contrôle" in wrong.text


def test_a_like_name_in_the_same_commune_is_shown_but_does_not_stop(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    typed = {"name": "SARL BATI AUDOMAROIS", "employer_kind": "entreprise", "commune": "Saint-Omer (62500)"}
    address = liaison.post("/employeurs/nouveau", typed).headers["location"]
    assert [one["name"] for one in liaison.json(address)["alike"]] == ["Bâti Audomarois"]
    elsewhere = {**typed, "commune": "Arques (62510)"}
    address = liaison.post("/employeurs/nouveau", elsewhere).headers["location"]
    assert liaison.json(address)["alike"] == []


def test_of_two_people_who_edit_at_once_the_second_is_told_and_loses_nothing(
    visitor: Visit, database: Database, world: World
) -> None:
    one, other = (visitor(world.here.users["liaison"]) for _ in range(2))
    address = f"/employeurs/{world.here.organisation_ids['firm2']}"
    version = one.get(f"{address}/modifier").text.split('name="version" value="')[1].split('"')[0]
    typed = {"name": "Nord Peinture", "employer_kind": "entreprise", "version": version}
    assert one.post(f"{address}/modifier", {**typed, "phone": "0321"}).status_code == 303
    late = other.post(f"{address}/modifier", {**typed, "contact_name": "À garder"})
    assert late.status_code == 409
    assert "À garder" in late.text
    newer = late.text.split('name="version" value="')[1].split('"')[0]
    assert other.post(f"{address}/modifier", {**typed, "version": newer}).status_code == 303
    with database.read() as db:
        row = db.scalars(
            sa.select(OrganisationRow).where(
                col(OrganisationRow.public_id) == world.here.organisation_ids["firm2"]
            )
        ).one()
        db.expunge(row)
    assert (row.phone, row.siret) == ("", None)


def test_a_firm_of_another_territory_or_a_buyer_is_not_an_employer_here(visitor: Visit, world: World) -> None:
    liaison = visitor(world.here.users["liaison"])
    for foreign in (world.there.organisation_ids["firm"], world.here.organisation_ids["buyer"]):
        assert liaison.get(f"/employeurs/{foreign}").status_code == 404
        assert liaison.get(f"/employeurs/{foreign}/modifier").status_code == 404
        assert liaison.post(f"/employeurs/{foreign}/modifier", {"name": "Pris"}).status_code == 404


def test_coordination_reads_and_others_do_not(visitor: Visit, world: World) -> None:
    address = f"/employeurs/{world.here.organisation_ids['firm']}"
    coordinator = visitor(world.here.users["coordinator"])
    assert coordinator.get(address).status_code == 200
    assert coordinator.get(f"{address}/modifier").status_code == 403
    for role in ("referent", "contractor", "admin", "facilitator"):
        assert visitor(world.here.users[role]).get(address).status_code == 403
