"""Minutes to work and back, by mode, through the children's care when they have to be left there.

Each duration is told three times: least, likely, greatest. They differ when a place is known only to a
radius; what is not known at all runs from a bound to UNBOUNDED. ``doubt`` is the question that would
settle it. An imported matrix stands over the computation; public transport without data is not guessed.
"""

from msgspec import Struct

from matching.distance import micro_degrees, road_minutes, straight_metres
from matching.matrix import arriving_by, leaving_at
from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Presence
from matching.terms import Mode, Point
from matching.verdict import AskedOf, Question, QuestionCode
from matching.week import DAY
from matching.world import World

# No trip lasts that long: a greatest duration that nothing bounds.
UNBOUNDED = 100_000

HOME_ASKED = Question(code=QuestionCode.HOME, asked_of=AskedOf.REFERENT)
PLACE_ASKED = Question(code=QuestionCode.PLACE, asked_of=AskedOf.EMPLOYER)
CARE_PLACE_ASKED = Question(code=QuestionCode.CARE_PLACE, asked_of=AskedOf.REFERENT)
EXACT_PLACE_ASKED = Question(code=QuestionCode.EXACT_PLACE, asked_of=AskedOf.REFERENT)
EXACT_POST_ASKED = Question(code=QuestionCode.EXACT_PLACE, asked_of=AskedOf.EMPLOYER)
TRANSIT_ASKED = Question(code=QuestionCode.TRANSIT_TIME, asked_of=AskedOf.TERRITORY)
HOURS_ASKED = Question(code=QuestionCode.HOURS, asked_of=AskedOf.EMPLOYER)


# Doubts that leave no likely duration: nothing is told, rather than a bound taken for an estimate.
NO_LIKELY = frozenset({QuestionCode.TRANSIT_TIME, QuestionCode.HOME, QuestionCode.PLACE})
# What is asked when the start of a leg, or its end, has no coordinates.
Asked = tuple[Question, Question]
TO_WORK: Asked = (HOME_ASKED, PLACE_ASKED)


class Minutes(Struct, frozen=True):
    """One duration. ``doubt`` None: exact, the three are equal."""

    least: int
    likely: int
    greatest: int
    doubt: Question | None


class Way(Struct, frozen=True):
    """Outward and back for one presence. ``last``: between care (or home) and work; ``whole``: from home."""

    out_last: Minutes
    out_whole: Minutes
    back_first: Minutes
    back_whole: Minutes


NOTHING = Minutes(0, 0, 0, None)


def greatest_of(one: Minutes, two: Minutes) -> Minutes:
    """The longer of two durations, at each of its three values."""
    return Minutes(
        max(one.least, two.least),
        max(one.likely, two.likely),
        max(one.greatest, two.greatest),
        (one.doubt if one.greatest >= two.greatest else two.doubt) or one.doubt or two.doubt,
    )


def exact(minutes: int) -> Minutes:
    """A duration without doubt."""
    return Minutes(minutes, minutes, minutes, None)


def add(one: Minutes, two: Minutes) -> Minutes:
    """Two legs one after the other."""
    return Minutes(
        one.least + two.least,
        one.likely + two.likely,
        min(one.greatest + two.greatest, UNBOUNDED),
        one.doubt or two.doubt,
    )


def metres_between(one: Point, two: Point) -> int | None:
    """Straight line in metres, or None when one of the points has no coordinates."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return straight_metres(
        micro_degrees(one.lat), micro_degrees(one.lon), micro_degrees(two.lat), micro_degrees(two.lon)
    )


def leg(
    start: Point,
    end: Point,
    mode: Mode,
    world: World,
    *,
    arrive_by: int | None,
    leave_at: int | None,
    asked: Asked = TO_WORK,
) -> Minutes | None:
    """One leg, to arrive by a minute of the week or leaving at one; neither: at an hour not told.

    ``asked``: the questions that would tell its start, and its end.
    None: timed services are imported and none runs at that hour.
    """
    if start.insee and end.insee:
        services = world.matrix.services(start.insee, end.insee, mode)
        if services:
            wait = world.parameters.travel.max_wait_minutes
            if arrive_by is not None:
                found = arriving_by(services, arrive_by % DAY, wait)
            elif leave_at is not None:
                found = leaving_at(services, leave_at % DAY, wait)
            else:
                return _any_hour(
                    services_minutes=tuple(s.minutes for s in services),
                    timed=any(s.departure is not None for s in services),
                )
            return None if found is None else exact(found)
    return _computed(start, end, mode, world, asked)


def _any_hour(*, services_minutes: tuple[int, ...], timed: bool) -> Minutes:
    least = min(services_minutes)
    return Minutes(least, least, UNBOUNDED, HOURS_ASKED) if timed else exact(least)


def _computed(start: Point, end: Point, mode: Mode, world: World, asked: Asked) -> Minutes:
    """Distance × detour ÷ speed, with the floor of one commune and the radius of each point."""
    same = start.insee is not None and start.insee == end.insee
    metres = metres_between(start, end)
    if mode is Mode.TRANSIT:
        bound = _transit_bound(start, end, metres, world)
        return Minutes(bound, bound, UNBOUNDED, TRANSIT_ASKED)
    figures = world.parameters.travel.modes[mode]
    floor = figures.same_commune_minutes if same else 0
    if metres is None:
        doubt = asked[0] if start.lat is None else asked[1]
        return exact(floor) if same else Minutes(0, 0, UNBOUNDED, doubt)
    radius = start.precision_m + end.precision_m
    detour = world.parameters.travel.detour_percent
    likely = max(floor, road_minutes(metres, figures, detour))
    if radius == 0:
        return exact(likely)
    least = max(floor, road_minutes(max(0, metres - radius), figures, detour))
    greatest = max(floor, road_minutes(metres + radius, figures, detour))
    return Minutes(least, likely, greatest, _exact_asked(start, end, asked) if least < greatest else None)


def _exact_asked(start: Point, end: Point, asked: Asked) -> Question:
    """Of the référent, unless the post alone is known to a radius: then only the employer can tell."""
    coarse = [question for point, question in zip((start, end), asked, strict=True) if point.precision_m]
    return EXACT_POST_ASKED if coarse == [PLACE_ASKED] else EXACT_PLACE_ASKED


def _transit_bound(start: Point, end: Point, metres: int | None, world: World) -> int:
    if metres is None:
        return 0
    nearest = max(0, metres - start.precision_m - end.precision_m)
    return nearest * 60 // world.parameters.travel.transit_bound_metres_per_hour


def way(
    participant: Participant, offer: Offer, mode: Mode, by_care: bool, presence: Presence | None, world: World
) -> Way | None:
    """The way to one presence and back by one mode; ``presence`` None when the hours are not told.

    None: no service at that hour. A place that is not told gives bounds without an upper end.
    """
    home, work = participant.home, offer.place
    if home is None or work is None:
        unknown = Minutes(0, 0, UNBOUNDED, HOME_ASKED if home is None else PLACE_ASKED)
        return Way(unknown, unknown, unknown, unknown)
    starts = presence.start if presence else None
    ends = presence.end if presence else None
    if not by_care or participant.care_point is None:
        out = _to_work(home, offer, mode, world, starts, HOME_ASKED)
        back = _from_work(home, offer, mode, world, ends, HOME_ASKED)
        if out is None or back is None:
            return None
        if not by_care:
            return Way(out, out, back, back)
        return Way(_ANYWHERE, _no_end(out), _ANYWHERE, _no_end(back))
    return _by_care(participant, home, participant.care_point, offer, mode, world, starts, ends)


def _by_care(
    participant: Participant,
    home: Point,
    care: Point,
    offer: Offer,
    mode: Mode,
    world: World,
    starts: int | None,
    ends: int | None,
) -> Way | None:
    """Home, care, work and back. With a shuttle, which only serves the post, the first part is on foot."""
    first_mode = Mode.WALK if mode is Mode.SHUTTLE else mode
    out = _to_work(care, offer, mode, world, starts, CARE_PLACE_ASKED)
    back = _from_work(care, offer, mode, world, ends, CARE_PLACE_ASKED)
    if out is None or back is None:
        return None
    left_care = None if starts is None else starts - out.likely - participant.drop_off_minutes
    left_again = None if ends is None else ends + back.likely + participant.pick_up_minutes
    if care == home:
        return Way(out, out, back, back)
    there, again = (HOME_ASKED, CARE_PLACE_ASKED), (CARE_PLACE_ASKED, HOME_ASKED)
    first = leg(home, care, first_mode, world, arrive_by=left_care, leave_at=None, asked=there)
    final = leg(care, home, first_mode, world, arrive_by=None, leave_at=left_again, asked=again)
    if first is None or final is None:
        return None
    return Way(out, add(first, out), back, add(back, final))


def _to_work(
    start: Point, offer: Offer, mode: Mode, world: World, by: int | None, asked: Question
) -> Minutes | None:
    assert offer.place is not None
    if mode is Mode.SHUTTLE:
        return _shuttle(start, offer)
    told = (asked, PLACE_ASKED)
    return leg(start, offer.place, mode, world, arrive_by=by, leave_at=None, asked=told)


def _from_work(
    end: Point, offer: Offer, mode: Mode, world: World, at: int | None, asked: Question
) -> Minutes | None:
    assert offer.place is not None
    if mode is Mode.SHUTTLE:
        return _shuttle(end, offer)
    told = (PLACE_ASKED, asked)
    return leg(offer.place, end, mode, world, arrive_by=None, leave_at=at, asked=told)


def _shuttle(point: Point, offer: Offer) -> Minutes | None:
    """The employer's shuttle follows the shift's hours; None where it does not stop."""
    stops = [stop.minutes for stop in offer.shuttle if stop.insee == point.insee]
    return exact(min(stops)) if stops else None


# Between care and work when the place of care is not told: what breaks at no distance at all is broken.
_ANYWHERE = Minutes(0, 0, UNBOUNDED, CARE_PLACE_ASKED)


def _no_end(direct: Minutes) -> Minutes:
    """By a place of care that is not told: at least the direct way, which is asked first when not known."""
    known = direct.doubt is None or direct.doubt.code not in NO_LIKELY
    return Minutes(direct.least, direct.likely, UNBOUNDED, CARE_PLACE_ASKED if known else direct.doubt)


def shuttle_minutes(home: Point, offer: Offer, world: World) -> int | None:
    """What a shuttle from that commune would take: as a car, the likely minutes; None when not known."""
    if offer.place is None:
        return None
    ride = leg(home, offer.place, Mode.CAR, world, arrive_by=None, leave_at=None)
    return None if ride is None or (ride.doubt and ride.least == 0 == ride.likely) else ride.likely
