"""The kernel's short cuts for long lists: what a person reaches, and what surely breaks, before any detail.

Nothing here decides alone: a pair is left out only when it breaks whatever the mode, and what passes is
judged in full. Without timed services a way depends only on whether a child is left in care, so each week of
a post is summed up in its least rooms, with and without the care's detour.
"""

from matching import encode_block as c
from matching.encode_block import Block
from matching.encode_distinct import Ints
from matching.engine_ways import (
    MODES,
    NO_LIKELY,
    UNBOUNDED,
    Minutes,
    add,
    greatest_of,
    leg,
    own_leg,
    owned,
)
from matching.jit import inner

# Columns of a week for one person: least room before and after, going direct, by care, and in care itself;
# whether it breaks at any distance, is in doubt at any distance; ways used (1 direct, 2 by care); presences
# of its longest day, direct and by care; whether only the full judgement will do.
DIRECT_BEFORE, DIRECT_AFTER, BY_CARE_BEFORE, BY_CARE_AFTER, CARE_BEFORE, CARE_AFTER = range(6)
BREAKS, DOUBT, USES, DAY_DIRECT, DAY_BY_CARE, WHOLE = range(6, 12)
WEEK_COLUMNS = 12
AMPLE = 1 << 20

# A way of one mode to one place: minutes out and back, least and greatest; the longer one, three times, and
# its doubt. Direct at 0, by care at WAY, then care itself: least and greatest before and after.
OUT, OUT_MOST, BACK, BACK_MOST, LONGEST, LIKELY, GREATEST, UNSURE = range(8)
WAY, CARED_FROM = 8, 16
MODE_COLUMNS = 20


@inner
def weeks_of(b: Block, i: int, weeks: Ints) -> None:
    """Every week of the posts summed up for one person."""
    who = b.people[i]
    for week in range(b.scenarios.shape[0]):
        row = weeks[week]
        row[:] = 0
        row[:BREAKS] = AMPLE
        count = b.scenarios[week]
        if who[c.AVAILABLE] < 0 or who[c.CARED] == c.NOT_EXPLORED:
            row[DOUBT] = 1
        if count == 0:
            row[DOUBT] = 1
            row[USES] = 2 if who[c.BY_CARE] == 1 else 1
        elif count == 2:
            row[WHOLE] = 1
        else:
            _ways_used(b, b.way_starts[who[c.PATTERN], week], row)
            first_key = b.way_starts[who[c.PATTERN], week] + 1
            if who[c.AVAILABLE] >= 0:
                _room(b, b.room_starts[who[c.AVAILABLE], week], first_key, row)
            if who[c.CARED] >= 0:
                _care(b, b.care_starts[who[c.CARED], week], row)


@inner
def _ways_used(b: Block, at: int, row: Ints) -> None:
    count = b.ways[at]
    for key in range(count):
        row[USES] |= 1 + b.ways[at + 1 + 3 * key]
    first = at + 1
    at += 1 + 3 * count
    at += 1 + b.ways[at]
    days = b.ways[at]
    at += 1
    for _ in range(days):
        column = DAY_DIRECT + b.ways[first + 3 * b.ways[at + 1]]
        row[column] = max(row[column], b.ways[at])
        at += 1 + b.ways[at]


@inner
def _room(b: Block, at: int, first_key: int, row: Ints) -> None:
    for k in range(b.rooms[at]):
        e = at + 1 + 5 * k
        side = DIRECT_BEFORE + 2 * b.ways[first_key + 3 * b.rooms[e + 4]]
        row[side] = min(row[side], b.rooms[e])
        row[side + 1] = min(row[side + 1], b.rooms[e + 1])
        if b.rooms[e + 2] > 0:
            row[BREAKS] = 1


@inner
def _care(b: Block, at: int, row: Ints) -> None:
    if b.cares[at] == 1:
        row[DOUBT] = 1
    for k in range(b.cares[at + 1]):
        e = at + 2 + 9 * k
        if b.cares[e + 5] == 1:
            row[WHOLE] = 1
            row[BREAKS] = 0
            row[:BREAKS] = AMPLE
            return
        row[CARE_BEFORE] = min(row[CARE_BEFORE], b.cares[e])
        row[CARE_AFTER] = min(row[CARE_AFTER], b.cares[e + 1])
        if b.cares[e + 2] > 0:
            row[BREAKS] = 1


@inner
def _one_way(mode: Ints, at: int, out: Minutes, back: Minutes) -> None:
    """Out and back of one way, and the longer of the two."""
    longer = greatest_of(out, back)
    mode[at + OUT], mode[at + OUT_MOST] = out[0], out[2]
    mode[at + BACK], mode[at + BACK_MOST] = back[0], back[2]
    mode[at + LONGEST], mode[at + LIKELY] = longer[0], longer[1]
    mode[at + GREATEST], mode[at + UNSURE] = longer[2], longer[3]


@inner
def modes_to(b: Block, i: int, place: int, post: int, bound: int, modes: Ints, names: Ints) -> int:
    """Ways to one place by every mode whose least trip is not too long; how many such modes."""
    who = b.people[i]
    home, care = who[c.HOME], who[c.CARE]
    count = 0
    for mode in range(MODES):
        answer = owned(b, i, post, mode)
        if answer == 0:
            continue
        told = modes[count]
        by_care = who[c.BY_CARE] == 1
        least = AMPLE
        told[LONGEST] = AMPLE
        told[WAY + LONGEST] = AMPLE
        told[CARED_FROM:] = 0
        out, back = leg(b, home, place, mode, 0, -1), leg(b, home, place, mode, 1, -1)
        if out[0] >= 0:
            _one_way(told, 0, out, back)
            least = out[0] if out[0] > back[0] else back[0]
        if by_care:
            out, back = leg(b, care, place, mode, 0, -1), leg(b, care, place, mode, 1, -1)
            if out[0] >= 0:
                least = min(least, _by_care(b, i, mode, told, out, back))
        if least <= bound:
            names[count] = 2 * mode + (1 if answer == 2 else 0)
            count += 1
    return count


@inner
def _by_care(b: Block, i: int, mode: int, told: Ints, out: Minutes, back: Minutes) -> int:
    """The way by care into ``told``; its least minutes."""
    who = b.people[i]
    drop, pick = who[c.DROP], who[c.PICK]
    told[CARED_FROM], told[CARED_FROM + 1] = out[0] + drop, out[2] + drop
    told[CARED_FROM + 2], told[CARED_FROM + 3] = back[0] + pick, back[2] + pick
    if who[c.HOME] != who[c.CARE]:
        out = add(own_leg(b, i, mode, 0, -1), out)
        back = add(back, own_leg(b, i, mode, 1, -1))
    _one_way(told, WAY, out, back)
    return int(told[WAY + LONGEST])


@inner
def judge_quickly(
    week: Ints, modes: Ints, names: Ints, count: int, bound: int, told: bool
) -> tuple[int, int]:
    """The best of the modes that break nothing: 0 sure, 1 in doubt, 2 none, 3 not for
    a short cut; and its minutes, -1 not known.

    Ties are as in ``constraints_way``: no doubt first, then the shortest, then the order of the modes.
    """
    state, best = 2, 1 << 30
    for k in range(count):
        mode = modes[k]
        unsure = week[DOUBT] == 1 or names[k] & 1 == 1 or not told
        longest, likely, greatest, doubt, split, split_most = 0, 0, 0, 0, 0, 0
        broken = False
        for way in range(2):
            at = WAY * way
            if week[USES] & (1 + way) == 0:
                continue
            before, after = week[2 * way], week[2 * way + 1]
            if mode[at + LONGEST] >= AMPLE or before < mode[at + OUT] or after < mode[at + BACK]:
                broken = True
            if before < mode[at + OUT_MOST] or after < mode[at + BACK_MOST]:
                unsure = True
            if doubt != 0 and mode[at + UNSURE] != 0 and doubt != mode[at + UNSURE]:
                return 3, -1
            doubt = max(doubt, mode[at + UNSURE])
            longest = max(longest, mode[at + LONGEST])
            likely = max(likely, mode[at + LIKELY])
            greatest = max(greatest, mode[at + GREATEST])
            times = week[DAY_DIRECT + way]
            split = max(split, times * (mode[at + OUT] + mode[at + BACK]))
            split_most = max(split_most, min(UNBOUNDED, times * (mode[at + OUT_MOST] + mode[at + BACK_MOST])))
        if broken or longest > bound or split > 2 * bound:
            continue
        if week[CARE_BEFORE] < mode[CARED_FROM] or week[CARE_AFTER] < mode[CARED_FROM + 2]:
            continue
        if week[CARE_BEFORE] < mode[CARED_FROM + 1] or week[CARE_AFTER] < mode[CARED_FROM + 3]:
            unsure = True
        if greatest > bound or split_most > 2 * bound:
            unsure = True
        minutes = 1 << 30 if doubt == NO_LIKELY else likely
        if int(unsure) < state or (int(unsure) == state and minutes < best):
            state, best = int(unsure), minutes
    return state, -1 if best == 1 << 30 else best


@inner
def plain(b: Block, i: int) -> bool:
    """Whether the short cuts hold for this person: one project, places told, one answer for the car."""
    who = b.people[i]
    if who[c.LAST_ROW] - who[c.FIRST_ROW] != 1 or who[c.HOME] < 0:
        return False
    if who[c.BY_CARE] == 1 and who[c.CARE] < 0:
        return False
    car = b.car[who[c.CAR]]
    for day in range(1, car.shape[0]):
        if car[day] != car[0]:
            return False
    return len(b.service_starts) == 1
