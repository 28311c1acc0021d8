"""Weeks as short programs of integers: which ways a post needs, and the room that windows leave around it.

Made by the readable functions, once for each distinct (post's weeks, availability or care). For the weeks
``s`` of a post and the pattern of weeks in which children are left in care:

- ways: n, then n × (by care, start, end) in minutes of the day: the distinct ways to one presence; then for
  each scenario: n, the ways used in order; n days of several presences, each: n, its ways.
- availability: for each scenario: n, then n × (before, after, hole, nothing that day, way, days).
- care: for each scenario: whether a week is not told, n, then n × (before, after, hole, nothing that day,
  way, days, hope, before, after, hole): ``hope`` 1 when the week beside, not told, might cover it.

``days``: bits of the days on which it is so. Without hours told, availability and care are one verdict each:
0 it holds, 1 to be asked, 2 no hours would do.
"""

from collections.abc import Callable, Hashable

import numpy as np

from matching.constraints_hours import never_cared, present
from matching.cover import least_room
from matching.encode_distinct import MOST_ROWS, Distinct, Ints
from matching.slack import Block, Presence, Slack, available_blocks, care_blocks, room_in
from matching.stays import Scenario, WorkedWeek
from matching.week import DAY, CareState, ChildCare, WeekKind, Window

Pattern = tuple[bool, ...]  # by kind of week, in the order of WeekKind: a child is left in care
Hours = tuple[Scenario, ...]
WayKey = tuple[int, int, int]
_NONE = np.zeros(0, dtype=np.int32)
_KINDS = {kind: rank for rank, kind in enumerate(WeekKind)}


class Programs:
    """Programs of one value on the person's side, for every distinct week of the posts."""

    def __init__(self, weeks: Distinct[Hours]) -> None:
        self._weeks = weeks
        self._made: dict[Hashable, tuple[Ints, Ints]] = {}

    def of(self, key: Hashable, make: Callable[[Hours], list[int]]) -> tuple[Ints, Ints]:
        """(where each program begins, the programs end to end)."""
        starts, told = self._made.get(key, (_NONE, _NONE))
        if len(starts) < len(self._weeks) or key not in self._made:
            if len(self._made) > MOST_ROWS // 10:
                self._made.clear()
            more = [make(hours) for hours in self._weeks.values[len(starts) :]]
            begins = np.cumsum([len(told), *map(len, more)], dtype=np.int32)[:-1]
            starts = np.concatenate((starts, begins))
            told = np.concatenate((told, np.array([one for program in more for one in program], np.int32)))
            self._made[key] = starts, told
        return starts, told


class WayNumbers:
    """The distinct ways of each post's weeks for each pattern, numbered once for all that reads them."""

    def __init__(self) -> None:
        # By identity: the weeks are those of a book, which keeps them as long as this.
        self._made: dict[tuple[int, Pattern], tuple[dict[WayKey, int], list[int]]] = {}

    def of(self, hours: Hours, pattern: Pattern) -> tuple[dict[WayKey, int], list[int]]:
        """(the number of each way, the way of each presence in the order of the weeks)."""
        key = id(hours), pattern
        if key not in self._made:
            if len(self._made) > MOST_ROWS:
                self._made.clear()
            keys: dict[WayKey, int] = {}
            used = [
                keys.setdefault(_key(week, presence, pattern), len(keys))
                for scenario in hours
                for week in scenario
                for presence in week.presences
            ]
            self._made[key] = keys, used
        return self._made[key]


def _key(week: WorkedWeek, presence: Presence, pattern: Pattern) -> WayKey:
    by_care = any(pattern[_KINDS[kind]] for kind in week.kinds_of(presence))
    return int(by_care), presence.start % DAY, presence.end % DAY


def ways_program(hours: Hours, pattern: Pattern, numbers: WayNumbers) -> list[int]:
    """See the head of the file."""
    keys, ways = numbers.of(hours, pattern)
    at = iter(ways)
    program = [len(keys), *(number for key in keys for number in key)]
    for scenario in hours:
        used: dict[int, None] = {}
        days: dict[tuple[int, ...], None] = {}
        for week in scenario:
            of_day: dict[int, list[int]] = {}
            for presence in week.presences:
                way = next(at)
                used.setdefault(way)
                of_day.setdefault(presence.day, []).append(way)
            for of_one in of_day.values():
                if len(of_one) > 1:
                    days.setdefault(tuple(of_one))
        program += [len(used), *used, len(days)]
        for day in days:
            program += [len(day), *day]
    return program


class AvailabilityProgram:
    """The programs of one availability: the room around each presence is sought once."""

    def __init__(self, windows: tuple[Window, ...], pattern: Pattern, numbers: WayNumbers) -> None:
        self._windows, self._pattern, self._numbers = windows, pattern, numbers
        self._rooms: dict[Presence, tuple[int, ...]] = {}

    def __call__(self, hours: Hours) -> list[int]:
        """See the head of the file."""
        if not hours:
            return [1 if self._windows else 2]
        ways = iter(self._numbers.of(hours, self._pattern)[1])
        program: list[int] = []
        for scenario in hours:
            days: dict[tuple[int, ...], int] = {}
            for week in scenario:
                for presence in week.presences:
                    room = (*self._room(presence), next(ways))
                    days[room] = days.get(room, 0) | 1 << presence.day
            program += [len(days), *(number for room, on in days.items() for number in (*room, on))]
        return program

    def _room(self, presence: Presence) -> tuple[int, ...]:
        if presence not in self._rooms:
            self._rooms[presence] = _room(room_in(available_blocks(self._windows), presence))
        return self._rooms[presence]


def _room(room: Slack) -> tuple[int, int, int, int]:
    return room.before, room.after, room.hole, int(room.opens is None)


_Left = tuple[WeekKind, WeekKind, Presence]


class CareProgram:
    """The programs of one care: the room that it leaves in one kind of week is sought once."""

    def __init__(self, children: tuple[ChildCare, ...], pattern: Pattern, numbers: WayNumbers) -> None:
        self._children, self._pattern, self._numbers = children, pattern, numbers
        self._rooms: dict[_Left, tuple[tuple[int, ...], tuple[int, ...]] | None] = {}
        self._blocks: dict[tuple[int, WeekKind, WeekKind, bool], tuple[Block, ...]] = {}

    def __call__(self, hours: Hours) -> list[int]:
        """See the head of the file."""
        if not hours:
            return [2 if any(map(never_cared, self._children)) else int(any(self._pattern))]
        ways = iter(self._numbers.of(hours, self._pattern)[1])
        untold = {
            kind
            for kind in WeekKind
            if any(child.week(kind).state is CareState.UNKNOWN for child in self._children)
        }
        program: list[int] = []
        for scenario in hours:
            days: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
            asked = False
            for week in scenario:
                asked = asked or bool(week.presences and week.kind in untold)
                for presence in week.presences:
                    way = next(ways)
                    for beside in week.beside(presence):
                        found = self._room(week.kind, beside, presence)
                        if found is not None:
                            entry = (*found[0], way), found[1]
                            days[entry] = days.get(entry, 0) | 1 << presence.day
            program += [int(asked), len(days)]
            for (room, hoped), on in days.items():
                program += [*room, on, *hoped]
        return program

    def _room(
        self, kind: WeekKind, beside: WeekKind, presence: Presence
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        key = kind, beside, presence
        if key not in self._rooms:
            self._rooms[key] = self._find_room(*key)
        return self._rooms[key]

    def _find_room(
        self, kind: WeekKind, beside: WeekKind, presence: Presence
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        left = present(self._children, kind, beside, presence)
        if not left:
            return None
        told = self._least(left, kind, beside, presence, hopeful=False)
        if not any(child.week(beside).state is CareState.UNKNOWN for child in left):
            return told, (0, 0, 0, 0)
        return told, (1, *self._least(left, kind, beside, presence, hopeful=True)[:3])

    def _least(
        self,
        left: tuple[ChildCare, ...],
        kind: WeekKind,
        beside: WeekKind,
        presence: Presence,
        *,
        hopeful: bool,
    ) -> tuple[int, ...]:
        rooms = []
        for child in left:
            key = id(child), kind, beside, hopeful
            if key not in self._blocks:
                self._blocks[key] = care_blocks(child, kind, beside, hopeful) or ()
            rooms.append(room_in(self._blocks[key], presence))
        return _room(least_room(tuple(rooms)))
