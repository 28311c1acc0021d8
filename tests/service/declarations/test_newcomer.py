"""A newcomer typed by a firm: known or not, nobody is told; the facilitator confirms."""

from sqlalchemy import func, select
from sqlmodel import col

from service.tables import PersonRow, PlacementRow
from service.tables.session import Database
from tests.service.declarations.site import Site
from tests.visitor import Visitor
from tests.world import World

PAGE = "/mes-declarations/nouveau-salarie"


def typed(site: Site, world: World, **changes: str) -> dict[str, str]:
    firm = world.here.organisation_ids["firm"]
    return {
        "mois": "2026-01",
        "first_name": "Awa",
        "last_name": "Diop",
        "born": "1994-07-12",
        "place": f"{site.lot1}-{firm}",
        "employer": firm,
        "kind": "cdd",
        "starts_on": "2026-01-12",
        "weekly_hours": "35",
        **changes,
    }


def persons(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(PersonRow)) or 0


def test_a_newcomer_is_in_the_grid_at_once_and_waits_for_the_facilitator(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    answer = firm.post(PAGE, typed(site, world))
    assert (answer.status_code, answer.headers["location"]) == (303, "/mes-declarations/mois?mois=2026-01")
    rows = firm.json(answer.headers["location"])["sections"][0]["rows"]
    awa = next(r for r in rows if r["person"] == "Diop Awa")
    assert (awa["confirmed"], awa["eligible"]) == (False, "éligibilité à confirmer")


def test_somebody_known_by_name_and_birth_is_not_written_twice(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    before = persons(database)
    # Paul works for the other firm: ours is told nothing of it.
    answer = firm.post(PAGE, typed(site, world, first_name="paul", last_name="LECOQ", born="1985-01-30"))
    assert answer.status_code == 303
    assert persons(database) == before
    with database.read() as db:
        assert db.scalar(select(func.count()).where(col(PlacementRow.confirmed).is_(False))) == 1


def test_the_same_person_is_not_added_twice(firm: Visitor, site: Site, world: World) -> None:
    assert firm.post(PAGE, typed(site, world)).status_code == 303
    again = firm.post(PAGE, typed(site, world))
    assert again.status_code == 422
    assert "déjà dans votre grille" in again.text


def test_every_fault_is_told_and_a_place_of_another_firm_is_none(
    firm: Visitor, site: Site, database: Database, world: World
) -> None:
    before = persons(database)
    nord = world.here.organisation_ids["firm2"]
    answer = firm.post(
        PAGE,
        typed(
            site,
            world,
            first_name="",
            born="2024-01-01",
            place=f"{site.lot2}-{nord}",
            kind="stage",
            planned_ends_on="2025-12-31",
            weekly_hours="60",
        ),
        as_json=True,
    )
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {
        "first_name",
        "born",
        "place",
        "kind",
        "planned_ends_on",
        "weekly_hours",
    }
    assert persons(database) == before
