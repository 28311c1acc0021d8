"""The facilitator's first page: what waits for her, by health and by who must act."""

import re
from collections.abc import Callable

from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.visitor import Visitor
from tests.world import World


def test_an_empty_portfolio_says_what_to_do(visitor: Callable[..., Visitor], world: World) -> None:
    assert "Enregistrez un marché" in visitor(world.here.users["facilitator"]).get("/").text


def test_the_portfolio_counts_health_newcomers_and_endings(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    build_clause_world(database, world.here)
    build_clause_world(database, world.there, "AILLEURS")
    view = visitor(world.here.users["facilitator"]).json("/")
    assert {h["health"]: h["lots"] for h in view["healths"]} == {
        "late": 0,
        "at_risk": 0,
        "unknown": 0,
        "on_track": 1,
        "done": 0,
    }
    assert (view["newcomer_count"], view["ending_count"], view["waiting"]) == (1, 1, 0)
    assert [x["reference"] for x in view["next_lots"]] == ["2026-M01"]
    # January is answered: the firm's next period is February, to be declared by 15/03/2026.
    assert view["next_lots"][0]["action"]["before"] == "2026-03-15"


def test_a_total_that_a_firm_owes_is_typed_by_the_facilitator_from_her_portfolio(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    lot = build_clause_world(database, world.here).lot
    facilitator = visitor(world.here.users["facilitator"])
    typed = {"method": "percent_of_hours", "rate": "5", "on": "2026-01-05", "rounding": "floor_hour"}
    shown = re.search(r'name="seen" value="(\w+)"', facilitator.post(f"/lots/{lot}/calibrer", typed).text)
    assert shown
    facilitator.post(f"/lots/{lot}/calibrer", {**typed, "seen": shown[1], "confirm": "1"})
    actions = facilitator.json(f"/lots/{lot}")["actions"]
    [told] = [a for a in actions if a["task"] == "Donner le total des heures travaillées"]
    assert (told["yours"], told["link"]) == (False, "Saisir le total reçu")
    assert facilitator.get(told["address"]).status_code == 200
