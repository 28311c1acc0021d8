"""An imported ROME is put in use in one go, and replaced by the next."""

from pathlib import Path

import numpy as np
import pytest

from service.reference.rome_archive import ArchiveError, RomeTables, read_archive
from service.reference.rome_store import FORMAT, current_folder, read_kept, read_stamp, rome_root, store
from tests.service.reference import rome_sample


@pytest.fixture
def sample(tmp_path: Path) -> RomeTables:
    return read_archive(rome_sample.write(tmp_path / "rome.zip", rome_sample.tables()))


def test_an_import_is_stamped_and_in_use(tmp_path: Path, sample: RomeTables) -> None:
    told: list[int] = []
    stamp = store(sample, tmp_path, lambda done, total: told.append(done), jobs=1)
    folder = current_folder(tmp_path)
    assert folder is not None
    assert read_stamp(folder) == stamp
    assert (stamp.version, stamp.codes, stamp.appellations, stamp.skills, stamp.links) == ("460", 6, 18, 4, 7)
    assert read_kept(folder).code_contexts == {"D1102": ["300"]}
    assert told[-1] == 12  # six codes, fitted twice


def test_nothing_stored_can_run_code(tmp_path: Path, sample: RomeTables) -> None:
    store(sample, tmp_path, jobs=1)
    folder = current_folder(tmp_path)
    assert folder is not None
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".npy", ".txt", ".json"}
    for path in folder.rglob("*.npy"):
        np.load(path, allow_pickle=False)


def test_importing_again_replaces_and_keeps_the_one_before(tmp_path: Path, sample: RomeTables) -> None:
    for _ in range(5):
        store(sample, tmp_path, jobs=1)
    folders = [path for path in rome_root(tmp_path).iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert current_folder(tmp_path) in folders


def test_without_an_import_or_with_one_of_another_format_there_is_none(
    tmp_path: Path, sample: RomeTables
) -> None:
    assert current_folder(tmp_path) is None
    store(sample, tmp_path, jobs=1)
    folder = current_folder(tmp_path)
    assert folder is not None
    stamp = folder / "stamp.json"
    stamp.write_text(stamp.read_text().replace(f'"format": {FORMAT}', '"format": 0'))
    assert current_folder(tmp_path) is None


def test_an_import_waits_for_none_and_is_refused_while_another_runs(
    tmp_path: Path, sample: RomeTables
) -> None:
    def told(_done: int, _all: int) -> None:
        with pytest.raises(ArchiveError, match="Un autre import du ROME est en cours"):
            store(sample, tmp_path, jobs=1)

    store(sample, tmp_path, told, jobs=1)
    (rome_root(tmp_path) / ".making-killed").mkdir()
    stamp = store(sample, tmp_path, jobs=1)
    assert (stamp.codes, [one.name for one in rome_root(tmp_path).glob(".making-*")]) == (6, [])
