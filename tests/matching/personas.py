"""Fixed people and posts for the tests: each test changes the one thing that it speaks of.

On the ground: one degree of latitude is 111,195 m. A post due north of a home by 0.045 degree is
45,000 × 111,195 ÷ 1,000,000 = 5,003 m away; 5,003 × 1.3 = 6,504 m of road (rounded up).
"""

from datetime import date
from typing import Any

from msgspec.structs import replace

from matching.matrix import read_matrix
from matching.offer import Flexibilities, Offer
from matching.participant import Licence, Modes, Participant, Physical, Project
from matching.ranking import match_one
from matching.terms import Answer, EmploymentKind, LanguageLevel, Point, RomeWeight
from matching.verdict import Broken, ConstraintName, Question, Reason, Satisfied, Unknown, Verdict
from matching.week import AvailabilityWindows, FixedWeek, NoCareNeed, Shift, every_day, every_shift
from matching.world import World, world

ON = date(2026, 11, 2)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

HOME = Point(insee="62765", lat=50.75, lon=2.25, precision_m=0)
CENTRE = Point(insee="62765", lat=50.75, lon=2.25, precision_m=0)
# 5,003 m due north of HOME, in another commune.
NORTH = Point(insee="59001", lat=50.795, lon=2.25, precision_m=0)


def modes(**told: Answer) -> Modes:
    """No mode but those told."""
    none = dict.fromkeys(Modes.__struct_fields__, NO)
    return Modes(**{**none, **told})


def able(**told: Answer) -> Physical:
    """Able to do everything but what is told."""
    return Physical(**{**dict.fromkeys(Physical.__struct_fields__, YES), **told})


def project(**changes: Any) -> Project:
    """Cleaning work, any hours, at most 45 minutes away."""
    base = Project(
        id="pr1",
        wanted=(RomeWeight(rome="K2204", weight=10_000),),
        max_travel_minutes=45,
        radius_km=None,
        min_weekly_hours=None,
        max_weekly_hours=None,
        employment_kinds=None,
        earliest_start=None,
        min_hourly_wage_cents=None,
        target_rome=None,
    )
    return replace(base, **changes)


def participant(**changes: Any) -> Participant:
    """Available 6 h to 20 h from Monday to Friday, on foot and by car (licence B), no child in care."""
    base = Participant(
        id="p1",
        home=HOME,
        care_point=None,
        drop_off_minutes=0,
        pick_up_minutes=0,
        availability=AvailabilityWindows(windows=every_day(360, 1200)),
        care=NoCareNeed(),
        modes=modes(walk=YES, car=YES),
        licences=(Licence(category="B", valid_from=None, valid_until=None),),
        certificates=(),
        language=LanguageLevel.B1,
        physical=able(),
        skills=("nettoyer",),
        experience=(),
        projects=(project(),),
    )
    return replace(base, **changes)


NO_FLEX = Flexibilities(
    start_later_minutes=0,
    start_earlier_minutes=0,
    end_earlier_minutes=0,
    end_later_minutes=0,
    days_negotiable=False,
    start_date_days=0,
)


def flexible(**changes: Any) -> Flexibilities:
    """Nothing may move but what is told."""
    return replace(NO_FLEX, **changes)


def offer(**changes: Any) -> Offer:
    """Cleaning from 8 h to 16 h, Monday to Friday, in the participant's own commune."""
    base = Offer(
        id="o1",
        rome=(RomeWeight(rome="K2204", weight=10_000),),
        place=CENTRE,
        schedule=FixedWeek(shifts=every_shift(480, 960)),
        weekly_hours=3500,
        employment_kind=EmploymentKind.CDD,
        starts_on=ON,
        ends_on=None,
        hourly_wage_cents=1250,
        required_skills=(),
        wished_skills=(),
        licences=(),
        vehicle_required=False,
        certificates=(),
        language=None,
        demands=(),
        experience_months=None,
        beginners=YES,
        positions=1,
        shuttle=(),
        flexibilities=NO_FLEX,
    )
    return replace(base, **changes)


def shifts(*told: tuple[int, int, int]) -> FixedWeek:
    """A fixed week from (day, start, end)."""
    return FixedWeek(shifts=tuple(Shift(day=day, start=start, end=end) for day, start, end in told))


CRECHE = Point(insee="62001", lat=50.76, lon=2.25, precision_m=0)
WORK = Point(insee="59001", lat=50.795, lon=2.25, precision_m=0)


def roads(*told: tuple[str, str, str, str, int]) -> World:
    """A world with imported minutes: (from, to, mode, departure, minutes), one way each."""
    lines = ["from,to,mode,departure,minutes"]
    lines += [f"{start},{end},{mode},{departure},{minutes}" for start, end, mode, departure, minutes in told]
    return world(matrix=read_matrix(lines))


def by_car(to_care: int, to_work: int, direct: int) -> World:
    """Car minutes, the same both ways: home to crèche, crèche to work, home to work."""
    pairs = (("62765", "62001", to_care), ("62001", "59001", to_work), ("62765", "59001", direct))
    return roads(
        *((a, b, "car", "", minutes) for a, b, minutes in pairs),
        *((b, a, "car", "", minutes) for a, b, minutes in pairs),
    )


def verdict(person: Participant, post: Offer, about: ConstraintName, around: World | None = None) -> Verdict:
    """The verdict of one constraint on 2 November 2026."""
    found = match_one(person, post, around or world(), on=ON)
    assert found is not None
    return found.verdict(about)


def broken(person: Participant, post: Offer, about: ConstraintName, around: World | None = None) -> Reason:
    """The reason of one constraint, which must be broken."""
    told = verdict(person, post, about, around)
    assert isinstance(told, Broken), told
    return told.reason


def question(
    person: Participant, post: Offer, about: ConstraintName, around: World | None = None
) -> Question:
    """The question of one constraint, which must be unknown."""
    told = verdict(person, post, about, around)
    assert isinstance(told, Unknown), told
    return told.question


def margin(
    person: Participant, post: Offer, about: ConstraintName, around: World | None = None
) -> int | None:
    """The margin of one constraint, which must hold."""
    told = verdict(person, post, about, around)
    assert isinstance(told, Satisfied), told
    return told.margin_minutes
