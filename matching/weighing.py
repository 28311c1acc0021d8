"""What other weights would move, before they are kept: first places that change, who enters, who leaves."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from matching.offer import Offer
from matching.orders import Orders, all_orders
from matching.parameters import FitWeights, Parameters, WishWeights
from matching.participant import Participant
from matching.world import World

TOP = 5


class ListMoved(Struct, frozen=True, kw_only=True):
    """One list whose first places change: ids that enter them and that leave them; none: another order."""

    about: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


class Moves(Struct, frozen=True, kw_only=True):
    """What moves in the lists of one side.

    lists: how many lists hold somebody; moved: those whose first places change, most changed first.
    tenths: by how many tenths of a place those who stood in the first places move, on average, in the
    whole list; half-up, None when nobody stood there.
    """

    lists: int
    moved: tuple[ListMoved, ...]
    tenths: int | None


class WeightsMoved(Struct, frozen=True, kw_only=True):
    """``offers``: the people listed for each offer; ``people``: the offers listed for each person."""

    offers: Moves
    people: Moves


def weighed(parameters: Parameters, fit: FitWeights, wish: WishWeights, version: str) -> Parameters:
    """The same figures with other weights, under their own version."""
    return replace(parameters, fit=fit, wish=wish, version=version)


def weights_moved(
    participants: Iterable[Participant],
    offers: Iterable[Offer],
    before: World,
    after: World,
    *,
    on: date,
    top: int = TOP,
) -> WeightsMoved:
    """What changes from one World to the other, which differ by their weights only."""
    people, posts = tuple(participants), tuple(offers)
    one, two = all_orders(people, posts, before, on=on), all_orders(people, posts, after, on=on)
    return WeightsMoved(
        offers=_moves(one.offers, one.people, _lists(one, two, Orders.people_of, one.offers), top),
        people=_moves(one.people, one.offers, _lists(one, two, Orders.offers_of, one.people), top),
    )


Pair = tuple[tuple[int, ...], tuple[int, ...]]


def _lists(
    one: Orders, two: Orders, read: Callable[[Orders, int], tuple[int, ...]], about: tuple[str, ...]
) -> list[Pair]:
    return [(read(one, at), read(two, at)) for at in range(len(about))]


def _moves(about: tuple[str, ...], listed: tuple[str, ...], lists: list[Pair], top: int) -> Moves:
    moved, steps, stood = [], 0, 0
    for key, (old, new) in zip(about, lists, strict=True):
        first, then = old[:top], new[:top]
        if first != then:
            enters = tuple(listed[at] for at in then if at not in first)
            leaves = tuple(listed[at] for at in first if at not in then)
            moved.append(ListMoved(about=key, enters=enters, leaves=leaves))
        places = {at: place for place, at in enumerate(new)}
        # What no longer fits at all (its score falls to 0) is counted as going past the last.
        steps += sum(abs(places.get(at, len(new)) - place) for place, at in enumerate(first))
        stood += len(first)
    return Moves(
        lists=sum(bool(old or new) for old, new in lists),
        moved=tuple(sorted(moved, key=lambda one: (-len(one.enters) - len(one.leaves), one.about))),
        tenths=(20 * steps + stood) // (2 * stood) if stood else None,
    )
