"""What the codes of matching are called on the screens of suggestions."""

from math import isqrt

from matching import LineState, Match

# A word and a tone (macros/lists.html, state): never a colour alone.
LINE_STATES = {
    LineState.SATISFIED: ("réuni", "ok"),
    LineState.TIGHT: ("juste", "warn"),
    LineState.BROKEN: ("manque", "stop"),
    LineState.UNKNOWN: ("à confirmer", "wait"),
    LineState.NEED: ("demandé", "quiet"),
}
# Bands of the two scores together, on their geometric mean out of 100. A choice of this project, to be
# calibrated on real placements; they change words only, never the order.
BANDS = ((75, "Très bonne piste", "ok"), (55, "Bonne piste", "ok"), (0, "Piste à étudier", "quiet"))

# Levers are tried one by one: on this many people (or offers) at most, a few seconds of the readable path.
LEVERS_TRIED = 150


def band(match: Match) -> tuple[str, str]:
    """The word and the tone of a match's two scores."""
    index = isqrt(match.rank) // 100
    return next((word, tone) for least, word, tone in BANDS if index >= least)
