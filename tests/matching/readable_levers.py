"""Levers found the slow and plain way: every change is tried on every closed pair by the readable path.

Written from semantics.md, to hold the search by arrays against: it shares with it the ladders of steps alone.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

from matching.changes import TOUCHES, change_offer, change_participant
from matching.lever_steps import Ladder, offer_steps, person_steps
from matching.levers import PAIR_BROKEN, LeverGain
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.ranking import match_one, matches
from matching.terms import Mode
from matching.verdict import Broken, ConstraintName, Lever, LeverCode, LeverSide, Satisfied
from matching.world import World
from tests.matching.random_worlds import TODAY

Change = tuple[Lever, ...]
_WAYS = {LeverCode.MODE, LeverCode.SHUTTLE}
_ENDS = {LeverCode.START_LATER, LeverCode.END_EARLIER}
_MOVES = {*_ENDS, LeverCode.SHIFT_LATER, LeverCode.SHIFT_EARLIER}


class Closed(NamedTuple):
    """One pair that something breaks for every project, and how to judge it again after a change."""

    id: str
    person: Participant
    offer: Offer
    found: tuple[Match, ...]
    again: Callable[[Change], Match | None]


def plain_levers_for_participant(
    person: Participant, offers: Iterable[Offer], around: World
) -> tuple[LeverGain, ...]:
    def again_with(offer: Offer) -> Callable[[Change], Match | None]:
        def again(change: Change) -> Match | None:
            changed = person
            for lever in change:
                changed = change_participant(changed, lever)
            return match_one(changed, offer, around, on=TODAY, with_levers=False)

        return again

    told = [_closed(one.id, person, one, around, again_with(one)) for one in offers]
    closed = sorted((one for one in told if one), key=lambda one: one.id)
    return _search(closed, person_steps(person, [one.offer for one in closed], around, TODAY))


def plain_levers_for_offer(
    offer: Offer, people: Iterable[Participant], around: World
) -> tuple[LeverGain, ...]:
    def again_with(person: Participant) -> Callable[[Change], Match | None]:
        def again(change: Change) -> Match | None:
            changed = offer
            for lever in change:
                changed = change_offer(changed, lever)
            return match_one(person, changed, around, on=TODAY, with_levers=False)

        return again

    told = [_closed(one.id, one, offer, around, again_with(one)) for one in people]
    closed = sorted((one for one in told if one), key=lambda one: one.id)
    far = [
        one.person
        for one in closed
        if any(isinstance(match.verdict(ConstraintName.TRAVEL), Broken) for match in one.found)
    ]
    return _search(closed, offer_steps(offer, far, around))


def _closed(
    about: str, person: Participant, offer: Offer, around: World, again: Callable[[Change], Match | None]
) -> Closed | None:
    found = matches(person, offer, around, on=TODAY, with_levers=False)
    return Closed(about, person, offer, found, again) if found and all(one.broken for one in found) else None


def _names(match: Match) -> set[ConstraintName]:
    return {one.constraint for one in match.broken}


def _opens(change: Change, one: Closed) -> Match | None:
    """The match that this change opens; None when it opens nothing, or when it is of no use here."""
    for lever in change:
        if lever.code is LeverCode.SHUTTLE:
            points = (one.person.home, one.person.care_point)
            if lever.item not in {point.insee for point in points if point}:
                return None
    touched = set().union(*(TOUCHES[lever.code] for lever in change))
    of_use = [
        _names(match) <= touched and all(_names(match) & TOUCHES[lever.code] for lever in change)
        for match in one.found
    ]
    match = one.again(change) if any(of_use) else None
    if match is None or match.broken or not match.rank:
        return None
    (before,) = (told for told in one.found if told.project == match.project)
    held = all(isinstance(match.verdict(name), Satisfied) for name in _names(before))
    return match if held else None


def _opened(closed: Iterable[Closed], change: Change) -> dict[str, Match]:
    return {one.id: match for one in closed if (match := _opens(change, one)) is not None}


def _search(closed: list[Closed], steps: list[Ladder]) -> tuple[LeverGain, ...]:
    gains, opened = [], set[str]()
    for ladder in steps:
        before = set[str]()
        for lever in ladder:
            found = _opened(closed, (lever,))
            if set(found) - before:
                gains.append(_gain((lever,), found))
            before |= set(found)
        opened |= before
    left = [
        one for one in closed if one.id not in opened and min(len(m.broken) for m in one.found) <= PAIR_BROKEN
    ]
    licence = Lever(code=LeverCode.LICENCE, side=LeverSide.PERSON, item="B")
    car = Lever(code=LeverCode.MODE, side=LeverSide.PERSON, mode=Mode.CAR)
    known = [*steps, (car,)] if (licence,) in steps and (car,) not in steps else steps
    for one, two in combinations(known, 2):
        codes = {one[0].code, two[0].code}
        alone = LeverCode.CARE_DAY in codes or (len(codes) == 1 and codes <= _WAYS)
        if alone or (codes <= _MOVES and codes != _ENDS):
            continue
        wanted = set(_opened(left, (one[-1], two[-1])))
        sizes = sorted(((a, b) for a in one for b in two), key=lambda s: sum(x.minutes or 0 for x in s))
        for change in sizes if wanted else ():
            found = _opened((case for case in left if case.id in wanted), change)
            if set(found) == wanted:
                gains.append(_gain(change, found))
                break
    return tuple(sorted(gains, key=_order))


def _gain(change: Change, found: dict[str, Match]) -> LeverGain:
    trade = [part.value for match in found.values() for part in match.wish.parts if part.name == "trade"]
    return LeverGain(
        levers=change,
        opens=tuple(found),
        in_trade=trade.count(10_000),
        settled=sum(not match.unknown for match in found.values()),
    )


def _order(gain: LeverGain) -> tuple[int, int, int, int, tuple[str, ...]]:
    size = sum(lever.minutes or 0 for lever in gain.levers)
    names = tuple(f"{lever.code} {lever.mode or ''} {lever.item or ''} {lever.days}" for lever in gain.levers)
    return -len(gain.opens), len(gain.levers), -gain.in_trade, size, names
