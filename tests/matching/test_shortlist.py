"""Pages of long lists against the readable lists, whole: the same first ones, counts and questions."""

from collections import Counter
from random import Random

import pytest

from matching.match import Match
from matching.questions import questions_of
from matching.ranking import by_ease, listed, match_one, suggest
from matching.shortlist import Shortlist, offers_for, people_for, place_among
from matching.terms import RomeWeight
from tests.matching.personas import ON, offer, participant, project
from tests.matching.random_worlds import TODAY, random_offer, random_participant, random_world

KEPT, NEAR = 3, 2


def same_as_readable(found: Shortlist, every: list[Match], kept: list[Match]) -> None:
    """`kept`: the whole list of the readable path."""
    fits = [match for match in kept if match.rank > 0]
    assert found.kept == tuple(fits[:KEPT])
    # Two broken at most, of 200 together; a geometric mean of 10 of 100 is 1,000 ten-thousandths, squared.
    close = [match for match in every if match.broken and len(match.broken) <= 2 and match.ease <= 200]
    worth = sorted((match for match in close if match.rank >= 1_000_000), key=by_ease)
    assert (found.near, found.far) == (tuple(worth[:NEAR]), len(close) - len(worth))
    assert (found.examined, found.fitting, found.unrelated) == (len(every), len(fits), len(kept) - len(fits))
    assert found.to_confirm == sum(bool(match.unknown) for match in fits)
    assert found.questions == questions_of(fits)
    broken = Counter(tuple(one.constraint for one in match.broken) for match in every if match.broken)
    assert dict(found.stopped) == broken


@pytest.mark.parametrize("seed", range(20))
def test_a_page_of_offers_is_the_head_of_the_whole_list(seed: int) -> None:
    random = Random(seed)
    around, person = random_world(random), random_participant(random, 0)
    offers = [random_offer(random, rank) for rank in range(60)]
    found = offers_for(person, offers, around, on=TODAY, kept=KEPT, near=NEAR)
    every = [match for one in offers if (match := match_one(person, one, around, on=TODAY)) is not None]
    whole = listed(every, around, len(offers))
    same_as_readable(found, every, list(whole.kept))
    assert found.nearest[: len(whole.near)] == tuple(match.offer for match in whole.near)


@pytest.mark.parametrize("seed", range(20))
def test_a_page_of_candidates_is_the_head_of_the_whole_list(seed: int) -> None:
    random = Random(seed)
    around, post = random_world(random), random_offer(random, 0)
    people = [random_participant(random, rank) for rank in range(60)]
    found = people_for(post, people, around, on=TODAY, kept=KEPT, near=NEAR)
    every = [match for one in people if (match := match_one(one, post, around, on=TODAY)) is not None]
    whole = listed(every, around, len(people))
    same_as_readable(found, every, list(whole.kept))
    fits = [match.participant for match in whole.kept if match.rank > 0]
    for rank, one in enumerate(people):
        place = fits.index(one.id) + 1 if one.id in fits else 0
        if rank % 10 == 0:
            assert place_among(one.id, post, people, around, on=TODAY) == (place, len(fits))


def test_quite_another_trade_is_counted_and_not_listed() -> None:
    cook = offer(id="o2", rome=(RomeWeight(rome="G1602", weight=10_000),))
    only_trade = participant(projects=(project(),), skills=None, experience=None)
    around = random_world(Random(1))
    found = offers_for(only_trade, [offer(id="o1"), cook], around, on=ON, kept=5, near=5)
    ranks = {
        match.offer: match.rank for match in suggest(only_trade, [offer(id="o1"), cook], around, on=ON).kept
    }
    assert [match.offer for match in found.kept] == [one for one in ranks if ranks[one] > 0]
    assert found.unrelated == sum(rank == 0 for rank in ranks.values())


def test_nobody_and_nothing_make_empty_pages() -> None:
    around = random_world(Random(1))
    for found in (
        offers_for(participant(), [], around, on=ON, kept=5, near=5),
        offers_for(participant(projects=()), [offer()], around, on=ON, kept=5, near=5),
        people_for(offer(), [], around, on=ON, kept=5, near=5),
    ):
        assert (found.kept, found.near, found.examined, found.fitting) == ((), (), 0, 0)
    assert place_among("p1", offer(), [], around, on=ON) == (0, 0)
