"""The kernel without compilation: the same integers, one person at a time over arrays of posts.

Travel and hours are judged once for each distinct place × weeks by the kernel's own plain functions; the
rest is arithmetic on arrays.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import encode_block as c
from matching.encode_block import Block, Judged, Long
from matching.encode_distinct import Ints
from matching.engine_ways import judge_way

FULL, HALF = 10_000, 5_000
_SAME_WAY = [c.PLACE, c.WEEK, c.DAY, c.LATER, c.SOONER, c.DAYS_OFF]


def judge_all(b: Block, found: Judged, ways: Long) -> None:
    """Fill ``found`` for every person and post of the block, as the compiled loop does."""
    if b.posts.shape[1] == 0:
        return
    _, first, which = np.unique(b.posts[_SAME_WAY], axis=1, return_index=True, return_inverse=True)
    for i in range(b.people.shape[0]):
        _judge_person(b, i, found, ways, first, which.reshape(-1))


def _judge_person(
    b: Block, i: int, found: Judged, ways: Long, first: NDArray[np.intp], which: NDArray[np.intp]
) -> None:
    p, who = b.posts, b.people[i]
    of_post = [
        b.licence[who[c.P_LICENCE], p[c.LICENCE]],
        b.vehicle[who[c.P_VEHICLE], p[c.VEHICLE]],
        b.certificate[who[c.P_CERTIFICATE], p[c.CERTIFICATE]],
        b.language[who[c.P_LANGUAGE], p[c.LANGUAGE]],
        b.physical[who[c.P_PHYSICAL], p[c.DEMAND]],
    ]
    ways_of: dict[int, Long] = {}
    found.row[i] = -1
    for row in range(who[c.FIRST_ROW], who[c.LAST_ROW]):
        limit = int(b.rows[row, c.LIMIT])
        if limit not in ways_of:
            told = [judge_way(b, i, limit, int(post), ways) for post in first]
            ways_of[limit] = np.array(told, dtype=np.int64)[which]
        travel, available, care, minutes, mode = ways_of[limit].T
        what = b.rows[row]
        codes = np.stack(
            [
                travel,
                available,
                care,
                *of_post,
                b.hours[what[c.R_HOURS], p[c.HOURS]],
                b.kind[what[c.R_KIND], p[c.KIND]],
                b.start[what[c.R_START], p[c.START]],
                b.wage[what[c.R_WAGE], p[c.WAGE]],
            ]
        ).astype(np.int64)
        bits = (1 << np.arange(len(codes)))[:, None]
        broken = np.where(codes >= 2, bits, 0).sum(axis=0)
        ease = np.where(codes >= 2, codes - 2, 0).sum(axis=0)
        unknown = np.where(codes == 1, bits, 0).sum(axis=0)
        rank, share = _scores(b, i, row, minutes)
        _keep_best(found, i, row, broken, unknown, ease, rank, share, mode)


def _keep_best(
    found: Judged,
    i: int,
    row: int,
    broken: Long,
    unknown: Long,
    ease: Long,
    rank: Long,
    share: Long,
    mode: Long,
) -> None:
    """The order of ``ranking._best_project``, one key after the other."""
    better = found.row[i] < 0
    tied = ~better
    for new, old in (
        ((broken > 0).astype(np.int64), (found.broken[i] > 0).astype(np.int64)),
        (ease, found.ease[i]),
        (-rank, -found.rank[i]),
        (-share, -found.share[i].astype(np.int64)),
    ):
        better |= tied & (new < old)
        tied &= new == old
    new_values: tuple[Any, ...] = (broken, unknown, ease, rank, share, row, mode)
    arrays: tuple[Any, ...] = tuple(found)
    for array, values in zip(arrays, new_values, strict=True):
        array[i] = np.where(better, values, array[i])


def _scores(b: Block, i: int, row: int, minutes: Long) -> tuple[Long, Long]:
    p, who, what = b.posts, b.people[i], b.rows[row]
    fit, sure = _score(
        b.figures[c.FIT : c.WISH],
        [
            b.occupation[what[c.OCCUPATION], p[c.TRADE]],
            _shared(b, i, p[c.REQUIRED]),
            _shared(b, i, p[c.WISHED]),
            b.transfer[who[c.P_TRANSFER], p[c.TRADE]],
            b.months[who[c.P_MONTHS], p[c.MONTHS]],
            b.spoken[who[c.P_SPOKEN], p[c.LANGUAGE]],
        ],
    )
    wish, sure_too = _score(
        b.figures[c.WISH :],
        [
            b.trade[what[c.R_TRADE], p[c.TRADE]],
            b.worth_hours[what[c.WORTH_HOURS], p[c.HOURS]],
            _comfort(b, i, row, minutes),
            b.worth_wage[what[c.WORTH_WAGE], p[c.WAGE]],
            b.target[what[c.TARGET], p[c.TRADE]],
        ],
    )
    return fit * wish, sure + sure_too


def _score(weights: Long, parts: list[Ints]) -> tuple[Long, Long]:
    values = np.stack(parts).astype(np.int64)
    column = weights[:, None]
    known = np.where(values >= 0, column, 0).sum(axis=0)
    running = np.where(values >= 0, column * values, 0).sum(axis=0)
    asked = known + np.where(values == -1, column, 0).sum(axis=0)
    total = np.where(known > 0, running // np.maximum(1, known), HALF)
    return total, np.where(asked > 0, FULL * known // np.maximum(1, asked), 0)


def _shared(b: Block, i: int, wanted: Ints) -> Ints:
    if b.people[i, c.SKILLED] == 0:
        return np.where(b.skill_counts == 0, -2, -1)[wanted]
    held = np.bitwise_count(b.skill_sets & b.skills[i]).sum(axis=1, dtype=np.int64)[: len(b.skill_counts)]
    share: Ints = np.where(b.skill_counts == 0, -2, FULL * held // np.maximum(1, b.skill_counts))[wanted]
    return share


def _comfort(b: Block, i: int, row: int, minutes: Long) -> Ints:
    limit, radius, home = b.rows[row, c.LIMIT], b.rows[row, c.RADIUS], b.people[i, c.HOME]
    longest = int(limit if limit > 0 else b.figures[c.COMFORT])
    value = np.maximum(0, FULL * (longest - minutes) // longest)
    if radius >= 0 and home >= 0:
        beyond = b.metres[home, b.posts[c.PLACE]] > int(radius) * 1000
        value = np.where(beyond, value * b.figures[c.BEYOND] // FULL, value)
    return np.where(minutes < 0, -1, value)
