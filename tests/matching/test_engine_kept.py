"""An offer's answers kept: the same as judged anew, and only who has changed is judged."""

from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from matching import engine_kept
from matching.encode_block import Judged
from matching.encoding import Book, Posts
from matching.engine import judge_people
from matching.engine_kept import judged_for
from matching.offer import Offer
from matching.participant import Participant
from matching.shortlist import people_for, place_among
from matching.terms import Answer
from matching.world import world
from tests.matching.personas import offer
from tests.matching.random_worlds import TODAY, random_offer, random_participant

AROUND = world()
HERE = offer(id="here")


@pytest.fixture(autouse=True)
def as_a_new_process() -> None:
    engine_kept.forget()


def crowd(seed: int) -> list[Participant]:
    random = Random(seed)
    return [random_participant(random, rank) for rank in range(40)]


def same(people: list[Participant], post: Offer = HERE) -> None:
    """What is kept, then judged anew: equal to the unit."""
    kept = judged_for(post, people, AROUND, TODAY)
    engine_kept.forget()
    anew = judged_for(post, people, AROUND, TODAY)
    assert kept.people == anew.people
    for name in Judged._fields:
        assert np.array_equal(getattr(kept.found, name), getattr(anew.found, name)), name


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Who is judged, each time somebody is."""
    told: list[list[str]] = []

    def listen(book: Book, people: tuple[Participant, ...], posts: Posts) -> Judged:
        told.append([one.id for one in people])
        return judge_people(book, people, posts)

    monkeypatch.setattr(engine_kept, "judge_people", listen)
    return told


def test_a_page_asked_again_judges_nobody(judged: list[list[str]]) -> None:
    people = crowd(1)
    first = people_for(HERE, people, AROUND, on=TODAY, kept=20, near=20)
    assert people_for(HERE, reversed(people), AROUND, on=TODAY, kept=20, near=20) == first
    for match in first.kept[:1]:
        place_among(match.participant, HERE, people, AROUND, on=TODAY)
    assert [len(one) for one in judged] == [40]


def test_only_who_has_changed_is_judged_and_who_has_left_is_gone(judged: list[list[str]]) -> None:
    people = crowd(2)
    judged_for(HERE, people, AROUND, TODAY)
    changed = replace(people[7], skills=("nettoyer",), drop_off_minutes=31)
    random = Random(99)
    after = [*people[:3], *people[4:7], changed, *people[8:], random_participant(random, 41)]
    judged_for(HERE, after, AROUND, TODAY)
    assert judged[1:] == [[people[7].id, after[-1].id]]
    same(after)


def test_read_again_from_the_database_unchanged_they_are_not_judged(judged: list[list[str]]) -> None:
    judged_for(HERE, crowd(3), AROUND, TODAY)
    judged_for(HERE, crowd(3), AROUND, TODAY)
    assert len(judged) == 1


def test_the_first_person_of_an_empty_territory_is_judged(judged: list[list[str]]) -> None:
    assert judged_for(HERE, (), AROUND, TODAY).people == ()
    one = crowd(5)[:1]
    assert len(judged_for(HERE, one, AROUND, TODAY).found.row) == 1
    assert judged[-1] == [one[0].id]


def test_another_day_another_world_or_a_changed_offer_is_judged_anew(judged: list[list[str]]) -> None:
    people = crowd(4)
    judged_for(HERE, people, AROUND, TODAY)
    judged_for(replace(HERE, vehicle_required=True), people, AROUND, TODAY)
    judged_for(HERE, people, world(), TODAY)
    judged_for(HERE, people, AROUND, TODAY.replace(day=3))
    assert [len(one) for one in judged] == [40, 40, 40, 40]


@pytest.mark.parametrize("seed", range(5))
def test_kept_and_changed_answers_are_those_of_judging_everybody(seed: int) -> None:
    random = Random(seed)
    post = replace(random_offer(random, 0), id="here")
    people = crowd(10 + seed)
    judged_for(post, people, AROUND, TODAY)
    for rank in random.sample(range(40), 6):
        modes = replace(people[rank].modes, car=random.choice(list(Answer)))
        people[rank] = replace(people[rank], modes=modes)
    same(people, post)
