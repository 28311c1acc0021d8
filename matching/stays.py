"""The stays that an offer asks for: each presence at work in each kind of week, one list per scenario.

A rotation whose phase is not told has two scenarios; a verdict that differs between them is Unknown.
"""

from datetime import date

from msgspec import Struct

from matching.offer import Offer
from matching.participant import Participant
from matching.slack import Presence, fixed, presences, worked_weeks
from matching.verdict import AskedOf, Broken, Question, QuestionCode, Satisfied, Unknown, Verdict
from matching.week import CareState, CareWindows, FixedWeek, RotatingWeeks, WeekKind
from matching.world import World, kinds_worked

PHASE_ASKED = Question(code=QuestionCode.ROTATION_PHASE, asked_of=AskedOf.EMPLOYER)


class WorkedWeek(Struct, frozen=True):
    """One kind of week with the presences of the post in it, in order."""

    kind: WeekKind
    presences: tuple[Presence, ...]


Scenario = tuple[WorkedWeek, ...]


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
    return tuple(
        tuple(WorkedWeek(kind, presences(shifts, split)) for kind, shifts in weeks) for weeks in found
    )


def goes_by_care(participant: Participant, kind: WeekKind | None) -> bool:
    """Whether a child has to be left in care in that kind of week (None: in one of them at least)."""
    care = participant.care
    if not isinstance(care, CareWindows):
        return False
    kinds = tuple(WeekKind) if kind is None else (kind,)
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
