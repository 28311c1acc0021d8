"""The lines of `passerelle match`, by register, and the blocks that make them.

`full` and `person` hold the whole trace: both scores in parts, verdicts with reasons, levers, questions.
`liaison` and `employer` hold no cause: totals and words only (semantics.md, Rights).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from matching import (
    Explanation,
    Judgement,
    Match,
    Offer,
    Participant,
    Register,
    Score,
    Suggestions,
    TripTold,
    World,
    candidates,
    explain,
    match_one,
    suggest,
)


class Where(StrEnum):
    """In which list: nothing is broken; *presque*; or the one pair that was asked for, whatever it is."""

    KEPT = "kept"
    NEAR = "near"
    ASKED = "asked"


class WholeLine(Struct, frozen=True, kw_only=True):
    """Registers `full` and `person`. `place`: from 1, in the list of the participant (or of the offer)."""

    participant: str
    project: str
    offer: str
    list: Where
    place: int
    rank: int
    ease: int
    parameters: str
    fit: Score
    wish: Score
    trip: TripTold | None
    judgements: tuple[Judgement, ...]
    explanation: Explanation


class LiaisonLine(Struct, frozen=True, kw_only=True):
    """Register `liaison`: totals in ten-thousandths, and consequences in words."""

    participant: str
    project: str
    offer: str
    list: Where
    place: int
    rank: int
    parameters: str
    fit: int
    wish: int
    explanation: Explanation


class EmployerLine(Struct, frozen=True, kw_only=True):
    """Register `employer`: what the post needs and is met."""

    participant: str
    offer: str
    place: int
    parameters: str
    explanation: Explanation


Line = WholeLine | LiaisonLine | EmployerLine
SHAPES: dict[Register, type[Struct]] = {
    Register.FULL: WholeLine,
    Register.PERSON: WholeLine,
    Register.LIAISON: LiaisonLine,
    Register.EMPLOYER: EmployerLine,
}


class Asked(Struct, frozen=True, kw_only=True):
    """What the command was asked: at most `top` kept and `top` near for each list."""

    on: date
    top: int
    register: Register


def lines_for_participants(
    people: Sequence[Participant], offers: dict[str, Offer], world: World, asked: Asked
) -> list[Line]:
    """The lists of some participants, one after the other."""
    found: list[Line] = []
    for one in people:
        lists = suggest(one, offers.values(), world, on=asked.on, top=asked.top)
        found += _lines(lists, {one.id: one}, offers, world, asked)
    return found


def lines_for_offer(offer: Offer, people: dict[str, Participant], world: World, asked: Asked) -> list[Line]:
    """The list of one offer."""
    lists = candidates(offer, people.values(), world, on=asked.on, top=asked.top)
    return _lines(lists, people, {offer.id: offer}, world, asked)


def line_for_pair(person: Participant, offer: Offer, world: World, asked: Asked) -> list[Line]:
    """One pair, whatever is broken; none when the participant has no project."""
    match = match_one(person, offer, world, on=asked.on)
    return [] if match is None else [_line(match, Where.ASKED, 1, person, offer, world, asked)]


def _lines(
    lists: Suggestions,
    people: dict[str, Participant],
    offers: dict[str, Offer],
    world: World,
    asked: Asked,
) -> list[Line]:
    kept = _placed(lists.kept, Where.KEPT)
    # The employer reads of those who can be proposed, not of those who nearly could.
    near = () if asked.register is Register.EMPLOYER else _placed(lists.near, Where.NEAR)
    return [
        _line(match, where, place, people[match.participant], offers[match.offer], world, asked)
        for match, where, place in (*kept, *near)
    ]


def _placed(matches: Iterable[Match], where: Where) -> tuple[tuple[Match, Where, int], ...]:
    return tuple((match, where, place) for place, match in enumerate(matches, start=1))


def _line(
    match: Match,
    where: Where,
    place: int,
    person: Participant,
    offer: Offer,
    world: World,
    asked: Asked,
) -> Line:
    told = explain(match, person, offer, world, asked.register)
    if asked.register is Register.EMPLOYER:
        return EmployerLine(
            participant=match.participant,
            offer=match.offer,
            place=place,
            parameters=match.parameters,
            explanation=told,
        )
    if asked.register is Register.LIAISON:
        return LiaisonLine(
            participant=match.participant,
            project=match.project,
            offer=match.offer,
            list=where,
            place=place,
            rank=match.rank,
            parameters=match.parameters,
            fit=match.fit.total,
            wish=match.wish.total,
            explanation=told,
        )
    return WholeLine(
        participant=match.participant,
        project=match.project,
        offer=match.offer,
        list=where,
        place=place,
        rank=match.rank,
        ease=match.ease,
        parameters=match.parameters,
        fit=match.fit,
        wish=match.wish,
        trip=match.trip,
        judgements=match.judgements,
        explanation=told,
    )
