"""The arrays that the kernel reads: columns of posts, of people and of rows, and tables of answers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.encode_distinct import Ints
from matching.parameters import Parameters
from matching.verdict import ReasonCode

# Columns of a post: the names of ``encode_posts.PostRow``, in order.
PLACE, WEEK, DAY, LATER, SOONER, DAYS_OFF, LICENCE, CERTIFICATE, LANGUAGE, DEMAND = range(10)
VEHICLE, HOURS, KIND, START, WAGE, TRADE, MONTHS, REQUIRED, WISHED, TIE = range(10, 20)

# What a post asks of the person, then what a project asks of the post.
ASKED = [LICENCE, VEHICLE, CERTIFICATE, LANGUAGE, DEMAND, HOURS, KIND, START, WAGE]

# Columns of a person: where her points and tables lie (points -1: none), minutes, rows of her projects.
HOME, CARE, DROP, PICK, PATTERN, BY_CARE, AVAILABLE, CARED, SKILLED, CAR = range(10)
P_LICENCE, P_CERTIFICATE, P_LANGUAGE, P_PHYSICAL, P_VEHICLE, P_SPOKEN, P_TRANSFER, P_MONTHS = range(10, 18)
FIRST_ROW, LAST_ROW, OWN_LEGS, OWN, BITS = range(18, 23)
PERSON_WIDTH, ROW_WIDTH = 23, 11
# AVAILABLE -1: not explored. CARED -1: no need, -2: not explored.
NO_NEED, NOT_EXPLORED = -1, -2

# Columns of a row, which is one project of a person.
LIMIT, RADIUS, R_HOURS, R_KIND, R_START, R_WAGE, WORTH_HOURS, WORTH_WAGE, R_TRADE, OCCUPATION, TARGET = range(
    11
)

# Figures, then where each table lies among the integers of the block.
CEILING, MAX_WAIT, COMFORT, BEYOND, DIVISOR, FIT, WISH, COSTS = 0, 1, 2, 3, 4, 5, 11, 16
AT = 80
WEEKS, WEEK_COUNT, PEOPLE, PEOPLE_COUNT, ROWS, POST_COUNT, THERE, DAYS, TIMED = range(100, 109)
SERVICES, DEPARTURES, DURATIONS, SKILL_SETS, SKILL_COUNTS, WORDS, FIGURES_SIZE = range(109, 116)
# Legs from a point to a place: mode × way × (least, likely, greatest, doubt, services), metres, stops.
LEGS_A_PLACE, METRES, STOPS = 92, 90, 91
_FIT_PARTS = ("occupation", "required_skills", "wished_skills", "transferable", "experience", "language")
_WISH_PARTS = ("trade", "hours", "travel", "wage", "target")

Long = NDArray[np.int64]
Counts = NDArray[np.uint32]
Near = NDArray[np.int16]


class Groups(NamedTuple):
    """Posts laid out once for long lists; see ``encode_groups``.

    places: where the posts of each place begin, and their number at the end. weeks[post].
    read[post, TRADE_READ…]: what a score reads of a post. kinds[post]: 4 × its trade, plus 1 when it asks for
    skills, plus 2 when it wishes for some; then its months. firsts: where the answers asked of each of
    ``ASKED``, then the weeks, begin among entries[entry, value | row of bits or -1 | first | last of its
    posts]; listed: those posts. bits[row, word]: the posts of one value.
    skills[required | wished, skill modulo SKILL_ROWS, word].
    """

    places: Ints
    weeks: Counts
    read: Counts
    kinds: Counts
    firsts: Ints
    entries: Ints
    listed: Ints
    bits: Long
    skills: Long


# Columns of ``Groups.read``.
TRADE_READ, MONTHS_READ, LANGUAGE_READ, HOURS_READ, WAGE_READ, REQUIRED_READ, WISHED_READ, TIE_READ = range(8)
SKILL_ROWS = 256
# Rows of ``Block.near``: mode × way × (least, likely, greatest, doubt); kilometres begun; shuttle stops.
NEAR_KM, NEAR_STOPS, NEAR_ROWS = 72, 73, 74


class Block(NamedTuple):
    """One block of people by one set of posts: integers end to end, figures and where each table lies.

    columns[name, post]: the posts. near[point, row, place]: legs, by place.
    ways: the most that one post needs.
    """

    data: Ints
    figures: Long
    columns: Ints
    groups: Groups
    near: Near
    ways: int
    trades: int


# The reasons whose cost the kernel works out itself, in the order in which it names them.
REASONS = (
    *(
        ReasonCode.TRAVEL_TOO_LONG,
        ReasonCode.DAILY_TRAVEL_TOO_LONG,
        ReasonCode.NO_MODE,
        ReasonCode.NO_SERVICE,
    ),
    *(ReasonCode.AVAILABILITY_MISSING, ReasonCode.AVAILABILITY_NONE),
    *(ReasonCode.CARE_MISSING, ReasonCode.CARE_NONE),
)
TOO_LONG, DAILY_TOO_LONG, NO_MODE, NO_SERVICE = 0, 1, 2, 3
NOT_AVAILABLE, NEVER_AVAILABLE, NOT_CARED, NEVER_CARED = 4, 5, 6, 7


def figures_of(parameters: Parameters) -> Long:
    """The figures that the kernel reads in their columns, and room for where the tables lie."""
    travel, scoring, near = parameters.travel, parameters.scoring, parameters.near
    told = [travel.ceiling_minutes, travel.max_wait_minutes, scoring.comfort_minutes, scoring.beyond_radius]
    told += [near.within_divisor]
    told += [getattr(parameters.fit, name) for name in _FIT_PARTS]
    told += [getattr(parameters.wish, name) for name in _WISH_PARTS]
    for code in REASONS:
        one = near.cost[code]
        told += [one.base, one.per_unit, one.unit]
    figures = np.zeros(FIGURES_SIZE, dtype=np.int64)
    figures[: len(told)] = [min(one, 1 << 40) for one in told]
    return figures


class Judged(NamedTuple):
    """What the kernel answers of people × posts, for the best project of each; arrays [person, post].

    broken, unknown: bits of the constraints, in the order of ``ConstraintName``; row: the project, -1 when
    the person has none; mode: the way judged, -1 when there is none at all.
    """

    broken: Ints
    unknown: Ints
    ease: Long
    rank: Long
    share: Ints
    row: Ints
    mode: Ints


class Top(NamedTuple):
    """Each person's best posts among those that nothing breaks.

    best[person, place in the list]: rank (-1 where the list is shorter), known share, tie, post, row.
    counts[person]: examined, sure, in doubt, in reach, scored (the others are surely behind the list).
    """

    best: Long
    counts: Long
