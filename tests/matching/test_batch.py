"""Blocks: the same results in the same order, whatever the number of processes."""

import os
from collections.abc import Sequence

import pytest

from matching.batch import in_blocks


def _scaled(block: Sequence[int], shared: dict[str, int]) -> list[int]:
    return [one * shared["by"] for one in block]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_results_come_in_the_order_of_what_was_given(workers: int) -> None:
    done = list(in_blocks(range(10), {"by": 3}, _scaled, workers=workers, size=4))
    assert done == [(4, [0, 3, 6, 9]), (4, [12, 15, 18, 21]), (2, [24, 27])]


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(in_blocks([], {}, _scaled, workers=3)) == []


def _where(block: Sequence[int], shared: dict[str, int]) -> tuple[int, int]:
    return os.getpid(), id(shared)


def test_what_is_shared_is_unpacked_once_by_process() -> None:
    seen = {where for _, where in in_blocks(range(12), {"by": 1}, _where, workers=2, size=1)}
    assert os.getpid() not in {process for process, _ in seen}
    assert len(seen) == len({process for process, _ in seen})
