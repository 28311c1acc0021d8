"""Two facilitators on one edit page: the second is told, loses nothing, and may replace."""

import re
from collections.abc import Callable
from typing import Any

from service.edited_twice import digest, overtaken, with_version
from service.forms import Form
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.service.lots.test_ledger_pages import lot_form, make_lot, marche_form
from tests.visitor import Visitor
from tests.world import World

CHANGED = "Quelqu’un a enregistré cette page pendant votre saisie"


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found
    return found[1]


def twice(facilitator: Visitor, address: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Both opened before either is sent; then the second sent again over the first."""
    version = version_of(facilitator.get(address).text)
    assert facilitator.post(address, {**first, "version": version}).status_code == 303
    answer = facilitator.post(address, {**second, "version": version})
    assert answer.status_code == 422
    assert CHANGED in answer.text
    newer = version_of(answer.text)
    assert newer != version
    assert facilitator.post(address, {**second, "version": newer}).status_code == 303


def test_the_second_to_edit_a_marche_is_told(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    address = facilitator.post("/marches/nouveau", marche_form(world)).headers["location"]
    twice(
        facilitator,
        f"{address}/modifier",
        marche_form(world, perimeter="Le lot 1"),
        marche_form(world, perimeter="Tous les lots"),
    )
    assert facilitator.json(address)["perimeter"] == "Tous les lots"


def test_the_second_to_edit_a_lot_is_told_and_her_text_is_still_there(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    address = make_lot(facilitator, world) + "/modifier"
    version = version_of(facilitator.get(address).text)
    facilitator.post(address, lot_form(title="Gros œuvre et façade"))
    answer = facilitator.post(address, {**lot_form(title="Couverture"), "version": version})
    assert CHANGED in answer.text
    assert 'value="Couverture"' in answer.text


def test_the_second_to_edit_a_placement_is_told(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    employed = {
        "employer": world.here.organisation_ids["firm"],
        "employment_kind": "cdd",
        "starts_on": "2026-01-05",
    }
    twice(
        visitor(world.here.users["facilitator"]),
        f"/placements/{made.nadia_placement}/modifier",
        {**employed, "weekly_hours": "35h"},
        {**employed, "weekly_hours": "24h"},
    )


def test_a_digest_is_of_what_is_shown_whatever_its_order() -> None:
    stored = Form.of({"title": "Lot 1", "kinds": ["a", "b"], "none": None})
    assert digest(stored) == digest(Form.of({"kinds": ("a", "b"), "title": "Lot 1"}))
    assert digest(with_version(stored)) == digest(stored)
    assert overtaken(with_version(stored), stored) is None
    assert overtaken(Form({"title": "Lot 2"}), stored) is None
    told = overtaken(with_version(stored), Form.of({"title": "Lot 3"}))
    assert told is not None
    assert told.raw("title") == "Lot 1"
    assert list(told.faults) == [""]
