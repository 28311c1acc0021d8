"""The kernel's loops: everybody by every post, the best project of each pair."""

from matching.encode_block import FIRST_ROW, LAST_ROW, LIMIT, Block, Judged, Long
from matching.engine_scores import post_codes, project_codes, scores
from matching.engine_ways import judge_way


def judge_all(b: Block, found: Judged, ways: Long) -> None:
    """Fill ``found`` for every person and post of the block; ``ways`` is room to work in."""
    for i in range(b.people.shape[0]):
        for post in range(b.posts.shape[1]):
            of_post = post_codes(b, i, post)
            found.row[i, post] = -1
            best = (9, 1 << 40, 0, 0)
            for row in range(b.people[i, FIRST_ROW], b.people[i, LAST_ROW]):
                of_project = project_codes(b, row, post)
                travel, available, care, minutes, mode = judge_way(b, i, b.rows[row, LIMIT], post, ways)
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
                if found.row[i, post] < 0 or order < best:
                    best = order
                    found.broken[i, post] = broken
                    found.unknown[i, post] = unknown
                    found.ease[i, post] = ease
                    found.rank[i, post] = rank
                    found.share[i, post] = share
                    found.row[i, post] = row
                    found.mode[i, post] = mode
