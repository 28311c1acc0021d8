"""The kernel's travel and hours: verdicts and costs of one person × post from arrays of integers alone.

Written from the rules of ``constraints_way`` and ``constraints_hours``; a test holds it equal to them on
random worlds. Plain functions of numbers: numba compiles them, the numpy path calls them as they are.
A code is 0 (holds), 1 (unknown) or 2 + the cost of what is broken.
"""

from matching import encode_block as c
from matching.encode_block import Long
from matching.encode_distinct import Ints
from matching.jit import inner

DAY, UNBOUNDED = 1440, 100_000
CAR_MODE, TRANSIT_MODE, SHUTTLE_MODE, MODES = 4, 7, 8, 9
NO_LIKELY, NEVER = 2, 1 << 30
OUT_LAST, OUT_WHOLE, BACK_FIRST, BACK_WHOLE = 0, 1, 2, 3
Minutes = tuple[int, int, int, int]  # least, likely, greatest, doubt


# ------------------------------------------------------------------ ways
@inner
def served(t: Ints, f: Long, listed: int, way: int, minute: int) -> int:
    """Least minutes by timed services to arrive by a minute of the day (way 0) or leaving at it; -1: none."""
    best = -1
    for k in range(t[f[c.SERVICES] + listed], t[f[c.SERVICES] + listed + 1]):
        departure, minutes = int(t[f[c.DEPARTURES] + k]), int(t[f[c.DURATIONS] + k])
        wait = 0
        if departure >= 0:
            wait = (minute - departure - minutes) % DAY if way == 0 else (departure - minute) % DAY
        if wait <= f[c.MAX_WAIT] and (best < 0 or minutes + wait < best):
            best = minutes + wait
    return best


@inner
def told_leg(t: Ints, f: Long, at: int, way: int, minute: int) -> Minutes:
    """One leg from its record; ``minute`` -1 when the hours are not told. Least -1: none."""
    if t[at + 4] >= 0 and minute >= 0:
        found = served(t, f, t[at + 4], way, minute)
        return found, found, found, 0
    return int(t[at]), int(t[at + 1]), int(t[at + 2]), int(t[at + 3])


@inner
def leg(t: Ints, f: Long, point: int, place: int, mode: int, way: int, minute: int) -> Minutes:
    """One leg between a point and the post, on the way out (0) or back (1)."""
    return told_leg(t, f, point + c.LEGS_A_PLACE * place + 10 * mode + 5 * way, way, minute)


@inner
def own_leg(t: Ints, f: Long, who: int, mode: int, way: int, minute: int) -> Minutes:
    """From home to the place of care (way 0) or back."""
    return told_leg(t, f, t[who + c.OWN_LEGS] + 10 * mode + 5 * way, way, minute)


@inner
def put(ways: Long, key: int, part: int, one: Minutes) -> None:
    ways[key, part, 0] = one[0]
    ways[key, part, 1] = one[1]
    ways[key, part, 2] = one[2]
    ways[key, part, 3] = one[3]


@inner
def add(one: Minutes, two: Minutes) -> Minutes:
    doubt = one[3] if one[3] != 0 else two[3]
    return one[0] + two[0], one[1] + two[1], min(one[2] + two[2], UNBOUNDED), doubt


@inner
def greatest_of(one: Minutes, two: Minutes) -> Minutes:
    doubt = one[3] if one[2] >= two[2] else two[3]
    if doubt == 0:
        doubt = one[3] if one[3] != 0 else two[3]
    return max(one[0], two[0]), max(one[1], two[1]), max(one[2], two[2]), doubt


@inner
def told(ways: Long, key: int, part: int) -> Minutes:
    one = ways[key, part]
    return int(one[0]), int(one[1]), int(one[2]), int(one[3])


@inner
def find_way(
    t: Ints,
    f: Long,
    who: int,
    place: int,
    mode: int,
    by_care: int,
    start: int,
    end: int,
    ways: Long,
    key: int,
) -> bool:
    """``travel.way`` to one presence, into ways[key]; False when no service runs then."""
    home, care = t[who + c.HOME], t[who + c.CARE]
    if home < 0 or t[f[c.THERE] + place] == 0:
        for part in range(4):
            put(ways, key, part, (0, 0, UNBOUNDED, NO_LIKELY))
        return True
    first = care if by_care == 1 and care >= 0 else home
    out = leg(t, f, first, place, mode, 0, start)
    back = leg(t, f, first, place, mode, 1, end)
    if out[0] < 0 or back[0] < 0:
        return False
    put(ways, key, OUT_LAST, out)
    put(ways, key, OUT_WHOLE, out)
    put(ways, key, BACK_FIRST, back)
    put(ways, key, BACK_WHOLE, back)
    if by_care == 0 or home == care:
        return True
    if care < 0:
        put(ways, key, OUT_LAST, (0, 0, UNBOUNDED, 1))
        put(ways, key, OUT_WHOLE, (out[0], out[1], UNBOUNDED, max(out[3], 1)))
        put(ways, key, BACK_FIRST, (0, 0, UNBOUNDED, 1))
        put(ways, key, BACK_WHOLE, (back[0], back[1], UNBOUNDED, max(back[3], 1)))
        return True
    left = -1 if start < 0 else (start - out[1] - t[who + c.DROP]) % DAY
    again = -1 if end < 0 else (end + back[1] + t[who + c.PICK]) % DAY
    to_care = own_leg(t, f, who, mode, 0, left)
    from_care = own_leg(t, f, who, mode, 1, again)
    if to_care[0] < 0 or from_care[0] < 0:
        return False
    put(ways, key, OUT_WHOLE, add(to_care, out))
    put(ways, key, BACK_WHOLE, add(back, from_care))
    return True


# ------------------------------------------------------------------ verdicts
@inner
def price(t: Ints, f: Long, reason: int, missing: int, within: bool) -> int:
    """``ease.cost`` of a reason."""
    total = int(
        f[c.COSTS + 3 * reason + 0] + f[c.COSTS + 3 * reason + 1] * missing // f[c.COSTS + 3 * reason + 2]
    )
    return total // int(f[c.DIVISOR]) if within else total


@inner
def over(states: tuple[int, int], missing: tuple[int, int], costs: tuple[int, int], n: int) -> int:
    """``stays.over_scenarios`` as a code, for one scenario or two."""
    if n == 1 or (states[0] == states[1] == 2 and missing[0] >= missing[1]):
        return 2 + costs[0] if states[0] == 2 else states[0]
    if states[0] == states[1] == 2:
        return 2 + costs[1]
    return max(min(states[0], 1), min(states[1], 1))


@inner
def covers(
    t: Ints, f: Long, who: int, post: int, at: int, care: bool, ways: Long
) -> tuple[int, int, int, int]:
    """One scenario of availability or care from its program: state, missing, cost, where the next begins."""
    untold = 0
    if care:
        untold = t[at]
        at += 1
    count, width = t[at], 10 if care else 6
    at += 1
    drop = int(t[who + c.DROP]) if care else 0
    pick = int(t[who + c.PICK]) if care else 0
    out_part, back_part = (OUT_LAST, BACK_FIRST) if care else (OUT_WHOLE, BACK_WHOLE)
    state, worst_none, worst, most, within, uncovered, by_day = 0, -1, -1, 0, False, 0, False
    later, sooner = t[f[c.AT + c.LATER] + post], t[f[c.AT + c.SOONER] + post]
    days_off = t[f[c.AT + c.DAYS_OFF] + post]
    for k in range(count):
        e = at + k * width
        before, after, hole, none = int(t[e]), int(t[e + 1]), int(t[e + 2]), int(t[e + 3])
        out, back = ways[t[e + 4], out_part], ways[t[e + 4], back_part]
        need_before, need_after = out[0] + drop, back[0] + pick
        broken = hole > 0 or before < need_before or after < need_after
        if broken and care and t[e + 6] == 1:
            hoped = t[e + 9] == 0 and t[e + 7] >= need_before and t[e + 8] >= need_after
            if hoped:
                broken = False
                state = max(state, 1)
                continue
        if not broken:
            if before < out[2] + drop or after < back[2] + pick:
                state = max(state, 1)
            continue
        state = 2
        early, late = max(0, out[1] + drop - before), max(0, back[1] + pick - after)
        missing = early + hole + late
        if none == 1 or hole > 0:
            uncovered |= t[e + 5]
        if none > worst_none or (none == worst_none and missing > worst):
            worst_none, worst = none, missing
            most = missing if none == 1 else max(early, late, hole)
            by_day = none == 1 or hole > 0
            # The least that could be missing is no size of a change: ``constraints_hours._levers``.
            sure_early, sure_late = out[2] + drop < UNBOUNDED, back[2] + pick < UNBOUNDED
            within = not by_day and (
                (0 < early <= later and sure_early) or (0 < late <= sooner and sure_late)
            )
    following = at + count * width
    if by_day:
        # Days that may be taken off, unless none would be left.
        within = days_off != 0 and uncovered != days_off
    if state == 2:
        reason = c.NOT_AVAILABLE + worst_none + (2 if care else 0)
        return 2, most, price(t, f, reason, most, within), following
    return max(state, untold), 0, 0, following


@inner
def judge_hours(t: Ints, f: Long, who: int, post: int, ways: Long) -> tuple[int, int]:
    """Codes of availability and of care over every scenario, by the ways given."""
    week = t[f[c.AT + c.WEEK] + post]
    count = t[f[c.WEEKS] + week]
    rooms, cared = t[who + c.AVAILABLE], t[who + c.CARED]
    if count == 0:
        # Hours not told: asked for, unless no hours at all would do.
        available, care = 1, (1 if cared == c.NOT_EXPLORED else 0)
        if rooms >= 0 and t[t[rooms + week]] == 2:
            available = 2 + price(t, f, c.NEVER_AVAILABLE, 0, False)
        if cared >= 0:
            care = t[t[cared + week]]
            care = 2 + price(t, f, c.NEVER_CARED, 0, False) if care == 2 else int(care)
        return available, care
    available, care = 1, (1 if cared == c.NOT_EXPLORED else 0)
    if rooms >= 0:
        one, missing, cost, at = covers(t, f, who, post, t[rooms + week], False, ways)
        two, missing_2, cost_2 = one, missing, cost
        if count == 2:
            two, missing_2, cost_2, at = covers(t, f, who, post, at, False, ways)
        available = over((one, two), (missing, missing_2), (cost, cost_2), count)
    if cared >= 0:
        one, missing, cost, at = covers(t, f, who, post, t[cared + week], True, ways)
        two, missing_2, cost_2 = one, missing, cost
        if count == 2:
            two, missing_2, cost_2, at = covers(t, f, who, post, at, True, ways)
        care = over((one, two), (missing, missing_2), (cost, cost_2), count)
    return available, care


@inner
def trips(t: Ints, f: Long, at: int, ways: Long) -> tuple[Minutes, Minutes, int]:
    """One scenario's longest trip, its longest split day (least -1: none), and where the next begins."""
    one_way = (0, 0, 0, 0)
    for k in range(t[at]):
        key = t[at + 1 + k]
        one_way = greatest_of(one_way, greatest_of(told(ways, key, OUT_WHOLE), told(ways, key, BACK_WHOLE)))
    at += 1 + t[at]
    split = (-1, -1, -1, 0)
    days = t[at]
    at += 1
    for _ in range(days):
        total = (0, 0, 0, 0)
        for k in range(t[at]):
            key = t[at + 1 + k]
            total = add(total, add(told(ways, key, OUT_WHOLE), told(ways, key, BACK_WHOLE)))
        split = greatest_of(split, total)
        at += 1 + t[at]
    return one_way, split, at


@inner
def judge_trip(t: Ints, f: Long, one_way: Minutes, split: Minutes, limit: int) -> tuple[int, int, int]:
    """``constraints_way._travel``: state, missing, cost."""
    bound = f[c.CEILING] if limit < 0 else limit
    if one_way[0] > bound:
        return 2, one_way[1] - bound, price(t, f, c.TOO_LONG, one_way[1] - bound, False)
    if split[0] > 2 * bound:
        return 2, split[1] - 2 * bound, price(t, f, c.DAILY_TOO_LONG, split[1] - 2 * bound, False)
    if one_way[2] > bound or split[2] > 2 * bound or limit < 0:
        return 1, 0, 0
    return 0, 0, 0


@inner
def judge_travel(t: Ints, f: Long, who: int, post: int, mode: int, limit: int, ways: Long) -> tuple[int, int]:
    """Code of the travel by one mode, and its minutes as told; -1: not known, -2: no service."""
    place, week = t[f[c.AT + c.PLACE] + post], t[f[c.AT + c.WEEK] + post]
    at = t[t[who + c.PATTERN] + week]
    count = t[f[c.WEEKS] + week]
    none = (-1, -1, -1, 0)
    if count == 0:
        if not find_way(t, f, who, place, mode, t[who + c.BY_CARE], -1, -1, ways, 0):
            return 0, -2
        one_way = greatest_of(told(ways, 0, OUT_WHOLE), told(ways, 0, BACK_WHOLE))
        state, missing, cost = judge_trip(t, f, one_way, none, limit)
        return 2 + cost if state == 2 else state, -1 if one_way[3] == NO_LIKELY else one_way[1]
    for key in range(t[at]):
        k = at + 1 + 3 * key
        if not find_way(t, f, who, place, mode, t[k], t[k + 1], t[k + 2], ways, key):
            return 0, -2
    one_way, split, at = trips(t, f, at + 1 + 3 * t[at], ways)
    one, missing, cost = judge_trip(t, f, one_way, split, limit)
    two, missing_2, cost_2, longest = one, missing, cost, one_way
    if count == 2:
        one_way, split, at = trips(t, f, at, ways)
        two, missing_2, cost_2 = judge_trip(t, f, one_way, split, limit)
        if one_way[1] > longest[1]:
            longest = one_way
    code = over((one, two), (missing, missing_2), (cost, cost_2), count)
    return code, -1 if longest[3] == NO_LIKELY else longest[1]


@inner
def owned(t: Ints, f: Long, who: int, post: int, mode: int) -> int:
    """``approach.answer_for``: 0 no, 1 yes, 2 not explored."""
    if mode == SHUTTLE_MODE:
        place = t[f[c.AT + c.PLACE] + post]
        for point in (t[who + c.HOME], t[who + c.CARE]):
            if point >= 0 and t[point + c.LEGS_A_PLACE * place + c.STOPS] == 1:
                return int(t[t[who + c.OWN] + SHUTTLE_MODE])
        return 0
    if mode == CAR_MODE:
        return int(t[t[who + c.CAR] + t[f[c.AT + c.DAY] + post]])
    return int(t[t[who + c.OWN] + mode])


@inner
def judge_way(
    t: Ints, f: Long, who: int, limit: int, post: int, ways: Long
) -> tuple[int, int, int, int, int]:
    """Codes of travel, availability and care by the best mode; minutes of the trip (-1: none), the mode."""
    best = (99, 9, NEVER, MODES)
    found = (0, 0, 0, -1, -1)
    usable = False
    for mode in range(MODES):
        answer = owned(t, f, who, post, mode)
        if answer == 0:
            continue
        usable = True
        travel, minutes = judge_travel(t, f, who, post, mode, limit, ways)
        if minutes == -2:
            continue
        if answer == 2 and travel == 0:
            travel = 1
        available, care = judge_hours(t, f, who, post, ways)
        broken = int(travel >= 2) + int(available >= 2) + int(care >= 2)
        unknown = int(travel == 1 or available == 1 or care == 1)
        order = (broken, unknown, minutes if minutes >= 0 else NEVER, mode)
        if order < best:
            best = order
            found = (travel, available, care, minutes, mode)
    if found[4] < 0:
        ways[:] = 0
        available, care = judge_hours(t, f, who, post, ways)
        reason = c.NO_SERVICE if usable else c.NO_MODE
        return 2 + price(t, f, reason, 0, False), available, care, -1, -1
    return found
