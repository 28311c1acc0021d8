"""Calibration, events and withdrawals through the pages: the worked cases of the clauses brief."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col

from service.tables import LotRow
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.visitor import Visitor
from tests.world import World

FORMULA = {
    "method": "formula",
    "amount": "1 000 000",
    "labour_share": "50 %",
    "rate": "5",
    "hourly_cost": "30",
    "rounding": "floor_hour",
}


def marche_form(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "reference": "2026-M77",
        "title": "Rénovation de la piscine",
        "buyer": world.here.organisation_ids["buyer"],
        "legal_bases": ["condition_execution"],
        "groupement": "aucun",
        "calendar": "monthly",
        "notified_on": "2026-01-05",
        "mine": "1",
        **changes,
    }


def lot_form(**changes: Any) -> dict[str, Any]:
    return {
        "number": "1",
        "title": "Gros œuvre",
        "starts_on": "2026-01-05",
        "ends_on": "2026-12-31",
        "volume": "5 % des heures",
        "grid_id": "grille-nationale",
        "accepted_employers": ["entreprise", "etti"],
        "accepted_employments": ["cdd", "cdi", "interim"],
        "cut_policy": "prorata",
        "surplus_policy": "none",
        "hours_basis": "worked",
        "training_countable": "1",
        "training_cap_percent": "20",
        "eligibility_months": "24",
        "cdi_cap_months": "48",
        "deadline_days": "15",
        "control_days": "15",
        **changes,
    }


def make_lot(facilitator: Visitor, world: World) -> str:
    """A marché and its lot, entered by hand; the lot's address."""
    made = facilitator.post("/marches/nouveau", marche_form(world))
    assert made.status_code == 303, made.text
    lot = facilitator.post(made.headers["location"] + "/lots/nouveau", lot_form())
    assert lot.status_code == 303, lot.text
    return str(lot.headers["location"])


def calibrate(facilitator: Visitor, lot: str, **inputs: Any) -> str:
    """Preview, then confirm what was shown; the preview's text."""
    typed = {**FORMULA, "on": "2026-01-05", **inputs}
    shown = facilitator.post(f"{lot}/calibrer", typed)
    assert shown.status_code == 200, shown.text
    found = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert found
    kept = facilitator.post(f"{lot}/calibrer", {**typed, "seen": found[1], "confirm": "1"})
    assert kept.status_code == 303, kept.text
    return shown.text


def test_the_formula_gives_833_hours_explained_before_they_are_kept(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    assert facilitator.json(lot)["line"]["due"] is None
    assert facilitator.json(lot)["actions"][0]["task"] == "Calibrer le lot"
    shown = calibrate(facilitator, lot)
    # 1 000 000 × 50 % × 5 % ÷ 30 = 25 000 ÷ 30 = 833,33 -> 833 h.
    assert "1\u202f000\u202f000\u202f€ × 50\u202f% × 5\u202f% ÷ 30\u202f€ = 833,33\u202fh." in shown
    assert "833\u202fh dues" in shown
    assert facilitator.json(lot)["line"]["due"] == 83300


def test_an_avenant_raises_the_due_to_1041_hours_from_its_date_only(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    calibrate(facilitator, lot)
    avenant = {"type": "avenant", "on": "2026-07-01", "sense": "plus", "amount": "250 000"}
    assert facilitator.post(f"{lot}/evenements/nouveau", avenant).status_code == 303
    view = facilitator.json(lot)
    # On 03/02/2026 the avenant of July is known but not in force: the due is still the old one.
    assert view["line"]["due"] == 83300
    due = {point["on"]: point["due"] for point in view["points"]}
    # 1 250 000 × 50 % × 5 % ÷ 30 = 1 041,67 -> 1 041 h from 01/07.
    assert (due["2026-06-30"], due["2026-07-01"]) == (83300, 104100)
    told = next(e for e in view["events"] if e["label"] == "Avenant")
    assert (told["on"], told["due_after"], told["author"]) == ("2026-07-01", 104100, "Farid Facilitateur")
    known_at = datetime.fromisoformat(told["known_at"]).astimezone(ZoneInfo("Europe/Paris"))
    assert known_at.date() == date(2026, 2, 3)


def test_the_same_avenant_sent_twice_is_not_owed_twice_unless_it_is_said_to_be_another(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    calibrate(facilitator, lot)
    avenant = {"type": "avenant", "on": "2026-02-01", "sense": "plus", "amount": "250 000"}
    assert facilitator.post(f"{lot}/evenements/nouveau", avenant).status_code == 303
    again = facilitator.post(f"{lot}/evenements/nouveau", avenant)
    assert again.status_code == 422
    assert "Déjà au registre" in again.text
    assert 'name="again"' in again.text
    assert facilitator.json(lot)["line"]["due"] == 104100
    other = facilitator.post(f"{lot}/evenements/nouveau", {**avenant, "again": "1"})
    assert other.status_code == 303
    # 1 500 000 × 50 % × 5 % ÷ 30 = 1 250 h.
    assert facilitator.json(lot)["line"]["due"] == 125000


def test_an_invoice_already_told_is_recognised_by_its_reference(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    bill = {"type": "facture", "on": "2026-01-20", "reference": "F1", "amount": "2 000"}
    assert facilitator.post(f"{lot}/evenements/nouveau", bill).status_code == 303
    slip = facilitator.post(f"{lot}/evenements/nouveau", {**bill, "on": "2026-01-21", "amount": "2 500"})
    assert slip.status_code == 422
    assert "facture «\u202fF1\u202f» au 20/01/2026" in slip.text
    assert len([e for e in facilitator.json(lot)["events"] if e["label"] == "Facture"]) == 1


def test_a_calibration_confirmed_twice_is_kept_once(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    typed = {**FORMULA, "on": "2026-01-05"}
    found = re.search(r'name="seen" value="(\w+)"', facilitator.post(f"{lot}/calibrer", typed).text)
    assert found
    confirmed = {**typed, "seen": found[1], "confirm": "1"}
    assert facilitator.post(f"{lot}/calibrer", confirmed).status_code == 303
    assert facilitator.post(f"{lot}/calibrer", confirmed).status_code == 200
    assert len([e for e in facilitator.json(lot)["events"] if e["label"] == "Calibrage"]) == 1


def test_a_slip_is_withdrawn_and_stays_in_the_ledger(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    calibrate(facilitator, lot)
    slip = {"type": "avenant", "on": "2026-02-01", "sense": "minus", "hours": "100"}
    facilitator.post(f"{lot}/evenements/nouveau", slip)
    assert facilitator.json(lot)["line"]["due"] == 73300  # 833 − 100
    event = next(e for e in facilitator.json(lot)["events"] if e["label"] == "Avenant")
    undo = f"{lot}/evenements/{event['id']}/annuler"
    assert facilitator.post(undo, {"reason": "Avenant d’un autre lot"}).status_code == 303
    view = facilitator.json(lot)
    assert view["line"]["due"] == 83300
    event = next(e for e in view["events"] if e["label"] == "Avenant")
    assert (event["withdrawn"], event["withdrawn_reason"]) == (True, "Avenant d’un autre lot")
    assert facilitator.post(undo, {"reason": "encore"}).status_code == 409


def test_a_confirmation_of_other_values_than_those_shown_is_shown_again(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    typed = {**FORMULA, "on": "2026-01-05"}
    shown = facilitator.post(f"{lot}/calibrer", typed)
    found = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert found
    other = {**typed, "rate": "10", "seen": found[1], "confirm": "1"}
    answer = facilitator.post(f"{lot}/calibrer", other)
    assert answer.status_code == 200
    assert "Les valeurs ont changé" in answer.text
    assert facilitator.json(lot)["line"]["due"] is None


def test_each_method_can_be_typed(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    common = {"on": "2026-01-05", "rounding": "floor_hour"}
    calibrate(facilitator, lot, **common, method="fixed", hours="450")
    assert facilitator.json(lot)["line"]["due"] == 45000
    per_amount = {"tranche": "2000", "hours_per_tranche": "1", "basis": "facture", "threshold": "2 700 000"}
    calibrate(
        facilitator,
        lot,
        **common,
        **per_amount,
        method="per_amount",
        meaning="declencheur",
        reached_at_equal="1",
    )
    assert facilitator.json(lot)["line"]["due"] == 0
    bill = {"type": "facture", "on": "2026-01-20", "reference": "F1", "amount": "2 710 000"}
    facilitator.post(f"{lot}/evenements/nouveau", bill)
    assert facilitator.json(lot)["line"]["due"] == 135500  # 2 710 000 ÷ 2 000
    back = {"type": "avoir", "on": "2026-01-25", "reference": "A1", "amount": "20 000"}
    facilitator.post(f"{lot}/evenements/nouveau", back)
    assert facilitator.json(lot)["line"]["due"] == 0  # 2 690 000 < 2 700 000
    brackets = {"at_least_1": "0", "hours_1": "150", "at_least_2": "100000", "hours_2": "300"}
    calibrate(facilitator, lot, **common, **brackets, method="brackets", amount="150 000")
    assert facilitator.json(lot)["line"]["due"] == 30000
    shown = calibrate(facilitator, lot, **common, method="percent_of_hours", rate="5")
    assert "non connu" in shown
    assert facilitator.json(lot)["line"]["due"] is None
    staff = {"base_hours": "300", "new_staff": "2", "all_staff": "6"}
    calibrate(facilitator, lot, **common, **staff, method="prorata_new_staff")
    assert facilitator.json(lot)["line"]["due"] == 10000  # 300 × 2 ÷ 6


def test_what_cannot_be_read_comes_back_with_all_its_faults_and_nothing_is_lost(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    answer = facilitator.post(f"{lot}/calibrer", {**FORMULA, "amount": "beaucoup", "hourly_cost": ""})
    assert answer.status_code == 422
    assert 'value="beaucoup"' in answer.text
    assert 'id="e-hourly_cost"' in answer.text
    assert 'id="e-on"' in answer.text


def test_new_dates_of_a_lot_are_told_again_in_the_ledger(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    made = build_clause_world(database, world.here)
    changed = facilitator.post(f"/lots/{made.lot}/modifier", lot_form(ends_on="2027-03-31"))
    assert changed.status_code == 303
    view = facilitator.json(f"/lots/{made.lot}")
    assert view["line"]["ends_on"] == "2027-03-31"
    assert view["line"]["due"] == 83300
    assert [e["withdrawn"] for e in view["events"]] == [True, False]
    with database.read() as db:
        row = db.scalars(sa.select(LotRow).where(col(LotRow.public_id) == made.lot)).one()
        assert row.ends_on == date(2027, 3, 31)


def test_a_scale_that_falls_is_told_before_it_is_kept(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    scale = {"at_least_1": "200 000", "hours_1": "100", "at_least_2": "500 000", "hours_2": "80"}
    shown = calibrate(facilitator, lot, method="brackets", amount="300 000", **scale).replace("\u202f", " ")
    assert "Le barème baisse : 80 h à partir de 500 000 €, moins que les 100 h" in shown
    assert facilitator.json(lot)["line"]["due"] == 10_000
