"""The kernel's loops: everybody by every post, and the best of each person's posts."""

from typing import NamedTuple

from matching import encode_block as c
from matching.encode_block import Counts, Groups, Judged, Long, Near, Top
from matching.encode_distinct import Ints
from matching.engine_best import POST_BITS, Sums, bound_all, insert, keep_best, sum_trades
from matching.engine_masks import Masks, mark_skills, rule_out, rule_out_weeks
from matching.engine_reach import (
    COMFORT,
    FIRST_LEAST,
    FIRST_MOST,
    LIKELY,
    SECOND_LEAST,
    SECOND_MOST,
    SERVED,
    WHOLE,
    Ways,
    plain,
    reach,
    ways_to,
)
from matching.engine_scores import fit, post_codes, project_codes, wish
from matching.engine_ways import NEVER, judge_way
from matching.engine_weeks import (
    CARES,
    FIRST,
    GUARDS,
    IN_FULL,
    KIND,
    ROOMS,
    SECOND,
    SPLIT_CARE,
    SPLIT_DIRECT,
    TWICE,
    USES,
    Weeks,
    weeks_of,
)
from matching.jit import inner, lowest_bit, once

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
class Seen(NamedTuple):
    """Room to work on one person. whole: how many posts no short cut serves, then those posts."""

    masks: Masks
    weeks: Weeks
    to: Ways
    sums: Sums
    whole: Long


def judge_top(t: Ints, f: Long, groups: Groups, near: Near, seen: Seen, top: Top, ways: Long) -> None:
    """Each person's best posts among those that nothing breaks, and her counts."""
    for i in range(f[c.PEOPLE_COUNT]):
        who = f[c.PEOPLE] + c.PERSON_WIDTH * i
        best, counts = top.best[i], top.counts[i]
        if t[who + c.LAST_ROW] > t[who + c.FIRST_ROW]:
            counts[0] = f[c.POST_COUNT]
        seen.whole[0] = 0
        if plain(t, f, who):
            _judge_plain(t, f, who, groups, near, seen, best, counts)
        elif counts[0] > 0:
            counts[3] = seen.whole[0] = f[c.POST_COUNT]
            for post in range(f[c.POST_COUNT]):
                seen.whole[1 + post] = post
        # The whole judgement is called here alone: it is most of what there is to compile.
        for k in range(1, seen.whole[0] + 1):
            _keep(t, f, seen.whole[k], judge_pair(t, f, who, seen.whole[k], ways), best, counts)


@inner
def _keep(t: Ints, f: Long, post: int, one: Pair, best: Long, counts: Long) -> None:
    counts[4] += 1
    if one[5] >= 0 and one[0] == 0:
        counts[2 if one[1] != 0 else 1] += 1
        insert(best, one[3], one[4], t[f[c.AT + c.TIE] + post], post, one[5])


@once
def _judge_plain(
    t: Ints, f: Long, who: int, groups: Groups, near: Near, seen: Seen, best: Long, counts: Long
) -> None:
    """One project and no timed service: what papers allow, place by place, then the best of what holds."""
    rank_of_row = t[who + c.FIRST_ROW]
    row = f[c.ROWS] + c.ROW_WIDTH * rank_of_row
    limit = t[row + c.LIMIT]
    bound = f[c.CEILING] if limit < 0 else int(limit)
    width = c.LEGS_A_PLACE * near.shape[2]
    by_care = 0
    legs = near[t[who + c.HOME] // width]
    cared = legs
    if t[who + c.BY_CARE] == 1:
        by_care = 1 if t[who + c.HOME] == t[who + c.CARE] else 2
        cared = near[t[who + c.CARE] // width]
    rule_out(t, f, who, row, groups, seen.masks)
    weeks_of(t, f, who, bound, seen.weeks)
    rule_out_weeks(t, f, who, groups, seen.weeks, seen.masks)
    modes = reach(t, f, who, legs, cared, by_care, seen.to)
    listed = 0
    for place in range(groups.places.shape[0] - 1):
        first, end = groups.places[place], groups.places[place + 1]
        there = t[f[c.THERE] + place] != 0
        if first == end or (seen.to.least[place] > bound and there):
            continue
        count = ways_to(t, f, who, row, place, there, bound, modes, legs, cared, by_care, seen.to)
        if count > 0:
            counts[3] += end - first
            listed = _judge_place(
                first,
                end,
                count,
                by_care > 0,
                groups.weeks,
                seen.masks.broken,
                seen.masks.unknown,
                seen.weeks.told,
                seen.to.told,
                seen.sums.listed,
                listed,
                seen.whole,
                counts,
            )
    if listed > 0:
        mark_skills(t, f, who, groups, seen.masks)
        sum_trades(t, f, who, row, seen.sums)
        bound_all(listed, t, f, who, groups, seen.masks.required, seen.masks.wished, seen.sums)
        counts[4] += keep_best(t, f, who, row, rank_of_row, listed, groups, seen.masks, seen.sums, best)


@once
def _judge_place(
    first: int,
    end: int,
    modes: int,
    by_care: bool,
    week_of: Counts,
    broken: Long,
    unknown: Long,
    weeks: Long,
    to: Long,
    found: Long,
    listed: int,
    whole: Long,
    counts: Long,
) -> int:
    """Hours of the posts of one place that nothing ruled out; how many are listed in all."""
    sure_count, start, last, holds, sure, packed = 0, listed, -1, 0, 0, 0
    first_word, last_word = first >> 6, (end - 1) >> 6
    direct = TWICE if modes == 1 and not by_care else 0
    simple = TWICE if modes == 1 and not (by_care and to[3, WHOLE] != 0) else 0
    least, most, at_ease = to[1, FIRST_LEAST], to[1, FIRST_MOST], to[1, COMFORT] + 1 << POST_BITS
    for word in range(first_word, last_word + 1):
        bits, doubts = ~broken[word], unknown[word]
        if word == first_word:
            bits &= -1 << (first & 63)
        if word == last_word and end & 63 != 0:
            bits &= (1 << (end & 63)) - 1
        while bits != 0:
            bit = lowest_bit(bits)
            bits &= bits - 1
            post = 64 * word + bit
            week = week_of[post]
            # Most posts of a place tell the same hours, or none: what the last one was told stands.
            if week != last:
                last, use = int(week), weeks[week, KIND]
                if use < direct:
                    room = weeks[week, FIRST]
                    holds = int(room - least & GUARDS == GUARDS)
                    sure = holds & int(room - most & GUARDS == GUARDS)
                    packed = at_ease
                elif use < simple:
                    room, more = weeks[week, FIRST], weeks[week, SECOND]
                    holds = int(
                        (room - to[use, FIRST_LEAST]) & (more - to[use, SECOND_LEAST]) & GUARDS == GUARDS
                    )
                    sure = holds & int(
                        (room - to[use, FIRST_MOST]) & (more - to[use, SECOND_MOST]) & GUARDS == GUARDS
                    )
                    packed = to[use, COMFORT] + 1 << POST_BITS
                else:
                    state, ease = _judge_hours(week, modes, weeks, to) if use < IN_FULL else (3, -1)
                    holds, sure, packed = int(state < 2), int(state == 0), ease + 1 << POST_BITS
                    if state == 3:
                        last = -1
                        whole[0] += 1
                        whole[whole[0]] = post
            found[listed] = post | packed
            listed += holds
            sure_count += sure & ~(doubts >> bit)
    counts[1] += sure_count
    counts[2] += listed - start - sure_count
    return listed


@inner
def _judge_hours(week: int, modes: int, weeks: Long, to: Long) -> tuple[int, int]:
    """The best of the modes that break nothing: 0 sure, 1 in doubt, 2 none, 3 not for a short cut; its
    comfort.

    Ties are as in ``constraints_way``: no doubt first, then the shortest.
    """
    state, likely, at_ease = 2, NEVER + 1, -1
    use = weeks[week, USES]
    one, two = weeks[week, FIRST], weeks[week, SECOND]
    again = int(week) + weeks.shape[0] // 2
    for at in range(use, 4 * modes, 4):
        if to[at, WHOLE] != 0:
            return 3, -1
        lacks = ~(one - to[at, FIRST_LEAST]) & GUARDS, ~(two - to[at, SECOND_LEAST]) & GUARDS
        most = (one - to[at, FIRST_MOST]) & (two - to[at, SECOND_MOST]) & GUARDS
        if weeks[week, KIND] == TWICE:
            more, more_too = weeks[again, FIRST], weeks[again, SECOND]
            lacks_too = ~(more - to[at, FIRST_LEAST]) & GUARDS, ~(more_too - to[at, SECOND_LEAST]) & GUARDS
            most &= (more - to[at, FIRST_MOST]) & (more_too - to[at, SECOND_MOST])
            if to[at, SERVED] == 0 or _both(lacks, lacks_too):
                continue
        elif lacks[0] | lacks[1] != 0:
            continue
        unsure = int(most != GUARDS)
        if unsure < state or (unsure == state and to[at, LIKELY] < likely):
            state, likely, at_ease = unsure, to[at, LIKELY], to[at, COMFORT]
    return state, at_ease


@inner
def _both(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether one constraint breaks in both scenarios: availability, care or the travel of a day."""
    if (one[0] | one[1]) & ROOMS != 0 and (two[0] | two[1]) & ROOMS != 0:
        return True
    if one[1] & CARES != 0 and two[1] & CARES != 0:
        return True
    return (one[0] & SPLIT_DIRECT | one[1] & SPLIT_CARE) != 0 and (
        two[0] & SPLIT_DIRECT | two[1] & SPLIT_CARE
    ) != 0
