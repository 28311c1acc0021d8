"""The register of organisations: once each, by SIRET."""

import re
from collections.abc import Callable
from typing import Any

from tests.visitor import Visitor
from tests.world import World


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "ETTI Tremplin",
        "kind": "entreprise",
        "employer_kind": "etti",
        "siret": "732 829 320 00090",
        "commune": "Saint-Omer (62500)",
        **changes,
    }


def shown(visitor: Visitor, organisation_id: str) -> str:
    """The mark that the form carries of the record as it was shown."""
    page = visitor.get(f"/organisations/{organisation_id}/modifier").text
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_an_organisation_is_entered_found_and_corrected(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    assert facilitator.post("/organisations/nouvelle", typed(siret="")).status_code == 303
    found = facilitator.json("/organisations?q=tremplin")["organisations"]
    line = next(x for x in found if x["name"] == "ETTI Tremplin")
    assert line["employer_kind"] == "Entreprise de travail temporaire d’insertion (ETTI)"
    assert line["commune"] == "Saint-Omer (62500)"
    answer = facilitator.post(
        f"/organisations/{line['id']}/modifier",
        typed(siret="", phone="0321000000", version=shown(facilitator, line["id"])),
    )
    assert answer.status_code == 303
    assert "0321000000" in facilitator.get("/organisations?q=ETTI").text


def test_a_siret_serves_once_in_a_territory(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    # The SIRET of Bâti Audomarois, already in the register.
    answer = facilitator.post("/organisations/nouvelle", typed(siret="73282932000074"))
    assert answer.status_code == 409
    assert "a déjà ce SIRET" in answer.text


def test_a_wrong_siret_is_said_and_kept(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    answer = facilitator.post("/organisations/nouvelle", typed(siret="73282932000075", commune="Nullepart"))
    assert answer.status_code == 422
    assert "la clé de contrôle est fausse" in answer.text
    assert "n’est pas une commune connue" in answer.text
    assert 'value="73282932000075"' in answer.text


def test_another_territory_cannot_open_or_change_it(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    path = f"/organisations/{world.there.organisation_ids['firm']}/modifier"
    assert facilitator.get(path).status_code == 404
    assert facilitator.post(path, typed(siret="")).status_code == 404
    assert visitor(world.here.users["contractor"]).get("/organisations").status_code == 403


def test_the_second_of_two_editors_is_told_and_keeps_what_she_typed(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    firm = world.here.organisation_ids["firm2"]
    seen = shown(facilitator, firm)
    address = f"/organisations/{firm}/modifier"
    assert facilitator.post(address, typed(siret="", phone="0321000001", version=seen)).status_code == 303
    slower = facilitator.post(address, typed(siret="", phone="0321999999", version=seen))
    assert slower.status_code == 409
    assert "0321999999" in slower.text
    assert "pendant votre saisie" in slower.text


def test_another_establishment_starts_from_the_first_without_its_siret(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    page = facilitator.get(f"/organisations/{world.here.organisation_ids['firm']}/dupliquer").text
    assert 'value="Bâti Audomarois"' in page
    assert "73282932000074" not in page
    liaison = visitor(world.here.users["liaison"])
    page = liaison.get(f"/employeurs/{world.here.organisation_ids['firm']}/dupliquer").text
    assert 'value="Bâti Audomarois"' in page
    assert "73282932000074" not in page
