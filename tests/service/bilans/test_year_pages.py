"""The year of a territory: the same total by lot, person and firm; who reads which figure."""

import io
from collections.abc import Callable
from datetime import date

import python_calamine
from sqlmodel import select

from service.tables import OrganisationRow
from service.tables.session import Database
from tests.service.bilans.correcting import MAY_12, correct
from tests.service.ledger.clause_world import build_clause_world
from tests.visitor import Visitor
from tests.world import World


def test_the_sums_by_lot_by_person_and_by_firm_are_one(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    for number in range(3):
        build_clause_world(database, world.here, f"2026-M0{number}")
    build_clause_world(database, world.there)
    view = visitor(world.here.users["facilitator"]).json("/bilans/annuel")
    # Three lots of 100 h; the other territory's 100 h are not here.
    assert view["sums"] == [30000, 30000, 30000]
    assert (view["total"]["hours"], view["total"]["people"], view["lots"]) == (30000, 3, 3)
    # 300 h ÷ 1 607 h = 0,1867: 0,19 ETP.
    assert (view["divisor"], view["total"]["etp"]) == (1607, "0.19")
    assert [p["label"] for p in view["by_modality"]] == ["Embauche directe"]
    assert [p["label"] for p in view["by_employment"]] == ["CDD"]
    assert view["by_public"][0]["hours"] == 30000
    assert "RSA" in view["by_public"][0]["label"]


def test_a_corrected_version_counts_alone(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    made = build_clause_world(database, world.here)
    correct(database, made.lot_row, 8200, MAY_12)
    view = visitor(world.here.users["facilitator"]).json("/bilans/annuel")
    assert view["total"]["hours"] == 8200


def test_the_divisor_is_chosen_and_printed(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    build_clause_world(database, world.here)
    facilitator = visitor(world.here.users["facilitator"])
    # 100 h ÷ 1 820 h = 0,0549: 0,05 ETP.
    assert facilitator.json("/bilans/annuel?etp=1820")["total"]["etp"] == "0.05"
    assert "1\u202f820 heures par an" in facilitator.get("/bilans/annuel?etp=1820").text
    assert facilitator.get("/bilans/annuel?etp=7").status_code == 422
    assert facilitator.get("/bilans/annuel?annee=1999").status_code == 422
    assert "Aucune heure validée pour 2025" in facilitator.get("/bilans/annuel?annee=2025").text


def test_the_coordination_reads_no_ground_and_no_cell_under_five(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    for number in range(6):
        build_clause_world(database, world.here, f"2026-M0{number}")
    coordinator = visitor(world.here.users["coordinator"])
    view = coordinator.json("/bilans/annuel")
    assert "by_public" not in view
    # Six people in one firm, one buyer: nothing to hide.
    assert [(p["hours"], p["people"]) for p in view["by_buyer"]] == [(60000, 6)]
    assert "RSA" not in coordinator.get("/bilans/annuel").text


def test_four_people_are_hidden_from_the_coordination(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    for number in range(4):
        build_clause_world(database, world.here, f"2026-M0{number}")
    view = visitor(world.here.users["coordinator"]).json("/bilans/annuel")
    assert view["total"]["people"] is None
    assert {p["hours"] for p in view["by_firm"]} == {None}


def test_no_name_becomes_a_formula_in_the_spreadsheet(
    database: Database, visitor: Callable[..., Visitor], world: World
) -> None:
    build_clause_world(database, world.here)
    with database.write() as db:
        firm = db.scalars(
            select(OrganisationRow).where(OrganisationRow.id == world.here.organisations["firm"])
        ).one()
        firm.name = '=HYPERLINK("http://exemple.fr")'
    answer = visitor(world.here.users["facilitator"]).post("/bilans/annuel/tableur", {"annee": "2026"})
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    firms = book.get_sheet_by_name("Entreprises").to_python()
    assert firms[1][0] == '\'=HYPERLINK("http://exemple.fr")'
    assert firms[1][1:3] == [100.0, 1.0]
    reading = {str(row[0]): row[1] for row in book.get_sheet_by_name("Lecture").to_python()}
    # Numbers that a formula may use, not words.
    assert (reading["Heures par an pour un ETP"], reading["Filtre : année"]) == (1607.0, 2026.0)
    assert reading["Filtre : acheteur"] == "tous"
    assert date(2026, 2, 3).strftime("%d/%m/%Y") == reading["Fait le"]
