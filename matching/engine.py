"""The one kernel: a person against all posts, a post against all people, or blocks of both.

Compiled by numba, or on numpy arrays when it is not there: the same integers, equal to the readable path.
What is kept is explained by the readable path, told which project and which mode to look at.
"""

from collections.abc import Sequence
from functools import cache
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from matching import encode_block as c
from matching import jit
from matching.encode_block import Block, Judged, Top
from matching.encoding import Book, Posts
from matching.participant import Participant

# What an empty place in a list holds.
_EMPTY = (-1, -1, 1 << 30, -1, -1)

if TYPE_CHECKING:
    from collections.abc import Callable


_warm = Event()


def warm_up(book: Book, person: Participant, posts: Posts) -> None:
    """Bring the compiled kernel, from its cache or by compiling it, so that small blocks use it too.

    Meant for a thread beside the service: pages are served by the numpy path meanwhile.
    """
    if not jit.available() or _warm.is_set():
        return
    block = book.block((person,), posts)
    _compiled("judge_all")(
        block.data, block.figures, room_for(1, block.columns.shape[1]), room_to_work(block)
    )
    _warm.set()


def judge_people(book: Book, people: Sequence[Participant], posts: Posts) -> Judged:
    """Every person by every post, in the orders given. Arrays [person, post]."""
    return judge_block(book.block(people, posts))


def judge_block(block: Block) -> Judged:
    """Everything of one block."""
    found = room_for(int(block.figures[c.PEOPLE_COUNT]), block.columns.shape[1])
    if found.row.size:
        if jit.worth_it(found.row.size, ready=_warm.is_set()):
            _compiled("judge_all")(block.data, block.figures, found, room_to_work(block))
        else:
            _numpy()(block, found, room_to_work(block))
    return found


def top_of_block(block: Block, keep: int) -> Top:
    """Each person's ``keep`` best posts among those that nothing breaks, and her counts."""
    people, posts = int(block.figures[c.PEOPLE_COUNT]), block.columns.shape[1]
    top = Top(np.zeros((people, keep, 5), dtype=np.int64), np.zeros((people, 5), dtype=np.int64))
    top.best[:] = _EMPTY
    if not (people and posts):
        return top
    if not jit.worth_it(people * posts, ready=_warm.is_set()):
        return listed_from_all(block, top)
    seen, ways = _room_to_see(block), room_to_work(block)
    _compiled("judge_top")(block.data, block.figures, block.groups, block.near, seen, top, ways)
    return top


def _room_to_see(block: Block) -> Any:
    from matching import engine_best, engine_lists, engine_masks, engine_reach, engine_weeks

    weeks, posts = int(block.figures[c.WEEK_COUNT]), block.columns.shape[1]
    return engine_lists.Seen(
        engine_masks.room_for_masks(block.groups.bits.shape[1]),
        engine_weeks.room_for_weeks(weeks),
        engine_reach.room_for_ways(block.near.shape[2]),
        engine_best.room_for_sums(block.trades, posts),
        np.zeros(posts + 1, dtype=np.int64),
    )


def listed_from_all(block: Block, top: Top) -> Top:
    """The same lists from all the answers, sorted."""
    found, tie = judge_block(block), block.columns[c.TIE]
    for i in range(len(found.row)):
        mine = found.row[i] >= 0
        holds = np.flatnonzero(mine & (found.broken[i] == 0))
        order = holds[np.lexsort((tie[holds], -found.share[i, holds], -found.rank[i, holds]))]
        best = order[: top.best.shape[1]]
        told = (found.rank[i, best], found.share[i, best], tie[best], best, found.row[i, best])
        top.best[i, : len(best)] = np.stack(told, axis=1)
        waiting = int((found.unknown[i, holds] != 0).sum())
        judged = int(mine.sum())
        top.counts[i] = (judged, len(holds) - waiting, waiting, judged, judged)
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
    return np.zeros((block.ways, 4, 4), dtype=np.int64)


@cache
def _compiled(name: str) -> "Callable[..., Any]":
    from matching import engine_lists

    made: Callable[..., Any] = jit.compiled(getattr(engine_lists, name))
    return made


@cache
def _numpy() -> "Callable[[Block, Judged, Any], None]":
    from matching.engine_numpy import judge_all

    return judge_all
