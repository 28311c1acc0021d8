"""The official archive is read whole or refused with a sentence."""

import zipfile
from pathlib import Path

import pytest

from service.reference.rome_archive import ArchiveError, read_archive
from tests.service.reference import rome_sample


def test_the_tables_of_the_archive_are_read_with_their_version(tmp_path: Path) -> None:
    read = read_archive(rome_sample.write(tmp_path / "rome.zip", rome_sample.tables()))
    assert read.version == "460"
    assert len(read.codes) == 6
    assert ("K1304", "Femme de ménage") in read.appellations
    assert ("200", "Produits de nettoyage", "savoir") in read.skills
    assert ("300", "Travail de nuit", "Horaires et durée du travail") in read.contexts
    assert ("K1304", "101", "Principale") in read.links
    assert read.mobilities == [("K2205", "K1304", 1)]


def test_a_missing_table_is_named_with_those_that_were_found(tmp_path: Path) -> None:
    content = rome_sample.tables()
    del content["coherence_item"]
    with pytest.raises(ArchiveError, match=r"La table « coherence_item » manque.*referentiel_savoir"):
        read_archive(rome_sample.write(tmp_path / "rome.zip", content))


def test_a_renamed_column_is_named(tmp_path: Path) -> None:
    content = rome_sample.tables()
    content["referentiel_savoir"][0][1] = "intitule_savoir"
    with pytest.raises(ArchiveError, match=r"n’a pas la colonne « libelle_savoir ».*intitule_savoir"):
        read_archive(rome_sample.write(tmp_path / "rome.zip", content))


def test_tables_that_nothing_needs_may_be_absent_or_present(tmp_path: Path) -> None:
    content = rome_sample.tables() | {"arborescence_competences": [["x"], ["y"]]}
    assert len(read_archive(rome_sample.write(tmp_path / "rome.zip", content)).codes) == 6


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rome.zip").write_text("bonjour")
    with pytest.raises(ArchiveError, match="n’est pas une archive zip"):
        read_archive(tmp_path / "rome.zip")
    with pytest.raises(ArchiveError, match="n’existe pas"):
        read_archive(tmp_path / "absent.zip")


def test_an_archive_that_swells_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("unix_coherence_item_v460_utf8.csv", b"0" * (40 << 20))
    with pytest.raises(ArchiveError, match="taux trop élevé"):
        read_archive(tmp_path / "bomb.zip")


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(201):
            archive.writestr(f"{number}.csv", b"")
    with pytest.raises(ArchiveError, match="201 fichiers"):
        read_archive(tmp_path / "many.zip")


def test_another_archive_and_mixed_versions_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("photo.png", b"")
    with pytest.raises(ArchiveError, match="ce n’est pas l’archive ROME"):
        read_archive(tmp_path / "other.zip")
    path = rome_sample.write(tmp_path / "mixed.zip", rome_sample.tables())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("unix_theme_v461_utf8.csv", b"x")
    with pytest.raises(ArchiveError, match="plusieurs versions du ROME : 460, 461"):
        read_archive(path)
