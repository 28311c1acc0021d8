"""Lists by the kernel: the same values as the readable path gives, whole, levers and reasons included."""

from random import Random

import pytest
from msgspec.structs import replace

from matching.engine_rank import book_for, candidates, suggest
from matching.offer import Offer
from matching.participant import Participant
from matching.questions import questions, questions_of
from matching.ranking import WORTH_A_KERNEL, listed, match_one
from matching.ranking import suggest as suggest_by_size
from matching.world import World
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world


def a_world(seed: int) -> tuple[World, list[Participant], list[Offer]]:
    random = Random(seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(30)]
    return around, people, [random_offer(random, rank) for rank in range(30)]


@pytest.mark.parametrize("seed", range(300, 306))
@pytest.mark.parametrize("top", [3, 1000])
def test_a_person_reads_the_same_lists(seed: int, top: int) -> None:
    around, people, offers = a_world(seed)
    for person in people[:3]:
        readable = listed((match_one(person, one, around, on=TODAY) for one in offers), around, top)
        assert suggest(person, offers, around, TODAY, top) == readable


@pytest.mark.parametrize("seed", range(400, 406))
@pytest.mark.parametrize("top", [3, 1000])
def test_an_offer_reads_the_same_lists(seed: int, top: int) -> None:
    around, people, offers = a_world(seed)
    for post in offers[:3]:
        readable = listed((match_one(one, post, around, on=TODAY) for one in people), around, top)
        assert candidates(post, people, around, TODAY, top) == readable


def test_equal_posts_are_listed_in_the_order_of_their_ids() -> None:
    around, people, offers = a_world(500)
    alike = [replace(offers[0], id=f"o{rank:02d}") for rank in range(WORTH_A_KERNEL)]
    found = suggest_by_size(people[0], reversed(alike), around, on=TODAY, top=len(alike))
    told = [one.offer for one in (*found.kept, *found.near)]
    assert told == sorted(told)


def test_a_book_is_kept_for_its_world_and_its_day() -> None:
    around = a_world(0)[0]
    assert book_for(around, TODAY) is book_for(around, TODAY)
    assert book_for(around, TODAY) is not book_for(a_world(0)[0], TODAY)


@pytest.mark.parametrize("seed", range(700, 704))
def test_the_questions_are_those_of_the_readable_path(seed: int) -> None:
    around, everybody, offers = a_world(seed)
    people = everybody[:15]
    every = (match_one(one, post, around, on=TODAY, with_levers=False) for one in people for post in offers)
    readable = questions_of(match for match in every if match is not None)
    assert questions(people, offers, around, on=TODAY) == readable
