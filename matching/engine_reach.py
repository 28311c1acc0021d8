"""The places that a person reaches, and the ways to each by the modes that are worth judging.

A way to a place is written in the fields of ``engine_weeks``: what a week's rooms are held against, at the
least minutes (does it break) and at the greatest (is it sure). Without timed services there are three uses
of a place: direct, by care, or both; they are numbered 1, 2 and 3.
"""

from typing import NamedTuple

import numpy as np

from matching import encode_block as c
from matching.encode_block import Long, Near
from matching.encode_distinct import Ints
from matching.engine_scores import floored
from matching.engine_ways import MODES, NEVER, NO_LIKELY, SHUTTLE_MODE, own_leg, owned
from matching.engine_weeks import FIELD, GUARDS, NO, field
from matching.jit import inner, once

_USES = 4
_FAR = np.int16(np.iinfo(np.int16).max)
# Longer ways than this do not fit in the fields.
LONGEST_BOUND = 2_000


class Ways(NamedTuple):
    """For one person: least[place]; modes[rank]: those that she has, twice, plus 1 when one was not explored.
    Then told[4 × mode + use, FIRST_LEAST…]: the ways to one place."""

    least: Near
    modes: Long
    told: Long


# Columns of ``Ways.told``: the words of the least and of the greatest minutes, likely minutes (NEVER: not
# known), their comfort (-1), whether some service runs, whether only the full judgement will do.
FIRST_LEAST, SECOND_LEAST, FIRST_MOST, SECOND_MOST, LIKELY, COMFORT, SERVED, WHOLE = range(8)


def room_for_ways(places: int) -> Ways:
    """Room to work in."""
    modes, told = np.zeros(MODES, dtype=np.int64), np.zeros(((MODES + 1) * _USES, 8), dtype=np.int64)
    return Ways(np.zeros(places, dtype=np.int16), modes, told)


@once
def reach(t: Ints, f: Long, who: int, legs: Near, cared: Near, by_care: int, ways: Ways) -> int:
    """Least minutes to every place by any of her modes, which it counts; legs[row, place] from her home,
    cared[row, place] from the place of care; by_care: 0 no, 1 at home, 2 elsewhere."""
    least, count = ways.least, 0
    least[:] = _FAR
    any_post = f[c.POST_COUNT] - 1
    for mode in range(MODES):
        # The car's answer is the same for every post (``plain``); the shuttle's depends on the place.
        if mode == SHUTTLE_MODE:
            answer = t[t[who + c.OWN] + mode] if _shuttled(legs, cared, by_care) else 0
        else:
            answer = owned(t, f, who, any_post, mode)
        if answer == 0:
            continue
        ways.modes[count] = 2 * mode + answer - 1
        count += 1
        _nearest(least, legs[8 * mode], legs[8 * mode + 4], 0, 0)
        if by_care > 0:
            out, back = 0, 0
            if by_care == 2:
                out, back = own_leg(t, f, who, mode, 0, -1)[0], own_leg(t, f, who, mode, 1, -1)[0]
            _nearest(least, cared[8 * mode], cared[8 * mode + 4], out, back)
    return count


@inner
def _shuttled(legs: Near, cared: Near, by_care: int) -> int:
    stops = np.int16(0)
    for place in range(legs.shape[1]):
        stops |= legs[c.NEAR_STOPS, place]
        if by_care > 0:
            stops |= cared[c.NEAR_STOPS, place]
    return int(stops)


@inner
def _nearest(least: Near, outs: Near, backs: Near, more_out: int, more_back: int) -> None:
    out, back = np.int16(min(more_out, 10_000)), np.int16(min(more_back, 10_000))
    for place in range(least.shape[0]):
        one, two = min(outs[place], np.int16(20_000)) + out, min(backs[place], np.int16(20_000)) + back
        longer = max(one, two) if outs[place] >= 0 else _FAR
        least[place] = np.int16(min(least[place], longer))


@once
def ways_to(
    t: Ints,
    f: Long,
    who: int,
    row: int,
    place: int,
    there: bool,
    bound: int,
    count_of_modes: int,
    legs: Near,
    cared: Near,
    by_care: int,
    ways: Ways,
) -> int:
    """The ways to one place that are not worse in all than another: by how many modes."""
    told, count, uses = ways.told, 0, _USES if by_care > 0 else 2
    radius, limit = t[row + c.RADIUS], t[row + c.LIMIT]
    beyond = radius >= 0 and legs[c.NEAR_KM, place] > radius
    longest_way = int(limit) if limit > 0 else f[c.COMFORT]
    for rank in range(count_of_modes):
        mode, sure = ways.modes[rank] >> 1, ways.modes[rank] & 1 == 0 and limit >= 0
        if mode == SHUTTLE_MODE and not (
            legs[c.NEAR_STOPS, place] == 1 or (by_care > 0 and cared[c.NEAR_STOPS, place] == 1)
        ):
            continue
        at = _USES * count
        if by_care > 0:
            least = _both_ways(t, f, who, mode, place, there, bound, sure, legs, cared, by_care, told, at)
        else:
            least = _direct(mode, place, bound, sure, legs, told, at)
        if least > bound and there:
            continue
        kept = True
        for other in range(0, at, _USES):
            if _worse(told, other, at, uses):
                kept = False
            elif _worse(told, at, other, uses):
                for use in range(1, uses):
                    for k in range(8):
                        told[other + use, k] = told[at + use, k]
                kept = False
            if not kept:
                break
        count += int(kept)
    for at in range(1, _USES * count):
        if at & 3 >= uses:
            continue
        minutes = told[at, LIKELY]
        ease = -1
        if minutes < NEVER:
            ease = floored(10_000 * (longest_way - minutes), longest_way) if minutes < longest_way else 0
            if beyond:
                ease = ease * f[c.BEYOND] // 10_000
        told[at, COMFORT] = ease
    return count


@once
def _direct(mode: int, place: int, bound: int, sure: bool, legs: Near, told: Long, at: int) -> int:
    """The direct way by one mode; its least minutes."""
    first = 8 * mode
    out, back = int(legs[first, place]), int(legs[first + 4, place])
    longest = max(out, back) if out >= 0 else NEVER
    if longest > bound:
        return longest
    out_most, back_most = int(legs[first + 2, place]), int(legs[first + 6, place])
    doubt = _doubt(out_most, int(legs[first + 3, place]), back_most, int(legs[first + 7, place]))
    likely = max(int(legs[first + 1, place]), int(legs[first + 5, place]))
    told[at + 1, FIRST_LEAST] = field(out, 0) | field(back, 1) | field(out + back, 2)
    unsure = NO << 3 * FIELD if max(out_most, back_most) > bound or not sure else field(1, 3)
    told[at + 1, FIRST_MOST] = (
        field(out_most, 0) | field(back_most, 1) | field(out_most + back_most, 2) | unsure
    )
    told[at + 1, SECOND_LEAST], told[at + 1, SECOND_MOST] = 0, 0
    told[at + 1, LIKELY] = NEVER if doubt == NO_LIKELY else likely
    told[at + 1, SERVED], told[at + 1, WHOLE] = 1, 0
    return longest


@inner
def _doubt(most: int, doubt: int, other_most: int, other: int) -> int:
    """As ``engine_ways.greatest_of``."""
    told = doubt if most >= other_most else other
    return told if told != 0 else (doubt if doubt != 0 else other)


@once
def _both_ways(
    t: Ints,
    f: Long,
    who: int,
    mode: int,
    place: int,
    there: bool,
    bound: int,
    sure: bool,
    legs: Near,
    cared: Near,
    by_care: int,
    told: Long,
    at: int,
) -> int:
    """One mode to one place, its three uses; its least minutes."""
    f1 = 8 * mode
    out, back = int(legs[f1, place]), int(legs[f1 + 4, place])
    out_most, back_most = int(legs[f1 + 2, place]), int(legs[f1 + 6, place])
    served = out >= 0
    longest, greatest = max(out, back), max(out_most, back_most)
    likely = max(int(legs[f1 + 1, place]), int(legs[f1 + 5, place]))
    doubt = _doubt(out_most, int(legs[f1 + 3, place]), back_most, int(legs[f1 + 7, place]))
    first = field(out, 0) | field(back, 1) | field(out + back, 2)
    first_most = field(out_most, 0) | field(back_most, 1) | field(out_most + back_most, 2)
    out, back = int(cared[f1, place]), int(cared[f1 + 4, place])
    out_most, back_most = int(cared[f1 + 2, place]), int(cared[f1 + 6, place])
    out_likely, back_likely = int(cared[f1 + 1, place]), int(cared[f1 + 5, place])
    out_doubt, back_doubt = int(cared[f1 + 3, place]), int(cared[f1 + 7, place])
    served_too = out >= 0
    rooms, rooms_most = 0, 0
    if served_too:
        drop, pick = int(t[who + c.DROP]), int(t[who + c.PICK])
        rooms = field(out + drop, 2) | field(back + pick, 3)
        rooms_most = field(out_most + drop, 2) | field(back_most + pick, 3)
    if by_care == 2 and there:
        leg, leg_back = own_leg(t, f, who, mode, 0, -1), own_leg(t, f, who, mode, 1, -1)
        # UNBOUNDED has become the greatest of the narrow integers: a sum with it stays there.
        out, out_likely, out_most = out + leg[0], out_likely + leg[1], min(out_most + leg[2], int(_FAR))
        back, back_likely = back + leg_back[0], back_likely + leg_back[1]
        back_most = min(back_most + leg_back[2], int(_FAR))
        out_doubt = leg[3] if leg[3] != 0 else out_doubt
        back_doubt = back_doubt if back_doubt != 0 else leg_back[3]
    second = field(out, 0) | field(back, 1) | field(out + back, 4)
    second_most = field(out_most, 0) | field(back_most, 1) | field(out_most + back_most, 4)
    longest_too, greatest_too = max(out, back), max(out_most, back_most)
    likely_too, doubt_too = max(out_likely, back_likely), _doubt(out_most, out_doubt, back_most, back_doubt)
    for use in range(1, _USES):
        direct, cares = use & 1 != 0, use & 2 != 0
        long = max(longest if direct else 0, longest_too if cares else 0)
        great = max(greatest if direct else 0, greatest_too if cares else 0)
        runs = (served or not direct) and (served_too or not cares)
        doubted = max(doubt if direct else 0, doubt_too if cares else 0)
        to = at + use
        least = first if direct else 0
        told[to, FIRST_LEAST] = least | NO << 2 * FIELD if long > bound or not runs else least
        unsure = NO << 3 * FIELD if great > bound or not sure else field(1, 3)
        told[to, FIRST_MOST] = unsure | first_most if direct else unsure
        told[to, SECOND_LEAST] = rooms | second if cares else rooms
        told[to, SECOND_MOST] = rooms_most | second_most if cares else rooms_most
        minutes = max(likely if direct else 0, likely_too if cares else 0)
        told[to, LIKELY] = NEVER if doubted == NO_LIKELY else minutes
        told[to, SERVED] = int(runs)
        told[to, WHOLE] = int(use == 3 and doubt != 0 and doubt_too != 0 and doubt != doubt_too)
    return min(longest if served else NEVER, longest_too if served_too else NEVER)


@inner
def _worse(told: Long, one: int, two: int, uses: int) -> bool:
    """Whether the mode told at ``two`` is nowhere better than that at ``one``."""
    for use in range(1, uses):
        a, b = one + use, two + use
        if not (
            _wider(told[b, FIRST_LEAST], told[a, FIRST_LEAST])
            and _wider(told[b, SECOND_LEAST], told[a, SECOND_LEAST])
            and _wider(told[b, FIRST_MOST], told[a, FIRST_MOST])
            and _wider(told[b, SECOND_MOST], told[a, SECOND_MOST])
            and told[b, LIKELY] >= told[a, LIKELY]
            and told[b, SERVED] <= told[a, SERVED]
            and told[a, WHOLE] == told[b, WHOLE] == 0
        ):
            return False
    return True


@inner
def _wider(one: int, two: int) -> bool:
    """Whether every field of ``one`` is at least that of ``two``."""
    return (one | GUARDS) - two & GUARDS == GUARDS


@inner
def plain(t: Ints, f: Long, who: int) -> bool:
    """Whether the short cuts hold for this person: one project, places told, one answer for the car."""
    if t[who + c.LAST_ROW] - t[who + c.FIRST_ROW] != 1 or t[who + c.HOME] < 0:
        return False
    if t[who + c.BY_CARE] == 1 and t[who + c.CARE] < 0:
        return False
    limit = t[f[c.ROWS] + c.ROW_WIDTH * t[who + c.FIRST_ROW] + c.LIMIT]
    if max(f[c.COMFORT], f[c.CEILING] if limit < 0 else limit) > LONGEST_BOUND:
        return False
    car = t[who + c.CAR]
    for day in range(1, f[c.DAYS]):
        if t[car + day] != t[car]:
            return False
    return bool(f[c.TIMED] == 0)
