"""What one command works on, and the blocks of people that make its lines."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from matching import Offer, Participant, World, default_parameters, make_world
from matching.batch import in_blocks
from matching.matrix import Matrix
from matching.world import Affinity
from service.match_files.gains import AskedLevers, gains_of_people
from service.match_files.lines import Asked, lines_for_participants
from service.suggestions.around import school_holidays

_encode = msgspec.json.Encoder().encode


class Shared(NamedTuple):
    """What every block needs."""

    offers: dict[str, Offer]
    world: World
    asked: Any


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
    return encoded(lines_for_participants(block, shared.offers, shared.world, asked))


def levers_block(block: Sequence[Participant], shared: Shared) -> bytes:
    asked: AskedLevers = shared.asked
    return encoded(gains_of_people(block, shared.offers, shared.world, asked))


def blocks_of_lines(
    people: dict[str, Participant],
    shared: Shared,
    work: Callable[[Sequence[Participant], Shared], bytes],
    workers: int,
) -> Iterator[tuple[int, bytes]]:
    """(participants done, their lines) for each block, in the order of the ids."""
    ordered = [people[one] for one in sorted(people)]
    yield from in_blocks(ordered, shared, work, workers=workers)
