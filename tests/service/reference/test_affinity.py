"""How near trades are by their skills: nothing without ROME, the table and its evidence with it."""

from pathlib import Path

from matching.world import NO_AFFINITY
from service.reference.affinity import current_affinity
from service.reference.rome_archive import read_archive
from service.reference.rome_store import store
from tests.service.reference import rome_sample


def test_an_import_gives_the_likeness_of_trades_and_the_skills_that_make_it(tmp_path: Path) -> None:
    assert current_affinity(tmp_path) is NO_AFFINITY
    store(read_archive(rome_sample.write(tmp_path / "rome.zip", rome_sample.tables())), tmp_path, jobs=1)
    near = current_affinity(tmp_path)
    assert near is current_affinity(tmp_path)
    # K2205 and K1304 share « Nettoyer une surface » and « Produits de nettoyage »; N1101 shares nothing.
    assert 0 < near.near("K2205", "K1304") < 10_000
    assert near.near("K2205", "K1304") == near.near("K1304", "K2205")
    assert near.near("K2205", "N1101") == 0
    assert set(near.shared("K2205", "K1304")) == {"Nettoyer une surface", "Produits de nettoyage"}
