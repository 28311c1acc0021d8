"""The companies of a lot: groupement, subcontractors, the end of a party, a titulaire replaced."""

from collections.abc import Callable
from typing import Any

from tests.service.lots.test_ledger_pages import calibrate, make_lot
from tests.visitor import Visitor
from tests.world import World


def party(world: World, firm: str = "firm", **changes: Any) -> dict[str, Any]:
    company = world.here.organisation_ids[firm]
    return {"company": company, "role": "mandataire", "starts_on": "2026-01-05", **changes}


def test_a_subcontractor_stands_under_the_company_that_employs_it(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    assert facilitator.post(f"{lot}/entreprises/nouvelle", party(world)).status_code == 303
    orphan = party(world, "firm2", role="sous_traitant")
    assert facilitator.post(f"{lot}/entreprises/nouvelle", orphan).status_code == 422
    head = facilitator.json(lot)["parties"][0]["id"]
    below = party(world, "firm2", role="sous_traitant", parent=head, acte_special="AS-1")
    assert facilitator.post(f"{lot}/entreprises/nouvelle", below).status_code == 303
    parties = facilitator.json(lot)["parties"]
    assert [(p["company"], p["tier"], p["parent"]) for p in parties] == [
        ("Bâti Audomarois", 0, ""),
        ("Nord Peinture", 1, "Bâti Audomarois"),
    ]


def test_a_party_ends_on_a_day_that_follows_its_start(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    one = facilitator.json(lot)["parties"][0]["id"]
    end = f"{lot}/entreprises/{one}/fin"
    assert facilitator.post(end, {"ends_on": "2026-01-01"}).status_code == 409
    assert facilitator.post(end, {"ends_on": "2026-01-31"}).status_code == 303
    told = facilitator.json(lot)["parties"][0]
    # Today is 03/02/2026.
    assert (told["ends_on"], told["present"]) == ("2026-01-31", False)


def test_a_second_titulaire_is_a_replacement_or_a_fault(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    second = party(world, "firm2", starts_on="2026-02-01")
    answer = facilitator.post(f"{lot}/entreprises/nouvelle", second)
    assert answer.status_code == 422
    assert "Bâti Audomarois est déjà titulaire" in answer.text
    replaced = {**second, "transfer": "tout_au_nouveau"}
    assert facilitator.post(f"{lot}/entreprises/nouvelle", replaced).status_code == 303
    view = facilitator.json(lot)
    assert view["line"]["titulaire"] == "Nord Peinture"
    assert [(p["company"], p["ends_on"]) for p in view["parties"]] == [
        ("Bâti Audomarois", "2026-01-31"),
        ("Nord Peinture", None),
    ]
    assert [e["label"] for e in view["events"]] == ["Notification", "Remplacement du titulaire"]
    # The former titulaire answers up to the eve: the replacement is dated of that day.
    swap = view["events"][1]
    assert swap["on"] == "2026-01-31"
    undone = facilitator.post(f"{lot}/evenements/{swap['id']}/annuler", {"reason": "Jugement"})
    assert undone.status_code == 303
    view = facilitator.json(lot)
    assert [(p["company"], p["ends_on"]) for p in view["parties"]] == [("Bâti Audomarois", None)]


def test_a_company_of_another_territory_cannot_join(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    foreign = {**party(world), "company": world.there.organisation_ids["firm"]}
    assert facilitator.post(f"{lot}/entreprises/nouvelle", foreign).status_code == 404


def test_a_company_that_joins_others_is_asked_since_when_without_guessing(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    first = facilitator.get(f"{lot}/entreprises/nouvelle").text
    assert 'value="2026-01-05"' in first
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    second = facilitator.get(f"{lot}/entreprises/nouvelle").text
    assert 'value="2026-' not in second
    assert "Un cotraitant du départ : le 05/01/2026" in second.replace("\u202f", " ")


def test_a_titulaire_replaced_and_its_successor_each_read_their_own_part(
    visitor: Callable[..., Visitor], world: World
) -> None:
    """833 h over 361 days, handed over by date on the 31st of January: 83 300 × 27 ÷ 361 = 6 230,1…"""
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    calibrate(facilitator, lot)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    second = party(world, "firm2", starts_on="2026-02-01", transfer="partage_a_la_date")
    assert facilitator.post(f"{lot}/entreprises/nouvelle", second).status_code == 303
    read = {
        who: visitor(world.here.users[who]).json(lot.replace("/lots/", "/mes-lots/"))
        for who in ("contractor", "contractor2")
    }
    assert [read[who]["due"] for who in read] == [6230, 77070]
    assert {told["note"] for told in read.values()} == {
        "Votre part du dû : le titulaire du lot a été remplacé."
    }
    assert all(told["explanation"] == [] for told in read.values())
