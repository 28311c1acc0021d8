"""Rows of trades against the readable rules, list by list: nothing may differ by one unit."""

from collections.abc import Iterator
from random import Random

import pytest

from matching import encode_trades
from matching.encode_distinct import Distinct, part_code
from matching.encode_trades import Months, Trades
from matching.offer import Offer
from matching.participant import Experience, Participant, Project
from matching.scoring import (
    experience_part,
    occupation_part,
    target_part,
    trade_part,
    transferable_part,
)
from matching.terms import Answer, RomeWeight
from matching.world import Affinity, AffinityTable, World, world
from tests.matching.personas import offer, participant, project

# Two domains of two codes, one alone, and one that no table of affinities holds.
CODES = ("K2204", "K2205", "N1103", "N1105", "A1203", "Z9999")
# Weights where floors show: 1 ÷ 3, 2 ÷ 3, equal ones.
WEIGHTS = (1, 2, 3, 3333, 6667, 9999, 10_000)


def n_best(random: Random) -> tuple[RomeWeight, ...]:
    """A list of 0 to 3 codes, at times the same twice."""
    return tuple(
        RomeWeight(rome=random.choice(CODES), weight=random.choice(WEIGHTS))
        for _ in range(random.randrange(4))
    )


def lists_of(offers: list[Offer]) -> Distinct[Offer]:
    distinct: Distinct[Offer] = Distinct()
    for one in offers:
        distinct.put(one.id, one)
    return distinct


def a_post(random: Random, rank: int) -> Offer:
    return offer(
        id=f"o{rank}",
        rome=n_best(random),
        experience_months=random.choice((None, 0, 7, 12)),
        beginners=random.choice(tuple(Answer)),
    )


def a_person(random: Random) -> tuple[Participant, Project]:
    wanted = project(wanted=n_best(random), target_rome=random.choice((None, *CODES)))
    worked = tuple(
        Experience(rome=random.choice(CODES), months=random.choice((0, 1, 5, 30)))
        for _ in range(random.randrange(4))
    )
    return participant(experience=random.choice((None, worked, worked)), projects=(wanted,)), wanted


def readable(person: Participant, wish: Project, post: Offer, around: World) -> tuple[int, ...]:
    figures = around.parameters.scoring
    parts = (
        trade_part(wish, post, figures),
        occupation_part(person, wish, post, figures),
        transferable_part(person, post, around.affinity),
        target_part(wish, post, around),
        experience_part(person, post),
    )
    return tuple(part_code(part) for part in parts)


def worlds(random: Random) -> Iterator[World]:
    pairs = {(one, two): random.randrange(10_001) for one in CODES for two in CODES[:4] if one < two}
    yield world(affinity=Affinity(pairs))
    yield world(
        affinity=AffinityTable(CODES[:4], [[random.randrange(10_001) for _ in range(4)] for _ in range(4)])
    )
    yield world()


@pytest.mark.parametrize("seed", range(8))
def test_every_list_is_worth_what_the_readable_rule_says(seed: int) -> None:
    random = Random(seed)
    offers = [a_post(random, rank) for rank in range(60)]
    for around in worlds(random):
        trades, months = Trades(lists_of(offers), around), Months(lists_of(offers))
        for _ in range(40):
            person, wish = a_person(random)
            rows = (
                trades.trade(wish),
                trades.occupation(person, wish),
                trades.transferable(person),
                trades.target(wish),
                months.row(person),
            )
            told = list(zip(*(row.tolist() for row in rows), strict=True))
            assert told == [readable(person, wish, post, around) for post in offers]


def test_a_third_of_a_list_is_floored_before_it_is_multiplied() -> None:
    # Wanted: 1 of 3 → 3333 ten-thousandths; asked: 2 of 3 → 6666; 3333 × 6666 ÷ 10000 = 2221.78 → 2221.
    wanted = project(wanted=(RomeWeight(rome="A1203", weight=1), RomeWeight(rome="N1103", weight=3)))
    asked = offer(rome=(RomeWeight(rome="A1203", weight=2), RomeWeight(rome="K2204", weight=3)))
    assert Trades(lists_of([asked]), world()).trade(wanted).tolist() == [2221]


def test_posts_that_come_later_are_in_the_next_row() -> None:
    lists = lists_of([offer(id="a", rome=(RomeWeight(rome="K2204", weight=10_000),))])
    trades, wanted = Trades(lists, world()), project(wanted=(RomeWeight(rome="K2204", weight=5),))
    assert trades.trade(wanted).tolist() == [10_000]
    lists.put("b", offer(id="b", rome=(RomeWeight(rome="N1103", weight=10_000),)))
    lists.put("c", offer(id="c", rome=()))
    # Another trade is worth nothing; a post that names none is not known (-1).
    assert trades.trade(wanted).tolist() == [10_000, 0, -1]


def test_rows_forgotten_for_want_of_room_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(1)
    offers = [a_post(random, rank) for rank in range(20)]
    people = [a_person(random)[1] for _ in range(20)]
    roomy = Trades(lists_of(offers), world())
    expected = [roomy.trade(one).tolist() for one in people]
    monkeypatch.setattr(encode_trades, "MOST_BYTES", 1)
    cramped = Trades(lists_of(offers), world())
    assert [cramped.trade(one).tolist() for one in people] == expected
    assert len(cramped._lists._rows) == 1
