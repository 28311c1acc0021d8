"""The stays that an offer asks for: each presence at work in each kind of week, one list per scenario.

A rotation whose phase is not told has two scenarios; a verdict that differs between them is Unknown.

A night from Sunday runs into Monday, which is judged by its own week.
"""

from datetime import date

from msgspec import Struct

from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Presence, fixed, presences, worked_weeks
from matching.verdict import AskedOf, Broken, Question, QuestionCode, Satisfied, Unknown, Verdict
from matching.week import WEEK, CareState, CareWindows, FixedWeek, RotatingWeeks, WeekKind
from matching.world import ALL_KINDS, Succession, World, kinds_worked, successions

PHASE_ASKED = Question(code=QuestionCode.ROTATION_PHASE, asked_of=AskedOf.EMPLOYER)


class WorkedWeek(Struct, frozen=True):
    """One kind of week with the presences of the post in it, in order.

    before, after: the kinds of week that may come before it and after it, one at least.
    """

    kind: WeekKind
    presences: tuple[Presence, ...]
    before: tuple[WeekKind, ...]
    after: tuple[WeekKind, ...]

    def beside(self, presence: Presence) -> tuple[WeekKind, ...]:
        """The kinds of week to judge a presence with, in turn: those that it may reach, else any one."""
        if presence.end > WEEK - _LONGEST_WAY:
            return self.after
        return self.before if presence.start < _LONGEST_WAY else (self.kind.neighbour,)

    def kinds_of(self, presence: Presence) -> tuple[WeekKind, ...]:
        """The kinds of week in which the presence itself lies, its own first."""
        return (self.kind, *self.after) if presence.end > WEEK else (self.kind,)


Scenario = tuple[WorkedWeek, ...]
# Nobody's way to work is longer: further from the ends of a week, no other week is anything to a presence.
_LONGEST_WAY = 180


def reaches_out(presence: Presence) -> bool:
    """Whether a presence, with its commute, may reach into the week before or after."""
    return presence.start < _LONGEST_WAY or presence.end > WEEK - _LONGEST_WAY


def scenarios(offer: Offer, world: World, on: date) -> tuple[Scenario, ...]:
    """Each way the offer's weeks can fall; () when the hours are not told."""
    first = max(offer.starts_on or on, on)
    kinds = kinds_worked(first, offer.ends_on, world.school_holidays)
    schedule = offer.schedule
    if isinstance(schedule, FixedWeek):
        found = worked_weeks(fixed(schedule), None, kinds)
    elif isinstance(schedule, RotatingWeeks):
        found = worked_weeks(schedule.weeks, schedule.first_on_odd, kinds)
    else:
        return ()
    if not any(shifts for _, shifts in found[0]):
        return ()
    split = world.parameters.travel.split_break_minutes
    follow = successions(first, offer.ends_on, world.school_holidays)
    around = {kind: _around(kind, follow) for kind in kinds}
    return tuple(
        tuple(WorkedWeek(kind, presences(shifts, split), *around[kind]) for kind, shifts in weeks)
        for weeks in found
    )


def _around(
    kind: WeekKind, follow: frozenset[Succession]
) -> tuple[tuple[WeekKind, ...], tuple[WeekKind, ...]]:
    before = tuple(other for other in WeekKind if (other, kind) in follow)
    return before, tuple(other for other in WeekKind if (kind, other) in follow)


def goes_by_care(participant: Participant, kind: WeekKind | None) -> bool:
    """Whether a child has to be left in care in that kind of week (None: in one of them at least)."""
    care = participant.care
    if not isinstance(care, CareWindows):
        return False
    kinds = ALL_KINDS if kind is None else (kind,)
    return any(child.week(one).state is not CareState.ABSENT for child in care.children for one in kinds)


def over_scenarios(verdicts: tuple[Verdict, ...]) -> Verdict:
    """One verdict for a rotation: where the phase decides between holding and breaking, it is asked."""
    broken = [v for v in verdicts if isinstance(v, Broken)]
    unknown = [v for v in verdicts if isinstance(v, Unknown)]
    if len(broken) == len(verdicts):
        return max(broken, key=lambda v: v.reason.missing or 0)
    if broken:
        return Unknown(question=PHASE_ASKED)
    if unknown:
        return unknown[0]
    margins = [
        v.margin_minutes for v in verdicts if isinstance(v, Satisfied) and v.margin_minutes is not None
    ]
    return Satisfied(margin_minutes=min(margins, default=None))
