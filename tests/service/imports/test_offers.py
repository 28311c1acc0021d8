"""Files of offers into a territory: every kind, twice, changed, broken."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from matching.terms import Answer, EmploymentKind
from matching.week import FixedWeek, HoursNotTold, every_shift
from service.imports.offers import import_offers
from service.imports.report import FileRefused, Report
from service.reference.reading import confirmed
from service.reference.rome_archive import read_archive
from service.reference.rome_store import store
from service.reference_pages.skills import as_rome_writes
from service.tables import OfferRow, OrganisationRow, TerritoryRow
from service.tables.session import Database
from service.vocabulary import OccupationSource, OfferSource, OfferState
from tests.service.imports.samples import CLEANER, offer
from tests.service.reference import rome_sample
from tests.world import World


def load(database: Database, world: World, path: Path, text: str | bytes | list[Any]) -> Report:
    if isinstance(text, list):
        text = json.dumps({"resultats": text}, ensure_ascii=False)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return import_offers(database, world.here.id, path, lambda _line: None)


def offers(database: Database) -> list[OfferRow]:
    with database.read() as db:
        rows = list(db.scalars(sa.select(OfferRow).order_by(col(OfferRow.id))))
        db.expunge_all()
    return rows


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.same, report.refused


def stamp(database: Database, world: World) -> int:
    with database.read() as db:
        return db.get_one(TerritoryRow, world.here.id).offers_stamp


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "offres.json"


def test_an_offer_of_france_travail_keeps_what_it_says_plainly(
    database: Database, world: World, path: Path
) -> None:
    assert counts(load(database, world, path, [CLEANER])) == (1, 0, 0, 0)
    (row,) = offers(database)
    assert (row.source, row.source_id, row.state) == (OfferSource.FRANCE_TRAVAIL, "198ABCD", OfferState.OPEN)
    assert (row.insee, row.place_label) == ("62040", "Arques (62510)")
    assert (row.rome[0].rome, row.rome[0].weight) == ("K2204", 10_000)
    assert all(one.weight <= 5_000 for one in row.rome[1:])
    assert (row.weekly_hours, row.hourly_wage_cents) == (3500, 1188)
    assert (row.experience_months, row.beginners) == (24, Answer.NO)
    assert (row.required_skills, row.wished_skills) == (("Nettoyer des surfaces",), ("Gérer un stock",))
    assert (row.licences, row.vehicle_required, row.positions) == (("B",), True, 2)
    assert row.employment_kind is EmploymentKind.CDD
    assert row.schedule == HoursNotTold()
    assert row.demands is None
    assert row.published_on == date(2026, 1, 20)
    with database.read() as db:
        assert db.get_one(OrganisationRow, row.employer_id).name == "PROPRE NORD"


def test_importing_twice_adds_nothing_and_changes_nothing(
    database: Database, world: World, path: Path
) -> None:
    several = [offer(id=str(number)) for number in range(3)]
    assert counts(load(database, world, path, several)) == (3, 0, 0, 0)
    before = stamp(database, world)
    assert counts(load(database, world, path, several)) == (0, 0, 3, 0)
    assert stamp(database, world) == before
    with database.read() as db:
        firms = db.scalar(sa.select(sa.func.count()).where(col(OrganisationRow.name) == "PROPRE NORD"))
    assert firms == 1


def test_a_changed_offer_changes_its_row_and_keeps_what_people_found_out(
    database: Database, world: World, path: Path
) -> None:
    load(database, world, path, [CLEANER])
    told = FixedWeek(shifts=every_shift(480, 900))
    with database.write() as db:
        row = db.scalars(sa.select(OfferRow)).one()
        row.schedule, row.demands, row.state = told, (), OfferState.FILLED
    assert counts(load(database, world, path, [CLEANER])) == (0, 0, 1, 0)
    assert counts(load(database, world, path, [offer(nombrePostes="4", intitule="Autre titre")])) == (
        0,
        1,
        0,
        0,
    )
    (row,) = offers(database)
    assert (row.positions, row.title) == (4, "Autre titre")
    assert (row.schedule, row.demands, row.state) == (told, (), OfferState.FILLED)


def test_the_source_of_an_occupation_is_told_and_a_confirmed_one_outlives_an_import(
    database: Database, world: World, path: Path
) -> None:
    load(database, world, path, [CLEANER, offer(id="vague", romeCode=None)])
    told, guessed = offers(database)
    assert told.rome_source is OccupationSource.IMPORTED
    assert guessed.rome_source is OccupationSource.PROPOSED
    with database.write() as db:
        row = db.get_one(OfferRow, guessed.id)
        row.rome = confirmed(row.rome, "K2204")
        row.rome_source = OccupationSource.CONFIRMED
    changed = offer(id="vague", romeCode="N1101", nombrePostes="4")
    assert counts(load(database, world, path, [changed])) == (0, 1, 0, 0)
    _, kept = offers(database)
    assert (kept.positions, kept.rome[0].rome) == (4, "K2204")
    assert kept.rome_source is OccupationSource.CONFIRMED


def test_missing_null_and_strange_fields_do_not_stop_an_offer(
    database: Database, world: World, path: Path
) -> None:
    bare = {"id": 12, "intitule": "Cariste"}
    nulls = {**dict.fromkeys(CLEANER), "id": "13", "intitule": "Maçon"}
    strange = offer(
        id="14",
        lieuTravail={"libelle": "Pas-de-Calais", "latitude": "abc", "longitude": [], "commune": 62},
        competences="Souder",
        permis={"libelle": "C - Poids lourds", "exigence": "E"},
        salaire="inconnu",
        nombrePostes="beaucoup",
        contexteTravail={"horaires": "Horaires : du lundi au vendredi de 8h à 16h"},
        dureeTravailLibelle=35,
        entreprise="X",
        dateCreation="hier",
        champNouveau={"a": [1, 2]},
    )
    report = load(database, world, path, [bare, nulls, strange])
    assert counts(report) == (3, 0, 0, 0)
    assert {remark.column for remark in report.remarks} >= {
        "nombrePostes",
        "dateCreation",
        "lieuTravail.latitude",
    }
    rows = offers(database)
    assert [row.title for row in rows] == ["Cariste", "Maçon", CLEANER["intitule"]]
    assert rows[0].source_id == "12"
    assert (rows[0].insee, rows[0].weekly_hours, rows[0].beginners) == (None, None, Answer.UNKNOWN)
    assert (rows[2].insee, rows[2].place_label) == (None, "Pas-de-Calais")
    assert (rows[2].licences, rows[2].wished_skills) == (("C",), ("Souder",))


def test_a_row_that_cannot_be_read_is_told_with_its_line_and_column_and_the_others_go_in(
    database: Database, world: World, path: Path
) -> None:
    text = '[{"intitule":"Sans id"},\n{"id":"2"},\n"pas une offre",\n{"id":"3","intitule":"Bon"}]'
    report = load(database, world, path, text)
    assert counts(report) == (1, 0, 0, 3)
    assert [(fault.line, fault.column) for fault in report.faults] == [(1, "id"), (2, "intitule"), (3, "")]
    assert report.faults[0].text().startswith("ligne 1, colonne « id »")


def test_a_nul_and_very_long_texts_do_not_stop_either_database(
    database: Database, world: World, path: Path
) -> None:
    nasty = offer(intitule="Agent\u0000 " + "x" * 500, description="a\u0000b" * 20_000, id="n\u0000")
    assert counts(load(database, world, path, [nasty])) == (1, 0, 0, 0)
    (row,) = offers(database)
    assert len(row.title) == 200
    assert "\x00" not in row.title + row.description


def test_an_offer_met_twice_in_one_file_is_one_row(database: Database, world: World, path: Path) -> None:
    report = load(database, world, path, [CLEANER, offer(nombrePostes=5)])
    assert counts(report) == (1, 0, 0, 0)
    assert "plusieurs fois" in report.remarks[0].sentence
    assert offers(database)[0].positions == 5


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"typeContrat": "MIS"}, EmploymentKind.INTERIM),
        ({"typeContrat": "SAI"}, EmploymentKind.SAISONNIER),
        ({"typeContrat": "CDD", "natureContrat": "Insertion par l'activ.éco."}, EmploymentKind.CDDI),
        ({"typeContrat": "CDD", "natureContrat": "Contrat apprentissage"}, EmploymentKind.ALTERNANCE),
        ({"typeContrat": "CDI", "alternance": True}, EmploymentKind.ALTERNANCE),
        ({"typeContrat": "LIB"}, None),
        ({"typeContrat": None}, None),
    ],
)
def test_the_kind_of_employment_is_that_of_the_reference_table(
    database: Database, world: World, path: Path, told: dict[str, Any], kind: EmploymentKind | None
) -> None:
    load(database, world, path, [offer(**told)])
    assert offers(database)[0].employment_kind is kind


def test_a_wished_licence_or_experience_closes_the_post_to_nobody(
    database: Database, world: World, path: Path
) -> None:
    wished = offer(
        permis=[{"libelle": "B - Véhicule léger", "exigence": "S"}],
        experienceExige="S",
        experienceLibelle="Expérience souhaitée de 2 An(s)",
    )
    load(database, world, path, [wished])
    (row,) = offers(database)
    assert (row.licences, row.experience_months, row.beginners) == ((), None, Answer.UNKNOWN)


def test_a_csv_in_latin_1_with_a_comma_is_read_and_said(database: Database, world: World, path: Path) -> None:
    text = (
        "Identifiant,Intitulé,Commune,Horaires,Heures semaine,Débutants acceptés\n"
        'A1,Employé d’étage,Arques (62510),"lun-ven 6h30-9h",12h30,oui\n'
        "A2,Maçon,Nulle-part-sur-Mer,,35,\n"
        "A3,Maçon,Arques (62510),lun-ven,35,\n"
        "A4,Maçon,62765,,7h5,\n"
        "A5,,62765,,35,\n"
    ).replace("’", "'")
    report = load(database, world, path, text.encode("latin-1"))
    assert counts(report) == (1, 0, 0, 4)
    assert "n’est pas en UTF-8" in report.notes[0]
    assert [(fault.line, fault.column) for fault in report.faults] == [
        (3, "commune"),
        (4, "horaires"),
        (5, "heures_semaine"),
        (6, "intitule"),
    ]
    (row,) = offers(database)
    assert row.schedule == FixedWeek(shifts=every_shift(390, 540))
    assert (row.insee, row.weekly_hours, row.beginners) == ("62040", 1250, Answer.YES)
    assert counts(load(database, world, path, text.encode("latin-1"))) == (0, 0, 1, 4)


def test_a_csv_without_identifiers_still_adds_nothing_twice(
    database: Database, world: World, path: Path
) -> None:
    text = "\ufeffintitule;employeur;commune\nAide à domicile;ADMR;Arques (62510)\n"
    assert counts(load(database, world, path, text)) == (1, 0, 0, 0)
    assert counts(load(database, world, path, text)) == (0, 0, 1, 0)


@pytest.mark.parametrize("content", [b"", b"   \n", b"PK\x03\x04rest", b"bonjour\nmonde\n"])
def test_a_file_that_holds_no_offers_is_refused_whole(
    database: Database, world: World, path: Path, content: bytes
) -> None:
    with pytest.raises(FileRefused):
        load(database, world, path, content)


def test_the_offers_of_one_territory_are_not_those_of_another(
    database: Database, world: World, path: Path
) -> None:
    load(database, world, path, [CLEANER])
    import_offers(database, world.there.id, path, lambda _line: None)
    rows = offers(database)
    assert [row.territory_id for row in rows] == [world.here.id, world.there.id]
    assert rows[0].employer_id != rows[1].employer_id


@pytest.mark.parametrize(
    ("place", "insee"),
    [
        ({"libelle": "62 - ST OMER"}, "62765"),
        ({"libelle": "62 - St Omer", "codePostal": "62500"}, "62765"),
        ({"libelle": "62 - INCONNU", "codePostal": "62510"}, "62040"),
        # Vienne is a town of Isère (38), and the département 86.
        ({"libelle": "86 - Vienne"}, None),
        ({"libelle": "Vienne"}, None),
        ({"libelle": "France"}, None),
        ({"libelle": None, "codePostal": "62500"}, None),
    ],
)
def test_a_place_without_its_code_is_a_commune_only_when_one_answers(
    database: Database, world: World, path: Path, place: dict[str, Any], insee: str | None
) -> None:
    load(database, world, path, [offer(lieuTravail=place)])
    assert offers(database)[0].insee == insee


def test_skills_of_a_file_are_written_as_those_of_a_form(
    database: Database, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = rome_sample.write(tmp_path / "rome.zip", rome_sample.tables())
    store(read_archive(archive), tmp_path, jobs=1)
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    typed = as_rome_writes(["nettoyer la  surface", "Tenir un stand"])
    assert typed == ("Nettoyer une surface", "Tenir un stand")
    asked = [{"libelle": "NETTOYER LES SURFACE", "exigence": "E"}, {"libelle": "Tenir un stand"}]
    load(database, world, tmp_path / "offres.json", [offer(id="1", competences=asked)])
    load(
        database, world, tmp_path / "offres.csv",
        "identifiant;intitule;competences;competences_souhaitees\n"
        "2;Agent;nettoyer des  surface;Tenir un stand\n",
    )  # fmt: skip
    assert [(*row.required_skills, *row.wished_skills) for row in offers(database)] == [typed, typed]
