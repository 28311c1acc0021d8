"""What matching may know of a job. The employer's name is not needed here.

No field has a default (see ``participant``). None means « not told » unless the field says otherwise.
"""

from datetime import date

from msgspec import Struct

from matching.terms import Answer, EmploymentKind, LanguageLevel, PhysicalDemand, Point, RomeWeight
from matching.week import Schedule


class ShuttleStop(Struct, frozen=True, kw_only=True):
    """The employer's shuttle picks up in this commune; ``minutes`` is the ride to the post, wait included."""

    insee: str
    minutes: int


class Flexibilities(Struct, frozen=True, kw_only=True):
    """What the employer has said could move. Minutes a day; 0: nothing said.

    They never change a verdict: the post is judged as told, and a lever within them is the easiest one.
    ``start_date_days``: how many days the start of the job may be put back.
    """

    start_later_minutes: int
    start_earlier_minutes: int
    end_earlier_minutes: int
    end_later_minutes: int
    days_negotiable: bool
    start_date_days: int


class Offer(Struct, frozen=True, kw_only=True):
    """One job offer as the matching sees it.

    rome: n-best occupations, weights in ten-thousandths. weekly_hours: hundredths of an hour.
    starts_on: None: as soon as possible or not told. ends_on: None: no end, or not told.
    hourly_wage_cents: gross. licences: categories required. certificates: codes required.
    language: least level of French required; None: none stated. demands: () is « none », None « not told ».
    experience_months: required; None: not told. beginners: whether beginners are accepted.
    """

    id: str
    rome: tuple[RomeWeight, ...]
    place: Point | None
    schedule: Schedule
    weekly_hours: int | None
    employment_kind: EmploymentKind | None
    starts_on: date | None
    ends_on: date | None
    hourly_wage_cents: int | None
    required_skills: tuple[str, ...]
    wished_skills: tuple[str, ...]
    licences: tuple[str, ...]
    vehicle_required: bool
    certificates: tuple[str, ...]
    language: LanguageLevel | None
    demands: tuple[PhysicalDemand, ...] | None
    experience_months: int | None
    beginners: Answer
    positions: int
    shuttle: tuple[ShuttleStop, ...]
    flexibilities: Flexibilities
