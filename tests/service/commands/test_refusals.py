"""What the machine refuses is told in French, without a trace: a port taken, a disk, a database."""

import socket
import subprocess
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.cli import main
from service.commands.demo import load_if_empty
from service.migrations.run import upgrade
from service.tables import TerritoryRow
from service.tables.session import Database
from tests.backends import BACKENDS, own_postgres
from tests.world import build_world


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    monkeypatch.delenv("PASSERELLE_DATABASE_URL", raising=False)
    return tmp_path


def test_a_second_serve_on_the_same_port_says_that_it_is_taken(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    capsys.readouterr()
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    out, err = capsys.readouterr()
    assert f"le port {port} est déjà pris sur 127.0.0.1" in err
    assert "ouverte" not in out


def test_a_port_that_does_not_exist_is_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for port in ("0", "99999", "abc"):
        with pytest.raises(SystemExit):
            main(["serve", "--port", port])
        assert "illisible" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["migrate"], ["serve"], ["user", "link", "a@b.fr"], ["backup", "x.gz"]])
def test_a_database_that_does_not_answer_is_told_with_what_to_check(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        monkeypatch.chdir(data)
        monkeypatch.setenv("PASSERELLE_DATABASE_URL", f"postgresql://postgres@127.0.0.1:{port}/x")
        assert main(command) == 1
    err = capsys.readouterr().err
    assert "la base de données ne répond pas" in err
    assert "PASSERELLE_DATABASE_URL" in err


def test_an_address_that_names_no_database_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for url in ("foo://bar", "rien"):
        monkeypatch.setenv("PASSERELLE_DATABASE_URL", url)
        assert main(["migrate"]) == 1
        assert "ne se lit pas comme l’adresse" in capsys.readouterr().err


def test_a_directory_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.delenv("PASSERELLE_DATABASE_URL", raising=False)
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path / "fichier" / "dossier"))
    assert main(["migrate"]) == 1
    assert "fichier/dossier" in capsys.readouterr().err


def test_a_database_without_its_tables_says_to_migrate(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(data / "x.tar.gz")]) == 1
    assert "passerelle migrate" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["migrate"], ["serve"], ["serve", "--prepare"]])
def test_a_database_of_a_later_version_is_told_and_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    main(["migrate"])
    engine = sa.create_engine(f"sqlite:///{data}/passerelle.sqlite")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    capsys.readouterr()
    assert main(command) == 1
    assert "vient d’une version plus récente de Passerelle (schéma 9999)" in capsys.readouterr().err
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_migrations_at_once_both_end_well(
    backend: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_postgres() if backend == "postgresql" else nullcontext() as url:
        if url:
            bare = sa.create_engine(url)
            with bare.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            bare.dispose()
            monkeypatch.setenv("PASSERELLE_DATABASE_URL", url)
        command = [sys.executable, "-m", "service.cli", "migrate"]
        runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        told = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told


def test_all_revisions_of_a_file_are_one_transaction(tmp_path: Path) -> None:
    """Between two of them a second `migrate` would slip in, and a killed one would stop halfway."""
    commits: list[sa.Connection] = []

    def counted(connection: sa.Connection) -> None:
        commits.append(connection)

    sa.event.listen(sa.Engine, "commit", counted)
    try:
        upgrade(f"sqlite:///{tmp_path}/new.sqlite")
    finally:
        sa.event.remove(sa.Engine, "commit", counted)
    assert len(commits) == 1


def test_the_slower_of_two_demos_says_that_one_is_there(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_aside(_aside: Database, _on: date) -> None:
        """While ours is made aside, the other one is loaded."""
        build_world(database)

    monkeypatch.setattr("fixtures.demo.build.build_demo", made_aside)
    assert load_if_empty(database.url) is False


def test_a_demo_stopped_half_way_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(aside: Database, _on: date) -> None:
        build_world(aside)
        raise KeyboardInterrupt

    monkeypatch.setattr("fixtures.demo.build.build_demo", stopped)
    with pytest.raises(KeyboardInterrupt):
        load_if_empty(database.url)
    with database.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(TerritoryRow)) == 0
