"""Occupations to choose from: what a person types becomes n-best ROME codes, the best first."""

import re
from functools import lru_cache

import msgspec

from matching.lexicon import load_lexicon
from matching.normalise import fold
from matching.rome import load_rome_codes
from matching.terms import RomeWeight
from service.reference.occupations import likely_occupations, reference
from service.reference.reading import FEWEST, WHOLE, Reading
from service.vocabulary import OccupationSource

CODE = re.compile(r"\b([A-N])\s?(\d{4})\b", re.IGNORECASE)
KEPT = 5


class Occupation(msgspec.Struct, frozen=True):
    """`weight`: ten-thousandths, 10000 for what was named exactly or is certain enough to stand alone."""

    code: str
    label: str
    weight: int


def occupation_name(code: str) -> str:
    """The label of a code in the ROME in use; the code itself when it is not there."""
    return reference().codes.get(code, code)


def occupation_label(code: str) -> str:
    """« Nettoyage de locaux (K2204) »: what a field shows, and what the server reads again."""
    return f"{occupation_name(code)} ({code})"


def find_occupations(text: str, limit: int = KEPT, fewest: int = 1) -> list[Occupation]:
    """What `text` may mean; empty when nothing in it is known.

    A code, or a name written whole, is certain and comes alone. `fewest`: how many choices there are at
    least otherwise.
    """
    exact = _named(text)
    if exact:
        return [Occupation(code, occupation_name(code), WHOLE) for code in exact[:limit]]
    return [
        Occupation(code, occupation_name(code), weight)
        for code, weight in likely_occupations(text, fewest)[:limit]
    ]


def read_words(text: str) -> Reading | None:
    """What was written for one occupation, with three to five choices unless it is certain; None: not known.

    Its source: typed when a code or a name was written whole, else proposed from the words.
    """
    found = find_occupations(text, KEPT, FEWEST)
    if not found:
        return None
    source = OccupationSource.TYPED if _named(text) else OccupationSource.PROPOSED
    return Reading(text=text, source=source, rome=as_weights(found))


def _named(text: str) -> tuple[str, ...]:
    """The codes of a text that is, or holds, a code, or is a name written whole."""
    named = CODE.search(text)
    if named and (code := (named[1] + named[2]).upper()) in reference().codes:
        return (code,)
    return _whole_names().get(fold(text), ())


def as_weights(found: list[Occupation]) -> tuple[RomeWeight, ...]:
    """The n-best in the shape of offers and projects."""
    return tuple(RomeWeight(rome=one.code, weight=one.weight) for one in found)


@lru_cache(maxsize=1)
def _whole_names() -> dict[str, tuple[str, ...]]:
    """Folded name -> codes: the shipped labels, each gender, and the everyday names of the lexicon."""
    found: dict[str, dict[str, None]] = {}
    for code, label in load_rome_codes().items():
        for name in (label, *label.split(" / ")):
            found.setdefault(fold(name), {})[code] = None
    for phrase, code in load_lexicon():
        found.setdefault(fold(phrase), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}
