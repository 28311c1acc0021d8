"""The arrays that the kernel reads: columns of posts, of people and of rows, and tables of answers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.encode_distinct import Bits, Ints
from matching.parameters import Parameters
from matching.verdict import ReasonCode

# Columns of a post: the names of ``encode_posts.PostRow``, in order.
PLACE, WEEK, DAY, LATER, SOONER, DAYS_OFF, LICENCE, CERTIFICATE, LANGUAGE, DEMAND = range(10)
VEHICLE, HOURS, KIND, START, WAGE, TRADE, MONTHS, REQUIRED, WISHED, TIE = range(10, 20)

# Columns of a person: points (-1: none), minutes, and rows of the tables.
HOME, CARE, DROP, PICK, PATTERN, BY_CARE, AVAILABLE, CARED, SKILLED, CAR = range(10)
P_LICENCE, P_CERTIFICATE, P_LANGUAGE, P_PHYSICAL, P_VEHICLE, P_SPOKEN, P_TRANSFER, P_MONTHS = range(10, 18)
FIRST_ROW, LAST_ROW, OWN_LEGS = range(18, 21)
# AVAILABLE -1: not explored. CARED -1: no need, -2: not explored.
NO_NEED, NOT_EXPLORED = -1, -2

# Columns of a row, which is one project of a person.
LIMIT, RADIUS, R_HOURS, R_KIND, R_START, R_WAGE, WORTH_HOURS, WORTH_WAGE, R_TRADE, OCCUPATION, TARGET = range(
    11
)

# Columns of the figures.
CEILING, MAX_WAIT, COMFORT, BEYOND, DIVISOR, MOST_BROKEN, MOST_COST, FIT, WISH = (*range(8), 13)
_FIT_PARTS = ("occupation", "required_skills", "wished_skills", "transferable", "experience", "language")
_WISH_PARTS = ("trade", "hours", "travel", "wage", "target")

Long = NDArray[np.int64]


class Block(NamedTuple):
    """One block of people by one set of posts. Tables: [the person's side, the posts' side]."""

    posts: Ints
    scenarios: Ints
    skill_sets: Bits
    skill_counts: Ints
    people: Ints
    rows: Ints
    own: Ints
    skills: Bits
    legs: Ints
    doubt: NDArray[np.uint8]
    timed: Ints
    metres: Ints
    stops: NDArray[np.uint8]
    there: NDArray[np.uint8]
    own_legs: Ints
    service_starts: Ints
    departures: Ints
    service_minutes: Ints
    way_starts: Ints
    ways: Ints
    room_starts: Ints
    rooms: Ints
    care_starts: Ints
    cares: Ints
    car: Ints
    licence: Ints
    certificate: Ints
    language: Ints
    physical: Ints
    vehicle: Ints
    hours: Ints
    kind: Ints
    start: Ints
    wage: Ints
    worth_hours: Ints
    worth_wage: Ints
    trade: Ints
    occupation: Ints
    target: Ints
    spoken: Ints
    transfer: Ints
    months: Ints
    costs: Long
    figures: Long


# Rows of ``costs`` that the kernel reads: base, per unit, unit of each reason.
REASONS = tuple(ReasonCode)
TOO_LONG, DAILY_TOO_LONG, NO_MODE, NO_SERVICE = 0, 1, 2, 3
NOT_AVAILABLE, NEVER_AVAILABLE, NOT_CARED, NEVER_CARED = 4, 5, 6, 7


def costs_of(parameters: Parameters) -> Long:
    """The cost of each reason, in the order of ``ReasonCode``."""
    costs = [parameters.near.cost[code] for code in REASONS]
    return np.array([(one.base, one.per_unit, one.unit) for one in costs], dtype=np.int64)


def figures_of(parameters: Parameters) -> Long:
    """The figures that the kernel reads, in the order of their columns."""
    travel, scoring, near = parameters.travel, parameters.scoring, parameters.near
    told = [travel.ceiling_minutes, travel.max_wait_minutes, scoring.comfort_minutes, scoring.beyond_radius]
    told += [near.within_divisor, near.max_broken, near.max_cost]
    told += [getattr(parameters.fit, name) for name in _FIT_PARTS]
    told += [getattr(parameters.wish, name) for name in _WISH_PARTS]
    return np.array([min(one, 1 << 40) for one in told], dtype=np.int64)


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
    """Each person's best posts among those that nothing breaks: arrays [person, place in the list].

    rank -1 where the list is shorter. counts[person]: examined, sure, in doubt, in reach; scored: how many
    of them had to be scored, the others being surely behind the list.
    """

    rank: Long
    share: Ints
    tie: Ints
    post: Ints
    row: Ints
    counts: Long
    scored: Long


class Groups(NamedTuple):
    """Posts that share something. places: where the posts of each place begin, and their number at the end.
    profiles: what each post asks of the person, numbered; firsts: one post for each of those."""

    places: Ints
    profiles: Ints
    firsts: Ints


class Seen(NamedTuple):
    """Room to work on one person: her weeks, the modes to one place and their names, what each profile asks
    (0 holds, 1 unknown, 2 broken), the best rank that each trade could have, and posts chosen."""

    weeks: Ints
    modes: Ints
    names: Ints
    asked: NDArray[np.uint8]
    bounds: Long
    chosen: Ints
