"""Travel and hours together: they must hold by one and the same mode, so the mode is chosen on both.

Maximum travel is for one way, care detour included; the trips of a day are held against twice that, which
only bites on a split day (four trips). Of the modes that the person has, or may have, the one whose worst
verdict is best is kept; then the shortest; then the order of ``Mode``.
"""

from msgspec import Struct
from msgspec.structs import replace

from matching.approach import (
    Approach,
    ModeFacts,
    ScenarioFacts,
    facts_at_the_door,
    mode_facts,
    walks_to_care,
)
from matching.constraints_post import may_drive_a_car
from matching.match import TripTold
from matching.offer import Offer, ShuttleStop
from matching.participant import Participant, Project
from matching.stays import goes_by_care, over_scenarios
from matching.terms import Answer, Mode
from matching.travel import NO_LIKELY, UNBOUNDED, Minutes, shuttle_minutes
from matching.verdict import (
    AskedOf,
    Broken,
    Lever,
    LeverCode,
    LeverSide,
    Question,
    QuestionCode,
    Reason,
    ReasonCode,
    Satisfied,
    Unknown,
    Verdict,
)
from matching.world import World

_MODE_ORDER = {mode: rank for rank, mode in enumerate(Mode)}
MAX_TRAVEL_ASKED = Question(code=QuestionCode.MAX_TRAVEL, asked_of=AskedOf.REFERENT)


class WayJudged(Struct, frozen=True):
    """The three verdicts by the mode kept, and that mode's facts (None when there is no mode at all)."""

    travel: Verdict
    availability: Verdict
    care: Verdict
    trip: TripTold | None
    facts: ModeFacts | None


def judge_way(
    participant: Participant,
    project: Project,
    offer: Offer,
    seen: Approach,
    world: World,
    *,
    with_levers: bool = True,
) -> WayJudged:
    """Travel, availability and care by the best mode for this project.

    ``with_levers`` False: what would shorten the trip is not sought (it means judging every other mode).
    """
    # A place of care not told leaves the direct way; one told without coordinates leaves no likely duration.
    no_likely = NO_LIKELY if participant.care_point is None else NO_LIKELY | {QuestionCode.CARE_PLACE}
    judged = [_judge_mode(facts, project, seen, world, no_likely) for facts in seen.modes if facts.scenarios]
    best = min(judged, key=_order) if judged else _no_way(participant, offer, seen)
    if with_levers and isinstance(best.travel, Broken):
        levers = _travel_levers(participant, project, offer, seen, world, best.travel.reason)
        travel = Broken(reason=best.travel.reason, levers=levers)
        return WayJudged(travel, best.availability, best.care, best.trip, best.facts)
    return best


def _order(judged: WayJudged) -> tuple[int, int, int, int]:
    """Broken last, then by number broken, doubts before; then minutes, then the order of the modes."""
    verdicts = (judged.travel, judged.availability, judged.care)
    broken = sum(isinstance(verdict, Broken) for verdict in verdicts)
    unknown = any(isinstance(verdict, Unknown) for verdict in verdicts)
    minutes = judged.trip.minutes if judged.trip else 1 << 30
    order = _MODE_ORDER[judged.facts.mode] if judged.facts else len(_MODE_ORDER)
    return broken, unknown, minutes, order


def _judge_mode(
    facts: ModeFacts, project: Project, seen: Approach, world: World, no_likely: frozenset[QuestionCode]
) -> WayJudged:
    travel = over_scenarios(
        tuple(_travel(one, facts.mode, project.max_travel_minutes, world) for one in facts.scenarios)
    )
    if facts.owned is Answer.UNKNOWN and not isinstance(travel, Broken):
        # Of a shuttle it is the walk with the children to where they are left that is not explored.
        mode = Mode.WALK if facts.mode is Mode.SHUTTLE else facts.mode
        asked = Question(code=QuestionCode.HAS_MODE, asked_of=AskedOf.REFERENT, items=(mode.value,))
        also = (travel.question,) if isinstance(travel, Unknown) else ()
        travel = Unknown(question=asked, also=also)
    availability = over_scenarios(tuple(one.availability for one in facts.scenarios))
    care = over_scenarios(tuple(one.care for one in facts.scenarios))
    return WayJudged(travel, availability, care, _trip(facts, seen, no_likely), facts)


def _travel(facts: ScenarioFacts, mode: Mode, limit: int | None, world: World) -> Verdict:
    """One way against the limit, a split day against twice the limit."""
    ceiling = world.parameters.travel.ceiling_minutes
    bound = ceiling if limit is None else limit
    one_way, day = facts.one_way, facts.split_day
    if one_way.least > bound:
        return _too_long(ReasonCode.TRAVEL_TOO_LONG, mode, one_way, bound)
    if day and day.least > 2 * bound:
        return _too_long(ReasonCode.DAILY_TRAVEL_TOO_LONG, mode, day, 2 * bound)
    if one_way.greatest > bound:
        return _asked(one_way)
    if day and day.greatest > 2 * bound:
        return _asked(day)
    if limit is None:
        return Unknown(question=MAX_TRAVEL_ASKED)
    margin = limit - one_way.likely
    return Satisfied(margin_minutes=min(margin, 2 * limit - day.likely) if day else margin)


def _asked(minutes: Minutes) -> Unknown:
    assert minutes.doubt is not None
    return Unknown(question=minutes.doubt)


def _too_long(code: ReasonCode, mode: Mode, minutes: Minutes, limit: int) -> Broken:
    value, bound = minutes.likely, minutes.greatest >= UNBOUNDED
    reason = Reason(code=code, mode=mode, value=value, limit=limit, missing=value - limit, at_least=bound)
    return Broken(reason=reason, levers=())


def _trip(facts: ModeFacts, seen: Approach, no_likely: frozenset[QuestionCode]) -> TripTold | None:
    """The trip as told: None when its duration is not known at all."""
    longest = max(facts.scenarios, key=lambda one: one.one_way.likely)
    told = longest.one_way
    if told.doubt and told.doubt.code in no_likely:
        return None
    return TripTold(
        mode=facts.mode,
        minutes=told.likely,
        least=told.least,
        greatest=told.greatest,
        last_leg=longest.last_leg,
        by_care=facts.by_care,
        distance_m=seen.distance_m,
    )


def _no_way(participant: Participant, offer: Offer, seen: Approach) -> WayJudged:
    """No mode at all, or none that runs at those hours; the hours are judged as if she lived at the post."""
    facts = facts_at_the_door(participant, offer, seen.hours)
    if seen.modes:
        reason = Reason(code=ReasonCode.NO_SERVICE, mode=seen.modes[0].mode)
    else:
        reason = Reason(code=ReasonCode.NO_MODE)
    return WayJudged(
        travel=Broken(reason=reason, levers=()),
        availability=over_scenarios(tuple(one.availability for one in facts)),
        care=over_scenarios(tuple(one.care for one in facts)),
        trip=None,
        facts=None,
    )


def _travel_levers(
    participant: Participant, project: Project, offer: Offer, seen: Approach, world: World, reason: Reason
) -> tuple[Lever, ...]:
    """Each mode not had that would make the trip short enough, or the licence of the car that she has; a
    longer maximum; the employer's shuttle."""
    levers = []
    for mode in Mode:
        had = participant.modes.of(mode) is Answer.YES
        parked = mode is Mode.CAR and not may_drive_a_car(participant)
        if mode is Mode.SHUTTLE or had != parked:
            continue
        facts = mode_facts(participant, offer, mode, Answer.YES, seen.hours, world)
        travels = [_travel(one, mode, project.max_travel_minutes, world) for one in facts.scenarios]
        if travels and all(isinstance(one, Satisfied) for one in travels):
            paper = Lever(code=LeverCode.LICENCE, side=LeverSide.PERSON, item="B")
            levers.append(paper if parked else Lever(code=LeverCode.MODE, side=LeverSide.PERSON, mode=mode))
    most = world.parameters.levers.max_travel_minutes
    if reason.missing is not None and not reason.at_least:
        # The trips of a split day are held against twice the maximum.
        daily = reason.code is ReasonCode.DAILY_TRAVEL_TOO_LONG
        longer = -(-reason.missing // 2) if daily else reason.missing
        if longer <= most:
            levers.append(Lever(code=LeverCode.TRAVEL_LONGER, side=LeverSide.PERSON, minutes=longer))
    return tuple(levers) + _shuttle_lever(participant, project, offer, seen, world)


def _shuttle_lever(
    participant: Participant, project: Project, offer: Offer, seen: Approach, world: World
) -> tuple[Lever, ...]:
    """A shuttle from where the way to the post begins, home or care; left out where, as long as by car, it
    would not do either. Of unknown length, it stands."""
    start = participant.home
    if goes_by_care(participant, None) and participant.care_point:
        start = participant.care_point
    if start is None or start.insee is None or walks_to_care(participant) is Answer.NO:
        return ()
    ride = shuttle_minutes(start, offer, world)
    if ride is not None:
        served = replace(offer, shuttle=(ShuttleStop(insee=start.insee, minutes=ride),))
        facts = mode_facts(participant, served, Mode.SHUTTLE, Answer.YES, seen.hours, world)
        limit = project.max_travel_minutes
        if any(isinstance(_travel(one, facts.mode, limit, world), Broken) for one in facts.scenarios):
            return ()
    return (Lever(code=LeverCode.SHUTTLE, side=LeverSide.OFFER, item=start.insee),)
