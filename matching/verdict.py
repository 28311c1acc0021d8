"""The answer of a constraint: Satisfied with its margin, Broken with its reason and levers, or Unknown
with the question that would settle it. All three are values made of codes and numbers; ``explanation``
turns them into French, in the register of the reader. « Juste » is a wording, not a fourth verdict.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from matching.terms import Mode
from matching.week import WeekKind


class ConstraintName(StrEnum):
    """What is judged, in the order in which it is told."""

    TRAVEL = "travel"
    AVAILABILITY = "availability"
    CARE = "care"
    LICENCE = "licence"
    VEHICLE = "vehicle"
    CERTIFICATES = "certificates"
    LANGUAGE = "language"
    PHYSICAL = "physical"
    WEEKLY_HOURS = "weekly_hours"
    EMPLOYMENT_KIND = "employment_kind"
    START_DATE = "start_date"
    WAGE = "wage"


class Side(StrEnum):
    """Where in a shift the minutes are missing."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


class ReasonCode(StrEnum):
    """Why a constraint is broken."""

    TRAVEL_TOO_LONG = "travel_too_long"
    DAILY_TRAVEL_TOO_LONG = "daily_travel_too_long"
    NO_MODE = "no_mode"
    NO_SERVICE = "no_service"
    AVAILABILITY_MISSING = "availability_missing"
    AVAILABILITY_NONE = "availability_none"
    CARE_MISSING = "care_missing"
    CARE_NONE = "care_none"
    LICENCE_MISSING = "licence_missing"
    LICENCE_EXPIRED = "licence_expired"
    VEHICLE_MISSING = "vehicle_missing"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_EXPIRED = "certificate_expired"
    LANGUAGE_BELOW = "language_below"
    PHYSICAL_DEMAND = "physical_demand"
    TOO_FEW_HOURS = "too_few_hours"
    TOO_MANY_HOURS = "too_many_hours"
    EMPLOYMENT_KIND_REFUSED = "employment_kind_refused"
    STARTS_TOO_EARLY = "starts_too_early"
    WAGE_TOO_LOW = "wage_too_low"


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why it is broken: a code and the numbers that prove it. Fields that do not apply are None.

    day, weeks, side: where in the week; weeks: the kinds of week where it is so (empty: all alike).
    missing: minutes missing, or hundredths of an hour, cents, days, CEFR levels, papers, by the code.
    at: minute of the day of the shift's start (side before) or end, past 1440 on the next day.
    travel: minutes between care (or home) and work. stop: minutes of drop-off or pick-up.
    bound: minute of the same day when the window opens or closes (negative: the day before).
    value, limit: what is, what would be accepted. at_least: missing and value are bounds (a place or a
    duration is not known), not estimates.
    mode: the mode judged. items: what is missing (licence, certificate, demand…). on: the date judged.
    """

    code: ReasonCode
    day: int | None = None
    weeks: tuple[WeekKind, ...] = ()
    side: Side | None = None
    missing: int | None = None
    at: int | None = None
    travel: int | None = None
    stop: int | None = None
    bound: int | None = None
    value: int | None = None
    limit: int | None = None
    mode: Mode | None = None
    items: tuple[str, ...] = ()
    on: date | None = None
    at_least: bool = False


class LeverSide(StrEnum):
    """Who can lift it: the person with her référent, or the employer."""

    PERSON = "person"
    OFFER = "offer"


class LeverCode(StrEnum):
    """One change, in fixed steps."""

    MODE = "mode"
    CARE_EARLIER = "care_earlier"
    CARE_LATER = "care_later"
    CARE_DAY = "care_day"
    AVAILABLE_EARLIER = "available_earlier"
    AVAILABLE_LATER = "available_later"
    TRAVEL_LONGER = "travel_longer"
    LICENCE = "licence"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    START_LATER = "start_later"
    END_EARLIER = "end_earlier"
    SHIFT_LATER = "shift_later"
    SHIFT_EARLIER = "shift_earlier"
    SHUTTLE = "shuttle"
    DAY_OFF = "day_off"
    START_DATE_LATER = "start_date_later"
    WEEKLY_HOURS = "weekly_hours"
    WAGE = "wage"
    POST_ADAPTED = "post_adapted"


class Lever(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change that would lift a reason.

    minutes: size in minutes a day (in cents, days or hundredths of an hour by the code). days: 0 (Monday)
    to 6, where it is needed; empty: every day of the post. within: inside what the employer has already
    said could move. The fields that do not apply are None.
    """

    code: LeverCode
    side: LeverSide
    minutes: int | None = None
    days: tuple[int, ...] = ()
    mode: Mode | None = None
    item: str | None = None
    within: bool = False


class QuestionCode(StrEnum):
    """What is not known."""

    HOME = "home"
    PLACE = "place"
    CARE_PLACE = "care_place"
    MAX_TRAVEL = "max_travel"
    HAS_MODE = "has_mode"
    TRANSIT_TIME = "transit_time"
    EXACT_PLACE = "exact_place"
    HOURS = "hours"
    ROTATION_PHASE = "rotation_phase"
    AVAILABILITY = "availability"
    CARE = "care"
    CARE_WEEK = "care_week"
    LICENCES = "licences"
    VEHICLE = "vehicle"
    CERTIFICATES = "certificates"
    LANGUAGE = "language"
    PHYSICAL = "physical"
    DEMANDS = "demands"
    WEEKLY_HOURS = "weekly_hours"
    EMPLOYMENT_KIND = "employment_kind"
    START_DATE = "start_date"
    WAGE = "wage"


class AskedOf(StrEnum):
    """Who can answer: the référent (with the person), the employer, or whoever imports travel times."""

    REFERENT = "referent"
    EMPLOYER = "employer"
    TERRITORY = "territory"


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to ask, and of whom. items: the modes, demands or kinds of week in question."""

    code: QuestionCode
    asked_of: AskedOf
    items: tuple[str, ...] = ()


class Satisfied(Struct, frozen=True, kw_only=True, tag_field="verdict", tag="satisfied"):
    """It holds. ``margin_minutes``: what is left, in minutes, for travel and hours; None elsewhere."""

    margin_minutes: int | None


class Broken(Struct, frozen=True, kw_only=True, tag_field="verdict", tag="broken"):
    """It does not hold: the reason (worst day of the worst kind of week), and what would lift it."""

    reason: Reason
    levers: tuple[Lever, ...]


class Unknown(Struct, frozen=True, kw_only=True, tag_field="verdict", tag="unknown", omit_defaults=True):
    """It cannot be judged until the question is answered; ``also``: and these too, one is not enough."""

    question: Question
    also: tuple[Question, ...] = ()


Verdict = Satisfied | Broken | Unknown


class Judgement(Struct, frozen=True, kw_only=True):
    """One constraint and its verdict."""

    constraint: ConstraintName
    verdict: Verdict
