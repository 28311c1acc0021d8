"""Where a tranche stands: expected, affirmed, given up; how many orders, how many hours."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from service.tables.session import Database
from tests.service.ledger.clause_world import ClauseWorld, build_clause_world
from tests.visitor import Visitor
from tests.world import World

# 1 h per 2,000 € ordered, without threshold: each order of 20,000 € brings 10 h.
PER_ORDER = {
    "method": "per_amount",
    "on": "2026-01-20",
    "rounding": "hundredth",
    "tranche": "2000",
    "hours_per_tranche": "1",
    "basis": "commande",
    "meaning": "declencheur",
    "reached_at_equal": "1",
}
ORDER = {"type": "bon_de_commande", "on": "2026-02-01", "starts_on": "2026-02-01", "ends_on": "2026-02-28"}


@pytest.fixture
def lot(database: Database, world: World) -> ClauseWorld:
    return build_clause_world(database, world.here)


@pytest.fixture
def facilitator(visitor: Callable[..., Visitor], world: World) -> Visitor:
    signed_in: Visitor = visitor(world.here.users["facilitator"])
    return signed_in


def parts(facilitator: Visitor, lot: str) -> Any:
    return facilitator.json(f"/lots/{lot}")["parts"]


def announced(facilitator: Visitor, lot: str, label: str = "Tranche 2", **more: str) -> str:
    assert facilitator.get(f"/lots/{lot}/tranches/nouvelle").status_code == 200
    answer = facilitator.post(f"/lots/{lot}/tranches/nouvelle", {"label": label, **more})
    assert answer.status_code == 303, answer.text
    return str(next(t["id"] for t in parts(facilitator, lot)["tranches"] if t["label"] == label))


def entered(facilitator: Visitor, lot: str, **typed: str) -> None:
    answer = facilitator.post(f"/lots/{lot}/evenements/nouveau", typed)
    assert answer.status_code == 303, answer.text


def by_orders(facilitator: Visitor, lot: str) -> None:
    seen = facilitator.post(f"/lots/{lot}/calibrer", PER_ORDER).text
    mark = seen.split('name="seen" value="')[1].split('"')[0]
    answer = facilitator.post(f"/lots/{lot}/calibrer", PER_ORDER | {"seen": mark, "confirm": "1"})
    assert answer.status_code == 303


def test_an_expected_tranche_owes_nothing_until_it_is_affirmed(
    facilitator: Visitor, lot: ClauseWorld
) -> None:
    before = facilitator.json(f"/lots/{lot.lot}")["line"]["due"]
    tranche = announced(facilitator, lot.lot, expected_on="2026-02-01", amount="250 000", hours="")
    (told,) = parts(facilitator, lot.lot)["tranches"]
    assert (told["state"], told["on"], told["amount"], told["firm"]) == (
        "Attendue",
        "2026-02-01",
        25_000_000,
        False,
    )
    assert facilitator.json(f"/lots/{lot.lot}")["line"]["due"] == before
    form = facilitator.get(f"/lots/{lot.lot}/evenements/nouveau?type=tranche&tranche={tranche}").text
    assert 'value="250000,00"' in form
    entered(
        facilitator,
        lot.lot,
        type="tranche",
        on="2026-02-01",
        tranche=tranche,
        label="Tranche 2",
        amount="250000",
    )
    (told,) = parts(facilitator, lot.lot)["tranches"]
    # 1,250,000 × 50 % × 5 % ÷ 30 = 1,041.67, floored to 1,041 h; 833 h before: 208 h more.
    assert (told["state"], told["firm"], told["owed"]) == ("Affermie", True, 20_800)
    assert facilitator.json(f"/lots/{lot.lot}")["line"]["due"] == before + 20_800


def test_a_tranche_tells_how_many_orders_and_how_many_hours(facilitator: Visitor, lot: ClauseWorld) -> None:
    by_orders(facilitator, lot.lot)
    tranche = announced(facilitator, lot.lot)
    entered(facilitator, lot.lot, **ORDER, reference="BC-1", amount="20000", tranche=tranche)
    entered(facilitator, lot.lot, **ORDER, reference="BC-2", amount="30000", tranche=tranche)
    entered(facilitator, lot.lot, **ORDER, reference="BC-3", amount="10000")
    told = parts(facilitator, lot.lot)
    # 20,000 ÷ 2,000 = 10 h; 30,000 ÷ 2,000 = 15 h; 10,000 ÷ 2,000 = 5 h.
    lines = [(o["reference"], o["tranche"], o["owed"], o["promised"]) for o in told["orders"]]
    assert lines == [
        ("BC-1", "Tranche 2", 1000, 1000),
        ("BC-2", "Tranche 2", 1500, 1500),
        ("BC-3", "", 500, 500),
    ]
    (one,) = told["tranches"]
    assert (one["orders"], one["ordered"], one["owed"], one["promised"]) == (2, 5_000_000, 2500, 2500)


def test_an_order_taken_back_counts_no_more(facilitator: Visitor, lot: ClauseWorld) -> None:
    by_orders(facilitator, lot.lot)
    tranche = announced(facilitator, lot.lot)
    entered(facilitator, lot.lot, **ORDER, reference="BC-1", amount="20000", tranche=tranche)
    order = parts(facilitator, lot.lot)["orders"][0]["id"]
    facilitator.post(f"/lots/{lot.lot}/evenements/{order}/annuler", {"reason": "Doublon"})
    told = parts(facilitator, lot.lot)
    assert told["orders"] == []
    assert (told["tranches"][0]["orders"], told["tranches"][0]["owed"]) == (0, 0)


def test_a_lot_whose_method_does_not_follow_amounts_says_so(facilitator: Visitor, lot: ClauseWorld) -> None:
    entered(facilitator, lot.lot, **ORDER, reference="BC-1", amount="20000")
    told = parts(facilitator, lot.lot)
    assert (told["follows"], told["orders"][0]["owed"], told["orders"][0]["promised"]) == (False, 0, None)
    assert "ne suit pas les montants" in facilitator.get(f"/lots/{lot.lot}").text


def test_a_tranche_given_up_stays_listed_with_its_reason_and_is_offered_no_more(
    facilitator: Visitor, lot: ClauseWorld
) -> None:
    tranche = announced(facilitator, lot.lot)
    address = f"/lots/{lot.lot}/tranches/{tranche}/abandon"
    assert facilitator.post(address, {"reason": ""}).status_code == 422
    assert facilitator.post(address, {"reason": "Budget réduit"}).status_code == 303
    (told,) = parts(facilitator, lot.lot)["tranches"]
    assert (told["state"], told["dropped_reason"]) == ("Abandonnée", "Budget réduit")
    refused = facilitator.post(
        f"/lots/{lot.lot}/evenements/nouveau",
        {"type": "tranche", "on": "2026-02-01", "tranche": tranche, "label": "x"},
    )
    assert refused.status_code == 422
    assert facilitator.post(address, {"reason": "Encore"}).status_code == 409


def test_an_affirmed_tranche_is_not_given_up_before_its_affirmation_is_taken_back(
    facilitator: Visitor, lot: ClauseWorld
) -> None:
    tranche = announced(facilitator, lot.lot)
    entered(
        facilitator, lot.lot, type="tranche", on="2026-02-01", tranche=tranche, label="Tranche 2", hours="10"
    )
    address = f"/lots/{lot.lot}/tranches/{tranche}/abandon"
    refused = facilitator.post(address, {"reason": "Erreur"})
    assert (refused.status_code, "annulez d’abord" in unescape(refused.text)) == (409, True)
    event = parts(facilitator, lot.lot)["tranches"][0]["event_id"]
    facilitator.post(f"/lots/{lot.lot}/evenements/{event}/annuler", {"reason": "Erreur"})
    assert parts(facilitator, lot.lot)["tranches"][0]["state"] == "Attendue"
    assert facilitator.post(address, {"reason": "Erreur"}).status_code == 303


def test_a_tranche_of_another_lot_is_not_named(
    facilitator: Visitor, lot: ClauseWorld, database: Database, world: World
) -> None:
    other = build_clause_world(database, world.here, "2026-AUTRE")
    tranche = announced(facilitator, other.lot)
    refused = facilitator.post(
        f"/lots/{lot.lot}/evenements/nouveau",
        {**ORDER, "reference": "BC-1", "amount": "10", "tranche": tranche},
    )
    assert refused.status_code == 422
    assert facilitator.post(f"/lots/{lot.lot}/tranches/{tranche}/abandon", {"reason": "x"}).status_code == 404


def test_a_tranche_announced_twice_is_listed_once(facilitator: Visitor, lot: ClauseWorld) -> None:
    announced(facilitator, lot.lot)
    again = facilitator.post(f"/lots/{lot.lot}/tranches/nouvelle", {"label": "Tranche 2"})
    assert again.status_code == 422
    assert "déjà dans la liste" in again.text
    assert len(parts(facilitator, lot.lot)["tranches"]) == 1
