"""What surrounds people and offers: the figures, the imported travel times, the affinities, the calendar.

All of it is an argument of the matching: nothing is read from a clock or a file once a World is built.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from matching.matrix import NO_MATRIX, Matrix
from matching.parameters import Parameters, default_parameters
from matching.week import WeekKind

if TYPE_CHECKING:  # numpy is slow to import, and only its arrays' type is needed here
    import numpy as np
    from numpy.typing import NDArray

ALL_KINDS = tuple(WeekKind)
# Past this many weeks every kind of week has come round, whatever the school year.
_WEEKS_OF_A_YEAR = 53


class Affinity:
    """How near two occupations are, in ten-thousandths, from one to the other (ROME mobilities or skills)."""

    def __init__(self, pairs: dict[tuple[str, str], int]) -> None:
        self._pairs = pairs

    def __bool__(self) -> bool:
        return bool(self._pairs)

    def near(self, known: str, asked: str) -> int:
        """10000 for the same occupation, what the table says otherwise, else 0."""
        return 10_000 if known == asked else self._pairs.get((known, asked), 0)

    def shared(self, known: str, asked: str) -> tuple[str, ...]:
        """Labels of the skills that make them near, the weightiest first; empty when that is not known."""
        return ()


class AffinityTable(Affinity):
    """The same from a whole table, as ``SkillLinks.affinity()`` gives it: codes, and a row for each.

    ``evidence``: labels of the skills that two occupations share, the weightiest first.
    """

    def __init__(
        self,
        codes: tuple[str, ...],
        rows: "Sequence[Sequence[int]] | NDArray[np.int16]",
        evidence: Callable[[str, str], tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__({})
        self._evidence = evidence
        self._at = {code: rank for rank, code in enumerate(codes)}
        self._rows = rows

    def __bool__(self) -> bool:
        return bool(self._at)

    def near(self, known: str, asked: str) -> int:
        """10000 for the same occupation, what the table says otherwise, 0 for a code that it lacks."""
        if known == asked:
            return 10_000
        row, column = self._at.get(known), self._at.get(asked)
        return 0 if row is None or column is None else int(self._rows[row][column])

    def shared(self, known: str, asked: str) -> tuple[str, ...]:
        return self._evidence(known, asked) if self._evidence is not None else ()


NO_AFFINITY = Affinity({})


class HolidayStretch(Struct, frozen=True, kw_only=True):
    """School holidays of the territory's zone: first and last days without school, both included."""

    first: date
    last: date


class World(Struct, frozen=True, kw_only=True):
    """What one matching is done in. ``school_holidays`` None: the calendar is not given."""

    parameters: Parameters
    matrix: Matrix
    affinity: Affinity
    school_holidays: tuple[HolidayStretch, ...] | None


def world(
    *,
    parameters: Parameters | None = None,
    matrix: Matrix = NO_MATRIX,
    affinity: Affinity = NO_AFFINITY,
    school_holidays: tuple[HolidayStretch, ...] | None = None,
) -> World:
    """A World with the package's own parameters unless others are given."""
    return World(
        parameters=parameters or default_parameters(),
        matrix=matrix,
        affinity=affinity,
        school_holidays=school_holidays,
    )


def kinds_worked(
    first: date, last: date | None, holidays: tuple[HolidayStretch, ...] | None
) -> tuple[WeekKind, ...]:
    """The kinds of week between two dates: all four without an end, without a calendar, or over a year.

    A week that holds both school days and holidays (Monday to Friday) counts as both kinds. A job that ends
    before it begins is told as any other: all four.
    """
    weeks = _weeks_between(first, last, holidays)[1:-1]
    return tuple(kind for kind in ALL_KINDS if any(kind in week for week in weeks)) or ALL_KINDS


Succession = tuple[WeekKind, WeekKind]
# Both parities of a term, by turns. It suffices when all four kinds are worked: where school ends and
# holidays begin, each part of a night from Sunday to Monday is also judged in its own term.
_ALL_SUCCESSIONS = frozenset((kind, kind.neighbour) for kind in WeekKind)


def successions(
    first: date, last: date | None, holidays: tuple[HolidayStretch, ...] | None
) -> frozenset[Succession]:
    """Which kind of week comes after which, from the week before the first date to the one after the last."""
    weeks = _weeks_between(first, last, holidays)
    found = {(one, two) for week, following in pairwise(weeks) for one in week for two in following}
    return frozenset(found) or _ALL_SUCCESSIONS


def _weeks_between(
    first: date, last: date | None, holidays: tuple[HolidayStretch, ...] | None
) -> list[set[WeekKind]]:
    """The kinds of each week between two dates, and of the weeks before and after; [] when it is any week."""
    monday = first - timedelta(days=first.weekday())
    if last is None or holidays is None or not monday <= last <= monday + timedelta(weeks=_WEEKS_OF_A_YEAR):
        return []
    count = (last - monday).days // 7 + 1
    return [_kinds_of(monday + timedelta(weeks=rank), holidays) for rank in range(-1, count + 1)]


def _kinds_of(monday: date, holidays: tuple[HolidayStretch, ...]) -> set[WeekKind]:
    odd = monday.isocalendar().week % 2 == 1
    return {_kind(monday + timedelta(days=offset), odd, holidays) for offset in range(5)}


def _kind(day: date, odd: bool, holidays: tuple[HolidayStretch, ...]) -> WeekKind:
    if any(stretch.first <= day <= stretch.last for stretch in holidays):
        return WeekKind.HOLIDAY_ODD if odd else WeekKind.HOLIDAY_EVEN
    return WeekKind.SCHOOL_ODD if odd else WeekKind.SCHOOL_EVEN
