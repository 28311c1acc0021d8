"""What would open what: one change at a time in fixed steps, then minimal pairs, on either side.

A change *opens* a pair that something broke when all that was broken holds and nothing else breaks: a
question already open may remain, but an obstacle is not traded for a doubt. A pair at a rank of 0, quite
another trade, stays out of the lists: it is no gain. Gains of different changes overlap: they are lists of
ids, never to be added. A larger step is told only where it opens more than the smaller one; a pair of changes
only for what neither opens alone. The kernel judges them: a changed person is one more person, a changed
offer one more post.
"""

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from matching.lever_steps import Ladder, offer_steps, person_steps
from matching.offer import Offer
from matching.participant import Participant
from matching.terms import Mode
from matching.verdict import ConstraintName, Lever, LeverCode, LeverSide
from matching.world import World

if TYPE_CHECKING:  # numpy is slow to import
    from matching.lever_board import Board, Change, Found, Mask

_L = LeverCode
# A pair of changes is sought only for what lacks little: at most this many constraints broken.
PAIR_BROKEN = 3


class LeverGain(Struct, frozen=True, kw_only=True):
    """One change, or a minimal pair, and what it opens.

    opens: ids of the offers (or participants) opened, in order; in_trade: how many of them are in the
    person's wanted trade; settled: how many then have no question left.
    """

    levers: tuple[Lever, ...]
    opens: tuple[str, ...]
    in_trade: int
    settled: int

    @property
    def tells_a_limit(self) -> bool:
        """Whether who is opened tells of health or of French: the liaison reads how many, never who."""
        return any(lever.code in (_L.POST_ADAPTED, _L.LANGUAGE) for lever in self.levers)


def levers_for_participant(
    participant: Participant, offers: Iterable[Offer], world: World, *, on: date, pairs: bool = True
) -> tuple[LeverGain, ...]:
    """What would open offers to this person, the most opening first. The order of ``offers`` is nothing."""
    import numpy as np

    from matching.lever_board import Board, PersonSide

    posts = tuple(offers)
    if not (posts and participant.projects):
        return ()
    side = PersonSide(participant, posts, world, on)
    board = Board(side, world)
    closed = [side.offers[case] for case in np.flatnonzero(board.closed)]
    return _search(board, person_steps(participant, closed, world, on), pairs)


def levers_for_offer(
    offer: Offer, participants: Iterable[Participant], world: World, *, on: date, pairs: bool = True
) -> tuple[LeverGain, ...]:
    """What would open this offer to people, the most opening first. Their order as given is irrelevant."""
    from matching.lever_board import Board, OfferSide

    people = [one for one in participants if one.projects]
    if not people:
        return ()
    side = OfferSide(offer, people, world, on)
    board = Board(side, world)
    far = [side.people[case] for case in board.lacking(ConstraintName.TRAVEL)]
    steps = offer_steps(offer, far, world)
    side.set_shuttles(ladder[0] for ladder in steps if ladder[0].code is _L.SHUTTLE)
    return _search(board, steps, pairs)


# ------------------------------------------------------------------ the search
def _search(board: "Board", steps: list[Ladder], pairs: bool) -> tuple[LeverGain, ...]:
    found = board.opened([(lever,) for ladder in steps for lever in ladder], board.closed)
    left = board.closed & (board.fewest_broken <= PAIR_BROKEN)
    gains = []
    for ladder in steps:
        before = frozenset[int]()
        for lever in ladder:
            if (lever,) in found:
                one = found[lever,]
                if not before.issuperset(one.at.tolist()):
                    gains.append(_gain(board, (lever,), one))
                before = before.union(one.at.tolist())
                left[one.at] = False
    if pairs:
        gains += _pair_gains(board, left, steps)
    return tuple(sorted(gains, key=_by_gain))


def _pair_gains(board: "Board", left: "Mask", steps: list[Ladder]) -> list[LeverGain]:
    """Two changes together, each at its smallest step that still opens as much; neither opens these alone."""
    import numpy as np

    together: dict[Change, tuple[Ladder, Ladder]] = {
        (one[-1], two[-1]): (one, two)
        for one, two in combinations(_pairable(steps), 2)
        if _go_together(one[0].code, two[0].code)
    }
    most = board.opened(list(together), left)
    sizes = {change: _sizes(*together[change]) for change in most}
    wanted = np.zeros_like(left)
    for change, found in most.items():
        if len(sizes[change]) > 1:
            wanted[found.at] = True
    smaller = [one for change in most for one in sizes[change][:-1]]
    found_smaller = board.opened(smaller, wanted)
    gains = []
    for change, whole in most.items():
        mine = np.zeros_like(left)
        mine[whole.at] = True
        least = next(
            (
                (one, part)
                for one in sizes[change][:-1]
                if one in found_smaller and (part := found_smaller[one].among(mine)).at.size == whole.at.size
            ),
            (change, whole),
        )
        gains.append(_gain(board, *least))
    return gains


def _sizes(one: Ladder, two: Ladder) -> list["Change"]:
    """Every step of one with every step of the other, the smaller first: the last is both at their most."""
    both = ((a, b) for a in one for b in two)
    return sorted(both, key=lambda change: sum(lever.minutes or 0 for lever in change))


# One mode carries the whole way: two more are no better than the best of them.
_ONE_IS_ENOUGH = frozenset({_L.MODE, _L.SHUTTLE})
# A shift moved whole beside one of its ends moved is the other end moved: not told twice.
_MOVES = frozenset({_L.START_LATER, _L.END_EARLIER, _L.SHIFT_LATER, _L.SHIFT_EARLIER})


def _go_together(one: LeverCode, two: LeverCode) -> bool:
    codes = {one, two}
    # A day of care is told alone: up to seven more changes, paired with all others, double the search.
    if _L.CARE_DAY in codes or (len(codes) == 1 and codes <= _ONE_IS_ENOUGH):
        return False
    return not codes <= _MOVES or codes == {_L.START_LATER, _L.END_EARLIER}


def _pairable(steps: list[Ladder]) -> list[Ladder]:
    """With a B licence among the changes, a car becomes one too: neither is of use without the other."""
    licence = [ladder for ladder in steps if ladder[0].code is _L.LICENCE and ladder[0].item == "B"]
    person = [ladder for ladder in licence if ladder[0].side is LeverSide.PERSON]
    car = (Lever(code=_L.MODE, side=LeverSide.PERSON, mode=Mode.CAR),)
    return [*steps, car] if person and car not in steps else steps


def _gain(board: "Board", levers: tuple[Lever, ...], found: "Found") -> LeverGain:
    return LeverGain(
        levers=levers,
        opens=tuple(board.ids[case] for case in found.at),
        in_trade=board.in_trade(found),
        settled=int(found.settled.sum()),
    )


def _by_gain(gain: LeverGain) -> tuple[int, int, int, int, tuple[str, ...]]:
    """The most opening first, then one change before two, then the smaller."""
    size = sum(lever.minutes or 0 for lever in gain.levers)
    names = tuple(f"{lever.code} {lever.mode or ''} {lever.item or ''} {lever.days}" for lever in gain.levers)
    return -len(gain.opens), len(gain.levers), -gain.in_trade, size, names
