"""The week in whole minutes: windows, shifts, weeks of care, and short ways to write them.

Days run from 0 (Monday) to 6 (Sunday); minutes from 0 to 1440. Quarter-hours are only the grid to draw and
to enter on: all arithmetic is in whole minutes. Weeks are ISO weeks, odd or even; where a year has 53 of
them, two odd weeks follow one another and a rotation or an alternate custody is told anew, as people do.
"""

from enum import StrEnum

from msgspec import Struct

from matching.errors import BadWeek

DAY = 1440
WEEK = 7 * DAY


class Window(Struct, frozen=True, kw_only=True):
    """A stretch of one day, ``start`` included, ``end`` excluded: 0 ≤ start < end ≤ 1440.

    A window that ends at 1440 and one that begins at 0 the next day are one stretch.
    """

    day: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.day <= 6 and 0 <= self.start < self.end <= DAY):
            raise BadWeek(
                f"plage illisible : jour {self.day}, de {self.start} à {self.end} min "
                "(jours de 0 à 6, minutes de 0 à 1440, le début avant la fin)"
            )


class Shift(Struct, frozen=True, kw_only=True):
    """One stretch of work: begins on ``day`` at ``start`` (0..1439), lasts at most a day.

    ``end`` past 1440 crosses midnight: 21 h to 5 h is ``start=1260, end=1740``.
    """

    day: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.day <= 6 and 0 <= self.start < DAY and self.start < self.end <= self.start + DAY):
            raise BadWeek(
                f"horaire illisible : jour {self.day}, de {self.start} à {self.end} min "
                "(jours de 0 à 6, début de 0 à 1439, au plus 24 heures)"
            )


class WeekKind(StrEnum):
    """School or holiday × odd or even: the four weeks that care is told for."""

    SCHOOL_ODD = "school_odd"
    SCHOOL_EVEN = "school_even"
    HOLIDAY_ODD = "holiday_odd"
    HOLIDAY_EVEN = "holiday_even"

    @property
    def odd(self) -> bool:
        """True for an ISO week of odd number."""
        return self in (WeekKind.SCHOOL_ODD, WeekKind.HOLIDAY_ODD)

    @property
    def neighbour(self) -> "WeekKind":
        """The week before or after in the same term: the other parity."""
        return _NEIGHBOUR[self]


_NEIGHBOUR = {
    WeekKind.SCHOOL_ODD: WeekKind.SCHOOL_EVEN,
    WeekKind.SCHOOL_EVEN: WeekKind.SCHOOL_ODD,
    WeekKind.HOLIDAY_ODD: WeekKind.HOLIDAY_EVEN,
    WeekKind.HOLIDAY_EVEN: WeekKind.HOLIDAY_ODD,
}


# ------------------------------------------------------------------ the post's week
class FixedWeek(Struct, frozen=True, kw_only=True, tag_field="kind", tag="fixed"):
    """The same shifts every week. Two shifts on one day are a split day (*coupure*)."""

    shifts: tuple[Shift, ...]


class RotatingWeeks(Struct, frozen=True, kw_only=True, tag_field="kind", tag="rotating"):
    """Weeks that follow one another (2×8, 3×8, one Saturday in two).

    ``first_on_odd``: whether ``weeks[0]`` falls on odd ISO weeks; None when the employer has not told.
    Only an even number of weeks has a phase: with three, each falls on odd and on even weeks in turn.
    """

    weeks: tuple[tuple[Shift, ...], ...]
    first_on_odd: bool | None

    def __post_init__(self) -> None:
        if len(self.weeks) < 2:
            raise BadWeek("une rotation compte au moins deux semaines")


class HoursNotTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="not_told"):
    """The employer has not told the hours: a question, never a guess."""


Schedule = FixedWeek | RotatingWeeks | HoursNotTold


def days_worked(schedule: Schedule) -> tuple[int, ...]:
    """The days on which a shift begins in one of the weeks at least, in order; () when not told."""
    if isinstance(schedule, HoursNotTold):
        return ()
    weeks = (schedule.shifts,) if isinstance(schedule, FixedWeek) else schedule.weeks
    return tuple(sorted({shift.day for week in weeks for shift in week}))


# ------------------------------------------------------------------ the person's week
class AvailabilityWindows(Struct, frozen=True, kw_only=True, tag_field="kind", tag="windows"):
    """When the person may be away from home for work. No window: never."""

    windows: tuple[Window, ...]


class AvailabilityUnknown(Struct, frozen=True, kw_only=True, tag_field="kind", tag="unknown"):
    """Not explored with the person."""


Availability = AvailabilityWindows | AvailabilityUnknown


class CareState(StrEnum):
    """What is known of one child's care in one kind of week."""

    WINDOWS = "windows"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class CareWeek(Struct, frozen=True, kw_only=True):
    """One child in one kind of week.

    ``windows``: cared for then, and at no other time. ``absent``: with the other parent all the week
    (alternate custody), no care is needed. ``unknown``: not explored. ``windows`` is empty in the last two.
    A hand-over in mid-week is told with full days (0..1440) among the windows.
    """

    state: CareState
    windows: tuple[Window, ...]


class ChildCare(Struct, frozen=True, kw_only=True):
    """One child, in each of the four kinds of week. No name, no age."""

    school_odd: CareWeek
    school_even: CareWeek
    holiday_odd: CareWeek
    holiday_even: CareWeek

    def week(self, kind: WeekKind) -> CareWeek:
        """The care of one kind of week."""
        week: CareWeek = getattr(self, kind)
        return week


class NoCareNeed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="no_need"):
    """Told: nobody has to be looked after while the person works."""


class CareWindows(Struct, frozen=True, kw_only=True, tag_field="kind", tag="windows"):
    """Every child must be covered, each by its own windows."""

    children: tuple[ChildCare, ...]


class CareUnknown(Struct, frozen=True, kw_only=True, tag_field="kind", tag="unknown"):
    """Not explored with the person."""


Care = NoCareNeed | CareWindows | CareUnknown


# ------------------------------------------------------------------ short ways to write them
def every_day(start: int, end: int, days: tuple[int, ...] = (0, 1, 2, 3, 4)) -> tuple[Window, ...]:
    """The same window on several days, Monday to Friday unless told."""
    return tuple(Window(day=day, start=start, end=end) for day in days)


def every_shift(start: int, end: int, days: tuple[int, ...] = (0, 1, 2, 3, 4)) -> tuple[Shift, ...]:
    """The same shift on several days, Monday to Friday unless told."""
    return tuple(Shift(day=day, start=start, end=end) for day in days)


def care_week(windows: tuple[Window, ...] | None) -> CareWeek:
    """Care by windows; None is « not explored »."""
    if windows is None:
        return CareWeek(state=CareState.UNKNOWN, windows=())
    return CareWeek(state=CareState.WINDOWS, windows=windows)


ABSENT_WEEK = CareWeek(state=CareState.ABSENT, windows=())


def child(school: tuple[Window, ...] | None, holiday: tuple[Window, ...] | None) -> ChildCare:
    """A child who lives with the person every week, cared for by term; None is « not explored »."""
    s, h = care_week(school), care_week(holiday)
    return ChildCare(school_odd=s, school_even=s, holiday_odd=h, holiday_even=h)
