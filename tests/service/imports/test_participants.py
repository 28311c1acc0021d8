"""Participants by CSV: added once, recognised, completed, never merged on a doubt, identity untouched."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from matching import skill_key
from matching.participant import Modes
from matching.terms import Answer
from matching.week import AvailabilityWindows, CareUnknown, CareWindows, NoCareNeed
from service.imports.participants import import_participants
from service.imports.report import FileRefused, Report
from service.reference_pages.skills import as_rome_writes
from service.tables import PersonRow, ProfileRow, ProjectRow, SpellRow
from service.tables.session import Database
from service.vocabulary import OccupationSource, SpellState
from tests.world import World

HEADER = (
    "nom;prenom;date_naissance;identifiant_france_travail;commune;entree;voiture;velo;"
    "disponibilites;garde;garde_scolaire;projet;trajet_max\n"
)
ZOE = (
    "Lefèvre;Zoé;03/04/1990;1234567A;Arques (62510);05/01/2026;non;oui;"
    "lun-ven 8h-18h;;lun-ven 8h30-16h30;K2204;45\n"
)


def load(database: Database, world: World, tmp_path: Path, rows: str, *, update: bool = False) -> Report:
    path = tmp_path / "p.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return import_participants(
        database, world.here.id, path, lambda _line: None, update=update, referent="referent@ici.test"
    )


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.same, report.refused


def test_a_person_is_added_with_her_entry_her_constraints_and_her_project(
    database: Database, world: World, tmp_path: Path
) -> None:
    assert counts(load(database, world, tmp_path, ZOE)) == (1, 0, 0, 0)
    with database.read() as db:
        person = db.scalars(sa.select(PersonRow)).one()
        spell = db.scalars(sa.select(SpellRow)).one()
        profile = db.scalars(sa.select(ProfileRow)).one()
        project = db.scalars(sa.select(ProjectRow)).one()
        assert (person.last_name, person.insee, person.birth_date) == ("Lefèvre", "62040", date(1990, 4, 3))
        assert (spell.state, spell.entered_on) == (SpellState.ACTIVE, date(2026, 1, 5))
        assert spell.referent_id == world.here.users["referent"]
        modes: Modes = profile.modes
        assert (modes.car, modes.bike, modes.walk) == (Answer.NO, Answer.YES, Answer.UNKNOWN)
        assert isinstance(profile.availability, AvailabilityWindows)
        assert isinstance(profile.care, CareWindows)
        assert profile.licences is None
        assert (project.wanted[0].rome, project.max_travel_minutes) == ("K2204", 45)
        assert [one.source for one in project.readings] == [OccupationSource.IMPORTED]


def test_importing_twice_adds_nothing(database: Database, world: World, tmp_path: Path) -> None:
    load(database, world, tmp_path, ZOE)
    assert counts(load(database, world, tmp_path, ZOE)) == (0, 0, 1, 0)


def test_a_second_import_completes_what_was_unknown_and_touches_neither_identity_nor_entry(
    database: Database, world: World, tmp_path: Path
) -> None:
    load(database, world, tmp_path, "Lefèvre;Zoé;03/04/1990;1234567A;;05/01/2026;;;;;;;\n")
    later = ZOE.replace("05/01/2026", "01/09/2025").replace("Lefèvre;Zoé", "LEFEVRE;ZOE")
    assert counts(load(database, world, tmp_path, later)) == (0, 1, 0, 0)
    with database.read() as db:
        person = db.scalars(sa.select(PersonRow)).one()
        assert (person.last_name, person.insee) == ("Lefèvre", None)
        assert db.scalars(sa.select(SpellRow)).one().entered_on == date(2026, 1, 5)
        assert isinstance(db.scalars(sa.select(ProfileRow)).one().care, CareWindows)


def test_skills_of_a_file_meet_those_typed_in_a_form_however_they_are_written(
    database: Database, world: World, tmp_path: Path
) -> None:
    load(database, world, tmp_path, ZOE)
    with database.write() as db:
        db.scalars(sa.select(ProfileRow)).one().skills = as_rome_writes(["Nettoyer des locaux"])
    path = tmp_path / "p.csv"
    path.write_text(
        HEADER.strip() + ";competences\n" + ZOE.strip() + ";nettoyer les  locaux|NETTOYER LES LOCAUX\n",
        "utf-8",
    )
    report = import_participants(
        database, world.here.id, path, lambda _line: None, update=True, referent="referent@ici.test"
    )
    assert report.refused == 0
    with database.read() as db:
        (held,) = db.scalars(sa.select(ProfileRow)).one().skills
    assert skill_key(held) == skill_key("Nettoyer des locaux")


def test_what_a_referent_wrote_stays_unless_the_command_says_otherwise(
    database: Database, world: World, tmp_path: Path
) -> None:
    load(database, world, tmp_path, ZOE)
    moved = ZOE.replace("lun-ven 8h-18h", "lun-ven 9h-12h").replace(";45", ";30")
    report = load(database, world, tmp_path, moved)
    assert counts(report) == (0, 0, 1, 0)
    assert "disponibilités" in report.remarks[0].sentence
    assert "Zoé" not in report.remarks[0].sentence
    assert counts(load(database, world, tmp_path, moved, update=True)) == (0, 1, 0, 0)
    with database.read() as db:
        assert db.scalars(sa.select(ProjectRow)).one().max_travel_minutes == 30


def test_a_near_name_of_the_same_day_is_reported_not_merged(
    database: Database, world: World, tmp_path: Path
) -> None:
    load(database, world, tmp_path, ZOE)
    near = "Lefebvre;Zoé;03/04/1990;;;;;;;;;;\n"
    report = load(database, world, tmp_path, near)
    assert counts(report) == (0, 0, 0, 1)
    assert "rien n’est fusionné" in report.faults[0].sentence
    other = "Lefèvre;Zoé;12/12/1971;;;;;;;;;;\n"
    assert counts(load(database, world, tmp_path, other)) == (1, 0, 0, 0)


def test_rows_at_fault_are_told_with_their_column_and_the_others_go_in(
    database: Database, world: World, tmp_path: Path
) -> None:
    rows = (
        ";Ana;01/01/1990;;;;;;;;;;\n"
        "Petit;Ana;31/02/1990;;;;;;;;;;\n"
        "Petit;Ana;;;;;;;;;;;\n"
        "Petit;Ana;01/01/1990;;Arques;;peut-être;;;;;;\n"
        "Petit;Ana;01/01/1990;;Xyz;;;;;;;;\n"
        "Petit;Ana;01/01/1990;;;;;;lun 8h;;;;\n"
        "Petit;Ana;01/01/1990;;;;;;;aucune;lun 8h-9h;;\n"
        "Petit;Ana;01/01/1990;;;;;;;;;;45\n"
        "Petit;Ana;01/01/1990;;Arques;;;;;aucune;;;\n"
    )
    report = load(database, world, tmp_path, rows)
    assert counts(report) == (1, 0, 0, 8)
    assert [(fault.line, fault.column) for fault in report.faults] == [
        (2, "nom"),
        (3, "date_naissance"),
        (4, "date_naissance"),
        (5, "voiture"),
        (6, "commune"),
        (7, "disponibilites"),
        (8, "garde"),
        (9, "projet"),
    ]
    with database.read() as db:
        assert isinstance(db.scalars(sa.select(ProfileRow)).one().care, NoCareNeed)
        # Arques of the territory, among the three of that name.
        assert db.scalars(sa.select(PersonRow)).one().insee == "62040"


def test_silence_is_not_explored_never_no(database: Database, world: World, tmp_path: Path) -> None:
    load(database, world, tmp_path, "Petit;Ana;01/01/1990;;;;;;;;;;\n")
    with database.read() as db:
        profile = db.scalars(sa.select(ProfileRow)).one()
        assert isinstance(profile.care, CareUnknown)
        assert set(profile.modes.__struct_fields__) == {
            name for name in profile.modes.__struct_fields__ if getattr(profile.modes, name) is Answer.UNKNOWN
        }
        assert db.scalars(sa.select(SpellRow)).one().state is SpellState.PRESCRIBED


def test_the_referent_must_be_one_of_the_territory(database: Database, world: World, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(HEADER + ZOE, encoding="utf-8")
    for wrong in ("referent@la-bas.test", "liaison@ici.test"):
        with pytest.raises(FileRefused):
            import_participants(
                database, world.here.id, path, lambda _line: None, update=False, referent=wrong
            )
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count(col(PersonRow.id)))) == 0
