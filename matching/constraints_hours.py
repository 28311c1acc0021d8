"""Hours: the person's availability and the care of every child, against the post's week and the commute."""

from collections.abc import Callable, Iterable

from matching.cover import Cover, covered, least_room
from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Presence, available_blocks, care_blocks, slack
from matching.stays import Scenario, WorkedWeek, goes_by_care, reaches_out
from matching.travel import HOURS_ASKED, UNBOUNDED, Minutes, Way, add, exact
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
    Side,
    Unknown,
    Verdict,
)
from matching.week import (
    AvailabilityWindows,
    CareState,
    CareUnknown,
    CareWindows,
    ChildCare,
    WeekKind,
    days_worked,
)

WayTo = Callable[[WorkedWeek, Presence], Way]

AVAILABILITY_ASKED = Question(code=QuestionCode.AVAILABILITY, asked_of=AskedOf.REFERENT)
CARE_ASKED = Question(code=QuestionCode.CARE, asked_of=AskedOf.REFERENT)


def availability_covers(participant: Participant, scenario: Scenario, way_to: WayTo) -> tuple[Cover, ...]:
    """Each presence against the availability; () when it is not told."""
    if not isinstance(participant.availability, AvailabilityWindows):
        return ()
    blocks = available_blocks(participant.availability.windows)
    covers = []
    for week in scenario:
        for presence in week.presences:
            way = way_to(week, presence)
            covers.append(
                covered(week.kind, presence, slack(blocks, presence), way.out_whole, way.back_whole)
            )
    return tuple(covers)


def care_covers(participant: Participant, scenario: Scenario, way_to: WayTo) -> tuple[Cover, ...]:
    """Each presence against the care of all children present and told in the weeks that it reaches."""
    if not isinstance(participant.care, CareWindows):
        return ()
    covers = []
    for week in scenario:
        for presence in week.presences:
            for beside in week.beside(presence):
                children = present(participant.care.children, week.kind, beside, presence)
                if children:
                    way = way_to(week, presence)
                    before = add(way.out_last, exact(participant.drop_off_minutes))
                    after = add(way.back_first, exact(participant.pick_up_minutes))
                    covers.append(_care_cover(children, (week.kind, beside), presence, before, after))
    return tuple(covers)


def present(
    children: tuple[ChildCare, ...], kind: WeekKind, beside: WeekKind, presence: Presence
) -> tuple[ChildCare, ...]:
    """The children whose care in that week is told by windows, and those with the other parent then who are
    there in the week beside, where the presence may reach it."""
    out = reaches_out(presence)
    return tuple(
        child
        for child in children
        if (state := child.week(kind).state) is CareState.WINDOWS
        or (out and state is CareState.ABSENT and child.week(beside).state is not CareState.ABSENT)
    )


def _care_cover(
    children: tuple[ChildCare, ...],
    kinds: tuple[WeekKind, WeekKind],
    presence: Presence,
    before: Minutes,
    after: Minutes,
) -> Cover:
    """Every child must be covered. The week beside, not told, can only leave a doubt, never break."""
    kind, beside = kinds
    told = [slack(care_blocks(child, kind, beside, hopeful=False) or (), presence) for child in children]
    cover = covered(kind, presence, least_room(tuple(told)), before, after)
    untold = any(child.week(beside).state is CareState.UNKNOWN for child in children)
    if not cover.broken or not untold:
        return cover
    hoped = [slack(care_blocks(child, kind, beside, hopeful=True) or (), presence) for child in children]
    best = covered(kind, presence, least_room(tuple(hoped)), before, after)
    if best.broken:
        return cover
    return Cover(kind, presence, best.slack, before, after, False, False, care_week_asked((beside,)))


def care_week_asked(kinds: tuple[WeekKind, ...]) -> Question:
    """What is asked when the care of some kinds of week is not told."""
    return Question(
        code=QuestionCode.CARE_WEEK, asked_of=AskedOf.REFERENT, items=tuple(kind.value for kind in kinds)
    )


def availability_verdict(participant: Participant, covers: tuple[Cover, ...], offer: Offer) -> Verdict:
    """Availability over one scenario; ``covers`` is empty when one of the two weeks is not told."""
    if not isinstance(participant.availability, AvailabilityWindows):
        return Unknown(question=AVAILABILITY_ASKED)
    return _verdict(covers, offer, care=None)


def care_verdict(
    participant: Participant, scenario: Scenario, covers: tuple[Cover, ...], offer: Offer
) -> Verdict:
    """Care over one scenario: the worst kind of week that the post works."""
    if isinstance(participant.care, CareUnknown):
        return Unknown(question=CARE_ASKED)
    verdict = _verdict(covers, offer, care=participant)
    untold = _untold(participant, scenario)
    if untold and not isinstance(verdict, Broken):
        return Unknown(question=care_week_asked(untold))
    return verdict


def _untold(participant: Participant, scenario: Scenario) -> tuple[WeekKind, ...]:
    if not isinstance(participant.care, CareWindows):
        return ()
    kinds = [
        week.kind
        for week in scenario
        if week.presences
        and any(child.week(week.kind).state is CareState.UNKNOWN for child in participant.care.children)
    ]
    return tuple(kind for kind in WeekKind if kind in kinds)


def hours_not_told(participant: Participant) -> tuple[Verdict, Verdict]:
    """Availability and care when the employer has not told the hours: asked, unless no hours would do."""
    asked, available, care = Unknown(question=HOURS_ASKED), participant.availability, participant.care
    availability: Verdict = asked
    if not isinstance(available, AvailabilityWindows):
        availability = Unknown(question=HOURS_ASKED, also=(AVAILABILITY_ASKED,))
    elif not available.windows:
        availability = Broken(reason=Reason(code=ReasonCode.AVAILABILITY_NONE), levers=())
    if isinstance(care, CareUnknown):
        return availability, Unknown(question=CARE_ASKED)
    if isinstance(care, CareWindows) and any(map(never_cared, care.children)):
        lever = Lever(code=LeverCode.CARE_DAY, side=LeverSide.PERSON)
        return availability, Broken(reason=Reason(code=ReasonCode.CARE_NONE), levers=(lever,))
    return availability, (asked if goes_by_care(participant, None) else Satisfied(margin_minutes=None))


def never_cared(child: ChildCare) -> bool:
    """Told to be at home in every kind of week, and cared for in none."""
    weeks = [child.week(kind) for kind in WeekKind]
    return all(week.state is CareState.WINDOWS and not week.windows for week in weeks)


def _verdict(covers: tuple[Cover, ...], offer: Offer, care: Participant | None) -> Verdict:
    """The worst presence decides; ``care``: the participant when it is her children's care that is judged."""
    broken = [cover for cover in covers if cover.broken]
    if broken:
        worst = max(broken, key=lambda cover: (cover.nothing_that_day, cover.missing))
        reason = _reason(worst, covers, care)
        return Broken(reason=reason, levers=_levers(worst, covers, offer, care is not None))
    doubts = [cover.doubt for cover in covers if cover.doubt]
    if doubts:
        return Unknown(question=doubts[0])
    return Satisfied(margin_minutes=min((cover.margin for cover in covers), default=None))


def _reason(worst: Cover, covers: Iterable[Cover], care: Participant | None) -> Reason:
    none, missing = (
        (ReasonCode.CARE_NONE, ReasonCode.CARE_MISSING)
        if care
        else (ReasonCode.AVAILABILITY_NONE, ReasonCode.AVAILABILITY_MISSING)
    )
    side = worst.side
    stop = 0
    if care:
        stop = care.pick_up_minutes if side is Side.AFTER else care.drop_off_minutes
    need = worst.after if side is Side.AFTER else worst.before
    amount = {
        Side.BEFORE: worst.missing_before,
        Side.AFTER: worst.missing_after,
        Side.INSIDE: worst.missing_inside,
    }[side]
    return Reason(
        code=none if worst.nothing_that_day else missing,
        day=worst.presence.day,
        weeks=_weeks(worst, covers),
        side=side,
        missing=worst.missing if worst.nothing_that_day else amount,
        at=worst.at,
        travel=need.likely - stop,
        stop=stop,
        bound=worst.bound,
        at_least=need.greatest >= UNBOUNDED,
    )


def _weeks(worst: Cover, covers: Iterable[Cover]) -> tuple[WeekKind, ...]:
    """The kinds of week where this presence misses as much; () when it is all of them."""
    same = {
        cover.kind for cover in covers if cover.presence == worst.presence and cover.missing == worst.missing
    }
    return () if len(same) == len(WeekKind) else tuple(kind for kind in WeekKind if kind in same)


def _levers(worst: Cover, covers: tuple[Cover, ...], offer: Offer, care: bool) -> tuple[Lever, ...]:
    """What would lift it on each side: earlier or later windows, or a shift that moves.

    Minutes that are only the least that could be missing, the way being unknown, open nothing for sure: that
    side has no lever, and the way is asked about.
    """
    flex = offer.flexibilities
    if worst.nothing_that_day or worst.missing_inside:
        uncovered = [cover for cover in covers if cover.nothing_that_day or cover.missing_inside]
        days = _days(uncovered)
        found = [Lever(code=LeverCode.CARE_DAY, side=LeverSide.PERSON, days=days)] if care else []
        # A post that would lose all its days is another post.
        if days != days_worked(offer.schedule):
            within = flex.days_negotiable
            found.append(Lever(code=LeverCode.DAY_OFF, side=LeverSide.OFFER, days=days, within=within))
        return tuple(found)
    levers: list[Lever] = []
    early, late = worst.missing_before, worst.missing_after
    if early and worst.before.greatest < UNBOUNDED:
        code = LeverCode.CARE_EARLIER if care else LeverCode.AVAILABLE_EARLIER
        within = early <= flex.start_later_minutes
        days = _days_lacking(covers, early, lambda cover: cover.missing_before)
        levers += [
            Lever(code=LeverCode.START_LATER, side=LeverSide.OFFER, minutes=early, days=days, within=within),
            Lever(code=code, side=LeverSide.PERSON, minutes=early, days=days),
        ]
    if late and worst.after.greatest < UNBOUNDED:
        code = LeverCode.CARE_LATER if care else LeverCode.AVAILABLE_LATER
        within = late <= flex.end_earlier_minutes
        days = _days_lacking(covers, late, lambda cover: cover.missing_after)
        levers += [
            Lever(code=LeverCode.END_EARLIER, side=LeverSide.OFFER, minutes=late, days=days, within=within),
            Lever(code=code, side=LeverSide.PERSON, minutes=late, days=days),
        ]
    return tuple(levers)


def _days(covers: Iterable[Cover]) -> tuple[int, ...]:
    return tuple(sorted({cover.presence.day for cover in covers}))


def _days_lacking(
    covers: tuple[Cover, ...], minutes: int, missing: Callable[[Cover], int]
) -> tuple[int, ...]:
    """The days that so many minutes would settle; () when it is every day of a post of several days."""
    lacking = _days(cover for cover in covers if 0 < missing(cover) <= minutes)
    whole = _days(covers)
    return () if lacking == whole and len(whole) > 1 else lacking
