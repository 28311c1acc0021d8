"""What a person or a source wrote of an occupation, what it was understood as, and where that is from."""

from collections.abc import Iterable

import msgspec

from matching.terms import RomeWeight
from service.vocabulary import OccupationSource

# The weight of an occupation that was named, confirmed, or certain enough to be accepted alone.
WHOLE = 10_000
# To confirm, three to five choices are shown: those under a chance in twenty only when there are not three.
FEWEST, MOST, SHOWN = 3, 5, 500


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One occupation as it was written (`text`) and its n-best, the likeliest first; never empty."""

    text: str
    source: OccupationSource
    rome: tuple[RomeWeight, ...]

    @property
    def certain(self) -> bool:
        return is_certain(self.rome)


def is_certain(rome: tuple[RomeWeight, ...]) -> bool:
    """Whether one occupation stands alone: else it is « proposé, à confirmer »."""
    if len(rome) < 2:
        return bool(rome)
    return rome[0].weight == WHOLE and all(one.weight < WHOLE for one in rome[1:])


def shown(rome: tuple[RomeWeight, ...]) -> tuple[RomeWeight, ...]:
    """The choices to confirm from, the likeliest first."""
    return tuple(one for rank, one in enumerate(rome[:MOST]) if rank < FEWEST or one.weight >= SHOWN)


def confirmed(rome: tuple[RomeWeight, ...], code: str) -> tuple[RomeWeight, ...]:
    """The n-best once a person chose: `code` first, for certain; the others beside it, half at most."""
    beside = (
        RomeWeight(rome=one.rome, weight=min(one.weight, WHOLE // 2)) for one in rome if one.rome != code
    )
    return (RomeWeight(rome=code, weight=WHOLE), *beside)


def merged(readings: Iterable[Reading]) -> tuple[RomeWeight, ...]:
    """What matching weighs: each code once, with the most that any reading gives it, in order."""
    best: dict[str, int] = {}
    for one in (weighted for reading in readings for weighted in reading.rome):
        best[one.rome] = max(one.weight, best.get(one.rome, 0))
    return tuple(RomeWeight(rome=code, weight=weight) for code, weight in best.items())
