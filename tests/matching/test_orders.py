"""The orders of a territory are those of the lists, whoever asks."""

from random import Random

import pytest

from matching.orders import all_orders
from matching.ranking import by_rank, match_one
from tests.matching.personas import ON, offer, participant
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world


@pytest.mark.parametrize("seed", range(6))
def test_the_orders_are_those_of_the_readable_lists(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Blocks of two or three people, to cross their borders.
    monkeypatch.setattr("matching.orders.PAIRS_AT_ONCE", 40)
    random = Random(7000 + seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(14)]
    posts = [random_offer(random, rank) for rank in range(16)]
    found = all_orders(reversed(people), posts, around, on=TODAY)
    judged = [match_one(person, post, around, on=TODAY) for person in people for post in posts]
    fitting = sorted((one for one in judged if one and not one.broken and one.rank), key=by_rank)
    for at, person in enumerate(found.people):
        expected = [one.offer for one in fitting if one.participant == person]
        assert [found.offers[rank] for rank in found.offers_of(at)] == expected
    for at, post in enumerate(found.offers):
        expected = [one.participant for one in fitting if one.offer == post]
        assert [found.people[rank] for rank in found.people_of(at)] == expected


def test_a_territory_without_anybody_or_anything_has_empty_orders() -> None:
    around = random_world(Random(1))
    assert all_orders((), (offer(),), around, on=ON).people_of(0) == ()
    assert all_orders((participant(),), (), around, on=ON).offers_of(0) == ()
