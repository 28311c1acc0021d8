"""Beneficiaries: identity once, eligibility under the grid of a lot, the ground for those who may know it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from service.tables import AuditRow, PersonRow, ReadJournalRow
from service.tables.session import Database
from tests.service.ledger.clause_world import build_clause_world
from tests.service.lots.test_ledger_pages import lot_form
from tests.visitor import Visitor
from tests.world import World

LEA = {"last_name": "Martin", "first_name": "Léa", "birth_date": "1988-03-12"}
RSA = {
    "criterion": "RSA",
    "asked_from": "2026-01-05",
    "proof_label": "Attestation CAF ou MSA",
    "proof_dated_on": "2026-01-20",
}


def enter(facilitator: Visitor, **changes: Any) -> str:
    answer = facilitator.post("/beneficiaires/nouveau", {**LEA, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_known_person_is_shown_before_a_second_record_of_her(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lea = enter(facilitator)
    again = facilitator.post("/beneficiaires/nouveau", {**LEA, "first_name": "Lea", "last_name": "MARTIN"})
    assert again.status_code == 422
    assert "même nom et même date de naissance" in again.text
    same = facilitator.post("/beneficiaires/nouveau", {**LEA, "same_as": lea.split("/")[-1]})
    assert same.headers["location"] == f"/placements/nouveau?personne={lea.split('/')[-1]}"
    assert enter(facilitator, same_as="nobody") != lea
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(PersonRow)) == 2


def test_a_late_proof_moves_the_start_to_its_date(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lea = enter(facilitator)
    assert facilitator.post(f"{lea}/eligibilite", RSA).status_code == 303
    period = facilitator.json(lea)["periods"][0]
    # Proof of 20/01, hire of 05/01, no grace: from 20/01/2026 for 24 months, to 19/01/2028.
    assert (period["starts_on"], period["ends_on"]) == ("2026-01-20", "2028-01-19")
    # A CAF certificate is good for three months: 20/01 to 19/04/2026.
    assert period["proof_expires_on"] == "2026-04-19"
    assert period["criterion_label"] == "Allocataire du RSA ou ayant droit"


def test_the_grace_of_the_lot_lets_the_period_go_back(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    facilitator.post(f"/lots/{made.lot}/modifier", lot_form(late_proof_grace_days="10"))
    lea = enter(facilitator)
    assert facilitator.post(f"{lea}/eligibilite", {**RSA, "lot": made.lot}).status_code == 303
    # Proof of 20/01 less 10 days of grace: from 10/01/2026.
    assert facilitator.json(lea)["periods"][0]["starts_on"] == "2026-01-10"


def test_a_late_proof_is_admitted_with_a_reason_that_stays_on_the_file_with_its_author(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lea = enter(facilitator)
    reason = "Attestation demandée à temps, délai de la CAF"
    assert facilitator.post(f"{lea}/eligibilite", {**RSA, "override": reason}).status_code == 303
    period = facilitator.json(lea)["periods"][0]
    # Proof of 20/01, hire of 05/01, admitted: from 05/01/2026 for 24 months, to 04/01/2028.
    assert (period["starts_on"], period["ends_on"]) == ("2026-01-05", "2028-01-04")
    assert period["opinion"] == f"Justificatif tardif admis : {reason}"
    assert period["validated_by"]
    assert "Avis motivé" not in facilitator.get(lea).text
    with database.read() as db:
        acts = db.scalars(sa.select(col(AuditRow.sentence)).where(col(AuditRow.act).like("%eligibility")))
        assert list(acts) == ["Période d’éligibilité ouverte, justificatif tardif admis"]


def test_a_reason_for_a_proof_that_is_not_late_is_handed_back(
    visitor: Callable[..., Visitor], world: World
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lea = enter(facilitator)
    typed = {**RSA, "proof_dated_on": "2026-01-05", "override": "Délai de la CAF"}
    answer = facilitator.post(f"{lea}/eligibilite", typed)
    assert answer.status_code == 422
    assert "n’est pas tardif" in answer.text
    assert "Délai de la CAF" in answer.text


def test_an_opinion_is_asked_where_the_grid_wants_one(visitor: Callable[..., Visitor], world: World) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    lea = enter(facilitator)
    answer = facilitator.post(f"{lea}/eligibilite", {**RSA, "criterion": "AVIS"})
    assert answer.status_code == 422
    assert "demande un avis motivé" in answer.text


def test_a_period_is_revoked_with_its_reason_and_a_cdi_extends_it(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    nadia = f"/beneficiaires/{made.nadia}"
    period = facilitator.json(nadia)["periods"][0]["id"]
    late = facilitator.post(f"{nadia}/eligibilite/{period}/cdi", {"cdi_hired_on": "2026-03-01"})
    assert late.status_code == 409  # the period ends on 20/02/2026
    hired = facilitator.post(f"{nadia}/eligibilite/{period}/cdi", {"cdi_hired_on": "2026-02-10"})
    assert hired.status_code == 303
    line = facilitator.json(nadia)["placements"][0]
    # Dated ahead (the day is 03/02): a CDD until the eve, without a planned end any more.
    assert (line["employment"], line["planned_ends_on"]) == ("CDD (CDI à partir du 10/02/2026)", None)
    form = facilitator.get(f"/placements/{line['id']}/modifier").text
    assert 'value="2026-02-10"' in form
    # Told again for the next day, it moves; four years at most from it, and not past the end of the lot.
    facilitator.post(f"{nadia}/eligibilite/{period}/cdi", {"cdi_hired_on": "2026-02-11"})
    line = facilitator.json(nadia)["placements"][0]
    assert line["employment"] == "CDD (CDI à partir du 11/02/2026)"
    assert line["eligible"] == [["2026-01-01", "2026-12-31"]]
    revoke = {"revoked_on": "2026-02-15", "revoked_reason": "Attestation fausse"}
    assert facilitator.post(f"{nadia}/eligibilite/{period}/revoquer", revoke).status_code == 303
    view = facilitator.json(nadia)
    assert view["placements"][0]["eligible"] == [["2026-01-01", "2026-02-14"]]
    assert view["periods"][0]["revoked_reason"] == "Attestation fausse"


def test_the_file_counts_hours_by_lot_warns_of_an_end_and_its_reading_is_journaled(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    view = facilitator.json(f"/beneficiaires/{made.nadia}")
    assert (view["declared"], view["validated"]) == (10000, 10000)
    # From 03/02 to 20/02: 17 days.
    assert view["alerts"] == ["L’éligibilité prend fin le 20/02/2026 (dans 17 jours)."]
    assert "L’éligibilité prend fin" in facilitator.get("/").text
    with database.read() as db:
        screens = list(db.scalars(sa.select(col(ReadJournalRow.screen))))
    assert screens == ["fiche des clauses"]


def test_the_list_filters_by_eligibility_and_work(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])

    def names(query: str) -> list[str]:
        return [b["name"] for b in facilitator.json(f"/beneficiaires?{query}")["beneficiaries"]]

    assert names("") == ["Benali Nadia", "Traoré Omar"]
    assert names("eligibilite=bientot") == ["Benali Nadia"]
    assert names("eligibilite=aucune") == ["Traoré Omar"]
    named = facilitator.filtered("/beneficiaires", q="traore", travail="oui")
    assert names(named.partition("?")[2]) == ["Traoré Omar"]
    assert names("parcours=oui") == []


def test_nobody_else_opens_a_beneficiary(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    foreign = visitor(world.there.users["facilitator"])
    assert foreign.get(f"/beneficiaires/{made.nadia}").status_code == 404
    assert foreign.post(f"/beneficiaires/{made.nadia}/eligibilite", RSA).status_code == 404
    assert foreign.json("/beneficiaires")["listing"]["total"] == 0
    for role in ("contractor", "coordinator", "liaison"):
        assert visitor(world.here.users[role]).get(f"/beneficiaires/{made.nadia}").status_code == 403
