"""What one command works on, and the blocks of people that make its lines."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from matching import Offer, Participant, World, default_parameters, make_world, warm_up
from matching.batch import in_blocks
from matching.jit import COMPILED_FROM
from matching.matrix import Matrix
from matching.world import Affinity
from service.match_files.gains import AskedLevers, gains_of_people
from service.match_files.lines import Asked, lines_for_participants
from service.suggestions.around import school_holidays

_encode = msgspec.json.Encoder().encode


class Shared(NamedTuple):
    """What every block needs. many: enough pairs in all for the compiled kernel to be worth its loading."""

    offers: dict[str, Offer]
    world: World
    asked: Any
    many: bool


def world_of(zone: str | None, matrix: Matrix, affinity: Affinity, near: int) -> World:
    """The World of a school zone; none: every kind of week is judged. near: near-misses kept."""
    figures = default_parameters()
    return make_world(
        parameters=replace(figures, near=replace(figures.near, keep=near)),
        matrix=matrix,
        affinity=affinity,
        school_holidays=school_holidays(zone) if zone else None,
    )


def encoded(lines: Sequence[msgspec.Struct]) -> bytes:
    return b"".join(_encode(line) + b"\n" for line in lines)


def match_block(block: Sequence[Participant], shared: Shared) -> bytes:
    asked: Asked = shared.asked
    _warm_up(block, shared)
    return encoded(lines_for_participants(block, shared.offers, shared.world, asked))


def levers_block(block: Sequence[Participant], shared: Shared) -> bytes:
    asked: AskedLevers = shared.asked
    _warm_up(block, shared)
    return encoded(gains_of_people(block, shared.offers, shared.world, asked))


def _warm_up(block: Sequence[Participant], shared: Shared) -> None:
    """Once in each process; the lines are the same with or without."""
    if shared.many:
        warm_up(block[0], shared.offers.values(), shared.world, on=shared.asked.on)


def blocks_of_lines(
    people: dict[str, Participant],
    offers: dict[str, Offer],
    world: World,
    asked: Asked | AskedLevers,
    work: Callable[[Sequence[Participant], Shared], bytes],
    workers: int,
) -> Iterator[tuple[int, bytes]]:
    """(participants done, their lines) for each block, in the order of the ids."""
    ordered = [people[one] for one in sorted(people)]
    shared = Shared(offers, world, asked, many=len(people) * len(offers) >= COMPILED_FROM)
    yield from in_blocks(ordered, shared, work, workers=workers)
