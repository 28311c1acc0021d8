"""Seeded worlds to measure on: a territory of communes, people and posts, with stated reach and feasibility.

``sparse``: about 38 % of the pairs in reach and 6 % that nothing breaks, as on real offers of rural
départements. ``dense``: a town where everybody drives and the hours suit: nearly all is feasible.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from matching.offer import Flexibilities, Offer
from matching.participant import Certificate, Experience, Licence, Modes, Participant, Physical, Project
from matching.terms import Answer, EmploymentKind, LanguageLevel, PhysicalDemand, Point, RomeWeight
from matching.week import (
    AvailabilityUnknown,
    AvailabilityWindows,
    Care,
    CareUnknown,
    CareWindows,
    FixedWeek,
    HoursNotTold,
    NoCareNeed,
    RotatingWeeks,
    Schedule,
    Shift,
    child,
    every_day,
    every_shift,
)

ON = date(2026, 11, 2)
COMMUNES, TRADES, SKILLS = 300, 180, 256
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@dataclass(frozen=True)
class Kind:
    """side: degrees of the square that the communes lie in; driving: share of people with a car; told: share
    of posts whose hours are told; asking: how often posts and projects set conditions."""

    name: str
    side: float
    driving: float
    told: float
    asking: float


SPARSE = Kind("sparse", 0.43, 0.52, 1.0, 1.0)
DENSE = Kind("dense", 0.05, 1.0, 0.0, 0.0)

_WEEKS = [
    every_shift(60 * start, 60 * start + minutes)
    for start in (5, 6, 7, 8, 9, 10, 13, 14, 17)
    for minutes in (180, 240, 330, 420, 450)
]
_NIGHTS = [every_shift(1260, 1740), every_shift(1320, 1800, (0, 1, 2, 3))]
_SPLIT = [
    tuple(Shift(day=day, start=s, end=e) for day in range(5) for s, e in ((360, 540), (1020, last)))
    for last in (1140, 1200)
]
_AVAILABLE = [every_day(start, end) for start in (0, 360, 420, 480, 510) for end in (990, 1080, 1200, 1440)]
_AVAILABLE += [every_day(0, 1440, tuple(range(7))), every_day(480, 990, (0, 1, 3, 4))]
_CARE = [every_day(start, end) for start in (420, 450, 465, 480, 510) for end in (990, 1050, 1110, 1140)]


def points(kind: Kind) -> list[Point]:
    """One point a commune, as the communes table gives them: a centre and a radius of doubt."""
    random = Random(f"{kind.name} communes")
    return [
        Point(
            insee=f"62{rank:03d}",
            lat=50.3 + random.random() * kind.side,
            lon=1.8 + random.random() * kind.side * 1.5,
            precision_m=0 if rank % 3 else 700,
        )
        for rank in range(COMMUNES)
    ]


def _n_best(random: Random) -> tuple[RomeWeight, ...]:
    first = int(TRADES * random.random() ** 1.6)
    weights = (10_000, 4_000, 2_000)[: random.choice((1, 1, 2, 3))]
    return tuple(
        RomeWeight(rome=f"K{(first + 7 * rank) % TRADES:04d}", weight=weight)
        for rank, weight in enumerate(weights)
    )


def _care(random: Random, kind: Kind) -> Care:
    chance = random.random()
    if chance > 0.38 * kind.asking:
        return NoCareNeed()
    if chance < 0.03:
        return CareUnknown()
    windows = random.choice(_CARE)
    return CareWindows(children=(child(windows, random.choice((windows, _CARE[0]))),))


def a_participant(random: Random, rank: int, kind: Kind, places: list[Point]) -> Participant:
    """One person with one project."""
    drives = random.random() < kind.driving
    home = random.choice(places)
    care = _care(random, kind)
    return Participant(
        id=f"p{rank:06d}",
        home=home,
        care_point=home if random.random() < 0.7 else random.choice(places[:40]),
        drop_off_minutes=random.choice((5, 10)),
        pick_up_minutes=random.choice((5, 10)),
        availability=AvailabilityUnknown()
        if random.random() < 0.05
        else AvailabilityWindows(windows=random.choice(_AVAILABLE)),
        care=care,
        modes=Modes(
            walk=YES,
            bike=random.choice((YES, NO)),
            ebike=NO,
            moped=YES if not drives and random.random() < 0.3 else NO,
            car=YES if drives else NO,
            car_no_licence=NO,
            carpool=UNKNOWN if random.random() < 0.1 else NO,
            transit=NO,
        ),
        licences=(Licence(category="B", valid_from=None, valid_until=None),) if drives else (),
        certificates=tuple(
            Certificate(code=code, valid_until=ON + timedelta(days=30 * random.randrange(12)))
            for code in random.sample(("SST", "CACES R489-1", "CACES R489-3", "HACCP"), random.randrange(3))
        ),
        language=random.choice(tuple(LanguageLevel)[1:]),
        physical=Physical(
            **{
                name: NO if random.random() < 0.06 * kind.asking else YES
                for name in Physical.__struct_fields__
            }
        ),
        skills=tuple(f"s{one}" for one in random.sample(range(SKILLS), random.randrange(4, 16))),
        experience=tuple(
            Experience(rome=one.rome, months=random.choice((0, 6, 12, 24, 60))) for one in _n_best(random)[:2]
        ),
        projects=(
            Project(
                id="pr",
                wanted=_n_best(random),
                max_travel_minutes=random.choice((30, 45, 45, 60)),
                radius_km=random.choice((None, 10, 20, 30)),
                min_weekly_hours=random.choice((None, 1000, 2000)) if kind.asking else None,
                max_weekly_hours=random.choice((None, 3000, 3500)) if kind.asking else None,
                employment_kinds=None
                if random.random() < 0.7 or not kind.asking
                else (EmploymentKind.CDI, EmploymentKind.CDD, EmploymentKind.CDDI),
                earliest_start=None
                if random.random() < 0.8
                else ON + timedelta(days=7 * random.randrange(6)),
                min_hourly_wage_cents=random.choice((None, 1202, 1250)) if kind.asking else None,
                target_rome=random.choice((None, f"K{random.randrange(TRADES):04d}")),
            ),
        ),
    )


def _schedule(random: Random, kind: Kind) -> Schedule:
    chance = random.random()
    if chance > kind.told:
        return HoursNotTold()
    if chance < 0.04:
        return FixedWeek(shifts=random.choice(_NIGHTS))
    if chance < 0.09:
        return FixedWeek(shifts=random.choice(_SPLIT))
    if chance < 0.13:
        return RotatingWeeks(weeks=(_WEEKS[5], _WEEKS[38]), first_on_odd=random.choice((True, False, None)))
    return FixedWeek(shifts=random.choice(_WEEKS))


def an_offer(random: Random, rank: int, kind: Kind, places: list[Point]) -> Offer:
    """One post; one in six asks for a licence or a vehicle, as real offers do."""
    asks = kind.asking
    papers = random.random() < 0.17 * asks
    demands = random.sample(tuple(PhysicalDemand), random.randrange(3))
    return Offer(
        id=f"o{rank:06d}",
        rome=_n_best(random),
        place=random.choice(places) if random.random() < 0.99 else None,
        schedule=_schedule(random, kind),
        weekly_hours=random.choice((None, 1000, 1500, 2000, 2400, 3000, 3500, 3500, 3500)),
        employment_kind=random.choice(tuple(EmploymentKind)),
        starts_on=random.choice((None, None, ON + timedelta(days=random.randrange(60)))),
        ends_on=None,
        hourly_wage_cents=random.choice((None, *range(1202, 1500, 7))),
        required_skills=tuple(f"s{one}" for one in random.sample(range(SKILLS), random.randrange(6))),
        wished_skills=tuple(f"s{one}" for one in random.sample(range(SKILLS), random.randrange(5))),
        licences=("B",) if papers else (),
        vehicle_required=papers and random.random() < 0.5,
        certificates=(random.choice(("SST", "CACES R489-1", "CACES R489-3", "HACCP")),)
        if random.random() < 0.08 * asks
        else (),
        language=random.choice((None, None, LanguageLevel.A2, LanguageLevel.B1)) if asks else None,
        demands=tuple(sorted(demands)) if random.random() < 0.6 else None,
        experience_months=random.choice((None, 0, 12, 24)),
        beginners=random.choice((YES, YES, NO)),
        positions=1,
        shuttle=(),
        flexibilities=Flexibilities(
            start_later_minutes=random.choice((0, 0, 15)),
            start_earlier_minutes=0,
            end_earlier_minutes=0,
            end_later_minutes=0,
            days_negotiable=False,
            start_date_days=0,
        ),
    )


def people_of(kind: Kind, count: int) -> list[Participant]:
    random, places = Random(f"{kind.name} people"), points(kind)
    return [a_participant(random, rank, kind, places) for rank in range(count)]


def offers_of(kind: Kind, count: int) -> list[Offer]:
    random, places = Random(f"{kind.name} offers"), points(kind)
    return [an_offer(random, rank, kind, places) for rank in range(count)]
