"""What papers and projects rule out, by whole words of posts: one bit a post.

A row of answers (licences × licences asked…) becomes two rows of bits: the posts that it breaks, and those
that it leaves in doubt. Rows made for one person are kept for those after her who give the same answers.
So are the posts whose hours her availability or her children's care breaks, however near she lives.
"""

from typing import NamedTuple

import numpy as np

from matching import encode_block as c
from matching.encode_block import ASKED, Groups, Long
from matching.encode_distinct import Ints
from matching.engine_weeks import AMPLE, Weeks, slot_of
from matching.engine_weeks import SLOTS as WEEK_SLOTS
from matching.jit import inner, lowest_bit, once

SLOTS = 16
_ANSWERS = len(ASKED)


class Masks(NamedTuple):
    """kept[asked, slot, broken | unknown, word], the row that each slot holds (-1: none) and which of the
    two it sets at all. shut[availability | care, slot, word]: posts whose hours it breaks whatever the way,
    and shut_by: the value that each slot holds. Then, for one person: broken and unknown posts, and those
    that ask for skills that she has (required, wished)."""

    kept: Long
    holds: Long
    sets: Long
    shut: Long
    shut_by: Long
    broken: Long
    unknown: Long
    required: Long
    wished: Long


def room_for_masks(words: int) -> Masks:
    """Room to work in, for so many words of posts."""
    return Masks(
        np.zeros((_ANSWERS, SLOTS, 2, words), dtype=np.int64),
        np.full((_ANSWERS, SLOTS), -1, dtype=np.int64),
        np.zeros((_ANSWERS, SLOTS), dtype=np.int64),
        np.zeros((2, WEEK_SLOTS, words), dtype=np.int64),
        np.full((2, WEEK_SLOTS), -1, dtype=np.int64),
        *(np.zeros(words, dtype=np.int64) for _ in range(4)),
    )


@once
def rule_out(t: Ints, f: Long, who: int, row: int, groups: Groups, masks: Masks) -> None:
    """Posts that papers or the project break, and those that they leave in doubt."""
    broken, unknown = masks.broken, masks.unknown
    broken[:] = 0
    unknown[:] = 0
    rows = (
        t[who + c.P_LICENCE],
        t[who + c.P_VEHICLE],
        t[who + c.P_CERTIFICATE],
        t[who + c.P_LANGUAGE],
        t[who + c.P_PHYSICAL],
        t[row + c.R_HOURS],
        t[row + c.R_KIND],
        t[row + c.R_START],
        t[row + c.R_WAGE],
    )
    for asked in range(_ANSWERS):
        base = rows[asked]
        slot = (base * 2_654_435_761 >> 20) % SLOTS
        if masks.holds[asked, slot] != base:
            masks.holds[asked, slot] = base
            masks.sets[asked, slot] = _fill(t, base, asked, groups, masks.kept[asked, slot])
        if masks.sets[asked, slot] & 1:
            _join(broken, masks.kept[asked, slot, 0])
        if masks.sets[asked, slot] & 2:
            _join(unknown, masks.kept[asked, slot, 1])


@inner
def _fill(t: Ints, base: int, asked: int, groups: Groups, kept: Long) -> int:
    """Bits of one row of answers; 1 when it breaks something, 2 when it leaves something in doubt."""
    kept[:] = 0
    sets = 0
    for entry in range(groups.firsts[asked], groups.firsts[asked + 1]):
        code = t[base + groups.entries[entry, 0]]
        if code == 0:
            continue
        side = 0 if code >= 2 else 1
        sets |= 1 + side
        _mark(groups, entry, kept[side])
    return sets


@inner
def _mark(groups: Groups, entry: int, kept: Long) -> None:
    """Set the posts of one value."""
    row = groups.entries[entry, 1]
    if row >= 0:
        _join(kept, groups.bits[row])
    else:
        for k in range(groups.entries[entry, 2], groups.entries[entry, 3]):
            post = groups.listed[k]
            kept[post >> 6] |= 1 << (post & 63)


@inner
def _join(words: Long, more: Long) -> None:
    for word in range(words.shape[0]):
        words[word] |= more[word]


@once
def rule_out_weeks(t: Ints, f: Long, who: int, groups: Groups, weeks: Weeks, masks: Masks) -> None:
    """Posts whose hours her availability or the care of her children breaks even from next door."""
    for side in range(2):
        value = t[who + c.AVAILABLE] if side == 0 else t[who + c.CARED]
        if value < 0:
            continue
        slot = slot_of(value)
        kept = masks.shut[side, slot]
        if masks.shut_by[side, slot] != value:
            masks.shut_by[side, slot] = value
            kept[:] = 0
            for entry in range(groups.firsts[_ANSWERS], groups.firsts[_ANSWERS + 1]):
                if _shut(t, f, weeks, side, slot, groups.entries[entry, 0]):
                    _mark(groups, entry, kept)
        _join(masks.broken, kept)


@inner
def _shut(t: Ints, f: Long, weeks: Weeks, side: int, slot: int, week: int) -> bool:
    """Whether a week's least room is below 0, in every scenario."""
    count = f[c.WEEK_COUNT]
    for scenario in range(max(1, t[f[c.WEEKS] + week])):
        at, least = week + count * scenario, AMPLE
        if side == 0:
            for k in range(4):
                least = min(least, weeks.rooms[slot, at, k])
        elif weeks.cares[slot, at, 3] == 0:  # else a week beside might cover it
            least = min(weeks.cares[slot, at, 0], weeks.cares[slot, at, 1])
        if least >= 0:
            return False
    return True


@once
def mark_skills(t: Ints, f: Long, who: int, groups: Groups, masks: Masks) -> None:
    """Posts that ask for a skill that she may have (numbers are folded): the others surely share none."""
    masks.required[:] = 0
    masks.wished[:] = 0
    if t[who + c.SKILLED] == 0:
        return
    for word in range(f[c.WORDS]):
        bits = t[t[who + c.BITS] + word] & 0xFFFFFFFF
        while bits != 0:
            skill = (32 * word + lowest_bit(bits)) % c.SKILL_ROWS
            bits &= bits - 1
            _join(masks.required, groups.skills[0, skill])
            _join(masks.wished, groups.skills[1, skill])
