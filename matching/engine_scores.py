"""The kernel's codes of verdicts and its two scores, for one row (participant × project) and one post.

Written from ``scoring``: integers in ten-thousandths, every division floored in the same place.
"""

from typing import Any

import numpy as np

from matching import encode_block as c
from matching.encode_block import Block
from matching.jit import inner

FULL, HALF = 10_000, 5_000
# Bits of the constraints: travel, availability and care come first.
FIRST_OF_POST, FIRST_OF_PROJECT = 1 << 3, 1 << 8


@inner
def shared(b: Block, i: int, wanted: int) -> int:
    """Value of the skills asked: the share that she holds."""
    count = b.skill_counts[wanted]
    if count == 0:
        return -2
    if b.people[i, c.SKILLED] == 0:
        return -1
    held = 0
    for word in range(b.skill_sets.shape[1]):
        bits = b.skill_sets[wanted, word] & b.skills[i, word]
        while bits != 0:
            bits &= bits - np.uint64(1)
            held += 1
    return FULL * held // int(count)


@inner
def comfort(b: Block, i: int, row: int, place: int, minutes: int) -> int:
    """``scoring.travel_part``."""
    if minutes < 0:
        return -1
    limit, radius = b.rows[row, c.LIMIT], b.rows[row, c.RADIUS]
    longest = int(limit) if limit > 0 else int(b.figures[c.COMFORT])
    value = max(0, FULL * (longest - minutes) // longest)
    home = b.people[i, c.HOME]
    beyond = radius >= 0 and home >= 0 and b.metres[home, place] > radius * 1000
    return value * int(b.figures[c.BEYOND]) // FULL if beyond else value


@inner
def score(b: Block, first: int, parts: tuple[Any, ...]) -> tuple[int, int]:
    """``scoring.score``: total and known share, from the codes of the parts."""
    known, unknown, running = 0, 0, 0
    for k in range(len(parts)):
        weight = b.figures[first + k]
        if parts[k] >= 0:
            known += weight
            running += weight * parts[k]
        elif parts[k] == -1:
            unknown += weight
    asked = known + unknown
    return running // known if known > 0 else HALF, FULL * known // asked if asked > 0 else 0


@inner
def scores(b: Block, i: int, row: int, post: int, minutes: int) -> tuple[int, int]:
    """rank = fit × wish, and the two known shares added."""
    p, who, what = b.posts, b.people[i], b.rows[row]
    trade, place = p[c.TRADE, post], p[c.PLACE, post]
    fit, sure = score(
        b,
        c.FIT,
        (
            np.int64(b.occupation[what[c.OCCUPATION], trade]),
            np.int64(shared(b, i, p[c.REQUIRED, post])),
            np.int64(shared(b, i, p[c.WISHED, post])),
            np.int64(b.transfer[who[c.P_TRANSFER], trade]),
            np.int64(b.months[who[c.P_MONTHS], p[c.MONTHS, post]]),
            np.int64(b.spoken[who[c.P_SPOKEN], p[c.LANGUAGE, post]]),
        ),
    )
    wish, sure_too = score(
        b,
        c.WISH,
        (
            np.int64(b.trade[what[c.R_TRADE], trade]),
            np.int64(b.worth_hours[what[c.WORTH_HOURS], p[c.HOURS, post]]),
            np.int64(comfort(b, i, row, place, minutes)),
            np.int64(b.worth_wage[what[c.WORTH_WAGE], p[c.WAGE, post]]),
            np.int64(b.target[what[c.TARGET], trade]),
        ),
    )
    return fit * wish, sure + sure_too


@inner
def post_codes(b: Block, i: int, post: int) -> tuple[int, int, int]:
    """What the post asks of the person: bits of what is broken, its cost, bits of what is unknown."""
    p, who = b.posts, b.people[i]
    broken, cost, unknown, bit = 0, 0, 0, FIRST_OF_POST
    for code in (
        b.licence[who[c.P_LICENCE], p[c.LICENCE, post]],
        b.vehicle[who[c.P_VEHICLE], p[c.VEHICLE, post]],
        b.certificate[who[c.P_CERTIFICATE], p[c.CERTIFICATE, post]],
        b.language[who[c.P_LANGUAGE], p[c.LANGUAGE, post]],
        b.physical[who[c.P_PHYSICAL], p[c.DEMAND, post]],
    ):
        if code >= 2:
            broken |= bit
            cost += code - 2
        elif code == 1:
            unknown |= bit
        bit <<= 1
    return broken, cost, unknown


@inner
def project_codes(b: Block, row: int, post: int) -> tuple[int, int, int]:
    """What the project asks of the post: bits of what is broken, its cost, bits of what is unknown."""
    p, what = b.posts, b.rows[row]
    broken, cost, unknown, bit = 0, 0, 0, FIRST_OF_PROJECT
    for code in (
        b.hours[what[c.R_HOURS], p[c.HOURS, post]],
        b.kind[what[c.R_KIND], p[c.KIND, post]],
        b.start[what[c.R_START], p[c.START, post]],
        b.wage[what[c.R_WAGE], p[c.WAGE, post]],
    ):
        if code >= 2:
            broken |= bit
            cost += code - 2
        elif code == 1:
            unknown |= bit
        bit <<= 1
    return broken, cost, unknown
