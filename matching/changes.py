"""One change applied: the participant or the offer as it would be, in the fixed steps of the parameters."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from matching.offer import Offer, ShuttleStop
from matching.participant import Certificate, Licence, Participant
from matching.terms import Answer, LanguageLevel
from matching.verdict import ConstraintName, Lever, LeverCode
from matching.week import (
    DAY,
    AvailabilityWindows,
    CareState,
    CareWeek,
    CareWindows,
    ChildCare,
    FixedWeek,
    RotatingWeeks,
    Schedule,
    Shift,
    WeekKind,
    Window,
)

_L, _N = LeverCode, ConstraintName
# Travel and hours are judged together by one mode: what touches one of the three may settle all.
WAY = frozenset({_N.TRAVEL, _N.AVAILABILITY, _N.CARE})
TOUCHES: dict[LeverCode, frozenset[ConstraintName]] = {
    _L.MODE: WAY | {_N.VEHICLE},
    _L.CARE_EARLIER: WAY,
    _L.CARE_LATER: WAY,
    _L.CARE_DAY: WAY,
    _L.AVAILABLE_EARLIER: WAY,
    _L.AVAILABLE_LATER: WAY,
    _L.TRAVEL_LONGER: WAY,
    _L.LICENCE: WAY | {_N.LICENCE, _N.VEHICLE},  # a car that she may then drive
    _L.CERTIFICATE: frozenset({_N.CERTIFICATES}),
    _L.LANGUAGE: frozenset({_N.LANGUAGE}),
    _L.START_LATER: WAY,
    _L.END_EARLIER: WAY,
    _L.SHIFT_LATER: WAY,
    _L.SHIFT_EARLIER: WAY,
    _L.SHUTTLE: WAY,
    _L.DAY_OFF: WAY,
    _L.POST_ADAPTED: frozenset({_N.PHYSICAL}),
}


# ------------------------------------------------------------------ windows
def wider(windows: Iterable[Window], earlier: int, later: int) -> tuple[Window, ...]:
    """Each day opens ``earlier`` minutes sooner and closes ``later`` minutes later, inside the day."""
    told = tuple(windows)
    first = {w.day: min(o.start for o in told if o.day == w.day) for w in told}
    last = {w.day: max(o.end for o in told if o.day == w.day) for w in told}
    return tuple(
        Window(
            day=w.day,
            start=max(0, w.start - earlier) if w.start == first[w.day] else w.start,
            end=min(DAY, w.end + later) if w.end == last[w.day] else w.end,
        )
        for w in told
    )


def _wider_child(child: ChildCare, earlier: int, later: int) -> ChildCare:
    def week(kind: WeekKind) -> CareWeek:
        told = child.week(kind)
        if told.state is not CareState.WINDOWS:
            return told
        return CareWeek(state=CareState.WINDOWS, windows=wider(told.windows, earlier, later))

    return _each_week(week)


def _each_week(week: Callable[[WeekKind], CareWeek]) -> ChildCare:
    return ChildCare(
        school_odd=week(WeekKind.SCHOOL_ODD),
        school_even=week(WeekKind.SCHOOL_EVEN),
        holiday_odd=week(WeekKind.HOLIDAY_ODD),
        holiday_even=week(WeekKind.HOLIDAY_EVEN),
    )


def days_lacking(child: ChildCare) -> set[int]:
    """Days without care in some week that has care on others: a day more would be like those."""
    weeks = (child.week(kind) for kind in WeekKind)
    return {
        day for week in weeks if week.windows for day in range(7) if day not in {w.day for w in week.windows}
    }


def _one_day_more(child: ChildCare, days: Iterable[int]) -> ChildCare:
    """Care on those days too, from the earliest opening of that week to its latest closing."""

    def week(kind: WeekKind) -> CareWeek:
        told = child.week(kind)
        lacking = sorted(set(days) - {w.day for w in told.windows})
        if not told.windows or not lacking:
            return told
        start, end = min(w.start for w in told.windows), max(w.end for w in told.windows)
        more = (Window(day=day, start=start, end=end) for day in lacking)
        return CareWeek(state=told.state, windows=(*told.windows, *more))

    return _each_week(week)


# ------------------------------------------------------------------ the person's side
def change_participant(participant: Participant, lever: Lever) -> Participant:
    """The participant once the change is made. A lever that is not hers leaves her as she is."""
    minutes, item = lever.minutes or 0, lever.item or ""
    match lever.code:
        case _L.MODE:
            assert lever.mode is not None
            return replace(participant, modes=replace(participant.modes, **{lever.mode.value: Answer.YES}))
        case _L.CARE_EARLIER:
            return _with_care(participant, lambda child: _wider_child(child, minutes, 0))
        case _L.CARE_LATER:
            return _with_care(participant, lambda child: _wider_child(child, 0, minutes))
        case _L.CARE_DAY:
            return _with_care(participant, lambda child: _one_day_more(child, lever.days))
        case _L.AVAILABLE_EARLIER:
            return _with_availability(participant, minutes, 0)
        case _L.AVAILABLE_LATER:
            return _with_availability(participant, 0, minutes)
        case _L.TRAVEL_LONGER:
            return _with_travel(participant, minutes)
        case _L.LICENCE:
            licence = Licence(category=item, valid_from=None, valid_until=None)
            return replace(participant, licences=(*(participant.licences or ()), licence))
        case _L.CERTIFICATE:
            certificate = Certificate(code=item, valid_until=None)
            return replace(participant, certificates=(*(participant.certificates or ()), certificate))
        case _L.LANGUAGE:
            return replace(participant, language=LanguageLevel(item))
        case _:
            return participant


def _with_care(participant: Participant, change: Callable[[ChildCare], ChildCare]) -> Participant:
    if not isinstance(participant.care, CareWindows):
        return participant
    children = tuple(change(child) for child in participant.care.children)
    return replace(participant, care=CareWindows(children=children))


def _with_availability(participant: Participant, earlier: int, later: int) -> Participant:
    if not isinstance(participant.availability, AvailabilityWindows):
        return participant
    windows = wider(participant.availability.windows, earlier, later)
    return replace(participant, availability=AvailabilityWindows(windows=windows))


def _with_travel(participant: Participant, minutes: int) -> Participant:
    projects = tuple(
        project
        if project.max_travel_minutes is None
        else replace(project, max_travel_minutes=project.max_travel_minutes + minutes)
        for project in participant.projects
    )
    return replace(participant, projects=projects)


# ------------------------------------------------------------------ the employer's side
def change_offer(offer: Offer, lever: Lever) -> Offer:
    """The offer once the change is made. A lever that is not the employer's leaves it as it is."""
    minutes, item = lever.minutes or 0, lever.item or ""
    match lever.code:
        case _L.START_LATER:
            moved = _moved(offer.schedule, lambda s: _shift(s, s.start + minutes, s.end))
            return replace(offer, schedule=moved)
        case _L.END_EARLIER:
            moved = _moved(offer.schedule, lambda s: _shift(s, s.start, s.end - minutes))
            return replace(offer, schedule=moved)
        case _L.SHIFT_LATER | _L.SHIFT_EARLIER:
            by = minutes if lever.code is _L.SHIFT_LATER else -minutes
            moved = _moved(offer.schedule, lambda s: _shift(s, s.start + by, s.end + by))
            return replace(offer, schedule=moved)
        case _L.DAY_OFF:
            return replace(
                offer, schedule=_moved(offer.schedule, lambda s: None if s.day in lever.days else s)
            )
        case _L.SHUTTLE:
            return replace(offer, shuttle=(*offer.shuttle, ShuttleStop(insee=item, minutes=minutes)))
        case _L.CERTIFICATE:
            return replace(offer, certificates=tuple(one for one in offer.certificates if one != item))
        case _L.LICENCE:
            return replace(offer, licences=tuple(one for one in offer.licences if one != item))
        case _L.POST_ADAPTED:
            return replace(offer, demands=tuple(one for one in offer.demands or () if one.value != item))
        case _:
            return offer


def _shift(shift: Shift, start: int, end: int) -> Shift:
    """The shift moved, or as it was when nothing would be left of it or when it would change days."""
    if start >= end or not 0 <= start < DAY:
        return shift
    return Shift(day=shift.day, start=start, end=end)


def _moved(schedule: Schedule, move: Callable[[Shift], Shift | None]) -> Schedule:
    def week(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
        return tuple(moved for shift in shifts if (moved := move(shift)) is not None)

    if isinstance(schedule, FixedWeek):
        return FixedWeek(shifts=week(schedule.shifts))
    if isinstance(schedule, RotatingWeeks):
        weeks = tuple(week(shifts) for shifts in schedule.weeks)
        return RotatingWeeks(weeks=weeks, first_on_odd=schedule.first_on_odd)
    return schedule
