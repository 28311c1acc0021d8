"""From scores to chances of being right, fitted on texts whose answer is known."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.text_index import Floats

# Accepted alone from this chance on. The aim is nine right in ten on real titles; the curve is fitted on
# ROME's own names, which agree with its codes better than employers do: the bar is set higher.
CERTAIN = 0.95
CONSIDERED = 20  # candidates among which the chances are shared
# How sharply scores turn into shares; chosen with the readings' weights (docs/quality.md).
TEMPERATURE = 0.25


def shares(scores: Floats) -> Floats:
    """The candidates' shares, in the order of their falling scores: they add up to one."""
    raised: Floats = np.exp((scores - scores[0]) / np.float32(TEMPERATURE)).astype(np.float32)
    raised /= raised.sum()
    return raised


class Calibration:
    """A rising curve from a candidate's share to its chance of being right (two arrays, side by side)."""

    def __init__(self, share: Floats, chance: Floats) -> None:
        self.share, self.chance = share, chance

    def chances(self, scores: Floats) -> NDArray[np.float64]:
        """Chance of each candidate, scores falling; together never above one."""
        found = np.interp(shares(scores), self.share, self.chance)
        return found / max(float(found.sum()), 1.0)

    @classmethod
    def fit(cls, cases: Iterable[tuple[Floats, int | None]]) -> "Calibration":
        """Isotonic regression over (falling scores of the candidates, place of the right one or None)."""
        from sklearn.isotonic import IsotonicRegression

        seen: list[float] = []
        right: list[float] = []
        for scores, place in cases:
            seen += shares(scores).tolist()
            right += [float(at == place) for at in range(len(scores))]
        curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(seen, right)
        return cls(curve.X_thresholds_.astype(np.float32), curve.y_thresholds_.astype(np.float32))

    def save(self, folder: Path) -> None:
        np.save(folder / "calibration.npy", np.stack((self.share, self.chance)))

    @classmethod
    def load(cls, folder: Path) -> "Calibration":
        share, chance = np.load(folder / "calibration.npy")
        return cls(share, chance)

    def rows(self) -> Sequence[str]:
        return [f"{share:.6f}\t{chance:.6f}" for share, chance in zip(self.share, self.chance, strict=True)]

    @classmethod
    def shipped(cls) -> "Calibration":
        """The curve for rankers without a fitted model (`fixtures/build_calibration.py`)."""
        table = files("matching").joinpath("data", "calibration.tsv").read_text(encoding="utf-8")
        rows = np.array([line.split("\t") for line in table.splitlines()[1:]], dtype=np.float32)
        return cls(rows[:, 0], rows[:, 1])
