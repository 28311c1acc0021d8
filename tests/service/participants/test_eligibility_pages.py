"""Periods of eligibility: opened by the référent, judged by the core, revoked with a date."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import col

from service.participants.identity_match import name_key_of
from service.tables import EligibilityRow, PersonRow
from service.tables.session import Database
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import Territory, World

Open = Callable[..., Visitor]
TYPED = {
    "criterion": "RSA",
    "asked_from": "2026-01-05",
    "proof_label": "Attestation CAF ou MSA",
    "proof_dated_on": "2026-01-02",
}


def add_clause_person(database: Database, territory: Territory) -> str:
    """Somebody known for the clauses only."""
    with database.write() as db:
        row = PersonRow(
            territory_id=territory.id,
            first_name="Léa",
            last_name="Clause",
            name_key=name_key_of("Léa", "Clause", ""),
        )
        db.add(row)
        db.flush()
        return row.public_id


def test_a_period_lasts_as_long_as_the_grid_says(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    assert claire.post(f"/participants/{zoe}/eligibilite", TYPED).status_code == 303
    [period] = claire.json(f"/participants/{zoe}/eligibilite")["periods"]
    # 24 months from 05/01/2026: to 04/01/2028. The proof is good for 3 months: to 01/04/2026.
    assert (period["starts_on"], period["ends_on"]) == ("2026-01-05", "2028-01-04")
    assert (period["criterion"], period["proof_expires_on"]) == ("RSA", "2026-04-01")


def test_a_proof_dated_later_puts_off_the_start(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/eligibilite", {**TYPED, "proof_dated_on": "2026-01-20"})
    [period] = claire.json(f"/participants/{zoe}/eligibilite")["periods"]
    assert period["starts_on"] == "2026-01-20"


def test_what_the_core_refuses_is_told_beside_the_field(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    empty = claire.post(f"/participants/{zoe}/eligibilite", {}, as_json=True)
    assert set(empty.json()["faults"]) == {"criterion", "asked_from", "proof_label"}
    late = claire.post(f"/participants/{zoe}/eligibilite", {**TYPED, "fixed_end": "2025-12-31"}, as_json=True)
    assert set(late.json()["faults"]) == {"fixed_end"}


def test_the_same_period_sent_twice_is_opened_once(visitor: Open, database: Database, world: World) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/eligibilite", TYPED)
    assert claire.post(f"/participants/{zoe}/eligibilite", TYPED).status_code == 409
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(EligibilityRow)) == 1


def test_a_revocation_is_dated_reasoned_and_made_once(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    claire = visitor(world.here.users["referent"])
    claire.post(f"/participants/{zoe}/eligibilite", TYPED)
    period = claire.json(f"/participants/{zoe}/eligibilite")["periods"][0]["id"]
    address = f"/participants/{zoe}/eligibilite/{period}/revocation"
    assert claire.post(address, {"revoked_on": "2026-02-01"}).status_code == 422
    typed = {"revoked_on": "2026-02-01", "revoked_reason": "Attestation annulée"}
    assert claire.post(address, typed).status_code == 303
    assert claire.post(address, typed).status_code == 409
    assert "Attestation annulée" in claire.get(f"/participants/{zoe}/eligibilite").text


def test_the_facilitator_opens_them_under_the_rules_of_a_lot_only(
    visitor: Open, database: Database, world: World
) -> None:
    lea = add_clause_person(database, world.here)
    zoe = add_participant(database, world.here)
    farid = visitor(world.here.users["facilitator"])
    assert farid.get(f"/participants/{lea}/eligibilite").status_code == 403
    assert farid.post(f"/participants/{lea}/eligibilite", TYPED).status_code == 403
    assert farid.get(f"/beneficiaires/{lea}/eligibilite").status_code == 200
    assert farid.get(f"/beneficiaires/{zoe}/eligibilite").status_code == 404
    # Once the référent has opened a period, she is one of the clauses' people.
    visitor(world.here.users["referent"]).post(f"/participants/{zoe}/eligibilite", TYPED)
    assert farid.get(f"/beneficiaires/{zoe}/eligibilite").status_code == 200
    assert visitor(world.here.users["referent"]).get(f"/participants/{lea}/eligibilite").status_code == 404


def test_nobody_of_another_territory_or_caseload_and_no_firm(
    visitor: Open, database: Database, world: World
) -> None:
    zoe = add_participant(database, world.here)
    visitor(world.here.users["referent"]).post(f"/participants/{zoe}/eligibilite", TYPED)
    address = f"/participants/{zoe}/eligibilite"
    for user in (world.here.users["referent2"], world.there.users["referent"]):
        assert visitor(user).get(address).status_code == 404
        assert visitor(user).post(address, TYPED).status_code == 404
    for role in ("facilitator", "contractor", "liaison", "coordinator"):
        assert visitor(world.here.users[role]).get(address).status_code == 403
    with database.read() as db:
        assert db.scalars(sa.select(col(EligibilityRow.criterion))).all() == ["RSA"]
