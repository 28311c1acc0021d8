"""The kernel's codes of verdicts and its two scores, for one row (participant × project) and one post.

Written from ``scoring``: integers in ten-thousandths, every division floored in the same place.
"""

from typing import Any

import numpy as np

from matching import encode_block as c
from matching.encode_block import Long
from matching.encode_distinct import Ints
from matching.jit import bits_in, inner

FULL, HALF = 10_000, 5_000
# Bits of the constraints: travel, availability and care come first.
FIRST_OF_POST, FIRST_OF_PROJECT = 1 << 3, 1 << 8


@inner
def floored(one: int, two: int) -> int:
    """one ÷ two floored, both positive: in floating point where that is exact, since it is far faster.

    Below 2 ** 52 the gap of a quotient to the next whole number, 1 ÷ two, is wider than its rounding.
    """
    return int(one / two) if one < 1 << 52 else one // two


@inner
def shared(t: Ints, f: Long, who: int, wanted: int) -> int:
    """Value of the skills asked: the share that she holds."""
    count = t[f[c.SKILL_COUNTS] + wanted]
    if count == 0:
        return -2
    if t[who + c.SKILLED] == 0:
        return -1
    held, words = 0, f[c.WORDS]
    for word in range(words):
        bits = t[f[c.SKILL_SETS] + wanted * words + word] & t[t[who + c.BITS] + word] & 0xFFFFFFFF
        held += bits_in(bits)
    return floored(FULL * held, int(count))


@inner
def comfort(t: Ints, f: Long, who: int, row: int, place: int, minutes: int) -> int:
    """``scoring.travel_part``."""
    if minutes < 0:
        return -1
    limit, radius = t[row + c.LIMIT], t[row + c.RADIUS]
    longest = int(limit) if limit > 0 else int(f[c.COMFORT])
    value = floored(FULL * (longest - minutes), longest) if minutes < longest else 0
    home = t[who + c.HOME]
    beyond = radius >= 0 and home >= 0 and t[home + c.LEGS_A_PLACE * place + c.METRES] > radius * 1000
    return value * int(f[c.BEYOND]) // FULL if beyond else value


@inner
def total(f: Long, first: int, parts: tuple[Any, ...]) -> int:
    """``scoring.score``: the total, from the codes of the parts."""
    known, running = 0, 0
    for k in range(len(parts)):
        weight = f[first + k]
        known += weight if parts[k] >= 0 else 0
        running += weight * max(0, parts[k])
    return floored(running, known) if known > 0 else HALF


@inner
def known_share(f: Long, first: int, parts: tuple[Any, ...]) -> int:
    """``scoring.score``: the known share, from the codes of the parts."""
    known, asked = 0, 0
    for k in range(len(parts)):
        weight = f[first + k]
        known += weight if parts[k] >= 0 else 0
        asked += weight if parts[k] >= -1 else 0
    return floored(FULL * known, asked) if asked > 0 else 0


@inner
def score(f: Long, first: int, parts: tuple[Any, ...]) -> tuple[int, int]:
    """``scoring.score``: total and known share."""
    return total(f, first, parts), known_share(f, first, parts)


@inner
def wish(t: Ints, f: Long, who: int, row: int, post: int, minutes: int) -> tuple[int, int]:
    """``scoring.wish``: total and known share."""
    trade, place = t[f[c.AT + c.TRADE] + post], t[f[c.AT + c.PLACE] + post]
    return score(
        f,
        c.WISH,
        (
            np.int64(t[t[row + c.R_TRADE] + trade]),
            np.int64(t[t[row + c.WORTH_HOURS] + t[f[c.AT + c.HOURS] + post]]),
            np.int64(comfort(t, f, who, row, place, minutes)),
            np.int64(t[t[row + c.WORTH_WAGE] + t[f[c.AT + c.WAGE] + post]]),
            np.int64(t[t[row + c.TARGET] + trade]),
        ),
    )


@inner
def fit(t: Ints, f: Long, who: int, row: int, post: int) -> tuple[int, int]:
    """``scoring.fit``: total and known share."""
    trade = t[f[c.AT + c.TRADE] + post]
    return score(
        f,
        c.FIT,
        (
            np.int64(t[t[row + c.OCCUPATION] + trade]),
            np.int64(shared(t, f, who, t[f[c.AT + c.REQUIRED] + post])),
            np.int64(shared(t, f, who, t[f[c.AT + c.WISHED] + post])),
            np.int64(t[t[who + c.P_TRANSFER] + trade]),
            np.int64(t[t[who + c.P_MONTHS] + t[f[c.AT + c.MONTHS] + post]]),
            np.int64(t[t[who + c.P_SPOKEN] + t[f[c.AT + c.LANGUAGE] + post]]),
        ),
    )


@inner
def post_codes(t: Ints, f: Long, who: int, post: int) -> tuple[int, int, int]:
    """What the post asks of the person: bits of what is broken, its cost, bits of what is unknown."""
    broken, cost, unknown, bit = 0, 0, 0, FIRST_OF_POST
    for code in (
        t[t[who + c.P_LICENCE] + t[f[c.AT + c.LICENCE] + post]],
        t[t[who + c.P_VEHICLE] + t[f[c.AT + c.VEHICLE] + post]],
        t[t[who + c.P_CERTIFICATE] + t[f[c.AT + c.CERTIFICATE] + post]],
        t[t[who + c.P_LANGUAGE] + t[f[c.AT + c.LANGUAGE] + post]],
        t[t[who + c.P_PHYSICAL] + t[f[c.AT + c.DEMAND] + post]],
    ):
        if code >= 2:
            broken |= bit
            cost += code - 2
        elif code == 1:
            unknown |= bit
        bit <<= 1
    return broken, cost, unknown


@inner
def project_codes(t: Ints, f: Long, row: int, post: int) -> tuple[int, int, int]:
    """What the project asks of the post: bits of what is broken, its cost, bits of what is unknown."""
    broken, cost, unknown, bit = 0, 0, 0, FIRST_OF_PROJECT
    for code in (
        t[t[row + c.R_HOURS] + t[f[c.AT + c.HOURS] + post]],
        t[t[row + c.R_KIND] + t[f[c.AT + c.KIND] + post]],
        t[t[row + c.R_START] + t[f[c.AT + c.START] + post]],
        t[t[row + c.R_WAGE] + t[f[c.AT + c.WAGE] + post]],
    ):
        if code >= 2:
            broken |= bit
            cost += code - 2
        elif code == 1:
            unknown |= bit
        bit <<= 1
    return broken, cost, unknown
