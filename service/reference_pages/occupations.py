"""Occupations to choose from: what a person types becomes n-best ROME codes, the best first."""

import re
from functools import lru_cache

import msgspec

from matching.lexicon import load_lexicon
from matching.normalise import fold
from matching.rome import load_rome_codes
from matching.terms import RomeWeight
from service.reference.occupations import reference, weighted_occupations

CODE = re.compile(r"\b([A-N])\s?(\d{4})\b", re.IGNORECASE)
WHOLE = 10_000
KEPT = 5


class Occupation(msgspec.Struct, frozen=True):
    """`weight`: ten-thousandths, 10000 for a label or a code that was named exactly."""

    code: str
    label: str
    weight: int


def occupation_name(code: str) -> str:
    """The label of a code in the ROME in use; the code itself when it is not there."""
    return reference().codes.get(code, code)


def occupation_label(code: str) -> str:
    """« Nettoyage de locaux (K2204) »: what a field shows, and what the server reads again."""
    return f"{occupation_name(code)} ({code})"


def find_occupations(text: str, limit: int = KEPT) -> list[Occupation]:
    """What `text` may mean; empty when nothing in it is known.

    A code, or a name written whole, is certain and comes alone.
    """
    named = CODE.search(text)
    if named and (code := (named[1] + named[2]).upper()) in reference().codes:
        return [Occupation(code, occupation_name(code), WHOLE)]
    exact = _whole_names().get(fold(text))
    if exact:
        return [Occupation(code, occupation_name(code), WHOLE) for code in exact[:limit]]
    return [
        Occupation(code, occupation_name(code), min(weight, WHOLE - 1))
        for code, weight in weighted_occupations(text)[:limit]
    ]


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
