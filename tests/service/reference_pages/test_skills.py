"""Skills typed in a form: kept as ROME writes them, suggested from ROME and from the territory's offers."""

from pathlib import Path

import pytest

from service.reference.rome_archive import read_archive
from service.reference.rome_store import store
from service.reference_pages.skills import IN_USE, as_rome_writes, find_skills
from tests.service.reference import rome_sample


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    store(read_archive(rome_sample.write(folder / "rome.zip", rome_sample.tables())), folder, jobs=1)
    return folder


def test_a_skill_of_rome_is_kept_as_rome_writes_it(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(imported))
    assert as_rome_writes(["REPASSER DU LINGE", "Tenir un stand", "Repasser du linge"]) == (
        "Repasser du linge",
        "Tenir un stand",
    )


def test_what_is_near_a_skill_of_rome_is_left_as_it_was_typed(
    imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(imported))
    assert as_rome_writes(["Repasser du linge fin"]) == ("Repasser du linge fin",)


def test_without_rome_a_line_stays_and_its_double_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    assert as_rome_writes(["Vente", "vente", "Accueil"]) == ("Vente", "Accueil")


def test_the_offers_skills_come_first_and_rome_s_after_once_each(imported: Path) -> None:
    found = find_skills("nettoyer", ["Nettoyer un bassin", "nettoyer une surface"], 8, imported)
    assert [(one.label, one.hint) for one in found[:2]] == [
        ("Nettoyer un bassin", IN_USE),
        ("nettoyer une surface", IN_USE),
    ]
    assert "Nettoyer une surface" not in [one.label for one in found]


def test_a_start_inside_a_word_is_not_one(tmp_path: Path) -> None:
    assert find_skills("toyer", ["Nettoyer"], 8, tmp_path) == []
    assert find_skills(" , ", ["Nettoyer"], 8, tmp_path) == []
