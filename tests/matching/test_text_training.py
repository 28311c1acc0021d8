"""Fitting on a handful of trades, small enough to be seen whole."""

from pathlib import Path

from matching.occupations import Resolver
from matching.similarity import Ranker
from matching.text_training import fit_occupations

TITLES = [("A", "Boulanger / Boulangère"), ("B", "Maçon / Maçonne"), ("C", "Cariste")]
NAMES = [
    *(
        ("A", f"Boulanger / Boulangère {where}")
        for where in ("de nuit", "en atelier", "au fournil", "au four")
    ),
    *(("B", f"Maçon / Maçonne {where}") for where in ("en pierre", "de chantier", "au béton", "en briques")),
    *(("C", f"Cariste {where}") for where in ("en entrepôt", "de quai", "au froid", "en usine")),
]


def test_a_fitted_model_answers_texts_it_has_not_seen_and_says_how_far_it_came() -> None:
    told: list[tuple[int, int]] = []
    fitted = fit_occupations(TITLES, NAMES, lambda done, total: told.append((done, total)), jobs=1)
    assert told[-1] == (6, 6)  # three codes, fitted twice
    resolver = Resolver(fitted.ranker, fitted.calibration)
    assert resolver.rank("boulangère au fournil chaud", 3)[0] == "A"
    assert resolver.rank("maçonne de briques rouges", 3)[0] == "B"
    assert 0 <= fitted.figures.hit_1 <= 1


def test_a_stored_model_gives_the_same_scores(tmp_path: Path) -> None:
    ranker = fit_occupations(TITLES, NAMES, jobs=1).ranker
    ranker.save(tmp_path)
    again = Ranker.load(tmp_path)
    for text in ("cariste de nuit", "macon", "boulangere"):
        before, after = ranker.scores(ranker.read(text))[0], again.scores(again.read(text))[0]
        assert before.tolist() == after.tolist()
    assert not list(tmp_path.glob("*.pkl"))
