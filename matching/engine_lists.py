"""The kernel's loops: everybody by every post, and the best of each person's posts."""

from matching import encode_block as c
from matching.encode_block import Groups, Judged, Long, Seen, Top
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
    MODE_COLUMNS,
    OUT,
    WAY,
    WEEK_COLUMNS,
    WHOLE,
    judge_quickly,
    modes_to,
    plain,
    weeks_of,
)
from matching.engine_scores import fit, floored, post_codes, project_codes, wish
from matching.engine_ways import judge_way
from matching.jit import inner

Pair = tuple[int, int, int, int, int, int, int]  # as the arrays of Judged


@inner
def judge_pair(t: Ints, f: Long, who: int, post: int, ways: Long) -> Pair:
    """One person and one post: the best of her projects."""
    of_post = post_codes(t, f, who, post)
    found = (0, 0, 0, 0, 0, -1, -1)
    best = (9, 1 << 40, 0, 0)
    for rank_of_row in range(t[who + c.FIRST_ROW], t[who + c.LAST_ROW]):
        row = f[c.ROWS] + c.ROW_WIDTH * rank_of_row
        of_project = project_codes(t, f, row, post)
        travel, available, care, minutes, mode = judge_way(t, f, who, t[row + c.LIMIT], post, ways)
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
        fits, sure = fit(t, f, who, row, post)
        wishes, sure_too = wish(t, f, who, row, post, minutes)
        rank, share = fits * wishes, sure + sure_too
        order = (int(broken > 0), ease, -rank, -share)
        if found[5] < 0 or order < best:
            best = order
            found = (broken, unknown, ease, rank, share, rank_of_row, mode)
    return found


def judge_all(t: Ints, f: Long, found: Judged, ways: Long) -> None:
    """Fill ``found`` for every person and post of the block; ``ways`` is room to work in."""
    for i in range(f[c.PEOPLE_COUNT]):
        who = f[c.PEOPLE] + c.PERSON_WIDTH * i
        for post in range(f[c.POST_COUNT]):
            one = judge_pair(t, f, who, post, ways)
            found.broken[i, post], found.unknown[i, post] = one[0], one[1]
            found.ease[i, post], found.rank[i, post], found.share[i, post] = one[2], one[3], one[4]
            found.row[i, post], found.mode[i, post] = one[5], one[6]


# ------------------------------------------------------------------ the best of each person's posts
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


@inner
def best_fit(t: Ints, f: Long, who: int, row: int, trade: int) -> int:
    """The greatest fit that a post of this trade could have: every other part at its best."""
    parts = (t[t[row + c.OCCUPATION] + trade], 0), (t[t[who + c.P_TRANSFER] + trade], 3)
    return _at_best(f, c.FIT, 6, parts[0], parts[1])


@inner
def best_wish(t: Ints, f: Long, row: int, trade: int) -> int:
    """The greatest wish that a post of this trade could have: every other part at its best."""
    parts = (t[t[row + c.R_TRADE] + trade], 0), (t[t[row + c.TARGET] + trade], 4)
    return _at_best(f, c.WISH, 5, parts[0], parts[1])


@inner
def _at_best(f: Long, first: int, count: int, one: tuple[int, int], two: tuple[int, int]) -> int:
    weights, running = 0, 0
    for k in range(count):
        weight, value = f[first + k], 10_000
        if k == one[1]:
            value = one[0]
        elif k == two[1]:
            value = two[0]
        if value >= 0:
            weights += weight
            running += weight * value
    return floored(running, weights) if weights > 0 else 10_000


def judge_top(t: Ints, f: Long, groups: Groups, seen: Seen, top: Top, ways: Long) -> None:
    """Each person's best posts among those that nothing breaks, and her counts."""
    places, firsts = groups.places, groups.firsts
    for i in range(f[c.PEOPLE_COUNT]):
        who = f[c.PEOPLE] + c.PERSON_WIDTH * i
        best, counts = top.best[i], top.counts[i]
        if t[who + c.LAST_ROW] > t[who + c.FIRST_ROW]:
            counts[0] = f[c.POST_COUNT]
        if not plain(t, f, who):
            _whole_place(t, f, who, 0, f[c.POST_COUNT], best, counts, ways)
            continue
        row_rank = t[who + c.FIRST_ROW]
        row = f[c.ROWS] + c.ROW_WIDTH * row_rank
        weeks_of(t, f, who, seen.weeks)
        for profile in range(firsts.shape[0]):
            codes = post_codes(t, f, who, firsts[profile])
            seen.asked[profile] = 2 if codes[0] != 0 else (1 if codes[2] != 0 else 0)
        for trade in range(seen.bounds.shape[0]):
            seen.fits[trade] = best_fit(t, f, who, row, trade)
            seen.bounds[trade] = seen.fits[trade] * best_wish(t, f, row, trade)
        limit = t[row + c.LIMIT]
        bound = f[c.CEILING] if limit < 0 else limit
        for place in range(places.shape[0] - 1):
            first, end = places[place], places[place + 1]
            if first == end:
                continue
            count = modes_to(t, f, who, place, first, bound, seen.modes, seen.names)
            if count > 0:
                counts[3] += end - first
                for k in range(choose(t, f, row, first, end, groups.profiles, seen, count)):
                    post = seen.chosen[k]
                    week = WEEK_COLUMNS * t[f[c.AT + c.WEEK] + post]
                    state, minutes = 3, -1
                    if seen.weeks[week + WHOLE] == 0:
                        told = limit >= 0
                        state, minutes = judge_quickly(
                            seen.weeks, week, seen.modes, seen.names, count, bound, told
                        )
                    if state == 3:
                        _keep(t, f, post, judge_pair(t, f, who, post, ways), best, counts)
                    elif state < 2:
                        doubt = state | seen.asked[groups.profiles[post]] | project_codes(t, f, row, post)[2]
                        counts[1 if doubt == 0 else 2] += 1
                        trade, last = t[f[c.AT + c.TRADE] + post], best[best.shape[0] - 1, 0]
                        if seen.bounds[trade] < last:
                            continue
                        wishes, sure = wish(t, f, who, row, post, minutes)
                        if seen.fits[trade] * wishes >= last:
                            counts[4] += 1
                            fits, sure_too = fit(t, f, who, row, post)
                            tie = t[f[c.AT + c.TIE] + post]
                            insert(best, fits * wishes, sure + sure_too, tie, post, row_rank)


@inner
def choose(t: Ints, f: Long, row: int, first: int, end: int, profiles: Ints, seen: Seen, count: int) -> int:
    """The posts of one place that do not surely break: papers and project first, then hours by any mode."""
    chosen, modes, weeks, asked = seen.chosen, seen.modes, seen.weeks, seen.asked
    hours, kind, start, wage = t[row + c.R_HOURS], t[row + c.R_KIND], t[row + c.R_START], t[row + c.R_WAGE]
    at_hours, at_kind = f[c.AT + c.HOURS], f[c.AT + c.KIND]
    at_start, at_wage, at_week = f[c.AT + c.START], f[c.AT + c.WAGE], f[c.AT + c.WEEK]
    passed = 0
    for post in range(first, end):
        codes = t[hours + t[at_hours + post]] | t[kind + t[at_kind + post]]
        codes |= t[start + t[at_start + post]] | t[wage + t[at_wage + post]] | asked[profiles[post]]
        chosen[passed] = post
        passed += int(codes < 2)
    out, back, out_care, back_care, before, after = AMPLE, AMPLE, AMPLE, AMPLE, AMPLE, AMPLE
    for k in range(count):
        at = MODE_COLUMNS * k
        out, back = min(out, modes[at + OUT]), min(back, modes[at + BACK])
        out_care, back_care = min(out_care, modes[at + WAY + OUT]), min(back_care, modes[at + WAY + BACK])
        before, after = min(before, modes[at + CARED_FROM]), min(after, modes[at + CARED_FROM + 2])
    left = 0
    for k in range(passed):
        post = chosen[k]
        at = WEEK_COLUMNS * t[at_week + post]
        breaks = int(weeks[at + DIRECT_BEFORE] < out) | int(weeks[at + DIRECT_AFTER] < back)
        breaks |= int(weeks[at + BY_CARE_BEFORE] < out_care) | int(weeks[at + BY_CARE_AFTER] < back_care)
        breaks |= int(weeks[at + CARE_BEFORE] < before) | int(weeks[at + CARE_AFTER] < after)
        chosen[left] = post
        left += 1 - (breaks | weeks[at + BREAKS])
    return left


@inner
def _keep(t: Ints, f: Long, post: int, one: Pair, best: Long, counts: Long) -> None:
    counts[4] += 1
    if one[5] >= 0 and one[0] == 0:
        counts[2 if one[1] != 0 else 1] += 1
        insert(best, one[3], one[4], t[f[c.AT + c.TIE] + post], post, one[5])


@inner
def _whole_place(
    t: Ints, f: Long, who: int, first: int, end: int, best: Long, counts: Long, ways: Long
) -> None:
    """Posts judged without short cuts."""
    if t[who + c.LAST_ROW] > t[who + c.FIRST_ROW]:
        counts[3] += end - first
        for post in range(first, end):
            _keep(t, f, post, judge_pair(t, f, who, post, ways), best, counts)
