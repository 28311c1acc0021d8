"""Weeks for long lists: the least room of each, for one availability and one care, packed in two words.

Without timed services a way depends only on whether a child is left in care, so a week comes down to its
least rooms, with and without the care's detour. Two words hold them, five fields of twelve bits each: eleven
bits of minutes, and one that a subtraction leaves set where the room is wide enough. A post's hours then cost
two subtractions.

- first word: before and after going direct, half of the longest acceptable travel of a day of several
  presences going direct, and whether nothing is in doubt;
- second word: before and after going by care, before and after in care itself, several presences by care.

A week of two scenarios holds the second ``weeks`` numbers further.
"""

from typing import NamedTuple

import numpy as np

from matching import encode_block as c
from matching.encode_block import Long
from matching.encode_distinct import Ints
from matching.jit import inner, once

# A field holds 1 + minutes up to MOST; FREE: any minutes will do; NEVER: none.
FIELD, MOST, FREE, NO = 12, 2_045, 2_046, 2_047
GUARDS = sum(1 << (FIELD * field + FIELD - 1) for field in range(5))
# The sides of the first and of the second word that belong to each constraint, as their guards.
SPLIT_DIRECT, SPLIT_CARE = 1 << 35, 1 << 59
ROOMS, CARES = 1 << 11 | 1 << 23, 1 << 35 | 1 << 47
# How a week is judged: by its ways (1 direct, 2 by care, 3 both), twice (two scenarios), or in full.
TWICE, IN_FULL = 4, 5

SLOTS = 64
AMPLE = 1 << 20
FIRST, SECOND, USES, KIND = range(4)


class Weeks(NamedTuple):
    """One person's weeks: told[scenario, FIRST | SECOND | USES | KIND]; and kept for those after her, by the
    value on her side: rooms[slot, scenario, direct before | after | by care before | after],
    cares[slot, scenario, before | after | in doubt | in full], used[slot, scenario, ways | presences of the
    longest day, direct | by care]; holds[which, slot]: the value that each slot holds."""

    told: Long
    rooms: Ints
    cares: Ints
    used: Ints
    holds: Long


def room_for_weeks(weeks: int) -> Weeks:
    """Room to work in."""
    return Weeks(
        np.zeros((2 * weeks, 4), dtype=np.int64),
        np.zeros((SLOTS, 2 * weeks, 4), dtype=np.int32),
        np.zeros((SLOTS, 2 * weeks, 4), dtype=np.int32),
        np.zeros((SLOTS, 2 * weeks, 3), dtype=np.int32),
        np.full((3, SLOTS), -1, dtype=np.int64),
    )


@inner
def field(minutes: int, rank: int) -> int:
    """Minutes in a field of a word."""
    return (1 + min(max(minutes, -1), MOST)) << (FIELD * rank)


@once
def weeks_of(t: Ints, f: Long, who: int, bound: int, weeks: Weeks) -> None:
    """Every week of the posts for one person; ``bound``: the longest way that she accepts."""
    count = f[c.WEEK_COUNT]
    available, cared, pattern = t[who + c.AVAILABLE], t[who + c.CARED], t[who + c.PATTERN]
    rooms, cares, used = slot_of(available), slot_of(cared), slot_of(pattern)
    if available >= 0 and weeks.holds[0, rooms] != available:
        weeks.holds[0, rooms] = available
        _rooms(t, f, available, pattern, weeks.rooms[rooms])
    if cared >= 0 and weeks.holds[1, cares] != cared:
        weeks.holds[1, cares] = cared
        _cares(t, f, cared, weeks.cares[cares])
    if weeks.holds[2, used] != pattern:
        weeks.holds[2, used] = pattern
        _used(t, f, pattern, weeks.used[used])
    by_care = t[who + c.BY_CARE]
    for week in range(count):
        told = t[f[c.WEEKS] + week]
        kind = 0
        for scenario in range(max(1, told)):
            at = week + count * scenario
            uses = weeks.used[used, at, 0] if told > 0 else 1 + by_care
            doubt = told == 0 or available < 0 or cared == c.NOT_EXPLORED
            one, two = field(AMPLE, 0) | field(AMPLE, 1), field(AMPLE, 0) | field(AMPLE, 1)
            if available >= 0:
                room = weeks.rooms[rooms, at]
                one = field(room[0], 0) | field(room[1], 1)
                two = field(room[2], 0) | field(room[3], 1)
            if cared >= 0:
                care = weeks.cares[cares, at]
                two |= field(care[0], 2) | field(care[1], 3)
                doubt = doubt or care[2] == 1
                if care[3] == 1:
                    kind = IN_FULL
            else:
                two |= field(AMPLE, 2) | field(AMPLE, 3)
            days = weeks.used[used, at]
            one |= field(2 * bound // days[1] if days[1] > 0 else AMPLE, 2)
            two |= field(2 * bound // days[2] if days[2] > 0 else AMPLE, 4)
            weeks.told[at, FIRST] = GUARDS | one | field(0 if doubt else 1, 3) | field(0, 4)
            weeks.told[at, SECOND] = GUARDS | two
            weeks.told[at, USES] = uses
            if uses == 0 or (scenario == 1 and uses != weeks.told[week, USES]):
                kind = IN_FULL
            elif kind != IN_FULL:
                kind = uses if told < 2 else TWICE
        weeks.told[week, KIND] = kind


@inner
def slot_of(value: int) -> int:
    """Where what is kept for a value on the person's side lies."""
    return (value * 2_654_435_761 >> 20) % SLOTS


@inner
def _rooms(t: Ints, f: Long, available: int, pattern: int, rooms: Ints) -> None:
    rooms[:] = AMPLE
    count = f[c.WEEK_COUNT]
    for week in range(count):
        at, ways = t[available + week], t[pattern + week] + 1
        if t[f[c.WEEKS] + week] == 0 and t[at] == 2:
            rooms[week, :] = -1
        for scenario in range(t[f[c.WEEKS] + week]):
            to = week + count * scenario
            for k in range(t[at]):
                e = at + 1 + 6 * k
                side = 2 * t[ways + 3 * t[e + 4]]
                hole = t[e + 2] > 0
                rooms[to, side] = min(rooms[to, side], -1 if hole else t[e])
                rooms[to, side + 1] = min(rooms[to, side + 1], -1 if hole else t[e + 1])
            at += 1 + 6 * t[at]


@inner
def _cares(t: Ints, f: Long, cared: int, cares: Ints) -> None:
    count = f[c.WEEK_COUNT]
    for week in range(count):
        at = t[cared + week]
        never = t[f[c.WEEKS] + week] == 0 and t[at] == 2
        for scenario in range(2):
            to = week + count * scenario
            least = -1 if never else AMPLE
            cares[to, 0], cares[to, 1], cares[to, 2], cares[to, 3] = least, least, 0, 0
            if scenario >= t[f[c.WEEKS] + week]:
                continue
            cares[to, 2] = t[at]
            for k in range(t[at + 1]):
                e = at + 2 + 10 * k
                hole = t[e + 2] > 0
                cares[to, 0] = min(cares[to, 0], -1 if hole else t[e])
                cares[to, 1] = min(cares[to, 1], -1 if hole else t[e + 1])
                cares[to, 3] |= t[e + 6]
            at += 2 + 10 * t[at + 1]


@inner
def _used(t: Ints, f: Long, pattern: int, used: Ints) -> None:
    used[:] = 0
    count = f[c.WEEK_COUNT]
    for week in range(count):
        at = t[pattern + week]
        ways = at + 1
        at += 1 + 3 * t[at]
        for scenario in range(t[f[c.WEEKS] + week]):
            to = week + count * scenario
            for k in range(t[at]):
                used[to, 0] |= 1 + t[ways + 3 * t[at + 1 + k]]
            at += 1 + t[at]
            days = t[at]
            at += 1
            for _ in range(days):
                side = 1 + t[ways + 3 * t[at + 1]]
                used[to, side] = max(used[to, side], t[at])
                at += 1 + t[at]
