"""Care over real successions of weeks, minute by minute: custody, holidays, rotations, nights on Sunday."""

from random import Random

import pytest

from matching.matrix import read_matrix
from matching.participant import Participant
from matching.ranking import match_one
from matching.slack import presences
from matching.terms import Mode
from matching.verdict import ConstraintName, Satisfied
from matching.week import (
    AvailabilityWindows,
    CareState,
    CareWindows,
    FixedWeek,
    RotatingWeeks,
    Shift,
    WeekKind,
    every_day,
    every_shift,
)
from matching.world import world
from tests.matching.personas import CRECHE, ON, WORK, YES, modes, offer, participant, project
from tests.matching.random_worlds import random_offer, random_participant

WEEK = 7 * 1440
ROAD = 20
AROUND = world(
    matrix=read_matrix(
        ["from,to,mode,departure,minutes"]
        + [
            f"{a},{b},{Mode.CAR},,{ROAD}"
            for a in ("62765", "62001", "59001")
            for b in ("62765", "62001", "59001")
            if a != b
        ]
    )
)


def weeks_of(random: Random, rank: int) -> tuple[tuple[Shift, ...], ...]:
    """A fixed week, or a rotation, taken from a random post."""
    while True:
        schedule = random_offer(random, rank).schedule
        if isinstance(schedule, FixedWeek):
            return (schedule.shifts,)
        if isinstance(schedule, RotatingWeeks):
            return schedule.weeks


def parent(random: Random, rank: int) -> Participant:
    """Children cared for as somebody's of the random world, every week told; free at any hour herself."""
    while True:
        care = random_participant(random, rank).care
        if isinstance(care, CareWindows) and not any(
            child.week(kind).state is CareState.UNKNOWN for child in care.children for kind in WeekKind
        ):
            return participant(
                care=care,
                care_point=CRECHE,
                drop_off_minutes=5,
                pick_up_minutes=10,
                availability=AvailabilityWindows(windows=every_day(0, 1440, tuple(range(7)))),
                modes=modes(car=YES),
                projects=(project(max_travel_minutes=120),),
            )


def holds_in_life(person: Participant, weeks: tuple[tuple[Shift, ...], ...], first_on_odd: bool) -> bool:
    """Live each term for as many weeks as it takes for all to come round, and look at every minute."""
    assert isinstance(person.care, CareWindows)
    for odd_kind, even_kind in (
        (WeekKind.SCHOOL_ODD, WeekKind.SCHOOL_EVEN),
        (WeekKind.HOLIDAY_ODD, WeekKind.HOLIDAY_EVEN),
    ):
        lived = 2 * len(weeks) + 2
        kinds = [odd_kind if number % 2 else even_kind for number in range(lived)]
        cared: list[set[int]] = []
        for child in person.care.children:
            minutes: set[int] = set()
            for number, kind in enumerate(kinds):
                told, base = child.week(kind), number * WEEK
                if told.state is CareState.ABSENT:
                    minutes.update(range(base, base + WEEK))
                for one in told.windows:
                    day = base + one.day * 1440
                    minutes.update(range(day + one.start, day + one.end))
            cared.append(minutes)
        # The first and last weeks only lend their edges to those in between.
        for number in range(1, lived - 1):
            rotation = number - 1 if first_on_odd else number
            for stay in presences(weeks[rotation % len(weeks)], 120):
                start, end = number * WEEK + stay.start - ROAD - 5, number * WEEK + stay.end + ROAD + 10
                if not all(minute in minutes for minutes in cared for minute in range(start, end)):
                    return False
    return True


def lived(seed: int) -> tuple[Participant, tuple[tuple[Shift, ...], ...], bool]:
    """A parent, weeks of work (half of them gentle, so that both answers come up) and a phase."""
    random = Random(seed)
    person, weeks = parent(random, seed), weeks_of(random, seed)
    if seed % 5 == 4:
        # Only the night from Sunday, one week in two: the other week is met on Monday alone.
        weeks = ((Shift(day=6, start=1260, end=random.randrange(1300, 1800)),), ())
    elif seed % 2:
        weeks = tuple(every_shift(600, random.randrange(700, 900), (random.randrange(5),)) for _ in weeks)
    return person, weeks, random.random() < 0.5


@pytest.mark.parametrize("seed", range(60))
def test_the_verdict_is_that_of_a_life_lived_week_after_week(seed: int) -> None:
    person, weeks, phase = lived(seed)
    schedule = (
        FixedWeek(shifts=weeks[0]) if len(weeks) == 1 else RotatingWeeks(weeks=weeks, first_on_odd=phase)
    )
    found = match_one(person, offer(place=WORK, schedule=schedule), AROUND, on=ON)
    assert found is not None
    holds = isinstance(found.verdict(ConstraintName.CARE), Satisfied)
    assert holds == holds_in_life(person, weeks, phase), found.verdict(ConstraintName.CARE)


def test_both_answers_come_up_among_these_lives() -> None:
    answers = [holds_in_life(*lived(seed)) for seed in range(60)]
    assert 10 <= sum(answers) <= 50
