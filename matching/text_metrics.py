"""How good a ranking is: reciprocal rank, hits, and how far two lists agree."""

from collections.abc import Collection, Iterable, Sequence

import msgspec


class Figures(msgspec.Struct, frozen=True):
    """Means over the queries, 0 to 1. `mrr`: mean reciprocal rank; `hit_n`: a right answer among n."""

    queries: int
    mrr: float
    hit_1: float
    hit_5: float
    hit_10: float
    empty: float


def place_of(right: Collection[str], answers: Sequence[str]) -> int | None:
    """Place (from 0) of the first right answer, None when there is none."""
    return next((at for at, answer in enumerate(answers) if answer in right), None)


def measure(places: Iterable[tuple[int | None, bool]]) -> Figures:
    """From (place of the first right answer or None, whether the list was empty), one a query."""
    listed = list(places)
    count = max(len(listed), 1)

    def hits(within: int) -> float:
        return sum(place is not None and place < within for place, _ in listed) / count

    return Figures(
        queries=len(listed),
        mrr=sum(1 / (place + 1) for place, _ in listed if place is not None) / count,
        hit_1=hits(1),
        hit_5=hits(5),
        hit_10=hits(10),
        empty=sum(empty for _, empty in listed) / count,
    )


def rank_biased_overlap(
    one: Sequence[str], other: Sequence[str], depth: int = 10, patience: float = 0.9
) -> float:
    """How far two lists agree, 0 to 1, the first places counting most.

    Webber, Moffat and Zobel, "A similarity measure for indefinite rankings" (2010), cut at `depth` and scaled
    so that equal lists give 1.
    """
    total = weights = 0.0
    for length in range(1, depth + 1):
        weight = patience ** (length - 1)
        total += weight * len(set(one[:length]) & set(other[:length])) / length
        weights += weight
    return total / weights
