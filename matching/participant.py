"""What scoring may know of a person: what she can do, when, by which means, and what she looks for.

Nothing protected is here, on purpose: no sex, birth date, age, nationality, address area (QPV), name,
nor the children as such — only the hours that care covers. A test counts the fields.
No field has a default: a Struct filled from the database must fail on a missing column.
None means « not told » unless the field says otherwise.
"""

from datetime import date

from msgspec import Struct

from matching.terms import Answer, EmploymentKind, LanguageLevel, Mode, PhysicalDemand, Point, RomeWeight
from matching.week import Availability, Care


class Modes(Struct, frozen=True, kw_only=True):
    """The means of transport that the person can use to go to work, each yes, no or not explored."""

    walk: Answer
    bike: Answer
    ebike: Answer
    moped: Answer
    car: Answer
    car_no_licence: Answer
    carpool: Answer
    transit: Answer

    def of(self, mode: Mode) -> Answer:
        """The answer for one mode. The employer's shuttle is nobody's own mode: NO."""
        if mode is Mode.SHUTTLE:
            return Answer.NO
        answer: Answer = getattr(self, mode)
        return answer


class Physical(Struct, frozen=True, kw_only=True):
    """Whether the person can do what a post asks: YES she can, NO she cannot, UNKNOWN not explored."""

    loads: Answer
    standing: Answer
    heights: Answer
    outdoor: Answer
    screen: Answer
    repetitive: Answer
    cold: Answer
    chemicals: Answer
    driving: Answer
    stairs: Answer

    def of(self, demand: PhysicalDemand) -> Answer:
        """The answer for one demand of a post."""
        answer: Answer = getattr(self, demand)
        return answer


class Licence(Struct, frozen=True, kw_only=True):
    """A driving licence by category (« B », « C », « AM »…), with the dates between which it may be used.

    ``valid_from`` None: already valid. ``valid_until`` None: no known end (last valid day, included).
    A suspension is a licence whose ``valid_from`` is the day it comes back.
    """

    category: str
    valid_from: date | None
    valid_until: date | None


class Certificate(Struct, frozen=True, kw_only=True):
    """A certificate (« CACES R489-3 », « SST »…), by its code, and its last valid day; None: no end."""

    code: str
    valid_until: date | None


class Experience(Struct, frozen=True, kw_only=True):
    """Months worked in one occupation."""

    rome: str
    months: int


class Project(Struct, frozen=True, kw_only=True):
    """One thing the person looks for. Radius, hours and wage belong to it, not to the person.

    wanted: n-best occupations with weights in ten-thousandths. max_travel_minutes: one way, care detour
    included, hard; None: not told. radius_km: soft; None: none. min/max_weekly_hours: hundredths of an
    hour; None: no bound. employment_kinds: those accepted; None: all. earliest_start: None: at once.
    min_hourly_wage_cents: gross; None: no bound. target_rome: the occupation that this job should lead to.
    """

    id: str
    wanted: tuple[RomeWeight, ...]
    max_travel_minutes: int | None
    radius_km: int | None
    min_weekly_hours: int | None
    max_weekly_hours: int | None
    employment_kinds: tuple[EmploymentKind, ...] | None
    earliest_start: date | None
    min_hourly_wage_cents: int | None
    target_rome: str | None


class Participant(Struct, frozen=True, kw_only=True):
    """One person as the matching sees her.

    ``care_point``: where the children are looked after (the home itself when at home); None: not told.
    ``drop_off_minutes``, ``pick_up_minutes``: time spent there, morning and evening.
    ``licences``, ``certificates``, ``skills``, ``experience``: None is « not explored », () is « none ».
    """

    id: str
    home: Point | None
    care_point: Point | None
    drop_off_minutes: int
    pick_up_minutes: int
    availability: Availability
    care: Care
    modes: Modes
    licences: tuple[Licence, ...] | None
    certificates: tuple[Certificate, ...] | None
    language: LanguageLevel | None
    physical: Physical
    skills: tuple[str, ...] | None
    experience: tuple[Experience, ...] | None
    projects: tuple[Project, ...]
