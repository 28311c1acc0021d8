"""The week strip: what to draw over seven days, for the référent with its causes, for the liaison without.

``week_strips`` (référent): the post, the availability, the care, the commute, the missing minutes.
``net_strips`` (liaison): the post, the net available window, the missing minutes; nothing tells why.
A post whose weeks differ has one strip for each of them. Every stretch lies inside one day, in whole minutes:
a night is cut at midnight, Sunday's runs into Monday.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from matching.approach import ModeFacts, ScenarioFacts, approach
from matching.cover import Cover
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Block, Presence, available_blocks, care_blocks, merge, presences
from matching.stays import goes_by_care, scenarios
from matching.week import (
    DAY,
    WEEK,
    AvailabilityWindows,
    CareState,
    CareUnknown,
    CareWindows,
    RotatingWeeks,
    WeekKind,
    Window,
)
from matching.world import ALL_KINDS, World


class StretchKind(StrEnum):
    """What a stretch of the strip shows."""

    POST = "post"
    AVAILABLE = "available"
    CARE = "care"
    COMMUTE = "commute"
    MISSING = "missing"
    NET = "net"


class Stretch(Struct, frozen=True, kw_only=True):
    """One stretch of one day: 0 ≤ start < end ≤ 1440."""

    kind: StretchKind
    day: int
    start: int
    end: int


class WeekStrip(Struct, frozen=True, kw_only=True):
    """A week to draw. ``week``: the kind of week shown, the worst one; None for the liaison.
    ``rank``: which of the post's weeks, from 0; None when they are all alike or not told.
    """

    week: WeekKind | None
    stretches: tuple[Stretch, ...]
    rank: int | None = None


class _PostWeek(Struct, frozen=True):
    """One of the post's weeks: its rank among those that differ, its presences, the kinds it falls on."""

    rank: int | None
    presences: tuple[Presence, ...]
    kinds: tuple[WeekKind, ...]


def net_windows(
    match: Match, participant: Participant, offer: Offer, world: World, *, on: date
) -> tuple[Window, ...] | None:
    """When she could be at work, every kind of week alike: availability and care less the commute.

    None when it cannot be told (availability, care or the trip is not known).
    """
    facts = _kept(match, participant, offer, world, on)
    if facts is None or not isinstance(participant.availability, AvailabilityWindows):
        return None
    if isinstance(participant.care, CareUnknown):
        return None
    blocks: tuple[Block, ...] = ((-WEEK, 2 * WEEK),)
    for kind in _kinds(facts):
        found = _net_of_kind(participant, facts, kind)
        if found is None:
            return None
        blocks = _both(blocks, found)
    return tuple(Window(day=day, start=start, end=end) for day, start, end in _days(blocks))


def net_strips(
    match: Match, participant: Participant, offer: Offer, world: World, *, on: date
) -> tuple[WeekStrip, ...]:
    """The liaison's strips. Without a net window (not known), the post alone is drawn."""
    net = net_windows(match, participant, offer, world, on=on)
    free = None if net is None else merge((w.day * DAY + w.start, w.day * DAY + w.end) for w in net)
    return tuple(
        WeekStrip(week=None, stretches=tuple(_net_stretches(one, free)), rank=one.rank)
        for one in _post_weeks(offer, world, on)
    )


def _net_stretches(week: _PostWeek, free: tuple[Block, ...] | None) -> list[Stretch]:
    post = _blocks(week)
    stretches = _stretches(StretchKind.POST, post)
    if free is not None:
        stretches += _stretches(StretchKind.NET, free)
        stretches += _stretches(StretchKind.MISSING, _less(merge(_folded(post)), free))
    return stretches


def week_strips(
    match: Match, participant: Participant, offer: Offer, world: World, *, on: date
) -> tuple[WeekStrip, ...]:
    """The référent's strips, each in the worst kind of week that it falls on."""
    facts = _kept(match, participant, offer, world, on)
    return tuple(_week_strip(participant, facts, one) for one in _post_weeks(offer, world, on))


def _week_strip(participant: Participant, facts: ModeFacts | None, week: _PostWeek) -> WeekStrip:
    available = _covers(facts, week, lambda one: one.availability_covers)
    cared = _covers(facts, week, lambda one: one.care_covers)
    worst = max((*cared, *available), key=_badness, default=None)
    kind = worst.kind if worst else week.kinds[0]
    stretches: list[Stretch] = []
    if isinstance(participant.availability, AvailabilityWindows):
        stretches += _stretches(StretchKind.AVAILABLE, available_blocks(participant.availability.windows))
    care = _common_care(participant, kind)
    if care is not None:
        stretches += _stretches(StretchKind.CARE, care)
    covers = [cover for cover in available if cover.kind is kind]
    cared = [cover for cover in cared if cover.kind is kind]
    commutes = [c for cover in covers or cared for c in _commute(cover)]
    stretches += _stretches(StretchKind.COMMUTE, merge(commutes))
    stretches += _stretches(StretchKind.POST, _blocks(week))
    missing = [block for cover in (*covers, *cared) for block in _missing(cover)]
    stretches += _stretches(StretchKind.MISSING, merge(missing))
    return WeekStrip(week=kind, stretches=tuple(stretches), rank=week.rank)


# ------------------------------------------------------------------ the weeks of the post, the mode kept
def _post_weeks(offer: Offer, world: World, on: date) -> tuple[_PostWeek, ...]:
    """Each distinct week that the post works; one without presences when its hours are not told."""
    schedule, split = offer.schedule, world.parameters.travel.split_break_minutes
    rank_of: dict[tuple[Presence, ...], int] = {}
    for rank, shifts in enumerate(schedule.weeks if isinstance(schedule, RotatingWeeks) else ()):
        rank_of.setdefault(presences(shifts, split), rank)
    kinds: dict[tuple[Presence, ...], dict[WeekKind, None]] = {}
    for scenario in scenarios(offer, world, on):
        for week in scenario:
            if week.presences:
                kinds.setdefault(week.presences, {}).setdefault(week.kind)
    if not kinds:
        return (_PostWeek(None, (), (WeekKind.SCHOOL_ODD,)),)
    found = (
        _PostWeek(rank_of[told] if len(rank_of) > 1 else None, told, tuple(on_kinds))
        for told, on_kinds in kinds.items()
    )
    return tuple(sorted(found, key=lambda one: one.rank or 0))


def _blocks(week: _PostWeek) -> tuple[Block, ...]:
    return merge((one.start, one.end) for one in week.presences)


def _covers(
    facts: ModeFacts | None, week: _PostWeek, of: Callable[[ScenarioFacts], tuple[Cover, ...]]
) -> list[Cover]:
    """The covers of one of the post's weeks, over the kinds of week that it falls on."""
    found = (cover for one in facts.scenarios for cover in of(one)) if facts else ()
    return [cover for cover in found if cover.presence in week.presences and cover.kind in week.kinds]


def _kept(match: Match, participant: Participant, offer: Offer, world: World, on: date) -> ModeFacts | None:
    """The facts of the mode that the match tells; None when no trip is known."""
    if match.trip is None:
        return None
    return approach(participant, offer, world, on, only=match.trip.mode).modes[0]


def _badness(cover: Cover) -> int:
    return cover.missing if cover.broken else -cover.margin - DAY


def _kinds(facts: ModeFacts) -> tuple[WeekKind, ...]:
    found = {cover.kind for one in facts.scenarios for cover in one.availability_covers}
    return tuple(kind for kind in ALL_KINDS if kind in found) or ALL_KINDS


# ------------------------------------------------------------------ blocks of minutes
def _net_of_kind(participant: Participant, facts: ModeFacts, kind: WeekKind) -> tuple[Block, ...] | None:
    """Availability and care of one kind of week, each less the minutes that it must cover around work."""
    assert isinstance(participant.availability, AvailabilityWindows)
    out, back = _needs(facts, kind, care=False)
    blocks = _shrunk(available_blocks(participant.availability.windows), out, back)
    if goes_by_care(participant, kind):
        care = _common_care(participant, kind)
        if care is None:
            return None
        out, back = _needs(facts, kind, care=True)
        blocks = _both(blocks, _shrunk(care, out, back))
    return blocks


def _needs(facts: ModeFacts, kind: WeekKind, *, care: bool) -> tuple[int, int]:
    """Likely minutes before and after work in that kind of week; without hours told, those of the trip."""
    covers = [
        cover
        for one in facts.scenarios
        for cover in (one.care_covers if care else one.availability_covers)
        if cover.kind is kind
    ]
    if not covers:
        least = facts.scenarios[0]
        minutes = least.last_leg if care else least.one_way.likely
        return minutes, minutes
    return max(c.before.likely for c in covers), max(c.after.likely for c in covers)


def _common_care(participant: Participant, kind: WeekKind) -> tuple[Block, ...] | None:
    """When every child present is cared for; None when no care is told for that kind of week."""
    if not isinstance(participant.care, CareWindows) or not goes_by_care(participant, kind):
        return None
    blocks: tuple[Block, ...] = ((-WEEK, 2 * WEEK),)
    for child in participant.care.children:
        if child.week(kind).state is not CareState.ABSENT:
            told = care_blocks(child, kind, kind.neighbour, hopeful=False)
            if told is None:
                return None
            blocks = _both(blocks, told)
    return blocks


def _shrunk(blocks: tuple[Block, ...], before: int, after: int) -> tuple[Block, ...]:
    return tuple((start + before, end - after) for start, end in blocks if start + before < end - after)


def _both(one: tuple[Block, ...], two: tuple[Block, ...]) -> tuple[Block, ...]:
    """What lies in both."""
    common = ((max(a, c), min(b, d)) for a, b in one for c, d in two)
    return merge((start, end) for start, end in common if start < end)


def _less(one: tuple[Block, ...], two: tuple[Block, ...]) -> tuple[Block, ...]:
    """What lies in the first and not in the second."""
    left = list(one)
    for start, end in two:
        left = [
            piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]
        ]
    return merge(left)


def _commute(cover: Cover) -> tuple[Block, ...]:
    start, end = cover.presence.start, cover.presence.end
    found = ((start - cover.before.likely, start), (end, end + cover.after.likely))
    return tuple(block for block in found if block[0] < block[1])


def _missing(cover: Cover) -> tuple[Block, ...]:
    """The stretches that no window covers: at the outer ends of the commute, or the whole presence."""
    start, end = cover.presence.start, cover.presence.end
    if cover.nothing_that_day:
        return ((start, end),)
    out, back = start - cover.before.likely, end + cover.after.likely
    found = ((out, out + cover.missing_before), (back - cover.missing_after, back))
    return tuple(block for block in found if block[0] < block[1])


def _folded(blocks: tuple[Block, ...]) -> list[Block]:
    """Blocks brought back inside one week: Sunday's night runs into Monday."""
    found = []
    for start, end in blocks:
        for base in (-WEEK, 0, WEEK):
            a, b = max(start + base, 0), min(end + base, WEEK)
            if a < b:
                found.append((a, b))
    return found


def _days(blocks: tuple[Block, ...]) -> list[tuple[int, int, int]]:
    """Blocks of the week itself, cut at midnight: (day, start, end)."""
    found = []
    for day in range(7):
        for start, end in blocks:
            a, b = max(start, day * DAY), min(end, (day + 1) * DAY)
            if a < b:
                found.append((day, a - day * DAY, b - day * DAY))
    return found


def _stretches(kind: StretchKind, blocks: tuple[Block, ...]) -> list[Stretch]:
    periodic = kind in (StretchKind.AVAILABLE, StretchKind.CARE, StretchKind.NET)
    whole = blocks if periodic else merge(_folded(blocks))
    return [Stretch(kind=kind, day=day, start=start, end=end) for day, start, end in _days(whole)]
