"""A penalty is simulated, proposed once, decided once by the buyer; its history stays."""

from collections.abc import Callable
from typing import Any

import pytest

from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.visitor import Visitor
from tests.world import World

# Lot 1 owes 833 h, 100 h are validated: 733 h are not done.
PER_HOUR = {"mode": "par_heure", "rate": "50", "on": "2026-02-03", "reason": "Heures non faites."}


@pytest.fixture
def lot(database: Database, world: World) -> str:
    return build_clause_world(database, world.here).lot


@pytest.fixture
def facilitator(visitor: Callable[..., Visitor], world: World) -> Visitor:
    signed_in: Visitor = visitor(world.here.users["facilitator"])
    return signed_in


def asked(lot: str) -> str:
    return f"/lots/{lot}/penalites/nouvelle"


def proposed(facilitator: Visitor, lot: str, **changes: Any) -> str:
    answer = facilitator.post(asked(lot), {**PER_HOUR, "do": "proposer", **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.mark.parametrize(
    ("typed", "explanation"),
    [
        # 733 h × 50 € = 36 650 €.
        (PER_HOUR, "733 h × 50 € = 36 650 €."),
        # 733 h × 4 × 32 € = 93 824 €.
        (
            {**PER_HOUR, "mode": "plafond", "multiple": "4", "ceiling": "32"},
            "733 h × 4 × 32 € = 93 824 €.",
        ),
        # From 20/01 to 03/02: 14 days × 75 € = 1 050 €.
        (
            {**PER_HOUR, "mode": "par_jour", "rate": "75", "notice_on": "2026-01-20"},
            "14 jours depuis la mise en demeure du 20/01/2026 × 75 € = 1 050 €.",
        ),
    ],
)
def test_the_three_modes_show_their_computation_and_write_nothing(
    facilitator: Visitor, lot: str, typed: dict[str, str], explanation: str
) -> None:
    answer = facilitator.post(asked(lot), {**typed, "do": "simuler"})
    assert answer.status_code == 200
    assert explanation in answer.text.replace("\u202f", " ")
    assert facilitator.json(f"/lots/{lot}/penalites")["penalties"] == []


def test_a_proposal_waits_for_the_buyer_with_its_computation(facilitator: Visitor, lot: str) -> None:
    told = facilitator.json(proposed(facilitator, lot))["penalty"]
    assert (told["due"], told["validated"], told["missing"]) == (83300, 10000, 73300)
    assert (told["amount"], told["company"], told["waits"]) == (3_665_000, "Bâti Audomarois", True)
    assert told["awaited"] == "Communauté d’agglomération doit décider, depuis le 03/02/2026."


def test_a_proposal_makes_the_buyer_act_next_until_it_is_decided(facilitator: Visitor, lot: str) -> None:
    penalty = proposed(facilitator, lot)
    # Proposed on 03/02/2026, with the 15 days of control of the lot: before 18/02/2026.
    asked_of = "L’acheteur doit décider de la pénalité proposée, depuis le 03/02/2026, avant le 18/02/2026."
    assert asked_of in [a["sentence"] for a in facilitator.json(f"/lots/{lot}")["actions"]]
    decision = {"amount": "0", "decided_on": "2026-02-03", "document": "Courrier 2026-118"}
    assert facilitator.post(f"{penalty}/decision", decision).status_code == 303
    assert asked_of not in [a["sentence"] for a in facilitator.json(f"/lots/{lot}")["actions"]]


def test_a_formal_notice_that_runs_is_the_first_thing_the_portfolio_shows(
    facilitator: Visitor, lot: str
) -> None:
    daily = {"mode": "par_jour", "rate": "75", "notice_on": "2026-01-20"}
    proposed(facilitator, lot, **daily)
    first = facilitator.json(f"/lots/{lot}")["actions"][0]
    assert first["sentence"].startswith("L’entreprise doit répondre à la mise en demeure du 20/01/2026")
    assert facilitator.json("/marches")["marches"][0]["action"] == first


def test_one_proposal_at_a_time_waits_on_a_lot(facilitator: Visitor, lot: str) -> None:
    proposed(facilitator, lot)
    again = facilitator.post(asked(lot), {**PER_HOUR, "do": "proposer"})
    assert (again.status_code, "attend déjà la décision" in again.text) == (409, True)


def test_the_buyers_decision_is_recorded_once_and_the_history_stays(facilitator: Visitor, lot: str) -> None:
    first = proposed(facilitator, lot)
    decision = {"amount": "10 000", "decided_on": "2026-02-03", "document": "Courrier 2026-118"}
    assert facilitator.post(f"{first}/decision", decision).status_code == 303
    told = facilitator.json(first)["penalty"]
    assert (told["state"], told["decided_amount"], told["document"]) == (
        "Appliquée",
        1_000_000,
        "Courrier 2026-118",
    )
    assert told["amount"] == 3_665_000
    assert facilitator.post(f"{first}/decision", decision).status_code == 409
    second = proposed(facilitator, lot)
    remission = {**decision, "amount": "0"}
    assert facilitator.post(f"{second}/decision", remission).status_code == 303
    history = facilitator.json(f"/lots/{lot}/penalites")["penalties"]
    assert [one["state"] for one in history] == ["Remise par l’acheteur", "Appliquée"]


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(facilitator: Visitor, lot: str) -> None:
    wrong = facilitator.post(
        asked(lot), {**PER_HOUR, "rate": "cher", "on": "2026-03-01", "do": "proposer", "reason": "Mon motif"}
    )
    assert wrong.status_code == 422
    for sentence in ("« cher » n’est pas un nombre", "cette date est à venir", "Mon motif"):
        assert sentence.replace(" »", "\u202f»").replace("« ", "«\u202f") in wrong.text
    address = proposed(facilitator, lot)
    more = {"amount": "40 000", "decided_on": "2026-02-03", "document": "X"}
    refused = facilitator.post(f"{address}/decision", more)
    assert (refused.status_code, "plus que ce qui est proposé" in refused.text) == (422, True)
    assert facilitator.post(f"{address}/decision", {"amount": "1"}).status_code == 422


def test_no_missing_hour_makes_no_penalty(facilitator: Visitor, lot: str) -> None:
    # Before the notification of 05/01/2026 nothing is due.
    nothing = facilitator.post(asked(lot), {**PER_HOUR, "on": "2026-01-02", "do": "proposer"})
    assert (nothing.status_code, "rien à proposer" in nothing.text) == (422, True)


def test_others_read_or_do_not_find(
    facilitator: Visitor, lot: str, visitor: Callable[..., Visitor], world: World
) -> None:
    address = proposed(facilitator, lot)
    coordinator = visitor(world.here.users["coordinator"])
    assert "36\u202f650" in coordinator.get(address).text
    assert coordinator.post(f"{address}/decision", {"amount": "1"}).status_code == 403
    assert visitor(world.there.users["facilitator"]).get(address).status_code == 404
    assert visitor(world.here.users["contractor"]).get(address).status_code == 403
