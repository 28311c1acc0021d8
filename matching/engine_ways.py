"""The kernel's travel and hours: verdicts and costs of one person × post from arrays of integers alone.

Written from the rules of ``constraints_way`` and ``constraints_hours``; a test holds it equal to them on
random worlds. Plain functions of numbers: numba compiles them, the numpy path calls them as they are.
A code is 0 (holds), 1 (unknown) or 2 + the cost of what is broken.
"""

from matching import encode_block as c
from matching.encode_block import Block, Long
from matching.encode_distinct import Ints
from matching.jit import inner

DAY, UNBOUNDED = 1440, 100_000
CAR_MODE, TRANSIT_MODE, SHUTTLE_MODE, MODES = 4, 7, 8, 9
NO_LIKELY, NEVER = 2, 1 << 30
OUT_LAST, OUT_WHOLE, BACK_FIRST, BACK_WHOLE = 0, 1, 2, 3
Minutes = tuple[int, int, int, int]  # least, likely, greatest, doubt


# ------------------------------------------------------------------ ways
@inner
def served(b: Block, listed: int, way: int, minute: int) -> int:
    """Least minutes by timed services to arrive by a minute of the day (way 0) or leaving at it; -1: none."""
    best = -1
    for k in range(b.service_starts[listed], b.service_starts[listed + 1]):
        departure, minutes = int(b.departures[k]), int(b.service_minutes[k])
        wait = 0
        if departure >= 0:
            wait = (minute - departure - minutes) % DAY if way == 0 else (departure - minute) % DAY
        if wait <= b.figures[c.MAX_WAIT] and (best < 0 or minutes + wait < best):
            best = minutes + wait
    return best


@inner
def leg(b: Block, point: int, place: int, mode: int, way: int, minute: int) -> Minutes:
    """One leg between a point and the post; ``minute`` -1 when the hours are not told. Least -1: none."""
    listed = b.timed[point, place, mode, way]
    if listed >= 0 and minute >= 0:
        found = served(b, listed, way, minute)
        return found, found, found, 0
    told = b.legs[point, place, mode, way]
    return int(told[0]), int(told[1]), int(told[2]), int(b.doubt[point, place, mode, way])


@inner
def own_leg(b: Block, i: int, mode: int, way: int, minute: int) -> Minutes:
    """From home to the place of care (way 0) or back."""
    told = b.own_legs[b.people[i, c.OWN_LEGS], mode, way]
    if told[4] >= 0 and minute >= 0:
        found = served(b, told[4], way, minute % DAY)
        return found, found, found, 0
    return int(told[0]), int(told[1]), int(told[2]), int(told[3])


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
    b: Block, i: int, place: int, mode: int, by_care: int, start: int, end: int, ways: Long, key: int
) -> bool:
    """``travel.way`` to one presence, into ways[key]; False when no service runs then."""
    home, care = b.people[i, c.HOME], b.people[i, c.CARE]
    if home < 0 or b.there[place] == 0:
        for part in range(4):
            put(ways, key, part, (0, 0, UNBOUNDED, NO_LIKELY))
        return True
    first = care if by_care == 1 and care >= 0 else home
    out = leg(b, first, place, mode, 0, start)
    back = leg(b, first, place, mode, 1, end)
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
        put(ways, key, OUT_WHOLE, (out[0], out[1], UNBOUNDED, 1))
        put(ways, key, BACK_FIRST, (0, 0, UNBOUNDED, 1))
        put(ways, key, BACK_WHOLE, (back[0], back[1], UNBOUNDED, 1))
        return True
    left = -1 if start < 0 else (start - out[1] - b.people[i, c.DROP]) % DAY
    again = -1 if end < 0 else (end + back[1] + b.people[i, c.PICK]) % DAY
    to_care = own_leg(b, i, mode, 0, left)
    from_care = own_leg(b, i, mode, 1, again)
    if to_care[0] < 0 or from_care[0] < 0:
        return False
    put(ways, key, OUT_WHOLE, add(to_care, out))
    put(ways, key, BACK_WHOLE, add(back, from_care))
    return True


# ------------------------------------------------------------------ verdicts
@inner
def price(b: Block, reason: int, missing: int, within: bool) -> int:
    """``ease.cost`` of a reason."""
    total = int(b.costs[reason, 0] + b.costs[reason, 1] * missing // b.costs[reason, 2])
    return total // int(b.figures[c.DIVISOR]) if within else total


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
    b: Block, i: int, post: int, data: Ints, at: int, care: bool, ways: Long
) -> tuple[int, int, int, int]:
    """One scenario of availability or care from its program: state, missing, cost, where the next begins."""
    untold = 0
    if care:
        untold = data[at]
        at += 1
    count, width = data[at], 9 if care else 5
    at += 1
    drop = int(b.people[i, c.DROP]) if care else 0
    pick = int(b.people[i, c.PICK]) if care else 0
    out_part, back_part = (OUT_LAST, BACK_FIRST) if care else (OUT_WHOLE, BACK_WHOLE)
    state, worst_none, worst, most, within = 0, -1, -1, 0, False
    later, sooner = b.posts[c.LATER, post], b.posts[c.SOONER, post]
    for k in range(count):
        e = at + k * width
        before, after, hole, none = int(data[e]), int(data[e + 1]), int(data[e + 2]), int(data[e + 3])
        out, back = ways[data[e + 4], out_part], ways[data[e + 4], back_part]
        need_before, need_after = out[0] + drop, back[0] + pick
        broken = hole > 0 or before < need_before or after < need_after
        if broken and care and data[e + 5] == 1:
            hoped = data[e + 8] == 0 and data[e + 6] >= need_before and data[e + 7] >= need_after
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
        if none > worst_none or (none == worst_none and missing > worst):
            worst_none, worst = none, missing
            most = missing if none == 1 else max(early, late, hole)
            if none == 1 or hole > 0:
                within = b.posts[c.DAYS_OFF, post] == 1
            else:
                within = (0 < early <= later) or (0 < late <= sooner)
    following = at + count * width
    if state == 2:
        reason = c.NOT_AVAILABLE + worst_none + (2 if care else 0)
        return 2, most, price(b, reason, most, within), following
    return max(state, untold), 0, 0, following


@inner
def judge_hours(b: Block, i: int, post: int, ways: Long) -> tuple[int, int]:
    """Codes of availability and of care over every scenario, by the ways given."""
    week = b.posts[c.WEEK, post]
    count = b.scenarios[week]
    rooms, cared = b.people[i, c.AVAILABLE], b.people[i, c.CARED]
    if count == 0:
        return 1, 1 if cared == c.NOT_EXPLORED or b.people[i, c.BY_CARE] == 1 else 0
    available, care = 1, (1 if cared == c.NOT_EXPLORED else 0)
    if rooms >= 0:
        one, missing, cost, at = covers(b, i, post, b.rooms, b.room_starts[rooms, week], False, ways)
        two, missing_2, cost_2 = one, missing, cost
        if count == 2:
            two, missing_2, cost_2, at = covers(b, i, post, b.rooms, at, False, ways)
        available = over((one, two), (missing, missing_2), (cost, cost_2), count)
    if cared >= 0:
        one, missing, cost, at = covers(b, i, post, b.cares, b.care_starts[cared, week], True, ways)
        two, missing_2, cost_2 = one, missing, cost
        if count == 2:
            two, missing_2, cost_2, at = covers(b, i, post, b.cares, at, True, ways)
        care = over((one, two), (missing, missing_2), (cost, cost_2), count)
    return available, care


@inner
def trips(b: Block, at: int, ways: Long) -> tuple[Minutes, Minutes, int]:
    """One scenario's longest trip, its longest split day (least -1: none), and where the next begins."""
    one_way = (0, 0, 0, 0)
    for k in range(b.ways[at]):
        key = b.ways[at + 1 + k]
        one_way = greatest_of(one_way, greatest_of(told(ways, key, OUT_WHOLE), told(ways, key, BACK_WHOLE)))
    at += 1 + b.ways[at]
    split = (-1, -1, -1, 0)
    days = b.ways[at]
    at += 1
    for _ in range(days):
        total = (0, 0, 0, 0)
        for k in range(b.ways[at]):
            key = b.ways[at + 1 + k]
            total = add(total, add(told(ways, key, OUT_WHOLE), told(ways, key, BACK_WHOLE)))
        split = greatest_of(split, total)
        at += 1 + b.ways[at]
    return one_way, split, at


@inner
def judge_trip(b: Block, one_way: Minutes, split: Minutes, limit: int) -> tuple[int, int, int]:
    """``constraints_way._travel``: state, missing, cost."""
    bound = b.figures[c.CEILING] if limit < 0 else limit
    if one_way[0] > bound:
        return 2, one_way[1] - bound, price(b, c.TOO_LONG, one_way[1] - bound, False)
    if split[0] > 2 * bound:
        return 2, split[1] - 2 * bound, price(b, c.DAILY_TOO_LONG, split[1] - 2 * bound, False)
    if one_way[2] > bound or split[2] > 2 * bound or limit < 0:
        return 1, 0, 0
    return 0, 0, 0


@inner
def judge_travel(b: Block, i: int, post: int, mode: int, limit: int, ways: Long) -> tuple[int, int]:
    """Code of the travel by one mode, and its minutes as told; -1: not known, -2: no service."""
    place, week = b.posts[c.PLACE, post], b.posts[c.WEEK, post]
    at = b.way_starts[b.people[i, c.PATTERN], week]
    count = b.scenarios[week]
    none = (-1, -1, -1, 0)
    if count == 0:
        if not find_way(b, i, place, mode, b.people[i, c.BY_CARE], -1, -1, ways, 0):
            return 0, -2
        one_way = greatest_of(told(ways, 0, OUT_WHOLE), told(ways, 0, BACK_WHOLE))
        state, missing, cost = judge_trip(b, one_way, none, limit)
        return 2 + cost if state == 2 else state, -1 if one_way[3] == NO_LIKELY else one_way[1]
    for key in range(b.ways[at]):
        k = at + 1 + 3 * key
        if not find_way(b, i, place, mode, b.ways[k], b.ways[k + 1], b.ways[k + 2], ways, key):
            return 0, -2
    one_way, split, at = trips(b, at + 1 + 3 * b.ways[at], ways)
    one, missing, cost = judge_trip(b, one_way, split, limit)
    two, missing_2, cost_2, longest = one, missing, cost, one_way
    if count == 2:
        one_way, split, at = trips(b, at, ways)
        two, missing_2, cost_2 = judge_trip(b, one_way, split, limit)
        if one_way[1] > longest[1]:
            longest = one_way
    code = over((one, two), (missing, missing_2), (cost, cost_2), count)
    return code, -1 if longest[3] == NO_LIKELY else longest[1]


@inner
def owned(b: Block, i: int, post: int, mode: int) -> int:
    """``approach.answer_for``: 0 no, 1 yes, 2 not explored."""
    if mode == SHUTTLE_MODE:
        place = b.posts[c.PLACE, post]
        for point in (b.people[i, c.HOME], b.people[i, c.CARE]):
            if point >= 0 and b.stops[point, place] == 1:
                return 1
        return 0
    if mode == CAR_MODE:
        return int(b.car[b.people[i, c.CAR], b.posts[c.DAY, post]])
    return int(b.own[i, mode])


@inner
def judge_way(b: Block, i: int, limit: int, post: int, ways: Long) -> tuple[int, int, int, int, int]:
    """Codes of travel, availability and care by the best mode; minutes of the trip (-1: none), the mode."""
    best = (99, 9, NEVER, MODES)
    found = (0, 0, 0, -1, -1)
    usable = False
    for mode in range(MODES):
        answer = owned(b, i, post, mode)
        if answer == 0:
            continue
        usable = True
        travel, minutes = judge_travel(b, i, post, mode, limit, ways)
        if minutes == -2:
            continue
        if answer == 2 and travel == 0:
            travel = 1
        available, care = judge_hours(b, i, post, ways)
        broken = int(travel >= 2) + int(available >= 2) + int(care >= 2)
        unknown = int(travel == 1 or available == 1 or care == 1)
        order = (broken, unknown, minutes if minutes >= 0 else NEVER, mode)
        if order < best:
            best = order
            found = (travel, available, care, minutes, mode)
    if found[4] < 0:
        ways[:] = 0
        available, care = judge_hours(b, i, post, ways)
        reason = c.NO_SERVICE if usable else c.NO_MODE
        return 2 + price(b, reason, 0, False), available, care, -1, -1
    return found
