"""Occupations to choose from: what a person types becomes n-best ROME codes, the best first."""

import re
from collections import defaultdict
from functools import lru_cache

import msgspec

from matching.lexicon import load_lexicon
from matching.normalise import fold, neutral_words
from matching.rome import load_rome_codes, rome_label
from matching.terms import RomeWeight

CODE = re.compile(r"\b([A-N])\s?(\d{4})\b", re.IGNORECASE)
WHOLE = 10_000
KEPT = 5


class Occupation(msgspec.Struct, frozen=True):
    """`weight`: ten-thousandths, 10000 for a label or a code that was named exactly."""

    code: str
    label: str
    weight: int


def occupation_label(code: str) -> str:
    """« Nettoyage de locaux (K2204) »: what a field shows, and what the server reads again."""
    return f"{rome_label(code)} ({code})"


def find_occupations(text: str, limit: int = KEPT) -> list[Occupation]:
    """What `text` may mean, by its words; empty when no word is known.

    A code, or a label written whole, is certain and comes alone.
    """
    named = CODE.search(text)
    if named and (code := (named[1] + named[2]).upper()) in load_rome_codes():
        return [Occupation(code, rome_label(code), WHOLE)]
    exact = _whole_labels().get(fold(text))
    if exact:
        return [Occupation(code, rome_label(code), WHOLE) for code in exact[:limit]]
    scored = _by_words(neutral_words(text))
    best = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    return [Occupation(code, rome_label(code), score) for code, score in best]


def as_weights(found: list[Occupation]) -> tuple[RomeWeight, ...]:
    """The n-best in the shape of offers and projects."""
    return tuple(RomeWeight(rome=one.code, weight=one.weight) for one in found)


@lru_cache(maxsize=1)
def _names() -> list[tuple[str, str]]:
    """Every way of naming a code that is known without any import."""
    labels = [
        (part, code) for code, label in load_rome_codes().items() for part in (label, *label.split(" / "))
    ]
    return labels + list(load_lexicon())


@lru_cache(maxsize=1)
def _whole_labels() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, code in _names():
        if code not in found[fold(name)]:
            found[fold(name)].append(code)
    return dict(found)


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[int]], list[frozenset[str]]]:
    bags = [frozenset(neutral_words(name)) for name, _ in _names()]
    index: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for word in bag:
            index[word].append(number)
    return dict(index), bags


def _by_words(typed: list[str]) -> dict[str, int]:
    """Code -> shared words over all words (Dice), the last word typed counting by its beginning too."""
    index, bags = _index()
    shared: dict[int, int] = defaultdict(int)
    for place, word in enumerate(typed):
        begun = [known for known in index if known.startswith(word)] if place == len(typed) - 1 else [word]
        for number in {one for known in begun for one in index.get(known, ())}:
            shared[number] += 1
    scored: dict[str, int] = {}
    for number, count in shared.items():
        code = _names()[number][1]
        score = min(WHOLE - 1, 2 * count * WHOLE // (len(typed) + len(bags[number])))
        scored[code] = max(score, scored.get(code, 0))
    return scored
