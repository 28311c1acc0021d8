"""Levers by the kernel against levers found pair by pair by the readable path: the same, to the unit."""

from random import Random

import pytest

from matching import jit
from matching.levers import levers_for_offer, levers_for_participant
from matching.world import world
from tests.matching.personas import ON, offer, participant
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world
from tests.matching.readable_levers import plain_levers_for_offer, plain_levers_for_participant

SIZE = 18


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_the_levers_of_a_person_are_those_found_pair_by_pair(seed: int) -> None:
    random = Random(3000 + seed)
    around = random_world(random)
    posts = [random_offer(random, rank) for rank in range(SIZE)]
    for rank in range(2):
        person = random_participant(random, rank)
        found = levers_for_participant(person, posts, around, on=TODAY)
        assert found == plain_levers_for_participant(person, posts, around)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_the_levers_of_an_offer_are_those_found_pair_by_pair(seed: int) -> None:
    random = Random(4000 + seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(SIZE)]
    for rank in range(2):
        post = random_offer(random, rank)
        assert levers_for_offer(post, people, around, on=TODAY) == plain_levers_for_offer(
            post, people, around
        )


def test_without_compilation_the_same_levers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_NUMBA", "0")
    assert not jit.available()
    random = Random(5000)
    around = random_world(random)
    posts = [random_offer(random, rank) for rank in range(8)]
    person = random_participant(random, 0)
    found = levers_for_participant(person, posts, around, on=TODAY)
    assert found == plain_levers_for_participant(person, posts, around)
    people = [random_participant(random, rank) for rank in range(8)]
    assert levers_for_offer(posts[0], people, around, on=TODAY) == plain_levers_for_offer(
        posts[0], people, around
    )


def test_nobody_nothing_and_no_project_have_no_lever() -> None:
    around = world()
    assert levers_for_participant(participant(), [], around, on=ON) == ()
    assert levers_for_participant(participant(projects=()), [offer()], around, on=ON) == ()
    assert levers_for_offer(offer(), [], around, on=ON) == ()
    assert levers_for_offer(offer(), [participant(projects=())], around, on=ON) == ()
