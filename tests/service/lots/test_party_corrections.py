"""A company's key, acte spécial and dates, corrected from a day on, with what was told before kept."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from service.ledger.load import load_lot
from service.lots.debts import debts_of
from service.tables import LotRow
from service.tables.session import Database
from tests.service.lots.test_debts import HOURS, Open, lot
from tests.service.lots.test_ledger_pages import make_lot
from tests.service.lots.test_party_pages import party
from tests.visitor import Visitor
from tests.world import World

assert lot, "the fixture of three members with one key each"
KNOWN = datetime(2026, 2, 3, 12, tzinfo=ZoneInfo("Europe/Paris"))


def correction(**changes: str) -> dict[str, str]:
    return {
        "from_on": "2026-02-01",
        "starts_on": "2025-10-01",
        "reason": "Avenant de la convention",
        **changes,
    }


def members(facilitator: Visitor, lot: str, company: str) -> list[tuple[str, str | None, str]]:
    told = facilitator.json(lot)["parties"]
    return [(p["starts_on"], p["ends_on"], p["key_share"]) for p in told if p["company"] == company]


def test_a_key_changes_from_a_day_and_the_debts_follow_it_there_only(
    visitor: Open, world: World, database: Database, lot: str
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    view = facilitator.json(f"/lots/{lot}")
    zinc = next(p for p in view["parties"] if p["company"] == "Zinc et Toits")
    starts = zinc["starts_on"]
    page = f"/lots/{lot}/entreprises/{zinc['id']}/corriger"
    assert facilitator.get(page).status_code == 200
    answer = facilitator.post(page, correction(starts_on=starts, key_share="2"))
    assert answer.status_code == 303, answer.text
    assert members(facilitator, f"/lots/{lot}", "Zinc et Toits") == [
        (starts, "2026-01-31", "1"),
        ("2026-02-01", None, "2"),
    ]
    with database.read() as db:
        file = load_lot(db, db.scalars(select(col(LotRow.id)).where(col(LotRow.public_id) == lot)).one())
    before = debts_of(file, date(2026, 1, 31), KNOWN)
    after = debts_of(file, date(2026, 2, 1), KNOWN)
    assert before
    assert after
    # 100 001 hundredths by 1, 1 and 1: 33 333,67 each. By 1, 1 and 2: 25 000,25 twice and 50 000,50.
    assert sorted(x.due for x in before.lines) == [33_333, 33_334, 33_334]
    assert {x.company: x.due for x in after.lines}["Zinc et Toits"] in (50_000, 50_001)
    assert before.due == after.due == HOURS
    told = facilitator.json(f"/lots/{lot}")
    assert told["line"]["due"] == view["line"]["due"]
    act = told["party_acts"][0]
    assert "clé 2 au lieu de 1" in act["sentence"]
    assert "à partir du 01/02/2026" in act["sentence"]
    assert "Avenant de la convention" in act["sentence"]
    assert act["author"]


def test_an_acte_special_typed_wrong_is_corrected_from_the_arrival_without_a_second_row(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    head = facilitator.json(lot)["parties"][0]["id"]
    below = party(world, "firm2", role="sous_traitant", parent=head, acte_special="AS-1")
    facilitator.post(f"{lot}/entreprises/nouvelle", below)
    one = facilitator.json(lot)["parties"][1]["id"]
    typed = correction(
        from_on="2026-01-12", starts_on="2026-01-12", acte_special="AS-2", reason="Saisie fausse"
    )
    assert facilitator.post(f"{lot}/entreprises/{one}/corriger", typed).status_code == 303
    view = facilitator.json(lot)
    assert [(p["acte_special"], p["starts_on"]) for p in view["parties"]] == [
        ("", "2026-01-05"),
        ("AS-2", "2026-01-12"),
    ]
    assert "arrivée le 12/01/2026 au lieu de 05/01/2026" in view["party_acts"][0]["sentence"]


def test_a_correction_that_changes_nothing_or_collides_is_handed_back(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    one = facilitator.json(lot)["parties"][0]["id"]
    second = party(world, "firm2", starts_on="2026-02-01", transfer="tout_au_nouveau")
    facilitator.post(f"{lot}/entreprises/nouvelle", second)
    page = f"{lot}/entreprises/{one}/corriger"
    same = correction(starts_on="2026-01-05", ends_on="2026-01-31", from_on="2026-01-05")
    nothing = facilitator.post(page, same)
    assert (nothing.status_code, "Rien n’est changé" in nothing.text) == (422, True)
    moved = facilitator.post(page, {**same, "ends_on": "2026-02-10"})
    assert (moved.status_code, "remplacement du titulaire" in moved.text) == (422, True)
    assert "Avenant de la convention" in moved.text


def test_a_replacement_is_taken_back_after_the_key_of_the_new_titulaire_changed(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lot = make_lot(facilitator, world)
    facilitator.post(f"{lot}/entreprises/nouvelle", party(world))
    second = party(world, "firm2", starts_on="2026-01-20", transfer="tout_au_nouveau")
    facilitator.post(f"{lot}/entreprises/nouvelle", second)
    view = facilitator.json(lot)
    new = next(p for p in view["parties"] if p["ends_on"] is None)
    typed = correction(starts_on="2026-01-20", key_share="3")
    assert facilitator.post(f"{lot}/entreprises/{new['id']}/corriger", typed).status_code == 303
    undone = facilitator.post(f"{lot}/evenements/{view['events'][1]['id']}/annuler", {"reason": "Jugement"})
    assert undone.status_code == 303
    told = facilitator.json(lot)["parties"]
    assert [(p["company"], p["ends_on"]) for p in told] == [("Bâti Audomarois", None)]
