"""Lots through the pages: entry, edit, copy, a lot that has not begun, the matrix of declarations."""

from collections.abc import Callable

from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.service.lots.test_ledger_pages import calibrate, lot_form, make_lot
from tests.service.lots.test_party_pages import party
from tests.visitor import Visitor
from tests.world import World


def test_a_lot_that_has_not_begun_owes_nothing_and_shows_its_dates(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    later = lot_form(starts_on="2026-09-01", ends_on="2027-08-31")
    assert facilitator.post(f"{lot}/modifier", later).status_code == 303
    calibrate(facilitator, lot, on="2026-09-01")
    view = facilitator.json(lot)
    assert (view["line"]["due"], view["line"]["starts_on"]) == (0, "2026-09-01")
    assert view["points"][0]["due"] == 83300
    assert view["matrix"]["rows"] == []
    assert "Le marché n’est pas encore notifié" in facilitator.get(lot).text


def test_the_matrix_says_what_each_company_has_answered(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    matrix = facilitator.json(f"/lots/{made.lot}")["matrix"]
    assert matrix["periods"] == ["2026-01-01", "2026-02-01"]
    row = matrix["rows"][0]
    assert row["company"] == "Bâti Audomarois"
    assert [(c["label"], c["hours"]) for c in row["cells"]] == [("Validée", 10000), ("En cours", None)]


def test_a_number_serves_once_in_a_marche_and_a_copy_waits_for_its_own(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    marche = facilitator.json(lot)["line"]["marche_id"]
    twice = facilitator.post(f"/marches/{marche}/lots/nouveau", lot_form())
    assert twice.status_code == 422
    page = facilitator.get(f"{lot}/dupliquer").text
    assert 'value="Gros œuvre"' in page
    assert f'action="/marches/{marche}/lots/nouveau"' in page


def test_a_lot_needs_an_employer_that_it_accepts_and_dates_in_order(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    wrong = lot_form(accepted_employers=[], ends_on="2025-01-01", control_days="")
    answer = facilitator.post(f"{lot}/modifier", wrong)
    assert answer.status_code == 422
    for sentence in (
        "Employeurs acceptés : cochez-en au moins un.",
        "elle tombe avant la notification",
        'id="e-control_days"',
    ):
        assert sentence in answer.text


def test_nothing_is_awaited_of_a_closed_lot(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    # The day is 03/02/2026, and the lot was notified on 05/01.
    for day, why in (("2026-02-04", "pas encore venu"), ("2026-01-04", "tombe avant la notification")):
        assert why in facilitator.post(f"{lot}/modifier", lot_form(closed_on=day)).text
    facilitator.post(f"{lot}/modifier", lot_form(closed_on="2026-02-01"))
    assert "clos au 01/02/2026" in facilitator.get(lot).text
    view = facilitator.json(lot)
    assert (view["line"]["closed"], view["actions"]) == (True, [])


def test_a_lot_in_percentage_is_not_closed_before_the_total_of_the_hours(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    calibrate(facilitator, lot, method="percent_of_hours", rate="5")
    closing = lot_form(closed_on="2026-02-02")
    refused = facilitator.post(f"{lot}/modifier", closing)
    assert refused.status_code == 422
    assert "le lot ne peut pas être clos" in refused.text
    assert "totals_cover" not in refused.text
    total = {"type": "heures_travaillees", "on": "2026-02-02", "hours": "1 000"}
    company = world.here.organisation_ids["firm"]
    told = {**total, "company_id": company, "period_start": "2026-01-05"}
    assert facilitator.post(f"{lot}/evenements/nouveau", told).status_code == 303
    # January has its total; February, begun on the day of closing, has none.
    asked = facilitator.post(f"{lot}/modifier", closing)
    assert asked.status_code == 422
    assert "n’est inscrit pour février 2026" in asked.text
    assert 'name="totals_cover"' in asked.text
    assert facilitator.json(lot)["without_total"] == []  # February is not over
    assert facilitator.post(f"{lot}/modifier", {**closing, "totals_cover": "1"}).status_code == 303
    assert facilitator.json(lot)["line"]["closed"]
