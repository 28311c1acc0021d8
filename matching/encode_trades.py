"""Trades against every list of trades that posts ask for, a whole row at a time.

Lists of trades (n-best) are nearly all distinct: to call a readable rule for each pair of lists would cost
more than the matching itself. Here a code is compared once with all the lists, in integers, and a person's
row is the greatest of the rows of her codes. The floors are those of ``scoring``, which stays the reference;
the greatest of floored numbers is the floor of the greatest.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.encode_distinct import PART_NOT_ASKED, PART_UNKNOWN, Distinct, Ints
from matching.offer import Offer
from matching.participant import Participant, Project
from matching.scoring import FULL, credit, relative, worked_in
from matching.terms import Answer
from matching.world import World

Long = NDArray[np.int64]
# Rows of codes kept, in bytes: past them all are dropped and made anew as they are asked for.
MOST_BYTES = 64_000_000


class _Lists:
    """Lists of trades end to end: the number of each code and its weight, list by list."""

    def __init__(self, offers: Distinct[Offer]) -> None:
        self._offers = offers
        self._codes: Distinct[str] = Distinct()
        self._code_of: list[int] = []
        self._weights: list[int] = []
        self._sizes: list[int] = []
        self._arrays: tuple[Long, Long, Long] | None = None
        self._rows: dict[tuple[Callable[[str, str], int], str], Long] = {}

    def __len__(self) -> int:
        return len(self._offers)

    def _grown(self) -> tuple[Long, Long, Long]:
        """(codes, weights, sizes of the lists), with the lists that have come since the last time."""
        new = self._offers.values[len(self._sizes) :]
        if self._arrays is None or new:
            for offer in new:
                for code, weight in relative(offer.rome):
                    self._code_of.append(self._codes.put(code, code))
                    self._weights.append(weight)
                self._sizes.append(len(offer.rome))
            self._rows.clear()
            told = self._code_of, self._weights, self._sizes
            codes, weights, sizes = (np.array(one, dtype=np.int64) for one in told)
            self._arrays = codes, weights, sizes
        return self._arrays

    def row(self, worth: Callable[[str, str], int], code: str) -> Long:
        """One code against every list: the greatest weight × worth, 0 for an empty list."""
        codes, weights, sizes = self._grown()
        found = self._rows.get((worth, code))
        if found is None:
            if len(self._rows) * 8 * len(self) > MOST_BYTES:
                self._rows.clear()
            found = np.zeros(len(self), dtype=np.int64)
            some = np.flatnonzero(sizes)
            if len(some):
                of_code = np.array([worth(code, one) for one in self._codes.values], dtype=np.int64)
                starts = (np.cumsum(sizes) - sizes)[some]
                found[some] = np.maximum.reduceat(weights * of_code[codes], starts)
            self._rows[worth, code] = found
        return found

    def told(self, row: Long | int, *, empty: int) -> Ints:
        """The row as the kernel reads it, ``empty`` where the post names no trade."""
        return np.where(self._grown()[2] == 0, empty, row).astype(np.int32)


class Trades:
    """Rows of the parts that compare trades: a number for each distinct list of the posts."""

    def __init__(self, offers: Distinct[Offer], world: World) -> None:
        self._lists, self._affinity = _Lists(offers), world.affinity
        same_domain = world.parameters.scoring.same_domain
        self._credit = lambda known, asked: credit(known, asked, same_domain)
        self._leads_to = lambda target, asked: self._affinity.near(asked, target)
        self._near = self._affinity.near

    def trade(self, project: Project) -> Ints:
        """``scoring.trade_part``."""
        return self._closeness(relative(project.wanted))

    def occupation(self, participant: Participant, project: Project) -> Ints:
        """``scoring.occupation_part``."""
        worked = ((rome, FULL) for rome in worked_in(participant))
        return self._closeness((*relative(project.wanted), *worked))

    def _closeness(self, known: Sequence[tuple[str, int]]) -> Ints:
        rows = [weight * self._lists.row(self._credit, code) for code, weight in known]
        row = _greatest(rows) // (FULL * FULL) if rows else PART_UNKNOWN
        return self._lists.told(row, empty=PART_UNKNOWN)

    def transferable(self, participant: Participant) -> Ints:
        """``scoring.transferable_part``."""
        if not self._affinity:
            return self._lists.told(PART_NOT_ASKED, empty=PART_NOT_ASKED)
        row: Long | int = 0
        if participant.experience is None:
            row = PART_UNKNOWN
        elif worked := worked_in(participant):
            row = _greatest([self._lists.row(self._near, code) for code in worked]) // FULL
        return self._lists.told(row, empty=PART_NOT_ASKED)

    def target(self, project: Project) -> Ints:
        """``scoring.target_part``."""
        target = project.target_rome
        if target is None:
            return self._lists.told(PART_NOT_ASKED, empty=PART_NOT_ASKED)
        rows = [self._lists.row(worth, target) for worth in (self._leads_to, self._credit)]
        return self._lists.told(_greatest(rows) // FULL, empty=PART_UNKNOWN)


class Months:
    """Rows of ``scoring.experience_part``: a number for each distinct (trades, months) that posts ask for."""

    def __init__(self, offers: Distinct[Offer]) -> None:
        self._offers = offers
        self._ranks: dict[str, list[int]] = {}
        self._naming: dict[str, Long] = {}
        self._asked = np.zeros(0, dtype=np.int64)

    def _grow(self) -> None:
        """Posts that have come since the last time: what they ask, and the codes named where something is."""
        new = self._offers.values[len(self._asked) :]
        if not new:
            return
        asked = [_months_asked(offer) for offer in new]
        for rank, offer in enumerate(new):
            for code in {one.rome for one in offer.rome} if asked[rank] > 0 else ():
                self._ranks.setdefault(code, []).append(len(self._asked) + rank)
        self._naming = {code: np.array(ranks, dtype=np.int64) for code, ranks in self._ranks.items()}
        self._asked = np.concatenate((self._asked, np.array(asked, dtype=np.int64)))

    def row(self, participant: Participant) -> Ints:
        self._grow()
        asked = self._asked
        if participant.experience is None:
            return np.where(asked == PART_NOT_ASKED, asked, PART_UNKNOWN).astype(np.int32)
        row, done = np.minimum(asked, 0).astype(np.int32), np.zeros(len(asked), dtype=np.int64)
        known = [one for one in participant.experience if one.rome in self._naming]
        for one in known:
            done[self._naming[one.rome]] += one.months
        for one in known:
            named = self._naming[one.rome]
            row[named] = np.minimum(FULL, FULL * done[named] // asked[named])
        return row


def _months_asked(offer: Offer) -> int:
    if offer.beginners is Answer.YES or offer.experience_months == 0:
        return PART_NOT_ASKED
    return PART_UNKNOWN if offer.experience_months is None else offer.experience_months


def _greatest(rows: Sequence[Long]) -> Long:
    greatest: Long = np.maximum.reduce(rows)
    return greatest
