"""People and their projects as numbers: rows of the tables, points, and the programs of their weeks."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from matching import encode_block as c
from matching.approach import walks_to_care
from matching.encode_block import NO_NEED, NOT_EXPLORED, Block, Groups, Near
from matching.encode_distinct import Ints, Kinds, Stack, Table, bits_of
from matching.encode_flat import Flat
from matching.encode_legs import MODES, legs_of_pairs, records
from matching.encode_posts import ANSWERS
from matching.encode_weeks import AvailabilityProgram, CareProgram, Hours, Programs, ways_program
from matching.normalise import skill_key
from matching.participant import Participant, Project
from matching.scoring import worked_in
from matching.stays import goes_by_care
from matching.terms import Mode, Point
from matching.week import AvailabilityWindows, CareUnknown, CareWindows, WeekKind

if TYPE_CHECKING:
    from matching.encoding import Book

T = TypeVar("T")


class _ProgramStack:
    """Programs of one block end to end, with where each begins: starts[value, weeks]."""

    def __init__(self, programs: Programs) -> None:
        self._programs, self._at = programs, dict[Hashable, int]()
        self._starts: list[Ints] = []
        self._told: list[Ints] = []
        self._length = 0

    def put(self, key: Hashable, make: Callable[[Hours], list[int]]) -> int:
        rank = self._at.setdefault(key, len(self._starts))
        if rank == len(self._starts):
            starts, told = self._programs.of(key, make)
            self._starts.append(starts + self._length)
            self._told.append(told)
            self._length += len(told)
        return rank

    def lay(self, flat: Flat) -> int:
        """Lay the programs, then where each begins; where those beginnings are."""
        if not self._starts:
            return flat.length
        at = flat.put(np.concatenate(self._told))
        return flat.put(np.stack(self._starts) + at)

    def heads(self) -> list[int]:
        """The first number of every program."""
        if not self._starts:
            return []
        told = np.concatenate([*self._told, np.zeros(1, dtype=np.int32)])
        return [int(one) for one in told[np.concatenate(self._starts)]]


class PeopleEncoder:
    """Gathers people one by one, then gives the block."""

    def __init__(self, book: "Book") -> None:
        self._book, self._tables = book, book.tables
        self._stacks: dict[str, Stack] = {}
        self._ways = _ProgramStack(book.way_programs)
        self._rooms = _ProgramStack(book.room_programs)
        self._cares = _ProgramStack(book.care_programs)
        self._points: dict[Point, int] = {}
        self._own_legs: dict[tuple[Point, Point], int] = {}
        self._people: list[tuple[int, ...]] = []
        self._rows: list[tuple[int, ...]] = []
        self._own: list[tuple[int, ...]] = []
        self._skills: list[tuple[int, ...]] = []

    def add(self, person: Participant) -> None:
        """One more person, with a row for each of her projects, in the order of their ids."""
        care, t = person.care, self._tables
        kinds = tuple(goes_by_care(person, kind) for kind in WeekKind)
        by_care, ways = any(kinds), self._book.way_numbers
        first = len(self._rows)
        for project in sorted(person.projects, key=lambda one: one.id):
            self._rows.append(self._row(person, project))
        told = person.experience
        available = person.availability
        rooms = NO_NEED
        if isinstance(available, AvailabilityWindows):
            windows = available.windows
            rooms = self._rooms.put((windows, kinds), AvailabilityProgram(windows, kinds, ways))
        cared = NOT_EXPLORED if isinstance(care, CareUnknown) else NO_NEED
        if isinstance(care, CareWindows):
            cared = self._cares.put(care.children, CareProgram(care.children, kinds, ways))
        self._people.append(
            (
                self._point(person.home),
                self._point(person.care_point if by_care else None),
                person.drop_off_minutes,
                person.pick_up_minutes,
                self._ways.put(kinds, lambda hours: ways_program(hours, kinds, ways)),
                int(by_care),
                rooms,
                cared,
                int(person.skills is not None),
                self._answer("car", t.car, (person.modes.car, person.licences), person),
                self._answer("licence", t.licence, person.licences, person),
                self._answer("certificate", t.certificate, person.certificates, person),
                self._answer("language", t.language, person.language, person),
                self._answer("physical", t.physical, person.physical, person),
                self._answer("vehicle", t.vehicle, (person.modes.car, person.licences), person),
                self._answer("spoken", t.spoken, person.language, person),
                self._put("transfer", told, lambda: t.trades.transferable(person)),
                self._put("months", told, lambda: t.months.row(person)),
                first,
                len(self._rows),
                self._legs_of(person) if by_care else 0,
                *(0, 0),
            )
        )
        own = (walks_to_care(person) if one is Mode.SHUTTLE else person.modes.of(one) for one in MODES)
        self._own.append(tuple(ANSWERS[answer] for answer in own))
        numbers = (t.skills.at(key) for key in set(map(skill_key, person.skills or ())))
        self._skills.append(tuple(number for number in numbers if number >= 0))

    def _row(self, person: Participant, project: Project) -> tuple[int, ...]:
        t, bounds = self._tables, (project.min_weekly_hours, project.max_weekly_hours)
        least, wanted = project.min_hourly_wage_cents, project.wanted
        kinds, earliest = project.employment_kinds, project.earliest_start
        known = wanted, worked_in(person)
        return (
            -1 if project.max_travel_minutes is None else project.max_travel_minutes,
            -1 if project.radius_km is None else project.radius_km,
            self._answer("hours", t.hours, bounds, project),
            self._answer("kind", t.kind, kinds, project),
            self._answer("start", t.start, earliest, project),
            self._answer("wage", t.wage, least, project),
            self._answer("worth_hours", t.worth_hours, bounds, project),
            self._answer("worth_wage", t.worth_wage, least, project),
            self._put("trade", wanted, lambda: t.trades.trade(project)),
            self._put("occupation", known, lambda: t.trades.occupation(person, project)),
            self._put("target", project.target_rome, lambda: t.trades.target(project)),
        )

    def _answer(self, name: str, table: Table[T] | Kinds[T], key: Hashable, told: T) -> int:
        return self._put(name, key, lambda: table.row(key, told))

    def _put(self, name: str, key: Hashable, make: Callable[[], Ints]) -> int:
        return self._stacks.setdefault(name, Stack()).put(key, make)

    def _point(self, point: Point | None) -> int:
        return -1 if point is None else self._points.setdefault(point, len(self._points))

    def _legs_of(self, person: Participant) -> int:
        """Legs from home to the place of care and back, by each mode; a shuttle serves the post alone."""
        home, care = person.home, person.care_point
        if home is None or care is None or home == care:
            return 0
        return 1 + self._own_legs.setdefault((home, care), len(self._own_legs))

    def _lay_own_legs(self, flat: Flat) -> int:
        """Where those legs lie: first those of nobody, all zero, then those of each pair of points."""
        at = flat.put(np.zeros(_OWN_SIZE, dtype=np.int32))
        if self._own_legs:
            book = self._book
            own = records(legs_of_pairs(tuple(self._own_legs), book.world, book.services))[:, 0, :_OWN_SIZE]
            of_mode = own.reshape(-1, len(MODES), _OWN_SIZE // len(MODES))
            of_mode[:, MODES.index(Mode.SHUTTLE)] = of_mode[:, MODES.index(Mode.WALK)]
            flat.put(of_mode)
        return at

    def block(self, posts: Ints, groups: Groups) -> Block:
        """The integers of all that was added, for these posts."""
        book, t, flat = self._book, self._tables, Flat()
        f = book.figures.copy()
        people, rows = _columns(self._people, c.BITS + 1), _columns(self._rows, c.ROW_WIDTH)
        near = self._lay_points(flat, people)
        for column, stack in ((c.PATTERN, self._ways), (c.AVAILABLE, self._rooms), (c.CARED, self._cares)):
            _point_to(people, column, stack.lay(flat), max(1, len(t.weeks)))
        for name, column in _OF_PERSON.items():
            self._lay(flat, name, people, column)
        for name, column in _OF_ROW.items():
            self._lay(flat, name, rows, column)
        _point_to(people, c.OWN_LEGS, self._lay_own_legs(flat), _OWN_SIZE)
        own = _columns(self._own, len(MODES))
        people[:, c.OWN] = flat.put(own) + len(MODES) * np.arange(len(people))
        sets, counts = t.skill_bits()
        words = 2 * sets.shape[1]
        held = bits_of(self._skills, sets.shape[1]).view(np.int32)
        people[:, c.BITS] = flat.put(held) + words * np.arange(len(people))
        f[c.WORDS], f[c.SKILL_SETS], f[c.SKILL_COUNTS] = (
            words,
            flat.put(sets.view(np.int32)),
            flat.put(counts),
        )
        f[c.SERVICES], f[c.DEPARTURES], f[c.DURATIONS] = (flat.put(one) for one in book.services.arrays())
        f[c.TIMED] = book.services.count
        f[c.WEEKS] = flat.put(np.array([len(hours) for hours in t.weeks.values], dtype=np.int32))
        there = np.array([place is not None for place, _ in t.places.values], dtype=np.int32)
        f[c.THERE], f[c.WEEK_COUNT], f[c.DAYS] = flat.put(there), len(t.weeks), t.count("day")
        f[c.PEOPLE_COUNT], f[c.PEOPLE] = len(people), flat.put(people)
        f[c.ROWS], f[c.POST_COUNT] = flat.put(rows), posts.shape[1]
        f[c.AT : c.AT + len(posts)] = flat.put(posts) + posts.shape[1] * np.arange(len(posts))
        most = max((ways for ways in self._ways.heads()), default=1)
        return Block(flat.whole(), f, posts, groups, near, max(1, most), t.count("trade"))

    def _lay(self, flat: Flat, name: str, told: Ints, column: int) -> None:
        if name in self._stacks:
            table = self._stacks[name].whole(0)
            _point_to(told, column, flat.put(table), table.shape[1])

    def _lay_points(self, flat: Flat, people: Ints) -> Near:
        """Legs of each point to every place: see ``encode_block.LEGS_A_PLACE``. The same, turned."""
        legs, at = self._book.legs(list(self._points)), flat.length
        for record, _ in legs:
            flat.put(record)
        for column in (c.HOME, c.CARE):
            _point_to(people, column, at, c.LEGS_A_PLACE * len(self._tables.places))
        turned = [near for _, near in legs]
        return np.stack(turned) if turned else np.zeros((0, c.NEAR_ROWS, 0), dtype=np.int16)


def _point_to(told: Ints, column: int, at: int, width: int) -> None:
    """Row numbers become where the rows lie; what is negative stays."""
    numbers = told[:, column]
    told[:, column] = np.where(numbers >= 0, at + width * numbers, numbers)


# Tables of answers, and the column of a person or of a row that says where hers lies.
_OF_PERSON = {
    "car": c.CAR,
    "licence": c.P_LICENCE,
    "certificate": c.P_CERTIFICATE,
    "language": c.P_LANGUAGE,
    "physical": c.P_PHYSICAL,
    "vehicle": c.P_VEHICLE,
    "spoken": c.P_SPOKEN,
    "transfer": c.P_TRANSFER,
    "months": c.P_MONTHS,
}
_OF_ROW = {
    "hours": c.R_HOURS,
    "kind": c.R_KIND,
    "start": c.R_START,
    "wage": c.R_WAGE,
    "worth_hours": c.WORTH_HOURS,
    "worth_wage": c.WORTH_WAGE,
    "trade": c.R_TRADE,
    "occupation": c.OCCUPATION,
    "target": c.TARGET,
}
# Own legs: mode × way × (least, likely, greatest, doubt, list of services).
_OWN_SIZE = len(MODES) * 2 * 5


def _columns(rows: list[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int32).reshape(len(rows), width)
