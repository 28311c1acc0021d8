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
    _, first, which = np.unique(b.columns[_SAME_WAY], axis=1, return_index=True, return_inverse=True)
    for i in range(b.figures[c.PEOPLE_COUNT]):
        _judge_person(b, i, found, ways, first, which.reshape(-1))


def _judge_person(
    b: Block, i: int, found: Judged, ways: Long, first: NDArray[np.intp], which: NDArray[np.intp]
) -> None:
    t, f, p = b.data, b.figures, b.columns
    who = int(f[c.PEOPLE]) + c.PERSON_WIDTH * i
    of_post = [
        t[t[who + c.P_LICENCE] + p[c.LICENCE]],
        t[t[who + c.P_VEHICLE] + p[c.VEHICLE]],
        t[t[who + c.P_CERTIFICATE] + p[c.CERTIFICATE]],
        t[t[who + c.P_LANGUAGE] + p[c.LANGUAGE]],
        t[t[who + c.P_PHYSICAL] + p[c.DEMAND]],
    ]
    ways_of: dict[int, Long] = {}
    found.row[i] = -1
    for row in range(t[who + c.FIRST_ROW], t[who + c.LAST_ROW]):
        what = int(f[c.ROWS]) + c.ROW_WIDTH * row
        limit = int(t[what + c.LIMIT])
        if limit not in ways_of:
            told = [judge_way(t, f, who, limit, int(post), ways) for post in first]
            ways_of[limit] = np.array(told, dtype=np.int64)[which]
        travel, available, care, minutes, mode = ways_of[limit].T
        codes = np.stack(
            [
                travel,
                available,
                care,
                *of_post,
                t[t[what + c.R_HOURS] + p[c.HOURS]],
                t[t[what + c.R_KIND] + p[c.KIND]],
                t[t[what + c.R_START] + p[c.START]],
                t[t[what + c.R_WAGE] + p[c.WAGE]],
            ]
        ).astype(np.int64)
        bits = (1 << np.arange(len(codes)))[:, None]
        broken = np.where(codes >= 2, bits, 0).sum(axis=0)
        ease = np.where(codes >= 2, codes - 2, 0).sum(axis=0)
        unknown = np.where(codes == 1, bits, 0).sum(axis=0)
        rank, share = _scores(b, who, what, minutes)
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


def _scores(b: Block, who: int, what: int, minutes: Long) -> tuple[Long, Long]:
    t, f, p = b.data, b.figures, b.columns
    fit, sure = _score(
        f[c.FIT : c.WISH],
        [
            t[t[what + c.OCCUPATION] + p[c.TRADE]],
            _shared(b, who, p[c.REQUIRED]),
            _shared(b, who, p[c.WISHED]),
            t[t[who + c.P_TRANSFER] + p[c.TRADE]],
            t[t[who + c.P_MONTHS] + p[c.MONTHS]],
            t[t[who + c.P_SPOKEN] + p[c.LANGUAGE]],
        ],
    )
    wish, sure_too = _score(
        f[c.WISH : c.COSTS],
        [
            t[t[what + c.R_TRADE] + p[c.TRADE]],
            t[t[what + c.WORTH_HOURS] + p[c.HOURS]],
            _comfort(b, who, what, minutes),
            t[t[what + c.WORTH_WAGE] + p[c.WAGE]],
            t[t[what + c.TARGET] + p[c.TRADE]],
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


def _shared(b: Block, who: int, wanted: Ints) -> Ints:
    t, f = b.data, b.figures
    words, count = int(f[c.WORDS]), int(wanted.max(initial=0)) + 1
    asked = t[f[c.SKILL_COUNTS] : f[c.SKILL_COUNTS] + count]
    if t[who + c.SKILLED] == 0:
        return np.where(asked == 0, -2, -1)[wanted]
    sets = t[f[c.SKILL_SETS] : f[c.SKILL_SETS] + count * words].reshape(count, words).view(np.uint32)
    mine = t[t[who + c.BITS] : t[who + c.BITS] + words].view(np.uint32)
    held = np.bitwise_count(sets & mine).sum(axis=1, dtype=np.int64)
    share: Ints = np.where(asked == 0, -2, FULL * held // np.maximum(1, asked))[wanted]
    return share


def _comfort(b: Block, who: int, what: int, minutes: Long) -> Ints:
    t, f = b.data, b.figures
    limit, radius, home = int(t[what + c.LIMIT]), int(t[what + c.RADIUS]), int(t[who + c.HOME])
    longest = limit if limit > 0 else int(f[c.COMFORT])
    value = np.maximum(0, FULL * (longest - minutes) // longest)
    if radius >= 0 and home >= 0:
        metres = t[home + c.LEGS_A_PLACE * b.columns[c.PLACE] + c.METRES]
        value = np.where(metres > radius * 1000, value * int(f[c.BEYOND]) // FULL, value)
    return np.where(minutes < 0, -1, value)
