"""Freezing a quarter, correcting after, the next quarter; what the buyer's copy does not hold."""

import io
from collections.abc import Callable
from datetime import date

import python_calamine
import sqlalchemy as sa
from sqlmodel import col

from service.bilans.freeze import picture
from service.bilans.quarters import quarter_from
from service.ledger.load import load_lot
from service.tables import AuditRow, BilanRow
from service.tables.session import Database
from tests.service.bilans.correcting import MAY_12, correct, move_to
from tests.service.ledger.clause_world import build_clause_world
from tests.service.ledger.test_load import counted
from tests.visitor import Visitor
from tests.world import World

Q1, Q2 = {"quarter": "2026-T1"}, {"quarter": "2026-T2"}


def freeze(facilitator: Visitor, lot: str, quarter: dict[str, str]) -> str:
    answer = facilitator.post(f"/lots/{lot}/bilans", quarter)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_correction_leaves_the_frozen_bilan_and_shows_in_the_next(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    """Brief 8b.1: validated hours go down by 18; Q1 stays as it was, Q2 shows −18 h."""
    made = build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    first = freeze(facilitator, made.lot, Q1)
    frozen = facilitator.json(first)
    assert frozen["head"]["validated"] == 10000
    assert frozen["corrections"] == []
    # January's 100 h become 82 h in May: 100 − 18.
    correct(database, made.lot_row, 8200, MAY_12)
    move_to(database, date(2026, 7, 10))
    second = facilitator.json(freeze(facilitator, made.lot, Q2))
    again = facilitator.json(first)
    assert again == frozen
    assert again["reproduced"] is True
    assert [(c["before"], c["after"], c["change"]) for c in second["corrections"]] == [(10000, 8200, -1800)]
    head = second["head"]
    assert (head["former_validated"], head["corrections"], head["quarter_hours"], head["validated"]) == (
        10000,
        -1800,
        0,
        8200,
    )
    assert "−18" in facilitator.get(f"/bilans/{head['id']}").text


def test_a_snapshot_is_reproduced_from_what_was_known_at_its_date(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    freeze(visitor(world.here.users["facilitator"]), made.lot, Q1)
    correct(database, made.lot_row, 8200, MAY_12)
    with database.read() as db:
        row = db.scalars(sa.select(BilanRow)).one()
        again = picture(load_lot(db, row.lot_id), quarter_from(row.quarter_start), row.known_at)
        today = picture(load_lot(db, row.lot_id), quarter_from(row.quarter_start), MAY_12)
        frozen = row.content.bilan
    assert again == frozen
    assert (again.validated, today.validated) == (10000, 8200)
    # 833 h due, 100 h validated: 100 ÷ 833 = 12,00 %; 86 days of 361 = 23,82 %.
    assert (again.due, again.hours_share, again.time_share) == (83300, 1200, 2382)


def test_a_bilan_says_who_was_silent_and_that_time_outruns_hours(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    alerts = facilitator.json(freeze(facilitator, made.lot, Q1))["head"]["alerts"]
    assert alerts == ["Bâti Audomarois n’a rien déclaré pour février 2026, mars 2026."]


def test_a_quarter_is_frozen_once_when_it_is_over_and_in_order(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    early = facilitator.post(f"/lots/{made.lot}/bilans", Q1)
    assert (early.status_code, "01/04/2026" in early.text) == (409, True)
    move_to(database, date(2026, 7, 10))
    before = facilitator.post(f"/lots/{made.lot}/bilans", {"quarter": "2025-T4"})
    assert (before.status_code, "n’avait pas commencé" in before.text) == (409, True)
    freeze(facilitator, made.lot, Q2)
    assert facilitator.post(f"/lots/{made.lot}/bilans", Q2).status_code == 409
    late = facilitator.post(f"/lots/{made.lot}/bilans", Q1)
    assert (late.status_code, "plus récent" in late.text) == (409, True)
    assert facilitator.post(f"/lots/{made.lot}/bilans", {"quarter": "hier"}).status_code == 422


def test_all_the_lots_of_a_quarter_are_frozen_at_once(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    for number in range(3):
        build_clause_world(database, world.here, f"2026-M0{number}")
    elsewhere = build_clause_world(database, world.there)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    assert facilitator.json("/bilans")["to_freeze"] == 3
    assert facilitator.post("/bilans/arreter", Q1).status_code == 303
    view = facilitator.json("/bilans?etat=arrete")
    assert (view["to_freeze"], view["listing"]["total"]) == (0, 3)
    assert [line["validated"] for line in view["lines"]] == [10000] * 3
    there = visitor(world.there.users["facilitator"])
    assert there.json("/bilans")["to_freeze"] == 1
    assert facilitator.post(f"/lots/{elsewhere.lot}/bilans", Q1).status_code == 404


def test_the_copy_of_the_buyer_names_nobody_and_hides_fewer_than_five_people(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    address = freeze(facilitator, made.lot, Q1)
    assert "Benali Nadia" in facilitator.get(address).text
    for reader, path in (
        (facilitator, f"{address}?exemplaire=acheteur"),
        (visitor(world.here.users["coordinator"]), address),
    ):
        told = reader.json(path)
        assert (told["lines"], told["too_few"], told["head"]["people"]) == ([], True, None)
        assert told["by_firm"][0]["hours"] is None
        page = reader.get(path).text
        assert "Benali" not in page
        assert made.nadia not in page


def test_the_spreadsheet_is_typed_and_its_taking_is_written_down(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    address = freeze(facilitator, made.lot, Q1)
    answer = facilitator.post(f"{address}/tableur")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    assert book.sheet_names == ["Lecture", "Mesures", "Personnes", "Corrections", "Répartition"]
    told = {str(row[0]): row[1] for row in book.get_sheet_by_name("Lecture").to_python()}
    assert told["Filtre : trimestre"] == "1er trimestre 2026"
    assert told["Colonnes laissées"] == "motifs d’éligibilité"
    people = book.get_sheet_by_name("Personnes").to_python()
    assert people[1][0] == "Benali Nadia"
    assert people[1][-1] == 100.0
    shared = visitor(world.here.users["coordinator"]).post(f"{address}/tableur")
    assert "Benali" not in str(
        python_calamine.load_workbook(io.BytesIO(shared.content)).get_sheet_by_name("Personnes").to_python()
    )
    with database.read() as db:
        acts = db.scalars(
            sa.select(col(AuditRow.sentence)).where(col(AuditRow.act) == "bilans.sheet.act")
        ).all()
    assert [act.split(" : ")[0] for act in acts] == ["Tableur complet", "Tableur à partager"]


def test_the_list_takes_as_many_queries_for_three_lots_as_for_one(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    build_clause_world(database, world.here)
    move_to(database, date(2026, 4, 20))
    facilitator = visitor(world.here.users["facilitator"])
    facilitator.post("/bilans/arreter", Q1)
    with counted(database) as one:
        facilitator.get("/bilans")
    for number in range(2):
        build_clause_world(database, world.here, f"2026-M1{number}")
    facilitator.post("/bilans/arreter", Q1)
    with counted(database) as three:
        facilitator.get("/bilans")
    assert len(three) == len(one)
