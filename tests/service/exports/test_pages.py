"""A list taken away: all its filtered rows, typed, named by the day, with the rights of the list."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest
import python_calamine
import sqlalchemy as sa
from litestar.testing import TestClient
from sqlmodel import col

from service.app import create_app
from service.exports import send
from service.rights import ROUTES
from service.settings import read_settings
from service.tables import OrganisationRow, ReadJournalRow
from service.tables.session import Database
from service.vocabulary import OrganisationKind
from tests.demo_world import DemoWorld
from tests.service.participants.people import add_participant
from tests.visitor import BASE, Visitor
from tests.world import World

Open = Callable[..., Visitor]
LISTS = {
    "participants": "/participants",
    "offers": "/offres",
    "employers": "/employeurs",
    "proposals": "/propositions",
    "marches": "/marches",
    "beneficiaries": "/beneficiaires",
    "organisations": "/organisations",
    "declarations": "/mes-declarations",
}


@pytest.fixture(scope="module")
def on_demo(demo: DemoWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    data = str(tmp_path_factory.mktemp("data"))
    settings = read_settings({"PASSERELLE_DATABASE_URL": demo.database.url, "PASSERELLE_DATA": data})
    with TestClient(create_app(settings, demo.database), base_url=BASE) as running:
        yield lambda login: Visitor(running, demo.database, demo.users[login])


def sheets(answer: httpx.Response) -> dict[str, list[list[Any]]]:
    assert answer.status_code == 200, answer.text
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_file_holds_all_the_filtered_rows_typed_and_says_its_filters_first(
    database: Database, visitor: Open, world: World
) -> None:
    """25 people called Leroy, more than the 20 of a page, and one Martin whom the filter leaves."""
    for number in range(25):
        add_participant(database, world.here, first=f"Zoé{number:02d}")
    add_participant(database, world.here, last="Martin")
    referent = visitor(world.here.users["referent"])
    listed = referent.filtered("/participants", q="leroy")
    answer = referent.get(listed.replace("/participants", "/participants/tableur"))
    assert answer.headers["content-disposition"] == 'attachment; filename="participants-2026-02-03.xlsx"'
    found = sheets(answer)
    assert list(found) == ["Lecture", "Participants"]
    told = {str(row[0]): row[1] for row in found["Lecture"]}
    assert told["Lignes"] == 25
    filters = [row[1] for row in found["Lecture"] if row[0] == "Filtre"]
    assert filters == ["Mes participants", "Parcours ouverts", "Nom\u202f: leroy"]
    assert told["Colonnes laissées"].startswith("aucune")
    rows = found["Participants"]
    assert len(rows) == 1 + 25
    assert rows[0][:2] == ["Personne", "Commune"]
    assert "Référent·e" not in rows[0]
    assert rows[1][rows[0].index("Entrée")] == date(2025, 9, 1)


def test_everybody_in_the_file_is_in_the_read_journal_once(
    database: Database, visitor: Open, world: World
) -> None:
    for number in range(23):
        add_participant(database, world.here, first=f"Zoé{number:02d}")
    add_participant(database, world.here, referent="referent2", last="Autre")
    visitor(world.here.users["referent"]).get("/participants/tableur")
    visitor(world.here.users["referent2"]).get("/participants/tableur?vue=structure")
    count = sa.select(col(ReadJournalRow.user_id), sa.func.count()).where(
        col(ReadJournalRow.screen) == "export"
    )
    with database.read() as db:
        read = dict(db.execute(count.group_by(col(ReadJournalRow.user_id))).all())
    # Her own 23; then the 24 of the structure.
    assert read == {world.here.users["referent"]: 23, world.here.users["referent2"]: 24}


def test_no_cell_becomes_a_formula(database: Database, visitor: Open, world: World) -> None:
    names = ('=HYPERLINK("http://x.test")', "+33", "-1", "@SUM(A1)")
    with database.write() as db:
        for name in names:
            db.add(OrganisationRow(territory_id=world.here.id, name=name, kind=OrganisationKind.FIRM))
    found = sheets(visitor(world.here.users["liaison"]).get("/employeurs/tableur"))
    assert {f"'{name}" for name in names} <= {row[0] for row in found["Employeurs"]}


def test_a_list_longer_than_a_file_may_be_is_refused_with_what_to_do(
    database: Database, visitor: Open, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "MOST_ROWS", 2)
    for number in range(3):
        add_participant(database, world.here, first=f"Zoé{number}")
    answer = visitor(world.here.users["referent"]).get("/participants/tableur")
    assert answer.status_code == 400
    assert "Ajoutez un filtre" in answer.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count(col(ReadJournalRow.id)))) == 0


def test_who_reads_a_list_takes_it_away_and_nobody_else() -> None:
    for noun in LISTS:
        assert ROUTES[f"{noun}.sheet"] == ROUTES[f"{noun}.list"], noun
    assert ROUTES["review.sheet"] == ROUTES["review.queue"]


READERS = {
    "/participants": "coordination",
    "/offres": "liaison",
    "/employeurs": "liaison",
    "/propositions": "liaison",
    "/marches": "facilitatrice",
    "/beneficiaires": "facilitatrice",
    "/organisations": "admin",
    "/controle": "facilitatrice",
    "/mes-declarations": "batisseurs",
}


@pytest.mark.parametrize("address", READERS)
def test_the_file_of_a_list_has_as_many_rows_as_the_list_says(
    address: str, demo: DemoWorld, on_demo: Open
) -> None:
    reader = on_demo(READERS[address])
    total = reader.json(address)["listing"]["total"]
    found = sheets(reader.get(f"{address}/tableur"))
    assert total > 0
    assert len(list(found.values())[1]) == 1 + total


def test_the_file_of_the_control_says_names_days_and_sums_as_the_list_does(on_demo: Open) -> None:
    facilitator = on_demo("facilitatrice")
    listed = facilitator.json("/controle")
    head, *rows = sheets(facilitator.get("/controle/tableur"))["Déclarations"]
    assert sum(row[head.index("Déclarées")] for row in rows) * 100 == sum(x["hours"] for x in listed["rows"])
    assert all(isinstance(row[head.index("Envoyée le")], date) for row in rows)
    # Only what waits has waited: nothing that was accepted.
    head, *rows = sheets(facilitator.get("/controle/tableur?etat=validee"))["Déclarations"]
    assert {row[head.index("Jours d’attente")] for row in rows} == {""}
    head, *rows = sheets(facilitator.get("/marches/tableur"))["Marchés"]
    asked = [row[head.index("Qui doit agir")] for row in rows]
    assert any(" doit " in sentence for sentence in asked)
    assert not any(sentence.startswith("L’entreprise") for sentence in asked)


def test_the_liaison_takes_no_name_that_is_not_shared(demo: DemoWorld, on_demo: Open) -> None:
    """The file of proposals says who exactly as the pages of its list do."""
    liaison = on_demo("liaison")
    first = liaison.json("/propositions")
    pages = range(2, -(-first["listing"]["total"] // 20) + 1)
    lists = [first, *(liaison.json(f"/propositions?page={page}") for page in pages)]
    shown = sorted(row["who"] for found in lists for row in found["rows"])
    rows = sheets(liaison.get("/propositions/tableur"))["Propositions"]
    assert sorted(row[0] for row in rows[1:]) == shown


def test_an_organisation_of_elsewhere_is_in_nobodys_file(
    database: Database, visitor: Open, world: World
) -> None:
    with database.write() as db:
        db.get_one(OrganisationRow, world.there.organisations["firm"]).name = "Firme d’ailleurs"
    found = sheets(visitor(world.here.users["liaison"]).get("/employeurs/tableur"))
    assert "Firme d’ailleurs" not in str(found)
    assert "Bâti Audomarois" in str(found)
