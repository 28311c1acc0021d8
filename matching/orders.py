"""Everybody of a territory against every post, in order, without telling anything: for counts and reports.

The order is that of ``ranking``: what nothing breaks, the trade in common, rank, known share, then ids.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from matching.offer import Offer
from matching.participant import Participant
from matching.world import World

if TYPE_CHECKING:  # numpy and the kernel are loaded by those who ask for orders
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]

# Pairs judged at once: what the kernel answers of them is dropped but for one number each.
PAIRS_AT_ONCE = 1_000_000
# A share is two known shares added, at most 20000: rank and share in one number keep their order.
_SHARES = 20_001


class Orders(Struct, frozen=True, eq=False):
    """people, offers: ids, sorted. keys[person, offer]: the greater the better; -1 where it does not fit."""

    people: tuple[str, ...]
    offers: tuple[str, ...]
    keys: "Table"

    def offers_of(self, person: int) -> tuple[int, ...]:
        """The offers that fit a person, best first, as places in ``offers``."""
        return _best_first(self.keys[person])

    def people_of(self, offer: int) -> tuple[int, ...]:
        """The people that an offer fits, best first, as places in ``people``."""
        return _best_first(self.keys[:, offer])


def all_orders(
    participants: Iterable[Participant], offers: Iterable[Offer], world: World, *, on: date
) -> Orders:
    """The orders of a whole territory. A score of 0, quite another trade, does not fit."""
    import numpy as np

    from matching.encoding import Book
    from matching.engine import judge_people

    people = sorted(participants, key=lambda one: one.id)
    given = tuple(offers)
    if not given:
        return Orders(tuple(one.id for one in people), (), np.empty((len(people), 0), dtype=np.int64))
    book = Book(world, on)
    posts = book.posts(given)
    by_id = np.argsort(posts.columns[-1], kind="stable")
    count = len(posts.offers)
    keys = np.full((len(people), count), -1, dtype=np.int64)
    step = max(1, PAIRS_AT_ONCE // count)
    for first in range(0, len(people), step):
        found = judge_people(book, people[first : first + step], posts)
        fits = (found.row >= 0) & (found.broken == 0) & (found.rank > 0)
        key = np.where(fits, found.rank * _SHARES + found.share, -1)
        keys[first : first + step] = key[:, by_id]
    return Orders(
        people=tuple(one.id for one in people),
        offers=tuple(posts.offers[int(at)].id for at in by_id),
        keys=keys,
    )


def _best_first(keys: "Table") -> tuple[int, ...]:
    import numpy as np

    order = np.argsort(-keys, kind="stable")
    return tuple(int(at) for at in order[: int((keys >= 0).sum())])
