"""The week strip: what to draw over seven days, for the référent with its causes, for the liaison without.

``week_strip`` (référent): the post, the availability, the care, the commute, the missing minutes.
``net_strip`` (liaison): the post, the net available window, the missing minutes; nothing tells why.
Every stretch lies inside one day, in whole minutes: a night is cut at midnight, Sunday's runs into Monday.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from matching.approach import ModeFacts, ScenarioFacts, approach
from matching.constraints_way import judge_way
from matching.cover import Cover
from matching.offer import Offer
from matching.participant import Participant
from matching.ranking import match_one
from matching.slack import Block, available_blocks, care_blocks, merge
from matching.stays import goes_by_care, scenarios
from matching.week import (
    DAY,
    WEEK,
    AvailabilityWindows,
    CareState,
    CareUnknown,
    CareWindows,
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
    """A week to draw. ``week``: the kind of week shown, the worst one; None for the liaison."""

    week: WeekKind | None
    stretches: tuple[Stretch, ...]


def net_windows(
    participant: Participant, offer: Offer, world: World, *, on: date
) -> tuple[Window, ...] | None:
    """When she could be at work, every kind of week alike: availability and care less the commute.

    None when it cannot be told (availability, care or the trip is not known).
    """
    facts = _kept(participant, offer, world, on)
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


def net_strip(participant: Participant, offer: Offer, world: World, *, on: date) -> WeekStrip:
    """The liaison's strip. Without a net window (not known), the post alone is drawn."""
    post = _posts(offer, world, on, ALL_KINDS)
    stretches = _stretches(StretchKind.POST, post)
    net = net_windows(participant, offer, world, on=on)
    if net is not None:
        free = merge((w.day * DAY + w.start, w.day * DAY + w.end) for w in net)
        stretches += _stretches(StretchKind.NET, free)
        stretches += _stretches(StretchKind.MISSING, _less(merge(_folded(post)), free))
    return WeekStrip(week=None, stretches=tuple(stretches))


def week_strip(participant: Participant, offer: Offer, world: World, *, on: date) -> WeekStrip:
    """The référent's strip, in the worst kind of week that the post works."""
    facts = _kept(participant, offer, world, on)
    worst = _worst(facts)
    kind = worst.kind if worst else WeekKind.SCHOOL_ODD
    stretches: list[Stretch] = []
    if isinstance(participant.availability, AvailabilityWindows):
        stretches += _stretches(StretchKind.AVAILABLE, available_blocks(participant.availability.windows))
    care = _common_care(participant, kind)
    if care is not None:
        stretches += _stretches(StretchKind.CARE, care)
    covers = [cover for one in _scenarios(facts) for cover in one.availability_covers if cover.kind is kind]
    cared = [cover for one in _scenarios(facts) for cover in one.care_covers if cover.kind is kind]
    commutes = [c for cover in covers or cared for c in _commute(cover)]
    stretches += _stretches(StretchKind.COMMUTE, merge(commutes))
    stretches += _stretches(StretchKind.POST, _posts(offer, world, on, (kind,)))
    missing = [block for cover in (*covers, *cared) for block in _missing(cover)]
    stretches += _stretches(StretchKind.MISSING, merge(missing))
    return WeekStrip(week=kind, stretches=tuple(stretches))


# ------------------------------------------------------------------ the mode kept
def _kept(participant: Participant, offer: Offer, world: World, on: date) -> ModeFacts | None:
    """The facts of the mode kept for the best project; None when no trip is known."""
    best = match_one(participant, offer, world, on=on)
    if best is None:
        return None
    project = next(one for one in participant.projects if one.id == best.project)
    way = judge_way(participant, project, offer, approach(participant, offer, world, on), world)
    return way.facts if way.trip else None


def _scenarios(facts: ModeFacts | None) -> tuple[ScenarioFacts, ...]:
    return facts.scenarios if facts else ()


def _worst(facts: ModeFacts | None) -> Cover | None:
    covers = [c for one in _scenarios(facts) for c in (*one.care_covers, *one.availability_covers)]
    return max(covers, key=lambda cover: cover.missing if cover.broken else -cover.margin - DAY, default=None)


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
            told = care_blocks(child, kind, hopeful=False)
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


def _posts(offer: Offer, world: World, on: date, kinds: tuple[WeekKind, ...]) -> tuple[Block, ...]:
    """The presences of the post in those kinds of week, whatever the phase; () when not told."""
    return merge(
        (presence.start, presence.end)
        for scenario in scenarios(offer, world, on)
        for week in scenario
        if week.kind in kinds
        for presence in week.presences
    )


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
