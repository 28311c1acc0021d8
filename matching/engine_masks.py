"""What papers and projects rule out, by whole words of posts: one bit a post.

A row of answers (licences × licences asked…) becomes two rows of bits: the posts that it breaks, and those
that it leaves in doubt. Rows made for one person are kept for those after her who give the same answers.
"""

from typing import NamedTuple

import numpy as np

from matching import encode_block as c
from matching.encode_block import ASKED, Groups, Long
from matching.encode_distinct import Ints
from matching.jit import inner, lowest_bit, once

SLOTS = 16
_ANSWERS = len(ASKED)


class Masks(NamedTuple):
    """kept[asked, slot, broken | unknown, word], the row that each slot holds (-1: none) and which of the
    two it sets at all; then, for one person: broken and unknown posts, and those that ask for skills that she
    has (required, wished)."""

    kept: Long
    holds: Long
    sets: Long
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
        row = groups.entries[entry, 1]
        if row >= 0:
            _join(kept[side], groups.bits[row])
        else:
            for k in range(groups.entries[entry, 2], groups.entries[entry, 3]):
                post = groups.listed[k]
                kept[side, post >> 6] |= 1 << (post & 63)
    return sets


@inner
def _join(words: Long, more: Long) -> None:
    for word in range(words.shape[0]):
        words[word] |= more[word]


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
