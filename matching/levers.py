"""What would open what: one change at a time in fixed steps, then minimal pairs, on either side.

A change *opens* a pair that something broke when all that was broken holds and nothing else breaks: a
question already open may remain, but an obstacle is not traded for a doubt. Gains of different changes
overlap: they are lists of ids, never to be added. A larger step is told only where it opens more than the
smaller one; a pair of changes only for what neither opens alone.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations

from msgspec import Struct

from matching.changes import TOUCHES, change_offer, change_participant, shuttle_minutes
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.ranking import match_one, matches
from matching.terms import Answer, Mode
from matching.verdict import Broken, ConstraintName, Lever, LeverCode, LeverSide, Satisfied
from matching.week import AvailabilityWindows, CareWindows, FixedWeek, RotatingWeeks
from matching.world import World

_L = LeverCode
# A pair of changes is sought only for what lacks little: at most this many constraints broken.
_PAIR_BROKEN = 3


class LeverGain(Struct, frozen=True, kw_only=True):
    """One change, or a minimal pair, and what it opens.

    opens: ids of the offers (or participants) opened, in order; in_trade: how many of them are in the
    person's wanted trade; settled: how many then have no question left.
    """

    levers: tuple[Lever, ...]
    opens: tuple[str, ...]
    in_trade: int
    settled: int

    @property
    def tells_a_limit(self) -> bool:
        """Whether who is opened tells of health or of French: the liaison reads how many, never who."""
        return any(lever.code in (_L.POST_ADAPTED, _L.LANGUAGE) for lever in self.levers)


class _Case(Struct, frozen=True):
    """One pair that something breaks: the set of constraints broken, for each project.

    ``communes``: where a shuttle could pick the person up.
    """

    id: str
    communes: frozenset[str]
    broken: dict[str, frozenset[ConstraintName]]
    retry: Callable[[tuple[Lever, ...]], Match | None]


def levers_for_participant(
    participant: Participant, offers: Iterable[Offer], world: World, *, on: date, pairs: bool = True
) -> tuple[LeverGain, ...]:
    """What would open offers to this person, the most opening first."""
    cases, asked = [], []
    for offer in sorted(offers, key=lambda one: one.id):
        found = matches(participant, offer, world, on=on, with_levers=False)
        if found and all(match.broken for match in found):
            cases.append(
                _case(offer.id, participant, found, _retry_participant(participant, offer, world, on))
            )
            asked.append(found)
    return _search(cases, _person_steps(participant, asked, world), pairs)


def levers_for_offer(
    offer: Offer, participants: Iterable[Participant], world: World, *, on: date, pairs: bool = True
) -> tuple[LeverGain, ...]:
    """What would open this offer to people, the most opening first."""
    cases, people = [], []
    for participant in sorted(participants, key=lambda one: one.id):
        found = matches(participant, offer, world, on=on, with_levers=False)
        if found and all(match.broken for match in found):
            cases.append(
                _case(participant.id, participant, found, _retry_offer(participant, offer, world, on))
            )
            people.append((participant, found))
    return _search(cases, _offer_steps(offer, people, world), pairs)


def _case(
    about: str,
    participant: Participant,
    found: tuple[Match, ...],
    retry: Callable[[tuple[Lever, ...]], Match | None],
) -> _Case:
    points = (participant.home, participant.care_point)
    communes = frozenset(point.insee for point in points if point and point.insee)
    broken = {match.project: frozenset(j.constraint for j in match.broken) for match in found}
    return _Case(about, communes, broken, retry)


def _retry_participant(
    participant: Participant, offer: Offer, world: World, on: date
) -> Callable[[tuple[Lever, ...]], Match | None]:
    def retry(levers: tuple[Lever, ...]) -> Match | None:
        changed = participant
        for lever in levers:
            changed = change_participant(changed, lever)
        return match_one(changed, offer, world, on=on, with_levers=False)

    return retry


def _retry_offer(
    participant: Participant, offer: Offer, world: World, on: date
) -> Callable[[tuple[Lever, ...]], Match | None]:
    def retry(levers: tuple[Lever, ...]) -> Match | None:
        changed = offer
        for lever in levers:
            changed = change_offer(changed, lever)
        return match_one(participant, changed, world, on=on, with_levers=False)

    return retry


# ------------------------------------------------------------------ the steps to try
Ladder = tuple[Lever, ...]  # one change in growing steps


def _ladder(code: LeverCode, side: LeverSide, step: int, most: int, within: int = 0) -> Ladder:
    return tuple(
        Lever(code=code, side=side, minutes=minutes, within=minutes <= within)
        for minutes in range(step, most + 1, step)
    )


def _person_steps(participant: Participant, asked: list[tuple[Match, ...]], world: World) -> list[Ladder]:
    """Modes, hours of care and of availability, travel, and the papers that the offers ask for."""
    figures, side = world.parameters.levers, LeverSide.PERSON
    holds_b = participant.licences is None or any(one.category == "B" for one in participant.licences)
    steps: list[Ladder] = [
        (Lever(code=_L.MODE, side=side, mode=mode),)
        for mode in Mode
        if mode is not Mode.SHUTTLE
        and participant.modes.of(mode) is Answer.NO
        and (mode is not Mode.CAR or holds_b)
    ]
    if isinstance(participant.care, CareWindows):
        steps += [
            _ladder(code, side, figures.step_minutes, figures.max_minutes)
            for code in (_L.CARE_EARLIER, _L.CARE_LATER)
        ]
    if isinstance(participant.availability, AvailabilityWindows):
        steps += [
            _ladder(code, side, figures.step_minutes, figures.max_minutes)
            for code in (_L.AVAILABLE_EARLIER, _L.AVAILABLE_LATER)
        ]
    steps.append(_ladder(_L.TRAVEL_LONGER, side, figures.step_minutes, figures.max_travel_minutes))
    papers = (_L.LICENCE, _L.CERTIFICATE, _L.LANGUAGE)
    return steps + [(lever,) for lever in _told(asked, papers, side)]


def _offer_steps(
    offer: Offer, people: list[tuple[Participant, tuple[Match, ...]]], world: World
) -> list[Ladder]:
    """Hours moved, a day off, a shuttle from a commune, and what the post could do without."""
    figures, side, flex = world.parameters.levers, LeverSide.OFFER, offer.flexibilities
    step, most = figures.step_minutes, figures.max_minutes
    whole_later = min(flex.start_later_minutes, flex.end_later_minutes)
    whole_earlier = min(flex.start_earlier_minutes, flex.end_earlier_minutes)
    steps: list[Ladder] = [
        _ladder(_L.START_LATER, side, step, most, flex.start_later_minutes),
        _ladder(_L.END_EARLIER, side, step, most, flex.end_earlier_minutes),
        _ladder(_L.SHIFT_LATER, side, step, most, whole_later),
        _ladder(_L.SHIFT_EARLIER, side, step, most, whole_earlier),
    ]
    days = sorted(_days(offer))
    if len(days) > 1:
        steps += [
            (Lever(code=_L.DAY_OFF, side=side, days=(day,), within=flex.days_negotiable),) for day in days
        ]
    steps += [(lever,) for lever in _shuttles(offer, people, world)]
    steps += [(Lever(code=_L.CERTIFICATE, side=side, item=item),) for item in offer.certificates]
    steps += [(Lever(code=_L.LICENCE, side=side, item=item),) for item in offer.licences]
    return steps + [
        (Lever(code=_L.POST_ADAPTED, side=side, item=demand.value),) for demand in offer.demands or ()
    ]


def _days(offer: Offer) -> set[int]:
    schedule = offer.schedule
    if isinstance(schedule, FixedWeek):
        return {shift.day for shift in schedule.shifts}
    if isinstance(schedule, RotatingWeeks):
        return {shift.day for week in schedule.weeks for shift in week}
    return set()


def _shuttles(offer: Offer, people: list[tuple[Participant, tuple[Match, ...]]], world: World) -> list[Lever]:
    """A shuttle from each commune where travel stops somebody: as long as by car."""
    found: dict[str, Lever] = {}
    for participant, judged in people:
        home = participant.home
        if home is None or home.insee is None or home.insee in found:
            continue
        if any(isinstance(match.verdict(ConstraintName.TRAVEL), Broken) for match in judged):
            minutes = shuttle_minutes(home, offer, world)
            if minutes is not None:
                found[home.insee] = Lever(
                    code=_L.SHUTTLE, side=LeverSide.OFFER, item=home.insee, minutes=minutes
                )
    return [found[insee] for insee in sorted(found)]


def _told(asked: list[tuple[Match, ...]], codes: tuple[LeverCode, ...], side: LeverSide) -> list[Lever]:
    """The levers of those codes that the broken verdicts already name, each once, in order."""
    told = {
        Lever(code=lever.code, side=side, item=lever.item)
        for found in asked
        for match in found
        for judgement in match.broken
        if isinstance(judgement.verdict, Broken)
        for lever in judgement.verdict.levers
        if lever.code in codes and lever.side is side
    }
    return sorted(told, key=lambda lever: (lever.code, lever.item or ""))


# ------------------------------------------------------------------ the search
def _search(cases: list[_Case], steps: list[Ladder], pairs: bool) -> tuple[LeverGain, ...]:
    gains, opened = [], set()
    for ladder in steps:
        before: set[str] = set()
        for lever in ladder:
            found = _opened(cases, (lever,))
            ids = {match_id for match_id, _ in found}
            if ids - before:
                gains.append(_gain((lever,), found))
            before |= ids
        opened |= before
    if pairs:
        left = [
            case
            for case in cases
            if case.id not in opened and min(map(len, case.broken.values())) <= _PAIR_BROKEN
        ]
        gains += _pair_gains(left, steps)
    return tuple(sorted(gains, key=_by_gain))


def _pair_gains(cases: list[_Case], steps: list[Ladder]) -> list[LeverGain]:
    """Two changes together, each at its smallest step that still opens as much; neither opens these alone."""
    gains = []
    for one, two in combinations(_pairable(steps), 2):
        codes = {one[0].code, two[0].code}
        if len(codes) == 1 and codes <= _ONE_IS_ENOUGH:
            continue
        if codes <= _MOVES and codes != {_L.START_LATER, _L.END_EARLIER}:
            continue
        most = _opened(cases, (one[-1], two[-1]))
        if not most:
            continue
        wanted = {match_id for match_id, _ in most}
        sizes = sorted(
            ((a, b) for a in one for b in two), key=lambda ab: (ab[0].minutes or 0) + (ab[1].minutes or 0)
        )
        among = [case for case in cases if case.id in wanted]
        for levers in sizes:
            found = _opened(among, levers)
            if {match_id for match_id, _ in found} == wanted:
                gains.append(_gain(levers, found))
                break
    return gains


# One mode carries the whole way: two more are no better than the best of them.
_ONE_IS_ENOUGH = frozenset({_L.MODE, _L.SHUTTLE})
# A shift moved whole beside one of its ends moved is the other end moved: not told twice.
_MOVES = frozenset({_L.START_LATER, _L.END_EARLIER, _L.SHIFT_LATER, _L.SHIFT_EARLIER})


def _pairable(steps: list[Ladder]) -> list[Ladder]:
    """With a B licence among the changes, a car becomes one too: neither is of use without the other."""
    licence = [ladder for ladder in steps if ladder[0].code is _L.LICENCE and ladder[0].item == "B"]
    person = [ladder for ladder in licence if ladder[0].side is LeverSide.PERSON]
    car = (Lever(code=_L.MODE, side=LeverSide.PERSON, mode=Mode.CAR),)
    return [*steps, car] if person and car not in steps else steps


def _opened(cases: list[_Case], levers: tuple[Lever, ...]) -> list[tuple[str, Match]]:
    """The cases that these changes open. A case broken elsewhere than they touch is not even tried."""
    touched = frozenset[ConstraintName]().union(*(TOUCHES[lever.code] for lever in levers))
    found = []
    for case in cases:
        if _may_open(case, levers, touched):
            match = case.retry(levers)
            if match is not None and _is_open(match, case.broken[match.project]):
                found.append((case.id, match))
    return found


def _may_open(case: _Case, levers: tuple[Lever, ...], touched: frozenset[ConstraintName]) -> bool:
    """Whether these changes are worth trying: they touch all that is broken, and each is of use here."""
    if any(lever.code is _L.SHUTTLE and lever.item not in case.communes for lever in levers):
        return False
    alone = [TOUCHES[lever.code] for lever in levers]
    return any(
        broken <= touched and all(broken & touches for touches in alone) for broken in case.broken.values()
    )


def _is_open(match: Match, was_broken: frozenset[ConstraintName]) -> bool:
    """Nothing is broken, and what was now holds: an obstacle is not traded for a doubt."""
    return not match.broken and all(isinstance(match.verdict(name), Satisfied) for name in was_broken)


def _gain(levers: tuple[Lever, ...], found: list[tuple[str, Match]]) -> LeverGain:
    return LeverGain(
        levers=levers,
        opens=tuple(match_id for match_id, _ in found),
        in_trade=sum(_in_trade(match) for _, match in found),
        settled=sum(not match.unknown for _, match in found),
    )


def _in_trade(match: Match) -> bool:
    """The post is the very trade that the project wants: its part *trade* is whole."""
    return any(part.name == "trade" and part.value == 10_000 for part in match.wish.parts)


def _by_gain(gain: LeverGain) -> tuple[int, int, int, int, tuple[str, ...]]:
    """The most opening first, then one change before two, then the smaller."""
    size = sum(lever.minutes or 0 for lever in gain.levers)
    names = tuple(f"{lever.code} {lever.mode or ''} {lever.item or ''} {lever.days}" for lever in gain.levers)
    return -len(gain.opens), len(gain.levers), -gain.in_trade, size, names
