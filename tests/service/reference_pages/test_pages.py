"""Suggestions as one types: JSON for the script, a small page without it, closed to nobody signed in."""

from collections.abc import Callable

from service.tables import OfferRow
from service.tables.session import Database
from tests.service.offers.test_pages import add_offer
from tests.visitor import Visitor
from tests.world import World


def test_communes_are_suggested_with_the_postcode_that_was_begun(
    visitor: Callable[..., Visitor], world: World
) -> None:
    liaison = visitor(world.here.users["liaison"])
    choices = liaison.json("/reference/communes?q=st-om")["choices"]
    assert choices[0] == {"code": "62765", "label": "Saint-Omer (62500)", "hint": "département 62"}
    assert liaison.json("/reference/communes?q=42100")["choices"][0]["label"] == "Saint-Étienne (42100)"
    assert liaison.json("/reference/communes?q=")["choices"] == []


def test_occupations_are_suggested_to_those_who_describe_posts_and_projects(
    visitor: Callable[..., Visitor], world: World
) -> None:
    referent = visitor(world.here.users["referent"])
    labels = [one["code"] for one in referent.json("/reference/metiers?q=cariste")["choices"]]
    assert "N1101" in labels
    assert visitor(world.here.users["contractor"]).get("/reference/metiers?q=cariste").status_code == 403


def test_without_script_the_same_addresses_are_pages_to_search_in(
    visitor: Callable[..., Visitor], world: World
) -> None:
    page = visitor(world.here.users["contractor"]).get("/reference/communes?q=longuenesse")
    assert "Longuenesse (62219)" in page.text
    page = visitor(world.here.users["liaison"]).get("/reference/metiers?q=<script>")
    assert "<script>alert" not in page.text
    assert page.status_code == 200


def test_nobody_without_an_account_reads_the_references(visitor: Callable[..., Visitor]) -> None:
    assert (
        visitor().client.get("/reference/communes?q=a", headers={"accept": "application/json"}).status_code
        == 401
    )


def test_skills_that_the_territory_s_offers_ask_for_are_suggested_and_no_other_territory_s(
    visitor: Callable[..., Visitor], database: Database, world: World
) -> None:
    for territory, skill in ((world.here, "Nettoyer une surface"), (world.there, "Nettoyer un bassin")):
        row = add_offer(database, territory, "Agent")
        with database.write() as db:
            db.get_one(OfferRow, row.id).required_skills = (skill,)
    referent = visitor(world.here.users["referent"])
    told = referent.json("/reference/competences?q=surf")["choices"]
    assert told == [
        {"code": "", "label": "Nettoyer une surface", "hint": "demandée par une offre du territoire"}
    ]
    assert [one["label"] for one in referent.json("/reference/competences?q=nettoyer")["choices"]] == [
        "Nettoyer une surface"
    ]
    assert referent.json("/reference/competences?q=")["choices"] == []
    assert "Nettoyer une surface" in referent.get("/reference/competences?q=NETTOYER").text
    assert visitor(world.here.users["contractor"]).get("/reference/competences?q=n").status_code == 403
