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

# Those that say what a post asks of the person.
ASKED = [LICENCE, VEHICLE, CERTIFICATE, LANGUAGE, DEMAND]

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


class Groups(NamedTuple):
    """Posts that share something. places: where the posts of each place begin, and their number at the end.
    profiles: what each post asks of the person, numbered; firsts: one post for each of those."""

    places: Ints
    profiles: Ints
    firsts: Ints


class Block(NamedTuple):
    """One block of people by one set of posts: integers end to end, figures and where each table lies.

    columns[name, post]: the posts. ways: the most that one post needs.
    """

    data: Ints
    figures: Long
    columns: Ints
    groups: Groups
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


class Seen(NamedTuple):
    """Room to work on one person: her weeks, the modes to one place and their names, what each profile asks
    (0 holds, 1 unknown, 2 broken), the best rank and the best fit that each
    trade could have, and posts chosen."""

    weeks: Ints
    modes: Ints
    names: Ints
    asked: Ints
    bounds: Long
    fits: Long
    chosen: Ints
