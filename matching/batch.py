"""Work on many people in blocks, in one process or several: the same results, in the same order.

What all blocks share (offers, World) goes once to each process, not once with each block: the books and the
tables that the kernel makes from it are then kept from one block to the next.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, TypeVar

T = TypeVar("T")
S = TypeVar("S")
R = TypeVar("R")

# Small enough to share the work evenly, large enough that sending a block costs little.
BLOCK = 64
_held: dict[str, Any] = {}


def in_blocks(
    told: Sequence[T], shared: S, work: Callable[[Sequence[T], S], R], *, workers: int, size: int = BLOCK
) -> Iterator[tuple[int, R]]:
    """(how many were done, ``work(block, shared)``) for each block of ``told``, in order.

    ``work``: a function of a module. Past one worker, blocks go to processes through joblib, a few ahead
    of what is read; another joblib backend (Dask) serves when the caller has chosen one.
    """
    blocks = (told[first : first + size] for first in range(0, len(told), size))
    if workers == 1 or len(told) <= size:
        for block in blocks:
            yield len(block), work(block, shared)
        return
    from joblib import Parallel, delayed

    packed = pickle.dumps(shared)
    key = sha256(packed).hexdigest()
    tasks = (delayed(_one)(block, key, packed, work) for block in blocks)
    yield from Parallel(n_jobs=workers, return_as="generator", pre_dispatch="2*n_jobs")(tasks)


def _one(block: Sequence[T], key: str, packed: bytes, work: Callable[[Sequence[T], Any], R]) -> tuple[int, R]:
    if key not in _held:
        _held.clear()
        _held[key] = pickle.loads(packed)
    return len(block), work(block, _held[key])
