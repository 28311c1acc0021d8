"""Tables laid end to end in one array of integers, each known by where it begins.

The kernel is handed one array rather than dozens: a call then costs a few words, whatever it may read.
"""

import numpy as np

from matching.encode_distinct import Ints


class Flat:
    """Arrays appended one by one; ``put`` tells where each begins."""

    def __init__(self) -> None:
        self._parts: list[Ints] = []
        self.length = 0

    def put(self, array: Ints) -> int:
        """Where this array begins, in the order of its elements."""
        at = self.length
        self._parts.append(np.ascontiguousarray(array, dtype=np.int32).reshape(-1))
        self.length += array.size
        return at

    def whole(self) -> Ints:
        """All of them, end to end, with one zero to spare."""
        return np.concatenate([*self._parts, np.zeros(1, dtype=np.int32)])
