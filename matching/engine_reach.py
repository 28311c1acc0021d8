"""The kernel's short cuts for long lists: what a person reaches, and what surely breaks, before any detail.

Nothing here decides alone: a pair is left out only when it breaks whatever the mode, and what passes is
judged in full. Without timed services a way depends only on whether a child is left in care, so each week of
a post is summed up in its least rooms, with and without the care's detour.
"""

from matching import encode_block as c
from matching.encode_block import Long
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
def weeks_of(t: Ints, f: Long, who: int, weeks: Ints) -> None:
    """Every week of the posts summed up for one person, end to end."""
    for week in range(f[c.WEEK_COUNT]):
        at = WEEK_COLUMNS * week
        for k in range(WEEK_COLUMNS):
            weeks[at + k] = AMPLE if k < BREAKS else 0
        count = t[f[c.WEEKS] + week]
        if t[who + c.AVAILABLE] < 0 or t[who + c.CARED] == c.NOT_EXPLORED:
            weeks[at + DOUBT] = 1
        if count == 0:
            weeks[at + DOUBT] = 1
            weeks[at + USES] = 2 if t[who + c.BY_CARE] == 1 else 1
        elif count == 2:
            weeks[at + WHOLE] = 1
        else:
            ways = t[t[who + c.PATTERN] + week]
            _ways_used(t, ways, weeks, at)
            if t[who + c.AVAILABLE] >= 0:
                _room(t, t[t[who + c.AVAILABLE] + week], ways + 1, weeks, at)
            if t[who + c.CARED] >= 0:
                _care(t, t[t[who + c.CARED] + week], weeks, at)


@inner
def _ways_used(t: Ints, at: int, weeks: Ints, to: int) -> None:
    count = t[at]
    for key in range(count):
        weeks[to + USES] |= 1 + t[at + 1 + 3 * key]
    first = at + 1
    at += 1 + 3 * count
    at += 1 + t[at]
    days = t[at]
    at += 1
    for _ in range(days):
        column = to + DAY_DIRECT + t[first + 3 * t[at + 1]]
        weeks[column] = max(weeks[column], t[at])
        at += 1 + t[at]


@inner
def _room(t: Ints, at: int, first_key: int, weeks: Ints, to: int) -> None:
    for k in range(t[at]):
        e = at + 1 + 5 * k
        side = to + DIRECT_BEFORE + 2 * t[first_key + 3 * t[e + 4]]
        weeks[side] = min(weeks[side], t[e])
        weeks[side + 1] = min(weeks[side + 1], t[e + 1])
        if t[e + 2] > 0:
            weeks[to + BREAKS] = 1


@inner
def _care(t: Ints, at: int, weeks: Ints, to: int) -> None:
    if t[at] == 1:
        weeks[to + DOUBT] = 1
    for k in range(t[at + 1]):
        e = at + 2 + 9 * k
        if t[e + 5] == 1:
            weeks[to + WHOLE] = 1
            weeks[to + BREAKS] = 0
            for column in range(BREAKS):
                weeks[to + column] = AMPLE
            return
        weeks[to + CARE_BEFORE] = min(weeks[to + CARE_BEFORE], t[e])
        weeks[to + CARE_AFTER] = min(weeks[to + CARE_AFTER], t[e + 1])
        if t[e + 2] > 0:
            weeks[to + BREAKS] = 1


@inner
def _one_way(modes: Ints, at: int, out: Minutes, back: Minutes) -> None:
    """Out and back of one way, and the longer of the two."""
    longer = greatest_of(out, back)
    modes[at + OUT], modes[at + OUT_MOST] = out[0], out[2]
    modes[at + BACK], modes[at + BACK_MOST] = back[0], back[2]
    modes[at + LONGEST], modes[at + LIKELY] = longer[0], longer[1]
    modes[at + GREATEST], modes[at + UNSURE] = longer[2], longer[3]


@inner
def modes_to(t: Ints, f: Long, who: int, place: int, post: int, bound: int, modes: Ints, names: Ints) -> int:
    """Ways to one place by every mode whose least trip is not too long; how many such modes."""
    home, care = t[who + c.HOME], t[who + c.CARE]
    count = 0
    for mode in range(MODES):
        answer = owned(t, f, who, post, mode)
        if answer == 0:
            continue
        at = MODE_COLUMNS * count
        least = AMPLE
        modes[at + LONGEST] = AMPLE
        modes[at + WAY + LONGEST] = AMPLE
        for k in range(CARED_FROM, MODE_COLUMNS):
            modes[at + k] = 0
        if t[f[c.THERE] + place] == 0:
            _anywhere(t, who, modes, at)
            names[count] = 2 * mode + (1 if answer == 2 else 0)
            count += 1
            continue
        out, back = leg(t, f, home, place, mode, 0, -1), leg(t, f, home, place, mode, 1, -1)
        if out[0] >= 0:
            _one_way(modes, at, out, back)
            least = max(out[0], back[0])
        if t[who + c.BY_CARE] == 1:
            out, back = leg(t, f, care, place, mode, 0, -1), leg(t, f, care, place, mode, 1, -1)
            if out[0] >= 0:
                least = min(least, _by_care(t, f, who, mode, modes, at, out, back))
        if least <= bound:
            names[count] = 2 * mode + (1 if answer == 2 else 0)
            count += 1
    return count


@inner
def _anywhere(t: Ints, who: int, modes: Ints, at: int) -> None:
    """The way to a post whose place is not told: from nothing to no end."""
    unknown = (0, 0, UNBOUNDED, NO_LIKELY)
    _one_way(modes, at, unknown, unknown)
    _one_way(modes, at + WAY, unknown, unknown)
    drop, pick = t[who + c.DROP], t[who + c.PICK]
    modes[at + CARED_FROM], modes[at + CARED_FROM + 1] = drop, UNBOUNDED
    modes[at + CARED_FROM + 2], modes[at + CARED_FROM + 3] = pick, UNBOUNDED


@inner
def _by_care(t: Ints, f: Long, who: int, mode: int, modes: Ints, at: int, out: Minutes, back: Minutes) -> int:
    """The way by care, and its least minutes."""
    drop, pick = t[who + c.DROP], t[who + c.PICK]
    modes[at + CARED_FROM], modes[at + CARED_FROM + 1] = out[0] + drop, out[2] + drop
    modes[at + CARED_FROM + 2], modes[at + CARED_FROM + 3] = back[0] + pick, back[2] + pick
    if t[who + c.HOME] != t[who + c.CARE]:
        out = add(own_leg(t, f, who, mode, 0, -1), out)
        back = add(back, own_leg(t, f, who, mode, 1, -1))
    _one_way(modes, at + WAY, out, back)
    return max(out[0], back[0])


@inner
def judge_quickly(
    weeks: Ints, week: int, modes: Ints, names: Ints, count: int, bound: int, told: bool
) -> tuple[int, int]:
    """The best of the modes that break nothing: 0 sure, 1 in doubt, 2 none, 3 not for
    a short cut; and its minutes, -1 not known.

    Ties are as in ``constraints_way``: no doubt first, then the shortest, then the order of the modes.
    """
    state, best = 2, 1 << 30
    for k in range(count):
        unsure = weeks[week + DOUBT] == 1 or names[k] & 1 == 1 or not told
        longest, likely, greatest, doubt, split, split_most = 0, 0, 0, 0, 0, 0
        broken = False
        for way in range(2):
            at = MODE_COLUMNS * k + WAY * way
            if weeks[week + USES] & (1 + way) == 0:
                continue
            before, after = weeks[week + 2 * way], weeks[week + 2 * way + 1]
            if modes[at + LONGEST] >= AMPLE or before < modes[at + OUT] or after < modes[at + BACK]:
                broken = True
            if before < modes[at + OUT_MOST] or after < modes[at + BACK_MOST]:
                unsure = True
            if doubt != 0 and modes[at + UNSURE] != 0 and doubt != modes[at + UNSURE]:
                return 3, -1
            doubt = max(doubt, modes[at + UNSURE])
            longest = max(longest, modes[at + LONGEST])
            likely = max(likely, modes[at + LIKELY])
            greatest = max(greatest, modes[at + GREATEST])
            times = weeks[week + DAY_DIRECT + way]
            split = max(split, times * (modes[at + OUT] + modes[at + BACK]))
            most = min(UNBOUNDED, times * (modes[at + OUT_MOST] + modes[at + BACK_MOST]))
            split_most = max(split_most, most)
        at = MODE_COLUMNS * k + CARED_FROM
        before, after = weeks[week + CARE_BEFORE], weeks[week + CARE_AFTER]
        if broken or longest > bound or split > 2 * bound or before < modes[at] or after < modes[at + 2]:
            continue
        if before < modes[at + 1] or after < modes[at + 3] or greatest > bound or split_most > 2 * bound:
            unsure = True
        minutes = 1 << 30 if doubt == NO_LIKELY else likely
        if int(unsure) < state or (int(unsure) == state and minutes < best):
            state, best = int(unsure), minutes
    return state, -1 if best == 1 << 30 else best


@inner
def plain(t: Ints, f: Long, who: int) -> bool:
    """Whether the short cuts hold for this person: one project, places told, one answer for the car."""
    if t[who + c.LAST_ROW] - t[who + c.FIRST_ROW] != 1 or t[who + c.HOME] < 0:
        return False
    if t[who + c.BY_CARE] == 1 and t[who + c.CARE] < 0:
        return False
    car = t[who + c.CAR]
    for day in range(1, f[c.DAYS]):
        if t[car + day] != t[car]:
            return False
    return bool(f[c.TIMED] == 0)
