"""The kernel's loops: everybody by every post, and the best of each person's posts."""

from matching import encode_block as c
from matching.encode_block import Block, Groups, Judged, Long, Seen, Top
from matching.encode_distinct import Ints
from matching.engine_reach import (
    AMPLE,
    BACK,
    BREAKS,
    BY_CARE_AFTER,
    BY_CARE_BEFORE,
    CARE_AFTER,
    CARE_BEFORE,
    CARED_FROM,
    DIRECT_AFTER,
    DIRECT_BEFORE,
    OUT,
    WAY,
    WHOLE,
    judge_quickly,
    modes_to,
    plain,
    weeks_of,
)
from matching.engine_scores import post_codes, project_codes, scores
from matching.engine_ways import judge_way
from matching.jit import inner

Pair = tuple[int, int, int, int, int, int, int]  # as the arrays of Judged


@inner
def judge_pair(b: Block, i: int, post: int, ways: Long) -> Pair:
    """One person and one post: the best of her projects."""
    of_post = post_codes(b, i, post)
    found = (0, 0, 0, 0, 0, -1, -1)
    best = (9, 1 << 40, 0, 0)
    for row in range(b.people[i, c.FIRST_ROW], b.people[i, c.LAST_ROW]):
        of_project = project_codes(b, row, post)
        travel, available, care, minutes, mode = judge_way(b, i, b.rows[row, c.LIMIT], post, ways)
        broken = of_post[0] | of_project[0]
        ease = of_post[1] + of_project[1]
        unknown = of_post[2] | of_project[2]
        bit = 1
        for code in (travel, available, care):
            if code >= 2:
                broken |= bit
                ease += code - 2
            elif code == 1:
                unknown |= bit
            bit <<= 1
        rank, share = scores(b, i, row, post, minutes)
        order = (int(broken > 0), ease, -rank, -share)
        if found[5] < 0 or order < best:
            best = order
            found = (broken, unknown, ease, rank, share, row, mode)
    return found


def judge_all(b: Block, found: Judged, ways: Long) -> None:
    """Fill ``found`` for every person and post of the block; ``ways`` is room to work in."""
    for i in range(b.people.shape[0]):
        for post in range(b.posts.shape[1]):
            one = judge_pair(b, i, post, ways)
            found.broken[i, post], found.unknown[i, post] = one[0], one[1]
            found.ease[i, post], found.rank[i, post], found.share[i, post] = one[2], one[3], one[4]
            found.row[i, post], found.mode[i, post] = one[5], one[6]


# ------------------------------------------------------------------ the best of each person's posts
@inner
def insert(top: Top, i: int, rank: int, share: int, tie: int, post: int, row: int) -> None:
    """Keep one post in the list of a person, if it is among her best: rank, known share, id."""
    last = top.rank.shape[1] - 1
    at = last
    if not _before(top, i, last, rank, share, tie):
        return
    while at > 0 and _before(top, i, at - 1, rank, share, tie):
        top.rank[i, at], top.share[i, at] = top.rank[i, at - 1], top.share[i, at - 1]
        top.tie[i, at], top.post[i, at] = top.tie[i, at - 1], top.post[i, at - 1]
        top.row[i, at] = top.row[i, at - 1]
        at -= 1
    top.rank[i, at], top.share[i, at], top.tie[i, at] = rank, share, tie
    top.post[i, at], top.row[i, at] = post, row


@inner
def _before(top: Top, i: int, at: int, rank: int, share: int, tie: int) -> bool:
    if rank != top.rank[i, at]:
        return bool(rank > top.rank[i, at])
    if share != top.share[i, at]:
        return bool(share > top.share[i, at])
    return bool(tie < top.tie[i, at])


@inner
def best_possible(b: Block, i: int, row: int, trade: int) -> int:
    """The greatest rank that a post of this trade could have: every other part at its best."""
    what = b.rows[row]
    transfer = b.transfer[b.people[i, c.P_TRANSFER], trade]
    fit = _at_best(b, c.FIT, 6, (b.occupation[what[c.OCCUPATION], trade], 0), (transfer, 3))
    wish = _at_best(b, c.WISH, 5, (b.trade[what[c.R_TRADE], trade], 0), (b.target[what[c.TARGET], trade], 4))
    return fit * wish


@inner
def _at_best(b: Block, first: int, count: int, one: tuple[int, int], two: tuple[int, int]) -> int:
    weights, running = 0, 0
    for k in range(count):
        weight, value = b.figures[first + k], 10_000
        if k == one[1]:
            value = one[0]
        elif k == two[1]:
            value = two[0]
        if value >= 0:
            weights += weight
            running += weight * value
    return running // weights if weights > 0 else 10_000


def judge_top(b: Block, groups: Groups, seen: Seen, top: Top, ways: Long) -> None:
    """Each person's best posts among those that nothing breaks, and her counts."""
    places, firsts = groups.places, groups.firsts
    for i in range(b.people.shape[0]):
        if not plain(b, i):
            _whole_person(b, i, top, ways)
            continue
        row = b.people[i, c.FIRST_ROW]
        weeks_of(b, i, seen.weeks)
        for profile in range(firsts.shape[0]):
            codes = post_codes(b, i, firsts[profile])
            seen.asked[profile] = 2 if codes[0] != 0 else (1 if codes[2] != 0 else 0)
        for trade in range(b.trade.shape[1]):
            seen.bounds[trade] = best_possible(b, i, row, trade)
        limit = b.rows[row, c.LIMIT]
        bound = int(b.figures[c.CEILING]) if limit < 0 else int(limit)
        top.counts[i, 0] = b.posts.shape[1]
        for place in range(places.shape[0] - 1):
            first, end = places[place], places[place + 1]
            if first == end:
                continue
            if b.there[place] == 0:
                top.counts[i, 3] += end - first
                for post in range(first, end):
                    _keep(b, i, post, judge_pair(b, i, post, ways), top)
                continue
            count = modes_to(b, i, place, first, bound, seen.modes, seen.names)
            if count > 0:
                top.counts[i, 3] += end - first
                for k in range(choose(b, row, first, end, groups.profiles, seen, count)):
                    post = seen.chosen[k]
                    asked = seen.asked[groups.profiles[post]]
                    _consider(b, i, row, post, asked, seen, count, bound, top, ways)


@inner
def choose(b: Block, row: int, first: int, end: int, profiles: Ints, seen: Seen, count: int) -> int:
    """The posts of one place that do not surely break: papers and project first, then hours by any mode."""
    what, posts, chosen, modes = b.rows[row], b.posts, seen.chosen, seen.modes
    hours, kind = b.hours[what[c.R_HOURS]], b.kind[what[c.R_KIND]]
    start, wage = b.start[what[c.R_START]], b.wage[what[c.R_WAGE]]
    passed = 0
    for post in range(first, end):
        codes = hours[posts[c.HOURS, post]] | kind[posts[c.KIND, post]]
        codes |= start[posts[c.START, post]] | wage[posts[c.WAGE, post]]
        chosen[passed] = post
        passed += int(codes < 2) & int(seen.asked[profiles[post]] < 2)
    out, back, out_care, back_care, before, after = AMPLE, AMPLE, AMPLE, AMPLE, AMPLE, AMPLE
    for k in range(count):
        out, back = min(out, modes[k, OUT]), min(back, modes[k, BACK])
        out_care, back_care = min(out_care, modes[k, WAY + OUT]), min(back_care, modes[k, WAY + BACK])
        before, after = min(before, modes[k, CARED_FROM]), min(after, modes[k, CARED_FROM + 2])
    left = 0
    for k in range(passed):
        post = chosen[k]
        week = seen.weeks[posts[c.WEEK, post]]
        breaks = int(week[DIRECT_BEFORE] < out) | int(week[DIRECT_AFTER] < back) | week[BREAKS]
        breaks |= int(week[BY_CARE_BEFORE] < out_care) | int(week[BY_CARE_AFTER] < back_care)
        breaks |= int(week[CARE_BEFORE] < before) | int(week[CARE_AFTER] < after)
        chosen[left] = post
        left += 1 - breaks
    return left


@inner
def _consider(
    b: Block,
    i: int,
    row: int,
    post: int,
    asked: int,
    seen: Seen,
    count: int,
    bound: int,
    top: Top,
    ways: Long,
) -> None:
    """Judge one post that may hold; keep it if it is among the best."""
    week = seen.weeks[b.posts[c.WEEK, post]]
    state, minutes = 3, -1
    if week[WHOLE] == 0:
        told = b.rows[row, c.LIMIT] >= 0
        state, minutes = judge_quickly(week, seen.modes, seen.names, count, bound, told)
    if state == 2:
        return
    if state == 3:
        _keep(b, i, post, judge_pair(b, i, post, ways), top)
        return
    in_doubt = state == 1 or asked == 1 or project_codes(b, row, post)[2] != 0
    top.counts[i, 2 if in_doubt else 1] += 1
    if seen.bounds[b.posts[c.TRADE, post]] >= top.rank[i, top.rank.shape[1] - 1]:
        top.scored[i] += 1
        rank, share = scores(b, i, row, post, minutes)
        insert(top, i, rank, share, b.posts[c.TIE, post], post, row)


@inner
def _keep(b: Block, i: int, post: int, one: Pair, top: Top) -> None:
    top.scored[i] += 1
    if one[5] < 0 or one[0] != 0:
        return
    top.counts[i, 2 if one[1] != 0 else 1] += 1
    insert(top, i, one[3], one[4], b.posts[c.TIE, post], post, one[5])


@inner
def _whole_person(b: Block, i: int, top: Top, ways: Long) -> None:
    """Without short cuts."""
    posts = b.posts.shape[1]
    if b.people[i, c.LAST_ROW] == b.people[i, c.FIRST_ROW]:
        return
    for post in range(posts):
        _keep(b, i, post, judge_pair(b, i, post, ways), top)
    top.counts[i, 0] = posts
    top.counts[i, 3] = posts
