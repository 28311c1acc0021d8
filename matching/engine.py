"""The one kernel: a person against all posts, a post against all people, or blocks of both.

Compiled by numba, or on numpy arrays when it is not there: the same integers, equal to the readable path.
What is kept is explained by the readable path, told which project and which mode to look at.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.encode_block import Block, Judged
from matching.encoding import Book, Posts
from matching.participant import Participant

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
    from matching import jit

    return _compiled("judge_all") if jit.available() else _numpy()


@cache
def _compiled(name: str) -> "Callable[..., Any]":
    from matching import engine_lists, jit

    made: Callable[..., Any] = jit.compiled(getattr(engine_lists, name))
    return made


@cache
def _numpy() -> "Callable[[Block, Judged, Any], None]":
    from matching.engine_numpy import judge_all

    return judge_all
