"""A file from a screen: read and shown first, written on request, its faults given back."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import python_calamine
import sqlalchemy as sa
import xlsxwriter
from sqlmodel import col

from service.imports import pages, staging
from service.keeping import forget_files
from service.tables import AuditRow, ImportBatchRow, ImportLineRow, OfferRow, PersonRow
from service.tables.session import Database
from tests.service.participants.people import add_participant
from tests.visitor import HTML, Visitor
from tests.world import World

Open = Callable[..., Visitor]
TITLES = "nom;prenom;date_naissance;commune"


def send(visitor: Visitor, content: bytes | str, kind: str = "participants", **more: str) -> Any:
    visitor.client.get("/statut")
    raw = content.encode() if isinstance(content, str) else content
    return visitor.client.post(
        "/imports",
        data={"_csrf_token": visitor.client.cookies["jeton"], "kind": kind, **more},
        files={"file": ("liste.csv", raw)},
        headers=HTML,
    )


def sent(visitor: Visitor, content: bytes | str, kind: str = "participants", **more: str) -> str:
    answer = send(visitor, content, kind, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def told(visitor: Visitor, address: str) -> dict[str, int]:
    return {one["label"]: one["count"] for one in visitor.json(address)["counts"]}


def people(database: Database) -> int:
    with database.read() as db:
        return db.scalar(sa.select(sa.func.count(col(PersonRow.id)))) or 0


def workbook(rows: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return target.getvalue()


def test_nothing_is_written_before_it_is_asked_and_each_row_says_what_it_becomes(
    database: Database, visitor: Open, world: World
) -> None:
    """Zoé Leroy is known, same birth date, and the file tells nothing more: unchanged. Ana is new. Zoé Leroi,
    same day, is a near name: nobody decides for the coordination. Bob's date does not exist."""
    add_participant(database, world.here)
    file = f"{TITLES}\nLeroy;Zoé;12/05/1990;\nBlanc;Ana;01/02/1980;Arques (62510)\n"
    file += "Leroi;Zoé;12/05/1990;\nNoir;Bob;31/02/1980;\n"
    coordinator = visitor(world.here.users["coordinator"])
    address = sent(coordinator, file)
    assert people(database) == 1
    # Leroy exists without a profile: her row opens one, an update.
    assert told(coordinator, address) == {
        "Ajout": 1,
        "Mise à jour": 1,
        "Ressemble à une fiche": 1,
        "À reprendre": 1,
    }
    page = coordinator.get(address).text
    assert "Importer les 2" in page
    assert "n’est pas une date" in page
    assert coordinator.post(f"{address}/importer").status_code == 303
    assert people(database) == 2
    assert coordinator.json(address)["state"] == "terminee"
    with database.read() as db:
        acts = db.scalars(sa.select(col(AuditRow.sentence)).where(col(AuditRow.act) == "imports.store.act"))
        told_once = "1\u00a0ajout, 1\u00a0mise à jour, 2\u00a0lignes à reprendre"
        assert list(acts) == [f"Import de participants\u202f: {told_once}"]


def test_the_rows_at_fault_come_back_with_their_reason_and_can_be_sent_again(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    address = sent(
        coordinator, f"{TITLES};telephone\nNoir;Bob;31/02/1980;;+33612345678\nBlanc;Ana;01/02/1980;;\n"
    )
    answer = coordinator.get(f"{address}/a-reprendre")
    rows = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["nom", "prenom", "date_naissance", "commune", "telephone", "motif"]
    assert len(rows) == 2
    assert rows[1][:2] == ["Noir", "Bob"]
    # Neutralised for the spreadsheet; read again as it was.
    assert rows[1][4] == "'+33612345678"
    assert "ligne 2" in str(rows[1][5])
    rows[1][2] = "28/02/1980"
    again = sent(coordinator, workbook(rows))
    assert told(coordinator, again) == {"Ajout": 1}
    coordinator.post(f"{again}/importer")
    with database.read() as db:
        assert db.scalars(sa.select(col(PersonRow.phone))).all() == ["+33612345678"]


def test_the_same_file_twice_changes_nothing(database: Database, visitor: Open, world: World) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    file = f"{TITLES}\nBlanc;Ana;01/02/1980;Arques (62510)\nNoir;Bob;02/03/1981;\n"
    first = sent(coordinator, file)
    coordinator.post(f"{first}/importer")
    second = sent(coordinator, file)
    assert told(coordinator, second) == {"Inchangée": 2}
    assert "Rien à importer" in coordinator.get(second).text
    assert people(database) == 2


def test_three_hundred_rows_and_one_stray_quote_lose_one_row(
    database: Database, visitor: Open, world: World
) -> None:
    rows = [f"Nom{n:03d};Ana;{1 + n % 28:02d}/01/19{50 + n % 50};" for n in range(300)]
    rows[120] = rows[120].replace("Nom120", '"Nom120')
    coordinator = visitor(world.here.users["coordinator"])
    address = sent(coordinator, "\n".join([TITLES, *rows]))
    found = told(coordinator, address)
    assert found["À reprendre"] == 1
    assert sum(found.values()) == 300
    faulty = coordinator.json(f"{address}?issue=refus")["rows"]
    # The titles are line 1, so the 121st row is line 122.
    assert [(one["line"], one["told"][:6]) for one in faulty] == [(122, "Nom120")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_of_a_french_office_is_read(
    separator: str, encoding: str, database: Database, visitor: Open, world: World
) -> None:
    text = separator.join(["nom", "prénom", "date de naissance"]) + "\n"
    text += separator.join(["Lefèvre", "Zoé", "03/04/1990"]) + "\n"
    coordinator = visitor(world.here.users["coordinator"])
    address = sent(coordinator, text.encode(encoding))
    view = coordinator.json(address)
    assert view["rows"][0]["told"] == "Lefèvre · Zoé · 03/04/1990"
    assert told(coordinator, address) == {"Ajout": 1}
    assert any("Windows-1252" in note for note in view["notes"]) == (encoding == "cp1252")


def test_titles_of_another_tool_are_matched_once_then_remembered(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    file = "NOM_PART;PREN_PART;DDN\nBlanc;Ana;01/02/1980\n"
    address = sent(coordinator, file)
    view = coordinator.json(address)
    assert view["state"] == "colonnes"
    assert "Il manque une colonne pour" in view["columns_fault"]
    double = coordinator.post(f"{address}/colonnes", {"c-0": "nom", "c-1": "nom", "c-2": ""})
    assert double.status_code == 422
    assert "choisis deux fois" in double.text
    chosen = {"c-0": "nom", "c-1": "prenom", "c-2": "date_naissance"}
    assert coordinator.post(f"{address}/colonnes", chosen).status_code == 303
    assert told(coordinator, address) == {"Ajout": 1}
    other = sent(coordinator, file.replace("Ana", "Eva"))
    assert coordinator.json(other)["state"] == "prete"


def test_a_workbook_is_read_with_its_dates_and_numbers(
    database: Database, visitor: Open, world: World
) -> None:
    raw = workbook([["identifiant", "intitule", "heures_semaine"], [12, "Agent d’entretien", 24.5]])
    liaison = visitor(world.here.users["liaison"])
    address = sent(liaison, raw, "offres")
    assert told(liaison, address) == {"Ajout": 1}
    liaison.post(f"{address}/importer")
    with database.read() as db:
        row = db.scalars(sa.select(OfferRow)).one()
        assert (row.source_id, row.weekly_hours) == ("12", 2450)


def bomb() -> bytes:
    """A sheet that unpacks to 100 MB of spaces."""
    source, target = io.BytesIO(workbook([["nom"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part.filename, body + b" " * 100_000_000 if "sheet1" in part.filename else body)
    return target.getvalue()


def far_cell() -> bytes:
    """A sheet of two cells, at its two ends: 17 thousand million places between them."""
    source, target = io.BytesIO(workbook([["nom"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if "sheet1" in part.filename:
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                body = body.replace(b"</sheetData>", far)
            new.writestr(part.filename, body)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Ancien format Excel"),
        (b"PK\x03\x04 nothing of a zip", "abîmé"),
        (b'{"resultats": []}', "JSON"),
        (b"nom;prenom\n", "aucune ligne"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "ni un texte"),
        (("nom;prenom\n" + "a;b\n" * 20_001).encode(), "plus de 20000 lignes"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_a_sentence(
    content: bytes, sentence: str, database: Database, visitor: Open, world: World
) -> None:
    answer = send(visitor(world.here.users["coordinator"]), content)
    assert answer.status_code == 422
    assert sentence in answer.text
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count(col(ImportBatchRow.id)))) == 0


@pytest.mark.parametrize("made", [bomb, far_cell])
def test_a_workbook_that_would_fill_the_memory_is_not_opened(
    made: Callable[[], bytes], database: Database, visitor: Open, world: World
) -> None:
    answer = send(visitor(world.here.users["coordinator"]), made())
    assert answer.status_code == 422
    assert "trop grand" in answer.text


def test_two_rows_about_one_person_are_one_person_and_two_of_one_offer_are_told(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    titles = "nom;prenom;date_naissance;projet"
    file = f"{titles}\nBlanc;Ana;01/02/1980;cariste\nBlanc;Ana;01/02/1980;agent d’entretien\n"
    address = sent(coordinator, file)
    assert told(coordinator, address) == {"Ajout": 1, "Mise à jour": 1}
    coordinator.post(f"{address}/importer")
    assert people(database) == 1
    offers = sent(coordinator, "identifiant;intitule\nA1;Cariste\nA1;Cariste de nuit\n", "offres")
    assert told(coordinator, offers) == {"Ajout": 1, "À reprendre": 1}
    assert "déjà à la ligne 2" in coordinator.get(offers).text


def test_an_import_stopped_half_way_goes_on_from_there(
    database: Database, visitor: Open, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of two rows, one block a request: five rows are read in three clicks and stored in three."""
    monkeypatch.setattr(staging, "BLOCK", 2)
    monkeypatch.setattr(pages, "SECONDS", 0.0)
    coordinator = visitor(world.here.users["coordinator"])
    rows = "".join(f"Nom{n};Ana;0{n + 1}/02/1980;\n" for n in range(5))
    one_block(monkeypatch)
    address = sent(coordinator, f"{TITLES}\n{rows}")
    assert told(coordinator, address)["À lire"] == 3
    assert coordinator.post(f"{address}/importer").status_code == 409
    coordinator.post(f"{address}/lire")
    coordinator.post(f"{address}/lire")
    assert told(coordinator, address) == {"Ajout": 5}
    coordinator.post(f"{address}/importer")
    assert people(database) == 2
    assert "Continuer l’import" in coordinator.get(address).text
    for _ in range(4):
        coordinator.post(f"{address}/importer")
    assert people(database) == 5
    assert coordinator.json(address)["state"] == "terminee"


def one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request may work for one block only."""
    ticks = iter(range(1_000_000))
    monkeypatch.setattr(pages, "monotonic", lambda: float(next(ticks)) / 2)
    monkeypatch.setattr(pages, "SECONDS", 0.6)


def test_what_is_stored_is_no_longer_kept_twice_and_a_file_can_be_withdrawn(
    database: Database, visitor: Open, world: World
) -> None:
    coordinator = visitor(world.here.users["coordinator"])
    address = sent(coordinator, f"{TITLES}\nBlanc;Ana;01/02/1980;\n")
    coordinator.post(f"{address}/importer")
    with database.read() as db:
        assert db.scalars(sa.select(col(ImportLineRow.cells))).all() == [()]
    coordinator.post(f"{address}/retirer")
    assert people(database) == 1
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count(col(ImportLineRow.id)))) == 0


def test_a_phone_a_town_or_an_entry_that_differ_are_named_since_no_import_writes_them(
    database: Database, visitor: Open, world: World
) -> None:
    """Zoé Leroy came in on 01/09/2025, lives in Saint-Omer, has no phone; the file says otherwise.
    Her birth date and her sex, told as they are or not at all, are not named."""
    add_participant(database, world.here)
    coordinator = visitor(world.here.users["coordinator"])
    titles = "nom;prenom;date_naissance;commune;telephone;entree"
    address = sent(coordinator, f"{titles}\nLEROY;zoe;12/05/1990;Arques (62510);0611111111;02/10/2025\n")
    (line,) = coordinator.json(address)["rows"]
    assert line["sentence"].startswith("différent sur la fiche")
    assert line["sentence"].endswith(" téléphone, adresse, date d’entrée.")
    coordinator.post(f"{address}/importer")
    with database.read() as db:
        row = db.scalars(sa.select(PersonRow)).one()
        assert (row.phone, row.insee) == ("", "62765")


def test_rows_that_nobody_imported_are_forgotten_after_thirty_days(
    database: Database, visitor: Open, world: World
) -> None:
    """Two files of 3 February: one imported but for a row to correct, one never. Thirty days later, on
    5 March, both are there; the day after, at a sign-in, no cell of a person is left."""
    coordinator = visitor(world.here.users["coordinator"])
    done = sent(coordinator, f"{TITLES}\nBlanc;Ana;01/02/1980;\nNoir;Bob;31/02/1980;\n")
    coordinator.post(f"{done}/importer")
    left = sent(coordinator, f"{TITLES}\nRoux;Eve;01/02/1980;\n")
    assert "effacé après le 05/03/2026" in coordinator.get(left).text
    with database.write() as db:
        forget_files(db, world.here.id, datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert told(coordinator, done) == {"Ajout": 1, "À reprendre": 1}
    with database.write() as db:
        forget_files(db, world.there.id, datetime(2026, 3, 6, 23, tzinfo=UTC))
    assert coordinator.get(left).status_code == 200
    with database.write() as db:
        forget_files(db, world.here.id, datetime(2026, 3, 6, 23, tzinfo=UTC))
    assert coordinator.get(left).status_code == 404
    assert told(coordinator, done) == {"Ajout": 1}
    with database.read() as db:
        assert db.scalars(sa.select(col(ImportLineRow.cells))).all() == [()]
    assert people(database) == 1


def test_the_liaison_sends_offers_and_reads_no_file_of_participants(
    database: Database, visitor: Open, world: World
) -> None:
    address = sent(visitor(world.here.users["coordinator"]), f"{TITLES}\nBlanc;Ana;01/02/1980;\n")
    liaison = visitor(world.here.users["liaison"])
    assert send(liaison, f"{TITLES}\nBlanc;Ana;01/02/1980;\n").status_code == 422
    assert liaison.get(address).status_code == 404
    assert liaison.get(f"{address}/a-reprendre").status_code == 404
    assert liaison.post(f"{address}/importer").status_code == 404
    assert liaison.json("/imports")["batches"] == []
    assert visitor(world.there.users["coordinator"]).get(address).status_code == 404


def test_a_row_tells_all_its_faults_at_once_under_the_titles_of_the_file(
    visitor: Open, database: Database, world: World
) -> None:
    coordination = visitor(world.here.users["coordinator"])
    titles = "Nom;Prénom;Date de naissance;Commune;Courriel;Sexe"
    address = sent(coordination, f"{titles}\n;Zoé;31/02/1990;Villenulle;zoe;?\n")
    (row,) = coordination.json(address)["rows"]
    assert row["column"] == ""
    assert row["sentence"].startswith("nom\u202f: à remplir.")
    faults = row["sentence"].split(" Et aussi\u202f: ")
    named = ["nom", "date de naissance", "adresse e-mail", "commune", "sexe"]
    assert [fault.split("\u202f:")[0] for fault in faults] == named
    (other,) = coordination.json(sent(coordination, f"{titles}\nLeroy;Zoé;1/1/1990;;zoe;\n"))["rows"]
    assert (other["column"], other["sentence"][:16]) == ("Courriel", "adresse e-mail\u202f:")
