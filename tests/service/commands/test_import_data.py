"""`passerelle import` as it is typed: exit codes, sentences on the error stream, the count at the end."""

import json
from pathlib import Path

import pytest

from service.cli import main
from service.tables.session import Database
from tests.service.imports.samples import CLEANER
from tests.world import World


@pytest.fixture
def here(database: Database, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", database.url)
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path / "donnees"))
    return tmp_path


def test_all_rows_read_give_zero_and_one_bad_row_gives_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = here / "offres.json"
    path.write_text(json.dumps([CLEANER]), encoding="utf-8")
    assert main(["import", "offers", str(path), "--territory", "Territoire ici"]) == 0
    assert "1\u00a0ajout" in capsys.readouterr().out
    path.write_text(json.dumps([CLEANER, {"id": "2"}]), encoding="utf-8")
    assert main(["import", "offers", str(path), "--territory", "Territoire ici"]) == 1
    told = capsys.readouterr()
    assert "ligne 1, colonne « intitule »" in told.err
    assert "1\u00a0inchangé" in told.out


def test_a_file_or_a_territory_that_is_not_there_is_a_wrong_usage(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "offers", str(here / "absent.json"), "--territory", "Territoire ici"]) == 2
    path = here / "p.csv"
    path.write_text("nom;prenom\n", encoding="utf-8")
    assert main(["import", "participants", str(path), "--territory", "Ailleurs"]) == 2
    assert main(["import", "participants", str(path)]) == 2
    assert "plusieurs territoires" in capsys.readouterr().err


def test_communes_are_kept_beside_the_database(here: Path) -> None:
    path = here / "communes.csv"
    path.write_text("insee;nom;latitude;longitude\n62040;Arques;50.73;2.30\n", encoding="utf-8")
    assert main(["import", "communes", str(path)]) == 0
    assert (here / "donnees" / "communes.tsv").exists()
    assert main(["import", "communes", str(here)]) == 2
