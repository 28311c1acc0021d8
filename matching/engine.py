"""The one kernel: a person against all posts, a post against all people, or blocks of both.

Compiled by numba, or on numpy arrays when it is not there: the same integers, equal to the readable path.
What is kept is explained by the readable path, told which project and which mode to look at.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from matching import encode_block as c
from matching import jit
from matching.encode_block import Block, Groups, Judged, Seen, Top
from matching.encoding import Book, Posts
from matching.participant import Participant

# Columns that say what a post asks of the person; what an empty place in a list holds.
_ASKED = [c.LICENCE, c.VEHICLE, c.CERTIFICATE, c.LANGUAGE, c.DEMAND]
_TOP = ((-1, np.int64), (-1, np.int32), (1 << 30, np.int32), (-1, np.int32), (-1, np.int32))

if TYPE_CHECKING:
    from collections.abc import Callable


def judge_people(book: Book, people: Sequence[Participant], posts: Posts) -> Judged:
    """Every person by every post, in the orders given. Arrays [person, post]."""
    return judge_block(book.block(people, posts))


def judge_block(block: Block) -> Judged:
    """Everything of one block."""
    found = room_for(block.people.shape[0], block.posts.shape[1])
    if found.row.size:
        _judge_all()(block, found, room_to_work(block))
    return found


def top_of_block(block: Block, keep: int) -> Top:
    """Each person's ``keep`` best posts among those that nothing breaks, and her counts."""
    people, posts = block.people.shape[0], block.posts.shape[1]
    listed = [np.full((people, keep), fill, dtype=kind) for fill, kind in _TOP]
    arrays: list[Any] = [*listed, np.zeros((people, 4), dtype=np.int64), np.zeros(people, dtype=np.int64)]
    top = Top(*arrays)
    if not (people and posts):
        return top
    if not jit.available():
        return listed_from_all(block, top)
    from matching.engine_reach import MODE_COLUMNS, WEEK_COLUMNS
    from matching.engine_ways import MODES

    places = np.searchsorted(block.posts[c.PLACE], np.arange(block.there.shape[0] + 1)).astype(np.int32)
    _, firsts, profiles = np.unique(block.posts[_ASKED], axis=1, return_index=True, return_inverse=True)
    groups = Groups(places, profiles.reshape(-1).astype(np.int32), firsts.astype(np.int32))
    seen = Seen(
        np.zeros((len(block.scenarios), WEEK_COLUMNS), dtype=np.int32),
        np.zeros((MODES, MODE_COLUMNS), dtype=np.int32),
        np.zeros(MODES, dtype=np.int32),
        np.zeros(len(firsts), dtype=np.uint8),
        np.zeros(block.trade.shape[1], dtype=np.int64),
        np.zeros(posts, dtype=np.int32),
    )
    _compiled("judge_top")(block, groups, seen, top, room_to_work(block))
    return top


def listed_from_all(block: Block, top: Top) -> Top:
    """The same lists from all the answers, sorted."""
    found, tie = judge_block(block), block.posts[c.TIE]
    for i in range(len(found.row)):
        mine = found.row[i] >= 0
        holds = np.flatnonzero(mine & (found.broken[i] == 0))
        order = holds[np.lexsort((tie[holds], -found.share[i, holds], -found.rank[i, holds]))]
        best = order[: top.rank.shape[1]]
        top.rank[i, : len(best)], top.share[i, : len(best)] = found.rank[i, best], found.share[i, best]
        top.tie[i, : len(best)], top.post[i, : len(best)] = tie[best], best
        top.row[i, : len(best)] = found.row[i, best]
        waiting = int((found.unknown[i, holds] != 0).sum())
        top.counts[i] = (int(mine.sum()), len(holds) - waiting, waiting, int(mine.sum()))
        top.scored[i] = int(mine.sum())
    return top


def room_for(people: int, posts: int) -> Judged:
    """Arrays of answers, not yet filled."""
    shape = people, posts
    small, large = np.int32, np.int64
    kinds = (small, small, large, large, small, small, small)
    arrays: list[Any] = [np.zeros(shape, dtype=kind) for kind in kinds]
    return Judged(*arrays)


def room_to_work(block: Block) -> Any:
    """Space for the distinct ways of one post: ways[way, part, least | likely | greatest | doubt]."""
    most = int(block.ways[block.way_starts].max(initial=1)) if block.ways.size else 1
    return np.zeros((max(1, most), 4, 4), dtype=np.int64)


def _judge_all() -> "Callable[[Block, Judged, Any], None]":
    return _compiled("judge_all") if jit.available() else _numpy()


@cache
def _compiled(name: str) -> "Callable[..., Any]":
    from matching import engine_lists

    made: Callable[..., Any] = jit.compiled(getattr(engine_lists, name))
    return made


@cache
def _numpy() -> "Callable[[Block, Judged, Any], None]":
    from matching.engine_numpy import judge_all

    return judge_all
