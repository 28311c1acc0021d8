"""How much room a week of windows leaves before and after a shift, in minutes.

A shift lies in one *block*: windows merged when they touch, across midnight and across Sunday. The slack
before is the shift's start less the block's start, the slack after the block's end less the shift's end;
both are negative when the block covers only a part of the shift, and ``hole`` counts the minutes of the
shift that no block covers in between (all of them when nothing does). A shift with its commute holds when
hole = 0, before ≥ minutes needed before, and after ≥ minutes needed after.

Sunday night runs into the next week, Monday's early start into the one before: ``stays`` says which kinds
of week those are.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from matching.week import DAY, WEEK, CareState, ChildCare, FixedWeek, Shift, WeekKind, Window

Block = tuple[int, int]


class Presence(Struct, frozen=True, kw_only=True):
    """Time to be at work without going home: minutes from Monday 0 h; ``end`` may pass the week's end."""

    start: int
    end: int

    @property
    def day(self) -> int:
        """The day on which it begins, 0 (Monday) to 6."""
        return self.start // DAY


class Slack(Struct, frozen=True, kw_only=True):
    """Room before and after a presence, at most a day; ``hole``: minutes inside that nothing covers.

    ``opens``, ``closes``: bounds of the block, in minutes from Monday 0 h; None when nothing touches.
    """

    before: int
    after: int
    hole: int
    opens: int | None
    closes: int | None


@lru_cache(maxsize=65536)
def presences(shifts: tuple[Shift, ...], split_break: int) -> tuple[Presence, ...]:
    """Shifts as presences, in order: a break of at most ``split_break`` minutes is spent at work.

    A night from Sunday to Monday is one shift that crosses midnight, never two.
    """
    merged: list[Block] = []
    for start, end in sorted((s.day * DAY + s.start, s.day * DAY + s.end) for s in shifts):
        if merged and start - merged[-1][1] <= split_break:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Presence(start=start, end=end) for start, end in merged)


def merge(stretches: Iterable[Block]) -> tuple[Block, ...]:
    """Disjoint stretches in order; those that touch become one."""
    merged: list[Block] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _absolute(windows: tuple[Window, ...], week: int) -> list[Block]:
    base = week * WEEK
    return [(base + w.day * DAY + w.start, base + w.day * DAY + w.end) for w in windows]


@lru_cache(maxsize=65536)
def available_blocks(windows: tuple[Window, ...]) -> tuple[Block, ...]:
    """Availability as blocks over the week before, this one and the next, all alike."""
    return merge(block for week in (-1, 0, 1) for block in _absolute(windows, week))


@lru_cache(maxsize=65536)
def care_blocks(
    child: ChildCare, kind: WeekKind, beside: WeekKind, hopeful: bool
) -> tuple[Block, ...] | None:
    """One child's care in one kind of week and the one ``beside`` it, before and after; None when that week
    itself is not told. The other one, not told, counts as covered when ``hopeful``, else as not covered.
    """
    if child.week(kind).state is CareState.UNKNOWN:
        return None
    blocks: list[Block] = []
    for week, its_kind in ((-1, beside), (0, kind), (1, beside)):
        told = child.week(its_kind)
        if told.state is CareState.ABSENT or (told.state is CareState.UNKNOWN and hopeful):
            blocks.append((week * WEEK, (week + 1) * WEEK))
        elif told.state is CareState.WINDOWS:
            blocks.extend(_absolute(told.windows, week))
    return merge(blocks)


def room_in(blocks: tuple[Block, ...], presence: Presence) -> Slack:
    """Room that the blocks leave around a presence."""
    start, end = presence.start, presence.end
    touching = [block for block in blocks if block[0] < end and start < block[1]]
    if not touching:
        return Slack(before=0, after=0, hole=end - start, opens=None, closes=None)
    opens, closes = touching[0][0], touching[-1][1]
    hole = sum(later[0] - earlier[1] for earlier, later in pairwise(touching))
    return Slack(
        before=min(start - opens, DAY), after=min(closes - end, DAY), hole=hole, opens=opens, closes=closes
    )


slack = lru_cache(maxsize=262144)(room_in)


@lru_cache(maxsize=65536)
def worked_weeks(
    weeks: tuple[tuple[Shift, ...], ...], first_on_odd: bool | None, kinds: tuple[WeekKind, ...]
) -> tuple[tuple[tuple[WeekKind, tuple[Shift, ...]], ...], ...]:
    """Each way a rotation can fall on the kinds of week: one scenario, or two when its phase is not told.

    With an odd number of weeks each falls on both parities in turn, whatever the phase: one scenario.
    """
    if len(weeks) % 2:
        return (tuple((kind, week) for kind in kinds for week in weeks),)

    def scenario(first_on_odd: bool) -> tuple[tuple[WeekKind, tuple[Shift, ...]], ...]:
        return tuple(
            (kind, week)
            for kind in kinds
            for rank, week in enumerate(weeks)
            if kind.odd == ((rank % 2 == 0) == first_on_odd)
        )

    return tuple(scenario(phase) for phase in ((True, False) if first_on_odd is None else (first_on_odd,)))


def fixed(schedule: FixedWeek) -> tuple[tuple[Shift, ...], ...]:
    """A fixed week is a rotation of one."""
    return (schedule.shifts,)
