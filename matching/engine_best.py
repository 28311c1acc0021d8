"""The best posts of one person among those that nothing breaks: few are scored, the rest cannot be listed.

Each post gets the greatest rank that it could have: its parts as they are, except that whoever shares a skill
with the post is taken to have them all. Those that are greatest are scored first; then only those that could
still enter the list.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import encode_block as c
from matching.encode_block import Groups, Long
from matching.encode_distinct import Ints
from matching.engine_masks import Masks
from matching.engine_scores import known_share, shared, total
from matching.jit import inner, once

_STEPS, _MOST_RANK = 256, 100_000_000
# What rounding may take from a bound.
_ROUNDED = 1 + 1e-5
_HALF = 5_000
# Low bits of a listed post: its number; above them, the comfort of its travel, plus one.
POST_BITS = 40


Floats = NDArray[np.float32]


class Sums(NamedTuple):
    """fits[3 × required + wished, trade]: the greatest fit, by skills (0 not asked, 1 none shared, 2 all);
    wishes[trade] and eases[trade]: the greatest wish without the travel, and what a unit of its comfort adds.
    listed[rank]: post and comfort; most[rank]: its greatest rank; steps[step]: how many, then where the next
    goes; order: the ranks, the greatest first."""

    fits: Floats
    wishes: Floats
    eases: Floats
    listed: Long
    most: Floats
    steps: Long
    order: Ints


def room_for_sums(trades: int, posts: int) -> Sums:
    """Room to work in."""
    return Sums(
        np.zeros((9, trades), dtype=np.float32),
        np.zeros(trades, dtype=np.float32),
        np.zeros(trades, dtype=np.float32),
        np.zeros(posts + 1, dtype=np.int64),
        np.zeros(posts + 1, dtype=np.float32),
        np.zeros(_STEPS, dtype=np.int64),
        np.zeros(posts + 1, dtype=np.int32),
    )


@inner
def sum_trades(t: Ints, f: Long, who: int, row: int, sums: Sums) -> None:
    """The greatest scores that posts of each trade could have."""
    count = sums.wishes.shape[0]
    first, second = t[row + c.OCCUPATION], t[who + c.P_TRANSFER]
    one, two = t[first : first + count], t[second : second + count]
    at_best = f[c.FIT + 4] + f[c.FIT + 5]
    for required in range(3):
        for wished in range(3):
            full = at_best + (f[c.FIT + 1] if required == 2 else 0) + (f[c.FIT + 2] if wished == 2 else 0)
            asked = at_best + (f[c.FIT + 1] if required > 0 else 0) + (f[c.FIT + 2] if wished > 0 else 0)
            _at_best(one, two, f[c.FIT], f[c.FIT + 3], full, asked, sums.fits[3 * required + wished])
    first, second = t[row + c.R_TRADE], t[row + c.TARGET]
    one, two = t[first : first + count], t[second : second + count]
    full = f[c.WISH + 1] + f[c.WISH + 3]
    _at_best(one, two, f[c.WISH], f[c.WISH + 4], full, full + f[c.WISH + 2], sums.wishes)
    weight, other = np.float32(f[c.WISH]), np.float32(f[c.WISH + 4])
    for k in range(count):
        known = (weight if one[k] >= 0 else np.float32(0)) + (other if two[k] >= 0 else np.float32(0))
        sums.eases[k] = np.float32(f[c.WISH + 2]) / max(
            known + np.float32(full + f[c.WISH + 2]), np.float32(1)
        )


@inner
def _at_best(one: Ints, two: Ints, weight: int, other: int, full: int, asked: int, told: Floats) -> None:
    """Two parts as they are, the others as said: ``full`` the weights of those at their best."""
    first, second, none = np.float32(weight), np.float32(other), np.float32(0)
    best, known = np.float32(10_000 * full), np.float32(asked)
    for k in range(told.shape[0]):
        a, b = np.float32(one[k]), np.float32(two[k])
        total = best + first * max(a, none) + second * max(b, none)
        weights = known + (first if a >= none else none) + (second if b >= none else none)
        told[k] = total / max(weights, np.float32(1)) if weights > none else np.float32(_HALF)


@once
def bound_all(
    count: int, t: Ints, f: Long, who: int, groups: Groups, required: Long, wished: Long, sums: Sums
) -> None:
    """The greatest rank of each post listed: its trade, the comfort of its travel, the skills that it surely
    shares not, and the months of experience."""
    fits, wishes, eases, listed, most = sums.fits, sums.wishes, sums.eases, sums.listed, sums.most
    kinds = groups.kinds
    at = t[who + c.P_MONTHS]
    months = t[at : t.shape[0]]
    whole = 0
    for k in range(c.FIT, c.WISH):
        whole += f[k]
    # A part that is not at its best takes at least that much from a total, whatever the others weigh.
    share_of_months = np.float32(f[c.FIT + 4] / max(1, whole))
    skilled = 3 if t[who + c.SKILLED] != 0 else 0
    full = np.float32(10_000)
    for k in range(count):
        post = listed[k] & (1 << POST_BITS) - 1
        ease = (listed[k] >> POST_BITS) - 1
        kind = kinds[post, 0]
        trade = kind >> np.uint32(2)
        word, bit = post >> 6, post & 63
        asks = int(kind) & skilled
        share = (required[word] >> bit & 1) * 3 + (wished[word] >> bit & 1) + 3 * (asks & 1) + (asks >> 1)
        comfort = np.float32(ease if ease >= 0 else 10_000)
        fit = fits[share, trade]
        known = np.float32(months[kinds[post, 1]])
        fit -= share_of_months * (full - (known if known >= 0 else fit))
        most[k] = fit * (wishes[trade] + eases[trade] * comfort) * np.float32(_ROUNDED)


@once
def order_all(count: int, wanted: int, sums: Sums) -> tuple[int, int]:
    """The ranks of those whose bound is greatest, in order, at least as many as wanted.

    How many, and the step below which the others lie."""
    most, steps, order, scale = sums.most, sums.steps, sums.order, np.float32(_STEPS / _MOST_RANK)
    steps[:] = 0
    for k in range(count):
        steps[min(_STEPS - 1, int(most[k] * scale))] += 1
    before, least = 0, 0
    for step in range(_STEPS - 1, -1, -1):
        before, steps[step] = before + steps[step], before
        if before >= wanted:
            least = step
            break
    for k in range(count):
        step = min(_STEPS - 1, int(most[k] * scale))
        if step >= least:
            order[steps[step]] = k
            steps[step] += 1
    return before, least


@once
def keep_best(
    t: Ints,
    f: Long,
    who: int,
    row: int,
    rank_of_row: int,
    count: int,
    groups: Groups,
    masks: Masks,
    sums: Sums,
    best: Long,
) -> int:
    """Score those that may be listed, the most promising first; how many."""
    last, scored, most = best.shape[0] - 1, 0, sums.most
    ordered, step = order_all(count, 2 * best.shape[0], sums)
    scale = np.float32(_STEPS / _MOST_RANK)
    for k in range(ordered + count):
        if k == ordered and (step == 0 or best[last, 0] > (step + 1) * (_MOST_RANK / _STEPS)):
            break
        rank = int(sums.order[k]) if k < ordered else k - ordered
        if most[rank] >= best[last, 0] and (k < ordered or int(most[rank] * scale) < step):
            scored += _score(t, f, who, row, rank_of_row, rank, groups, masks, sums, best)
    return scored


@once
def _score(
    t: Ints,
    f: Long,
    who: int,
    row: int,
    rank_of_row: int,
    rank: int,
    groups: Groups,
    masks: Masks,
    sums: Sums,
    best: Long,
) -> int:
    """Score one post listed, unless more of its parts show that it cannot enter the list: 1 when scored."""
    least = best[best.shape[0] - 1, 0]
    post, ease = sums.listed[rank] & (1 << POST_BITS) - 1, (sums.listed[rank] >> POST_BITS) - 1
    read = groups.read[post]
    trade = read[c.TRADE_READ]
    parts = (
        np.int64(t[t[row + c.R_TRADE] + trade]),
        np.int64(t[t[row + c.WORTH_HOURS] + read[c.HOURS_READ]]),
        np.int64(ease),
        np.int64(t[t[row + c.WORTH_WAGE] + read[c.WAGE_READ]]),
        np.int64(t[t[row + c.TARGET] + trade]),
    )
    wishes = total(f, c.WISH, parts)
    occupation, near = np.int64(t[t[row + c.OCCUPATION] + trade]), np.int64(t[t[who + c.P_TRANSFER] + trade])
    months = np.int64(t[t[who + c.P_MONTHS] + groups.kinds[post, 1]])
    spoken = np.int64(t[t[who + c.P_SPOKEN] + read[c.LANGUAGE_READ]])
    kind, word, bit = groups.kinds[post, 0], post >> 6, post & 63
    unasked = -1 if t[who + c.SKILLED] == 0 else 0
    required = -2 if kind & 1 == 0 else unasked + 10_000 * (masks.required[word] >> bit & 1)
    wished = -2 if kind & 2 == 0 else unasked + 10_000 * (masks.wished[word] >> bit & 1)
    if total(f, c.FIT, (occupation, required, wished, near, months, spoken)) * wishes < least:
        return 0
    if required > 0:
        required = shared(t, f, who, int(read[c.REQUIRED_READ]))
    if wished > 0:
        wished = shared(t, f, who, int(read[c.WISHED_READ]))
    of_fit = (occupation, required, wished, near, months, spoken)
    found = total(f, c.FIT, of_fit) * wishes
    if found >= least:
        share = known_share(f, c.FIT, of_fit) + known_share(f, c.WISH, parts)
        insert(best, found, share, int(read[c.TIE_READ]), post, rank_of_row)
    return 1


@inner
def insert(best: Long, rank: int, share: int, tie: int, post: int, row: int) -> None:
    """Keep one post in the list of a person, if it is among her best: rank, known share, id."""
    at = best.shape[0] - 1
    if not _before(best, at, rank, share, tie):
        return
    while at > 0 and _before(best, at - 1, rank, share, tie):
        for k in range(5):
            best[at, k] = best[at - 1, k]
        at -= 1
    best[at, 0], best[at, 1], best[at, 2], best[at, 3], best[at, 4] = rank, share, tie, post, row


@inner
def _before(best: Long, at: int, rank: int, share: int, tie: int) -> bool:
    if rank != best[at, 0]:
        return bool(rank > best[at, 0])
    if share != best[at, 1]:
        return bool(share > best[at, 1])
    return bool(tie < best[at, 2])
