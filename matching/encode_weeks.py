"""Weeks as short programs of integers: which ways a post needs, and the room that windows leave around it.

Made by the readable functions, once for each distinct (post's weeks, availability or care). For the weeks
``s`` of a post and the pattern of weeks in which children are left in care:

- ways: n, then n × (by care, start, end) in minutes of the day: the distinct ways to one presence; then for
  each scenario: n, the ways used in order; n days of several presences, each: n, its ways.
- availability: for each scenario: n, then n × (before, after, hole, nothing that day, way).
- care: for each scenario: whether a week is not told, n, then n × (before, after, hole, nothing that day,
  way, hope, before, after, hole): ``hope`` 1 when a neighbouring week not told might cover it.
"""

from collections.abc import Callable, Hashable

import numpy as np

from matching.cover import least_room
from matching.encode_distinct import MOST_ROWS, Distinct, Ints
from matching.slack import Presence, available_blocks, care_blocks, slack
from matching.stays import Scenario
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


def by_care(kind: WeekKind, pattern: Pattern) -> bool:
    """Whether a child is left in care in that kind of week."""
    return pattern[_KINDS[kind]]


def _key(kind: WeekKind, presence: Presence, pattern: Pattern) -> WayKey:
    return int(by_care(kind, pattern)), presence.start % DAY, presence.end % DAY


def way_keys(hours: Hours, pattern: Pattern) -> dict[WayKey, int]:
    """The distinct ways of a post's weeks, numbered in order."""
    keys: dict[WayKey, int] = {}
    for scenario in hours:
        for week in scenario:
            for presence in week.presences:
                keys.setdefault(_key(week.kind, presence, pattern), len(keys))
    return keys


def ways_program(hours: Hours, pattern: Pattern) -> list[int]:
    """See the head of the file."""
    keys = way_keys(hours, pattern)
    program = [len(keys), *(number for key in keys for number in key)]
    for scenario in hours:
        used: dict[int, None] = {}
        days: dict[tuple[int, ...], None] = {}
        for week in scenario:
            of_day: dict[int, list[int]] = {}
            for presence in week.presences:
                way = keys[_key(week.kind, presence, pattern)]
                used.setdefault(way)
                of_day.setdefault(presence.day, []).append(way)
            for ways in of_day.values():
                if len(ways) > 1:
                    days.setdefault(tuple(ways))
        program += [len(used), *used, len(days)]
        for day in days:
            program += [len(day), *day]
    return program


def availability_program(windows: tuple[Window, ...], hours: Hours, pattern: Pattern) -> list[int]:
    """See the head of the file."""
    keys, blocks = way_keys(hours, pattern), available_blocks(windows)
    program: list[int] = []
    for scenario in hours:
        entries: dict[tuple[int, ...], None] = {}
        for week in scenario:
            for presence in week.presences:
                room = slack(blocks, presence)
                way = keys[_key(week.kind, presence, pattern)]
                entries.setdefault((room.before, room.after, room.hole, int(room.opens is None), way))
        program += [len(entries), *(number for entry in entries for number in entry)]
    return program


def care_program(children: tuple[ChildCare, ...], hours: Hours, pattern: Pattern) -> list[int]:
    """See the head of the file."""
    keys = way_keys(hours, pattern)
    program: list[int] = []
    for scenario in hours:
        entries: dict[tuple[int, ...], None] = {}
        untold = False
        for week in scenario:
            states = [child.week(week.kind).state for child in children]
            untold = untold or bool(week.presences and CareState.UNKNOWN in states)
            told = tuple(c for c, state in zip(children, states, strict=True) if state is CareState.WINDOWS)
            if told:
                for presence in week.presences:
                    way = keys[_key(week.kind, presence, pattern)]
                    entries.setdefault(_care_entry(told, week.kind, presence, way))
        program += [int(untold), len(entries), *(number for entry in entries for number in entry)]
    return program


def _care_entry(
    children: tuple[ChildCare, ...], kind: WeekKind, presence: Presence, way: int
) -> tuple[int, ...]:
    told, hoped = (
        least_room(tuple(slack(care_blocks(child, kind, hopeful) or (), presence) for child in children))
        for hopeful in (False, True)
    )
    hope = any(child.week(kind.neighbour).state is CareState.UNKNOWN for child in children)
    room = (told.before, told.after, told.hole, int(told.opens is None), way)
    return (*room, int(hope), hoped.before, hoped.after, hoped.hole)
