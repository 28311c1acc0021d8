"""Suggestions as one types, and titles resolved on saving, with and without an imported ROME."""

import os
from pathlib import Path

import pytest

from service.reference.occupations import (
    likely_occupations,
    reference,
    suggest_occupations,
    suggest_skills,
)
from service.reference.rome_archive import read_archive
from service.reference.rome_store import rome_root, store
from tests.service.reference import rome_sample


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bare")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    store(read_archive(rome_sample.write(folder / "rome.zip", rome_sample.tables())), folder, jobs=1)
    return folder


def test_the_first_letters_of_a_word_complete_it(bare: Path) -> None:
    first = suggest_occupations("plom", 5, bare)[0]
    assert (first.code, first.label, first.hint) == ("F1603", "Plombier / Plombière sanitaire", "plombier")


def test_a_whole_phrase_is_understood_first(bare: Path) -> None:
    assert suggest_occupations("femme de ménage", 5, bare)[0].code == "K1304"


def test_an_import_of_another_format_is_told_and_what_ships_serves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = rome_root(tmp_path)
    root.mkdir(parents=True)
    (root / "CURRENT").write_text("460-ancien\n")
    assert reference(tmp_path).version == ""
    assert "Importez-le de nouveau : passerelle import rome FICHIER.zip" in caplog.text


def test_a_trade_that_shares_only_femme_with_a_clear_title_is_not_proposed(bare: Path) -> None:
    assert "J1104" not in [one.code for one in suggest_occupations("femme de ménage", 8, bare)]  # sage-femme
    assert suggest_occupations("sage-femme", 8, bare)[0].code == "J1104"


def test_the_start_of_a_code_lists_its_codes(bare: Path) -> None:
    assert [one.code for one in suggest_occupations("k220", 3, bare)] == ["K2201", "K2202", "K2203"]


def test_nothing_typed_suggests_nothing(bare: Path) -> None:
    assert suggest_occupations("  ", 5, bare) == []


def test_a_clear_title_stands_alone_and_a_vague_one_leaves_three_choices_at_least(bare: Path) -> None:
    assert likely_occupations("Cariste H/F", 3, bare)[0] == ("N1101", 10_000)
    vague = likely_occupations("agent polyvalent", 3, bare)
    assert len(vague) >= 3
    assert all(weight < 10_000 for _, weight in vague)
    assert likely_occupations("12", 3, bare) == []


def test_the_engine_receives_weights_in_ten_thousandths(bare: Path) -> None:
    weights = likely_occupations("aide à la personne", data_dir=bare)
    assert weights[0][0] == "K1311"
    assert all(100 <= weight <= 10_000 for _, weight in weights)


def test_skills_are_unknown_until_a_rome_is_imported(bare: Path) -> None:
    assert suggest_skills("nettoyer", 5, bare) == []
    assert reference(bare).links is None


def test_the_import_gives_skills_and_what_they_have_in_common(imported: Path) -> None:
    assert [one.label for one in suggest_skills("repasser le linge", 1, imported)] == ["Repasser du linge"]
    assert reference(imported).version == "460"


def test_a_new_import_is_noticed_without_restarting(tmp_path: Path) -> None:
    assert reference(tmp_path).version == ""
    archive = rome_sample.write(tmp_path / "rome.zip", rome_sample.tables(), version="461")
    store(read_archive(archive), tmp_path, jobs=1)
    os.utime(rome_root(tmp_path) / "CURRENT", (1_700_000_000, 1_700_000_000))
    assert reference(tmp_path).version == "461"
