"""All that each mode gives between a participant and an offer, before any project's limit is known.

One mode carries the whole way (home, care, work and back), at the hours of every presence.
"""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from matching.constraints_hours import (
    availability_covers,
    availability_verdict,
    care_covers,
    care_verdict,
    hours_not_told,
)
from matching.constraints_post import may_drive_a_car, start_day
from matching.cover import Cover
from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Presence
from matching.stays import Scenario, WorkedWeek, goes_by_care, scenarios
from matching.terms import Answer, Mode
from matching.travel import NOTHING, Minutes, Way, add, greatest_of, metres_between, way
from matching.verdict import Verdict
from matching.week import DAY, WEEK
from matching.world import ALL_KINDS, World

_WayTo = Callable[[WorkedWeek, Presence], Way]


class NoService(Exception):
    """No timed service at the hour of a shift."""


class ScenarioFacts(Struct, frozen=True):
    """One scenario by one mode. ``one_way``: longest trip; ``split_day``: trips of the longest split day."""

    one_way: Minutes
    last_leg: int
    split_day: Minutes | None
    availability: Verdict
    care: Verdict
    availability_covers: tuple[Cover, ...]
    care_covers: tuple[Cover, ...]


class ModeFacts(Struct, frozen=True):
    """All that one mode gives for a participant and an offer, before any project's limit."""

    mode: Mode
    owned: Answer
    by_care: bool
    scenarios: tuple[ScenarioFacts, ...]  # () when no service runs at the post's hours


class Approach(Struct, frozen=True):
    """What a participant and an offer have in common, whatever the project: facts by usable mode."""

    modes: tuple[ModeFacts, ...]
    distance_m: int | None
    hours: tuple[Scenario, ...]


def approach(
    participant: Participant, offer: Offer, world: World, on: date, *, only: Mode | None = None
) -> Approach:
    """Facts of every mode that the person has or may have, and of the employer's shuttle where it stops.

    ``only``: of that one mode, known to be the one that will be kept.
    """
    hours = scenarios(offer, world, on)
    found = []
    for mode in Mode if only is None else (only,):
        owned = answer_for(participant, offer, mode, on)
        if owned is not Answer.NO:
            found.append(mode_facts(participant, offer, mode, owned, hours, world))
    metres = None
    if participant.home and offer.place:
        metres = metres_between(participant.home, offer.place)
    return Approach(tuple(found), metres, hours)


def answer_for(participant: Participant, offer: Offer, mode: Mode, on: date) -> Answer:
    """Whether a mode may be used on the first day. No B licence valid then, and the car is taken away."""
    if mode is Mode.SHUTTLE:
        points = (participant.home, participant.care_point if goes_by_care(participant, None) else None)
        served = {stop.insee for stop in offer.shuttle}
        picked_up = any(point and point.insee in served for point in points)
        return walks_to_care(participant) if picked_up else Answer.NO
    answer = participant.modes.of(mode)
    if mode is Mode.CAR and not may_drive_a_car(participant, start_day(offer, on)):
        return Answer.NO
    return answer


def walks_to_care(participant: Participant) -> Answer:
    """Whether a shuttle, which serves the post alone, can be taken: the children are left on foot before."""
    care = participant.care_point
    if not goes_by_care(participant, None) or care is None or care == participant.home:
        return Answer.YES
    return participant.modes.walk


def mode_facts(
    participant: Participant,
    offer: Offer,
    mode: Mode,
    owned: Answer,
    hours: tuple[Scenario, ...],
    world: World,
) -> ModeFacts:
    """Trips, availability and care by one mode, over every scenario of the post's weeks."""
    by_care = {kind: goes_by_care(participant, kind) for kind in ALL_KINDS}
    ways: dict[tuple[bool, int, int], Way | None] = {}

    def way_to(week: WorkedWeek, presence: Presence) -> Way:
        left = by_care[week.kind]
        if presence.end > WEEK and not left:
            left = any(by_care[kind] for kind in week.kinds_of(presence))
        key = (left, presence.start % DAY, presence.end % DAY)
        if key not in ways:
            ways[key] = way(participant, offer, mode, left, presence, world)
        found = ways[key]
        if found is None:
            raise NoService
        return found

    always = goes_by_care(participant, None)
    try:
        if hours:
            facts = tuple(_scenario_facts(participant, offer, scenario, way_to) for scenario in hours)
        else:
            facts = (_facts_without_hours(participant, offer, mode, always, world),)
    except NoService:
        facts = ()
    return ModeFacts(mode, owned, always, facts)


def _scenario_facts(
    participant: Participant, offer: Offer, scenario: Scenario, way_to: _WayTo
) -> ScenarioFacts:
    found_ways = (way_to(week, presence) for week in scenario for presence in week.presences)
    # Most presences share one way: each is looked at once, in the order of the week.
    ways = {id(found): found for found in found_ways}
    one_way, last_leg = NOTHING, 0
    for found in ways.values():
        one_way = greatest_of(one_way, greatest_of(found.out_whole, found.back_whole))
        last_leg = max(last_leg, found.out_last.likely)
    available = availability_covers(participant, scenario, way_to)
    cared = care_covers(participant, scenario, way_to)
    return ScenarioFacts(
        one_way=one_way,
        last_leg=last_leg,
        split_day=_split_day(scenario, way_to),
        availability=availability_verdict(participant, available, offer),
        care=care_verdict(participant, scenario, cared, offer),
        availability_covers=available,
        care_covers=cared,
    )


def _split_day(scenario: Scenario, way_to: _WayTo) -> Minutes | None:
    """Minutes of the day with the longest trips among those with two presences or more; None without any."""
    longest: Minutes | None = None
    for week in scenario:
        days = [presence.day for presence in week.presences]
        for day in {day for day in days if days.count(day) > 1}:
            total = NOTHING
            for found in (way_to(week, one) for one in week.presences if one.day == day):
                total = add(total, add(found.out_whole, found.back_whole))
            longest = total if longest is None else greatest_of(longest, total)
    return longest


def _facts_without_hours(
    participant: Participant, offer: Offer, mode: Mode, by_care: bool, world: World
) -> ScenarioFacts:
    """The employer has not told the hours: the trip alone can be judged."""
    found = way(participant, offer, mode, by_care, None, world)
    if found is None:
        raise NoService
    availability, care = hours_not_told(participant)
    one_way = greatest_of(found.out_whole, found.back_whole)
    return ScenarioFacts(one_way, found.out_last.likely, None, availability, care, (), ())


def facts_at_the_door(
    participant: Participant, offer: Offer, hours: tuple[Scenario, ...]
) -> tuple[ScenarioFacts, ...]:
    """Hours judged as if she lived at the post: what stays true when no mode can take her there."""
    if not hours:
        availability, care = hours_not_told(participant)
        return (ScenarioFacts(NOTHING, 0, None, availability, care, (), ()),)
    still = Way(NOTHING, NOTHING, NOTHING, NOTHING)
    return tuple(_scenario_facts(participant, offer, scenario, lambda *_: still) for scenario in hours)
