"""Blocks of participants in one process or several: the same lines in the same order for any number."""

from collections.abc import Iterator

import msgspec

from matching import Offer, Participant, World, make_world
from service.match_files.lines import Asked, Line, lines_for_participants
from service.suggestions.around import school_holidays

# Small enough to share the work evenly, large enough that sending the offers along costs little.
BLOCK = 64

_encode = msgspec.json.Encoder().encode


def world_of(zone: str | None) -> World:
    """The World of a school zone; none: every kind of week is judged."""
    return make_world(school_holidays=school_holidays(zone) if zone else None)


def encoded(lines: list[Line]) -> bytes:
    return b"".join(_encode(line) + b"\n" for line in lines)


def blocks_of_lines(
    people: dict[str, Participant], offers: dict[str, Offer], zone: str | None, asked: Asked, workers: int
) -> Iterator[tuple[int, bytes]]:
    """(participants done, their lines) for each block, in the order of the ids."""
    ordered = [people[one] for one in sorted(people)]
    blocks = [ordered[start : start + BLOCK] for start in range(0, len(ordered), BLOCK)]
    if workers == 1:
        around = world_of(zone)
        for block in blocks:
            yield len(block), encoded(lines_for_participants(block, offers, around, asked))
        return
    from joblib import Parallel, delayed

    done = Parallel(n_jobs=workers, return_as="generator")(
        delayed(_block)(block, offers, zone, asked) for block in blocks
    )
    yield from done


def _block(
    block: list[Participant], offers: dict[str, Offer], zone: str | None, asked: Asked
) -> tuple[int, bytes]:
    return len(block), encoded(lines_for_participants(block, offers, world_of(zone), asked))
