"""Placements: entry, end with a reason, copy, the newcomer that a firm typed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from clauses import EmployerKind
from service.declarations.month import lock_lots
from service.tables import OrganisationRow, PersonRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.service.ledger.clause_world import build_clause_world, person
from tests.visitor import Visitor
from tests.world import World


def typed(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "employer": world.here.organisation_ids["firm"],
        "employment_kind": "cdd",
        "starts_on": "2026-02-01",
        "planned_ends_on": "2026-08-31",
        "weekly_hours": "35h",
        **changes,
    }


def test_a_person_is_placed_by_an_etti_with_a_company_of_the_lot(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    both = {"person": made.nadia, "lot": made.lot}
    etti = typed(
        world,
        employer="",
        employer_new="ETTI Tremplin",
        employer_kind="etti",
        employment_kind="interim",
        user_company=world.here.organisation_ids["firm"],
    )
    assert facilitator.post("/placements/nouveau", {**both, **etti}).status_code == 303
    lines = facilitator.json(f"/beneficiaires/{made.nadia}")["placements"]
    assert (lines[0]["employer"], lines[0]["user_company"]) == ("ETTI Tremplin", "Bâti Audomarois")
    workers = facilitator.json(f"/lots/{made.lot}")["workers"]
    assert {w["modality"] for w in workers} == {"Embauche directe", "Mise à disposition"}


def test_the_same_employment_is_not_entered_twice(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    again = {"person": made.nadia, "lot": made.lot, **typed(world)}
    answer = facilitator.post("/placements/nouveau", again)
    assert answer.status_code == 422
    assert "déjà placée sur ce lot" in answer.text


def test_an_end_asks_for_its_reason(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    path = f"/placements/{made.nadia_placement}/modifier"
    assert 'value="35"' in facilitator.get(path).text
    ended = typed(world, starts_on="2026-01-05", ended_on="2026-01-31")
    answer = facilitator.post(path, ended)
    assert answer.status_code == 422
    assert "dites pourquoi le placement a pris fin" in answer.text
    assert facilitator.post(path, {**ended, "end_reason": "abandon"}).status_code == 303
    line = facilitator.json(f"/beneficiaires/{made.nadia}")["placements"][0]
    assert (line["ended_on"], line["end_reason"], line["running"]) == ("2026-01-31", "Abandon", False)


def test_a_training_period_makes_no_insertion_hours(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    stage = {"person": made.nadia, "lot": made.lot, **typed(world, employment_kind="stage")}
    answer = facilitator.post("/placements/nouveau", stage)
    assert "ne fait pas d’heures d’insertion" in answer.text


def test_a_newcomer_is_confirmed_once(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    path = f"/placements/{made.omar_placement}/confirmer"
    assert "Traoré Omar" in facilitator.get("/").text
    assert "Personne de connu" in facilitator.get(path).text
    assert facilitator.post(path, {}).status_code == 303
    assert facilitator.post(path, {}).status_code == 409
    assert "Traoré Omar" not in facilitator.get("/").text


def test_a_newcomer_who_is_known_joins_her_file(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    with database.write() as db:
        known = person(db, world.here, "Omar", "TRAORE", date(1999, 11, 2)).public_id
    facilitator = visitor(world.here.users["facilitator"])
    path = f"/placements/{made.omar_placement}/confirmer"
    assert facilitator.post(path, {}).status_code == 422
    assert facilitator.post(path, {"same_as": known}).status_code == 303
    assert facilitator.json(f"/beneficiaires/{known}")["placements"][0]["confirmed"] is True
    assert facilitator.get(f"/beneficiaires/{made.omar}").status_code == 404
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(PersonRow)) == 2


def test_a_confirmation_waits_for_the_act_that_holds_the_lot(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    path = f"/placements/{made.omar_placement}/confirmer"
    with ThreadPoolExecutor(1) as other:
        with database.write() as db:
            lock_lots(db, [made.lot_row])
            answer = other.submit(facilitator.post, path, {})
            with pytest.raises(TimeoutError):
                answer.result(timeout=0.5)
        assert answer.result(timeout=10).status_code == 303


def test_a_copy_leaves_the_dates_to_tell(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    page = facilitator.get(f"/placements/{made.nadia_placement}/dupliquer").text
    assert 'value="2026-01-05"' not in page
    assert "Benali Nadia" in page
    assert 'action="/placements/nouveau"' in page


def test_another_territory_places_nobody_here(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    foreign = visitor(world.there.users["facilitator"])
    for path in ("modifier", "dupliquer", "confirmer"):
        assert foreign.get(f"/placements/{made.nadia_placement}/{path}").status_code == 404
    assert foreign.get(f"/placements/nouveau?personne={made.nadia}&lot={made.lot}").status_code == 404
    answer = foreign.post("/placements/nouveau", {"person": made.nadia, "lot": made.lot, **typed(world)})
    assert answer.status_code == 404


def test_the_companies_of_the_lot_come_first_among_the_employers(
    visitor: Callable[..., Visitor], world: World, database: Database
) -> None:
    made = build_clause_world(database, world.here)
    with database.write() as db:
        etti = OrganisationRow(
            territory_id=world.here.id,
            name="Atout Intérim",
            kind=OrganisationKind.FIRM,
            employer_kind=EmployerKind.ETTI,
        )
        db.add(etti)
    facilitator = visitor(world.here.users["facilitator"])
    page = facilitator.get(f"/placements/nouveau?personne={made.nadia}&lot={made.lot}").text
    offered = page[page.index('id="f-employer"') :]
    marks = ("Entreprises du lot", "Bâti Audomarois", "Atout Intérim", "Autres entreprises", "Nord Peinture")
    assert [offered.index(mark) for mark in marks] == sorted(offered.index(mark) for mark in marks)
    assert offered[: offered.index("</select>")].count("Bâti Audomarois") == 1
