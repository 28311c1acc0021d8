"""A clause step follows the dates of the work and of the stay in the PLIE, in the act that changes them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from service.participants.versions import fingerprint
from service.tables import PersonRow, SpellRow, StepRow
from service.tables.session import Database
from service.vocabulary import StepState
from tests.service.declarations.site import Site, accept, build_site, cell, header_of, send
from tests.service.participants.people import add_participant
from tests.visitor import Visitor
from tests.world import World

Open = Callable[..., Visitor]


@pytest.fixture
def site(database: Database, world: World, visitor: Open) -> Site:
    """Nadia, followed since 01/09/2025, has 120 h validated in January 2026."""
    site = build_site(database, world.here)
    assert send(visitor(world.here.users["contractor"]), {cell(site.nadia): "120"}).status_code == 303
    assert accept(visitor(world.here.users["facilitator"]), header_of(database)).status_code == 303
    return site


def the_step(database: Database) -> tuple[int | None, date, date | None, StepState]:
    with database.read() as db:
        row = db.scalars(select(StepRow)).one()
        return row.hours, row.starts_on, row.ended_on, row.state


def ended(facilitator: Visitor, site: Site, world: World, on: str, reason: str) -> None:
    typed = {
        "employer": world.here.organisation_ids["firm"],
        "employment_kind": "cdi",
        "starts_on": "2025-10-01",
        "ended_on": on,
        "end_reason": reason,
        "weekly_hours": "35",
    }
    answer = facilitator.post(f"/placements/{site.nadia}/modifier", typed)
    assert answer.status_code == 303, answer.text[:800]


def test_the_end_of_a_placement_ends_its_step_at_once_and_its_withdrawal_reopens_it(
    visitor: Open, world: World, site: Site, database: Database
) -> None:
    facilitator = visitor(world.here.users["facilitator"])
    assert the_step(database) == (12000, date(2026, 1, 2), None, StepState.ONGOING)
    ended(facilitator, site, world, "2026-01-30", "fin_prevue")
    assert the_step(database) == (12000, date(2026, 1, 2), date(2026, 1, 30), StepState.DONE)
    ended(facilitator, site, world, "", "")
    assert the_step(database) == (12000, date(2026, 1, 2), None, StepState.ONGOING)


def test_an_exit_of_the_plie_ends_the_step_and_takes_the_hours_after_it(
    visitor: Open, world: World, site: Site, database: Database
) -> None:
    """Out on 16/01/2026: 11 of the 21 weekdays of January less the 1st (2, 5 to 9, 12 to 16);
    120 × 11 ÷ 21 = 62,857… → 62,85 h."""
    assert spell(visitor, world, database, exited_on="2026-01-16", state="sorti") == 303
    assert the_step(database) == (6285, date(2026, 1, 2), date(2026, 1, 16), StepState.DONE)


def test_a_later_entry_leaves_out_the_hours_before_it(
    visitor: Open, world: World, site: Site, database: Database
) -> None:
    """In since 19/01/2026: 10 of 21 weekdays (19 to 23, 26 to 30); 120 × 10 ÷ 21 = 57,142… → 57,14 h."""
    assert spell(visitor, world, database, entered_on="2026-01-19") == 303
    assert the_step(database) == (5714, date(2026, 1, 19), None, StepState.ONGOING)


def test_an_entry_after_all_the_hours_withdraws_the_step(
    visitor: Open, world: World, site: Site, database: Database
) -> None:
    assert spell(visitor, world, database, entered_on="2026-02-02") == 303
    with database.read() as db:
        assert db.scalars(select(StepRow)).all() == []


def test_hours_of_a_second_file_become_a_step_of_the_parcours_when_the_files_are_made_one(
    visitor: Open, world: World, database: Database
) -> None:
    """Omar works on the lot under a file of its own; Claire follows him since 01/09/2025 under another.
    At work since 06/01: 19 weekdays of January, 13 of them from 14/01 on; 100 × 13 ÷ 19 = 68,42 h."""
    site = build_site(database, world.here)
    typed = {cell(site.nadia): "120", cell(site.omar): "100"}
    assert send(visitor(world.here.users["contractor"]), typed).status_code == 303
    assert accept(visitor(world.here.users["facilitator"]), header_of(database)).status_code == 303
    followed = add_participant(database, world.here, first="Omar", last="Traore")
    with database.read() as db:
        worker = db.scalars(
            select(col(PersonRow.public_id)).where(col(PersonRow.last_name) == "Traoré")
        ).one()
        before = [(row.id, row.hours) for row in db.scalars(select(StepRow))]
    assert [hours for _, hours in before] == [12000]
    coordinator = visitor(world.here.users["coordinator"])
    form = {"one": followed, "other": worker, "keep": followed}
    assert coordinator.post("/doublons/reunir", form).status_code == 303
    with database.read() as db:
        assert list(db.scalars(select(col(StepRow.hours)).order_by(col(StepRow.id)))) == [12000, 6842]
    merge = coordinator.json("/doublons")["merges"][0]["id"]
    assert coordinator.post("/doublons/defaire", {"merge": merge}).status_code == 303
    with database.read() as db:
        assert [(row.id, row.hours) for row in db.scalars(select(StepRow))] == before


def spell(visitor: Open, world: World, database: Database, **changes: str) -> int:
    """The référent edits Nadia's stay."""
    with database.read() as db:
        row = db.scalars(select(SpellRow)).one()
        person = db.scalars(select(PersonRow).where(col(PersonRow.id) == row.person_id)).one().public_id
        version = fingerprint(row)
    typed = {"state": "actif", "entered_on": "2025-09-01", "version": version, "exit_reason": ""} | changes
    if "exited_on" in changes:
        typed["exit_reason"] = "Emploi durable"
    answer = visitor(world.here.users["referent"]).post(f"/participants/{person}/parcours", typed)
    assert answer.status_code in (303, 422), answer.text[:300]
    return answer.status_code
