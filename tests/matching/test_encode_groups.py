"""Posts and legs laid out for long lists."""

import numpy as np

from matching import encode_block as c
from matching.encode_groups import groups_of, near_of


def columns(count: int) -> np.ndarray:
    """Posts that hold 0 everywhere, in the order of their ids."""
    told = np.zeros((20, count), dtype=np.int32)
    told[c.TIE] = np.arange(count)
    return told


def test_posts_begin_where_those_of_the_places_before_end() -> None:
    told = columns(4)
    told[c.PLACE] = [0, 0, 2, 2]
    # Nobody works at place 1: it begins and ends at 2.
    assert groups_of(told, 3, np.zeros((1, 1), dtype=np.uint64)).places.tolist() == [0, 2, 2, 4]


def test_a_value_of_many_posts_is_bits_and_a_rare_one_is_a_list() -> None:
    told = columns(300)
    told[c.LICENCE, 70] = 1
    groups = groups_of(told, 1, np.zeros((1, 1), dtype=np.uint64))
    often, rare = groups.entries[groups.firsts[0] : groups.firsts[1]].tolist()
    # Value 0 is held by 299 posts of 300, all but the 70th: bit 70 - 64 = 6 of the second word.
    assert often[0] == 0
    assert groups.bits[often[1]].tolist() == [-1, ~(1 << 6), -1, -1, (1 << 44) - 1]
    # Value 1 is held by one post: fewer than one in 256.
    assert rare[:2] == [1, -1]
    assert groups.listed[rare[2] : rare[3]].tolist() == [70]


def test_posts_are_turned_over_by_their_hours_as_by_what_they_ask() -> None:
    told = columns(3)
    told[c.WEEK] = [1, 0, 1]
    groups = groups_of(told, 1, np.zeros((1, 1), dtype=np.uint64))
    # After the nine things asked: week 0 is that of post 1 (0b010), week 1 that of posts 0 and 2 (0b101).
    entries = groups.entries[groups.firsts[9] : groups.firsts[10]].tolist()
    assert [(week, groups.bits[row].tolist()) for week, row, _, _ in entries] == [(0, [0b010]), (1, [0b101])]


def test_a_skill_beyond_the_rows_shares_one_with_another() -> None:
    told = columns(3)
    told[c.REQUIRED], told[c.WISHED] = [0, 1, 2], [0, 0, 1]
    # Sets: none; skill 3; skill 259 = 256 + 3, bit 3 of the fifth word.
    sets = np.array([[0, 0, 0, 0, 0], [8, 0, 0, 0, 0], [0, 0, 0, 0, 8]], dtype=np.uint64)
    groups = groups_of(told, 1, sets)
    # Posts 1 and 2 ask for it: 0b110. Post 2 wishes for skill 3: 0b100.
    assert groups.skills[:, 3, 0].tolist() == [0b110, 0b100]
    assert groups.skills.sum() == 0b110 + 0b100
    # Trade 0; 1 when skills are asked for, 2 when wished for.
    assert groups.kinds[:, 0].tolist() == [0, 1, 3]


def test_legs_are_turned_by_mode_and_kilometres_are_those_begun() -> None:
    records = np.zeros((1, 2, c.LEGS_A_PLACE), dtype=np.int32)
    # Mode 1 on the way back: least, likely, greatest (without end), doubt, list of services.
    records[0, 1, 15:20] = [7, 9, 100_000, 2, -1]
    records[0, :, c.METRES] = [-1, 4_001]
    records[0, 1, c.STOPS] = 1
    near = near_of(records)
    assert near[0, 12:16, 1].tolist() == [7, 9, 32_767, 2]
    assert near[0, c.NEAR_KM].tolist() == [0, 5]
    assert near[0, c.NEAR_STOPS].tolist() == [0, 1]
