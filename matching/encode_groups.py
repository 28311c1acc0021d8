"""Posts and legs laid out for long lists: contiguous runs, bitmaps of posts, narrow columns.

Posts are in the order of places. What they ask is turned over: for each distinct value, the posts that hold
it, as one bit a post when they are many, else as a list. A person's answers then rule out whole words of
posts at once. Legs are turned so that one mode to every place is one run.
"""

import numpy as np
from numpy.typing import NDArray

from matching import encode_block as c
from matching.encode_block import ASKED, PLACE, SKILL_ROWS, Groups, Long, Near
from matching.encode_distinct import Bits, Ints
from matching.encode_legs import MODES

# A value held by more posts than one in this many is kept as bits, else as a list.
_SPARSE = 256
# Posts turned over at once, a multiple of 64.
_AT_ONCE = 16_384
_READ = [c.TRADE, c.MONTHS, c.LANGUAGE, c.HOURS, c.WAGE, c.REQUIRED, c.WISHED, c.TIE]
_NONE = np.int16(np.iinfo(np.int16).max)


def groups_of(columns: Ints, places: int, skill_sets: Bits) -> Groups:
    """Everything that long lists read of these posts; ``skill_sets`` by number, as bits."""
    count = columns.shape[1]
    words = -(-count // 64)
    firsts, entries, lists = [0], list[tuple[int, int, int, int]](), [np.zeros(0, dtype=np.int32)]
    rows: list[Long] = []
    listed, folded, asks = 0, _folded(skill_sets), (skill_sets != 0).any(axis=1).astype(np.int32)
    for column in columns[[*ASKED, c.WEEK]]:
        order = np.argsort(column, kind="stable").astype(np.int32)
        values, at, held_by = np.unique(column[order], return_index=True, return_counts=True)
        for value, first, last in zip(values, at, at + held_by, strict=True):
            if (last - first) * _SPARSE > count:
                held = np.zeros(words * 64, dtype=np.bool_)
                held[order[first:last]] = True
                entries.append((int(value), len(rows), 0, 0))
                rows.append(_words(held))
            else:
                entries.append((int(value), -1, listed, listed + int(last - first)))
                lists.append(order[first:last])
                listed += int(last - first)
        firsts.append(len(entries))
    kinds = 4 * columns[c.TRADE] + asks[columns[c.REQUIRED]] + 2 * asks[columns[c.WISHED]]
    return Groups(
        np.searchsorted(columns[PLACE], np.arange(places + 1)).astype(np.int32),
        columns[c.WEEK].astype(np.uint32),
        np.ascontiguousarray(columns[_READ].T, dtype=np.uint32),
        np.ascontiguousarray(np.stack((kinds, columns[c.MONTHS]), axis=1), dtype=np.uint32),
        np.array(firsts, dtype=np.int32),
        np.array(entries, dtype=np.int32).reshape(-1, 4),
        np.concatenate(lists),
        np.stack(rows) if rows else np.zeros((0, words), dtype=np.int64),
        np.stack([_asking(folded, columns[one], words) for one in (c.REQUIRED, c.WISHED)]),
    )


def _words(held: NDArray[np.bool_] | NDArray[np.uint8]) -> Long:
    """One bit for each, 64 to a word, the last axis."""
    return np.packbits(held, axis=-1, bitorder="little").view(np.int64)


def _asking(folded: Bits, wanted: Ints, words: int) -> Long:
    """For each skill, modulo SKILL_ROWS: the posts that ask for it."""
    found = np.zeros((SKILL_ROWS, words), dtype=np.int64)
    for first in range(0, len(wanted), _AT_ONCE):
        some = np.unpackbits(
            folded[wanted[first : first + _AT_ONCE]].view(np.uint8), axis=1, bitorder="little"
        )
        held = np.zeros((SKILL_ROWS, -(-len(some) // 64) * 64), dtype=np.uint8)
        held[:, : len(some)] = some.T
        told = _words(held)
        found[:, first // 64 : first // 64 + told.shape[1]] = told
    return found


def _folded(skill_sets: Bits) -> Bits:
    """Sets of skills modulo SKILL_ROWS."""
    words = SKILL_ROWS // 64
    padded = np.pad(skill_sets, ((0, 0), (0, -skill_sets.shape[1] % words)))
    folded: Bits = np.bitwise_or.reduce(padded.reshape(len(padded), -1, words), axis=1)
    return folded


def near_of(records: Ints) -> Near:
    """Records of legs, [point, place, LEGS_A_PLACE], turned: [point, row, place]."""
    points, places = records.shape[:2]
    near = np.zeros((points, c.NEAR_ROWS, places), dtype=np.int16)
    legs = records[:, :, : c.METRES].reshape(points, places, len(MODES) * 2, 5)[..., :4]
    near[:, : c.NEAR_KM] = np.minimum(legs.reshape(points, places, c.NEAR_KM), _NONE).swapaxes(1, 2)
    near[:, c.NEAR_KM] = -(-records[:, :, c.METRES] // 1000)
    near[:, c.NEAR_STOPS] = records[:, :, c.STOPS]
    return near
