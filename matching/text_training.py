"""Fitting the text models on a table of labels, with an honest measure of them.

Two fits: one on seven eighths of the labels, asked the eighth that it has not seen (no equal label anywhere),
from which come the published figures and the calibration; one on all of them, which is kept.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from matching.normalise import neutral_words
from matching.similarity import Labels, Ranker, top
from matching.text_calibration import CERTAIN, CONSIDERED, Calibration
from matching.text_index import Floats
from matching.text_metrics import Figures, measure
from matching.text_model import LinearModel, Told

HELD_OUT = 8  # one label in so many is kept for the measure
_SEED = 20_250_918


class Fitted(msgspec.Struct, frozen=True):
    """`figures`: on labels never seen; `sure` and `sure_right`: how many of these are accepted alone, and how
    many of those are right (shares, 0 to 1)."""

    ranker: Ranker
    calibration: Calibration
    figures: Figures
    sure: float
    sure_right: float


def fit_occupations(
    kept: Sequence[tuple[str, str]],
    asked: Sequence[tuple[str, str]],
    told: Told | None = None,
    jobs: int = -1,
) -> Fitted:
    """Fit on (code, label) pairs.

    kept: labels always learnt (titles of the codes, lexicon); asked: labels of which one in eight is held out
    for the measure, then learnt too. told(done, all) follows both fits together.
    """
    draw = np.random.default_rng(_SEED).random(len(asked)) < 1 / HELD_OUT
    learnt = [pair for pair, out in zip(asked, draw, strict=True) if not out]
    cases = _ask(
        _fit([*kept, *learnt], _half(told, 0), jobs),
        [pair for pair, out in zip(asked, draw, strict=True) if out],
    )
    calibration = Calibration.fit(cases)
    right_if_sure = [place == 0 for scores, place in cases if calibration.chances(scores)[0] >= CERTAIN]
    return Fitted(
        ranker=_fit([*kept, *asked], _half(told, 1), jobs),
        calibration=calibration,
        figures=measure((place, False) for _, place in cases),
        sure=len(right_if_sure) / max(len(cases), 1),
        sure_right=sum(right_if_sure) / max(len(right_if_sure), 1),
    )


def _fit(pairs: Sequence[tuple[str, str]], told: Told | None, jobs: int) -> Ranker:
    ranker = Ranker.build(Labels.of(pairs), surface=False)
    ranker.model = LinearModel.fit((ranker.letters, ranker.whole), ranker.labels.owners, told, jobs)
    return ranker


def _half(told: Told | None, half: int) -> Told | None:
    if told is None:
        return None
    return lambda done, total: told(half * total + done, 2 * total)


def _ask(ranker: Ranker, asked: Sequence[tuple[str, str]]) -> list[tuple[Floats, int | None]]:
    """(falling scores, place of the right code) for labels that no known label equals, feminine side."""
    known = {tuple(sorted(neutral_words(text))) for text in ranker.labels.texts}
    number = {code: at for at, code in enumerate(ranker.labels.groups)}
    cases: list[tuple[Floats, int | None]] = []
    for code, label in asked:
        text = label.split(" / ")[-1]
        if tuple(sorted(neutral_words(text))) in known or code not in number:
            continue
        scores, _ = ranker.scores(ranker.read(text))
        places = top(scores, CONSIDERED)
        place = next((at for at, one in enumerate(places) if one == number[code]), None)
        cases.append((scores[places], place))
    return cases
