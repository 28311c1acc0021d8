"""Random people, posts and worlds from a seed: nights, holidays, custody, unknowns, split days.

The same seed gives the same world on every machine: what fails once can be looked at again.
"""

from datetime import date, timedelta
from random import Random

from matching.matrix import Matrix, Service
from matching.offer import Flexibilities, Offer, ShuttleStop
from matching.participant import Certificate, Experience, Licence, Modes, Participant, Physical, Project
from matching.terms import Answer, EmploymentKind, LanguageLevel, Mode, PhysicalDemand, Point, RomeWeight
from matching.week import (
    ABSENT_WEEK,
    Availability,
    AvailabilityUnknown,
    AvailabilityWindows,
    Care,
    CareUnknown,
    CareWeek,
    CareWindows,
    ChildCare,
    FixedWeek,
    HoursNotTold,
    NoCareNeed,
    RotatingWeeks,
    Schedule,
    Shift,
    Window,
    care_week,
)
from matching.world import Affinity, HolidayStretch, World, world

TODAY = date(2026, 11, 2)
ROMES = ("K2204", "K2205", "N1103", "G1602", "A1203", "J1501", "K1304")
SKILLS = tuple(f"s{rank}" for rank in range(8))
SKILLS_TOLD = tuple(f"LA  S{rank}" for rank in range(8))  # the same, as another hand writes them
COMMUNES = tuple(f"62{rank:03d}" for rank in range(12))
CERTIFICATES = ("SST", "CACES R489-3", "HACCP")


def random_world(random: Random) -> World:
    """Some imported minutes, some affinities, a calendar or none."""
    services: dict[tuple[str, str, Mode], tuple[Service, ...]] = {}
    for _ in range(random.randrange(60)):
        mode = random.choice((Mode.TRANSIT, Mode.TRANSIT, Mode.CAR, Mode.BIKE))
        timed = mode is Mode.TRANSIT
        services[random.choice(COMMUNES), random.choice(COMMUNES), mode] = tuple(
            Service(departure=random.randrange(1440) if timed else None, minutes=random.randrange(5, 70))
            for _ in range(random.randrange(1, 12) if timed else 1)
        )
    pairs = {(random.choice(ROMES), random.choice(ROMES)): random.randrange(10_001) for _ in range(8)}
    stretch = HolidayStretch(first=date(2026, 12, 20), last=date(2027, 1, 3))
    return world(
        matrix=Matrix(services),
        affinity=Affinity(pairs if random.random() < 0.7 else {}),
        school_holidays=(stretch,) if random.random() < 0.5 else None,
    )


def _answer(random: Random) -> Answer:
    return random.choice((Answer.YES, Answer.YES, Answer.NO, Answer.UNKNOWN))


def _maybe(random: Random, value: int) -> int | None:
    return value if random.random() < 0.8 else None


def _point(random: Random) -> Point | None:
    if random.random() < 0.03:
        return None
    insee = random.choice(COMMUNES)
    precise = random.random() < 0.9
    here = Random(insee)
    return Point(
        insee=insee if random.random() < 0.95 else None,
        lat=50.6 + here.random() / 4 + random.random() / 100 if precise else None,
        lon=2.1 + here.random() / 3 + random.random() / 100 if precise else None,
        precision_m=random.choice((0, 0, 300, 700, 3000)),
    )


def _windows(random: Random, earliest: int, latest: int) -> tuple[Window, ...]:
    told = []
    for day in range(7):
        if random.random() < (0.9 if day < 5 else 0.3):
            start = max(0, earliest + random.randrange(-90, 90))
            end = min(1440, latest + random.randrange(-120, 120))
            if random.random() < 0.1:
                told += [Window(day=day, start=start, end=720), Window(day=day, start=810, end=end)]
            else:
                told.append(Window(day=day, start=start, end=end))
    return tuple(told)


def _availability(random: Random) -> Availability:
    if random.random() < 0.08:
        return AvailabilityUnknown()
    if random.random() < 0.2:
        windows = tuple(Window(day=day, start=0, end=1440) for day in range(7))
        return AvailabilityWindows(windows=windows if random.random() < 0.8 else ())
    return AvailabilityWindows(windows=_windows(random, 390, 1140))


def _care(random: Random) -> Care:
    chance = random.random()
    if chance < 0.45:
        return NoCareNeed()
    if chance < 0.52:
        return CareUnknown()
    return CareWindows(children=tuple(_child(random) for _ in range(random.randrange(1, 4))))


def _child(random: Random) -> ChildCare:
    chance = random.random()
    school: CareWeek = care_week(() if chance < 0.04 else _windows(random, 450, 1110))
    if chance > 0.9:
        school = care_week(tuple(Window(day=day, start=0, end=1440) for day in random.sample(range(7), 5)))
    holiday = school if random.random() < 0.5 else care_week(_windows(random, 480, 1080))
    if random.random() < 0.1:
        holiday = care_week(None)
    custody = random.random()
    odd_away, even_away = custody < 0.12, 0.12 <= custody < 0.24
    return ChildCare(
        school_odd=ABSENT_WEEK if odd_away else school,
        school_even=ABSENT_WEEK if even_away else school,
        holiday_odd=ABSENT_WEEK if odd_away else holiday,
        holiday_even=ABSENT_WEEK if even_away else holiday,
    )


def _n_best(random: Random) -> tuple[RomeWeight, ...]:
    count = random.choice((0, 1, 1, 2, 3))
    return tuple(
        RomeWeight(rome=rome, weight=random.randrange(1, 10_001)) for rome in random.sample(ROMES, count)
    )


def _project(random: Random, rank: int) -> Project:
    return Project(
        id=f"pr{rank}",
        wanted=_n_best(random),
        max_travel_minutes=_maybe(random, random.randrange(15, 75)),
        radius_km=_maybe(random, random.randrange(2, 40)),
        min_weekly_hours=_maybe(random, random.randrange(1000, 3000)),
        max_weekly_hours=_maybe(random, random.randrange(2500, 4000)),
        employment_kinds=tuple(random.sample(list(EmploymentKind), 4)) if random.random() < 0.3 else None,
        earliest_start=TODAY + timedelta(days=random.randrange(-20, 40)) if random.random() < 0.4 else None,
        min_hourly_wage_cents=_maybe(random, random.randrange(1150, 1350)),
        target_rome=random.choice(ROMES) if random.random() < 0.4 else None,
    )


def random_participant(random: Random, rank: int) -> Participant:
    """One person; her projects number one to three."""
    a_date = TODAY + timedelta(days=random.randrange(-60, 60))
    return Participant(
        id=f"p{rank:06d}",
        home=_point(random),
        care_point=_point(random) if random.random() < 0.9 else None,
        drop_off_minutes=random.randrange(0, 16),
        pick_up_minutes=random.randrange(0, 16),
        availability=_availability(random),
        care=_care(random),
        modes=Modes(**{name: _answer(random) for name in Modes.__struct_fields__}),
        licences=random.choice(
            (None, (), (Licence(category="B", valid_from=random.choice((None, a_date)), valid_until=None),))
        ),
        certificates=random.choice(
            (None, (), tuple(Certificate(code=c, valid_until=a_date) for c in random.sample(CERTIFICATES, 2)))
        ),
        language=random.choice((None, *LanguageLevel)),
        physical=Physical(**{name: _answer(random) for name in Physical.__struct_fields__}),
        skills=None if random.random() < 0.2 else tuple(random.sample(SKILLS_TOLD, random.randrange(6))),
        experience=None
        if random.random() < 0.2
        else tuple(Experience(rome=rome, months=random.randrange(40)) for rome in random.sample(ROMES, 2)),
        projects=tuple(_project(random, one) for one in range(random.randrange(1, 4))),
    )


def _shifts(random: Random) -> tuple[Shift, ...]:
    kind = random.random()
    days = sorted(random.sample(range(7), random.randrange(1, 6)))
    start = random.randrange(300, 700)
    if kind < 0.05:
        return (Shift(day=6, start=1260, end=1260 + random.randrange(120, 540)),)
    if kind < 0.08:
        return (Shift(day=0, start=random.randrange(0, 90), end=480),)
    if kind < 0.15:
        return tuple(Shift(day=day, start=1260, end=1260 + random.randrange(240, 540)) for day in days)
    if kind < 0.35:
        morning = [Shift(day=day, start=start, end=start + 150) for day in days]
        return (*morning, *(Shift(day=day, start=1020, end=1020 + random.randrange(60, 200)) for day in days))
    return tuple(Shift(day=day, start=start, end=start + random.randrange(120, 540)) for day in days)


def _schedule(random: Random) -> Schedule:
    kind = random.random()
    if kind < 0.2:
        return HoursNotTold()
    if kind < 0.4:
        weeks = tuple(_shifts(random) for _ in range(random.randrange(2, 5)))
        return RotatingWeeks(weeks=weeks, first_on_odd=random.choice((True, False, None)))
    return FixedWeek(shifts=_shifts(random))


def random_offer(random: Random, rank: int) -> Offer:
    """One post; three in ten ask for papers."""
    papers = random.random() < 0.3
    return Offer(
        id=f"o{rank:06d}",
        rome=_n_best(random),
        place=_point(random),
        schedule=_schedule(random),
        weekly_hours=_maybe(random, random.randrange(800, 4000)),
        employment_kind=random.choice((None, *EmploymentKind)),
        starts_on=random.choice((None, TODAY + timedelta(days=random.randrange(-10, 60)))),
        ends_on=random.choice((None, None, TODAY + timedelta(days=random.randrange(10, 120)))),
        hourly_wage_cents=_maybe(random, random.randrange(1188, 1500)),
        required_skills=tuple(random.sample(SKILLS, random.randrange(4))),
        wished_skills=tuple(random.sample(SKILLS, random.randrange(3))),
        licences=("B",) if papers else (),
        vehicle_required=papers and random.random() < 0.5,
        certificates=tuple(random.sample(CERTIFICATES, 1)) if papers else (),
        language=random.choice((None, None, *LanguageLevel)),
        demands=random.choice((None, (), tuple(random.sample(list(PhysicalDemand), 2)))),
        experience_months=random.choice((None, 0, 6, 24)),
        beginners=_answer(random),
        positions=random.randrange(1, 4),
        shuttle=tuple(
            ShuttleStop(insee=random.choice(COMMUNES), minutes=random.randrange(10, 50))
            for _ in range(random.choice((0, 0, 0, 2)))
        ),
        flexibilities=Flexibilities(
            start_later_minutes=random.choice((0, 0, 15, 30)),
            start_earlier_minutes=0,
            end_earlier_minutes=random.choice((0, 0, 15)),
            end_later_minutes=0,
            days_negotiable=random.random() < 0.2,
            start_date_days=random.choice((0, 0, 14)),
        ),
    )
