"""Other weights, seen before they are kept: what enters the first places, what leaves, how far they move."""

from msgspec.structs import replace

from matching.parameters import FitWeights, WishWeights, default_parameters
from matching.terms import RomeWeight
from matching.weighing import ListMoved, Moves, weighed, weights_moved
from matching.world import World, world
from tests.matching.personas import CENTRE, NORTH, ON, offer, participant

FIT = FitWeights(occupation=0, required_skills=0, wished_skills=0, transferable=0, experience=0, language=0)
WISH = WishWeights(trade=0, hours=0, travel=0, wage=0, target=0)


def weighing(fit: FitWeights, wish: WishWeights) -> World:
    return world(parameters=weighed(default_parameters(), fit, wish, "essai"))


# Her trade in the next commune, or another of its domain (worth 2500) at her door.
HER_TRADE = offer(id="o1", place=NORTH)
AT_THE_DOOR = offer(id="o2", place=CENTRE, rome=(RomeWeight(rome="K2201", weight=10_000),))
BY_TRADE = weighing(replace(FIT, occupation=1), replace(WISH, trade=1))
# No skill is asked: the fit of both is not known, 5000; the wish is travel alone.
BY_TRAVEL = weighing(replace(FIT, required_skills=1), replace(WISH, travel=1))


def test_weights_on_travel_bring_the_nearer_post_first() -> None:
    found = weights_moved((participant(),), (HER_TRADE, AT_THE_DOOR), BY_TRADE, BY_TRAVEL, on=ON, top=1)
    # o1 stood first and is now second: one place.
    moved = ListMoved(about="p1", enters=("o2",), leaves=("o1",))
    assert found.people == Moves(lists=1, moved=(moved,), tenths=10)
    # Each post still lists the one person.
    assert found.offers == Moves(lists=2, moved=(), tenths=0)


def test_an_exchange_inside_the_first_places_is_a_change_without_entry() -> None:
    found = weights_moved((participant(),), (HER_TRADE, AT_THE_DOOR), BY_TRADE, BY_TRAVEL, on=ON)
    assert found.people == Moves(lists=1, moved=(ListMoved(about="p1", enters=(), leaves=()),), tenths=10)


def test_the_same_weights_move_nothing_and_nobody_is_told_of_an_empty_territory() -> None:
    same = weights_moved((participant(),), (HER_TRADE, AT_THE_DOOR), BY_TRADE, BY_TRADE, on=ON)
    assert (same.people.moved, same.people.tenths) == ((), 0)
    nobody = weights_moved((), (HER_TRADE,), BY_TRADE, BY_TRAVEL, on=ON)
    assert nobody.offers == Moves(lists=0, moved=(), tenths=None)


def test_what_a_weight_of_zero_leaves_without_a_score_goes_past_the_last() -> None:
    other = offer(id="o3", rome=(RomeWeight(rome="N1103", weight=10_000),))
    by_travel = weighing(replace(FIT, required_skills=1), replace(WISH, travel=1))
    found = weights_moved((participant(),), (other,), by_travel, BY_TRADE, on=ON)
    # Quite another trade: first of one by travel, in no list by trade.
    assert found.people == Moves(lists=1, moved=(ListMoved(about="p1", enters=(), leaves=("o3",)),), tenths=0)


def test_weights_change_the_version_and_nothing_else() -> None:
    figures = default_parameters()
    found = weighed(figures, FIT, WISH, "2026-11.3/p2")
    assert (found.fit, found.wish, found.version) == (FIT, WISH, "2026-11.3/p2")
    assert replace(found, fit=figures.fit, wish=figures.wish, version=figures.version) == figures
