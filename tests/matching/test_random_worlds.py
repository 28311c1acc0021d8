"""On random worlds: nothing fails, everything adds up, nothing leaks, an answer settles its question."""

from random import Random

import msgspec
import pytest
from msgspec.structs import replace

from matching import (
    Match,
    Register,
    explain,
    levers_for_offer,
    levers_for_participant,
    match_one,
    net_strips,
    offers_gained,
    people_gained,
    rank_questions,
    week_strips,
)
from matching.match import PartState
from matching.verdict import ConstraintName, QuestionCode, Unknown
from matching.week import RotatingWeeks
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world
from tests.matching.test_explanation import CAUSES, everything

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_match_adds_up_is_told_to_each_reader_and_leaks_nothing(seed: int) -> None:
    random = Random(seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(12)]
    posts = [random_offer(random, rank) for rank in range(12)]
    for person in people:
        for post in posts:
            found = match_one(person, post, around, on=TODAY)
            assert found is not None
            assert found.rank == found.fit.total * found.wish.total
            for score in (found.fit, found.wish):
                if any(part.state is PartState.KNOWN for part in score.parts):
                    assert sum(part.points for part in score.parts) == score.total
            told = {one: everything(explain(found, person, post, around, one)) for one in Register}
            assert not [cause for cause in CAUSES if cause in told[Register.LIAISON]]
            assert "référent" not in told[Register.EMPLOYER]
            assert msgspec.json.decode(msgspec.json.encode(found), type=Match) == found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_strip_lies_inside_its_days(seed: int) -> None:
    random = Random(seed)
    around, person, post = random_world(random), random_participant(random, 0), random_offer(random, 0)
    match = match_one(person, post, around, on=TODAY)
    assert match is not None
    pair = match, person, post, around
    for strip in (*week_strips(*pair, on=TODAY), *net_strips(*pair, on=TODAY)):
        assert all(0 <= one.start < one.end <= 1440 and 0 <= one.day <= 6 for one in strip.stretches)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_phase_is_asked_only_where_it_decides(seed: int) -> None:
    random = Random(1000 + seed)
    around = random_world(random)
    for rank in range(60):
        person, post = random_participant(random, rank), random_offer(random, rank)
        schedule = post.schedule
        if not isinstance(schedule, RotatingWeeks) or len(schedule.weeks) % 2:
            continue
        verdicts = []
        for phase in (None, True, False):
            told = replace(post, schedule=replace(schedule, first_on_odd=phase))
            found = match_one(person, told, around, on=TODAY)
            assert found is not None
            verdicts.append(found.verdict(ConstraintName.CARE))
        asked, odd, even = verdicts
        if isinstance(asked, Unknown) and asked.question.code is QuestionCode.ROTATION_PHASE:
            assert type(odd) is not type(even)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_a_lever_opens_was_closed_and_is_told(seed: int) -> None:
    random = Random(2000 + seed)
    around = random_world(random)
    people = [random_participant(random, rank) for rank in range(8)]
    posts = [random_offer(random, rank) for rank in range(8)]
    closed = {
        (person.id, post.id)
        for person in people
        for post in posts
        if (found := match_one(person, post, around, on=TODAY)) is not None and found.broken
    }
    for gain in levers_for_participant(people[0], posts, around, on=TODAY):
        assert {(people[0].id, one) for one in gain.opens} <= closed
        assert "de plus" in offers_gained(gain, Register.FULL)
    for gain in levers_for_offer(posts[0], people, around, on=TODAY):
        assert {(one, posts[0].id) for one in gain.opens} <= closed
        assert "de plus" in people_gained(gain, posts[0])
    for value in rank_questions(people, posts, around, on=TODAY):
        assert value.decides <= value.concerns
