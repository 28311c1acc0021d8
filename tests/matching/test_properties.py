"""What must be true of every person, post and week: checked on random ones, seeds fixed."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.changes import wider
from matching.match import Match, PartState, Score
from matching.participant import Experience, Participant
from matching.ranking import candidates, match_one, suggest
from matching.scoring import score
from matching.slack import available_blocks, presences, slack
from matching.terms import LanguageLevel, Point, RomeWeight
from matching.verdict import Broken, ConstraintName, Satisfied, Unknown
from matching.week import (
    AvailabilityWindows,
    CareWindows,
    FixedWeek,
    NoCareNeed,
    RotatingWeeks,
    Shift,
    WeekKind,
    Window,
    child,
)
from matching.world import World
from tests.matching.personas import HOME, ON, WORK, YES, by_car, modes, offer, participant, project

EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True, database=None)
GRID = st.integers(0, 1435)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    told = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        start = draw(st.integers(0, 1300))
        told.append(Window(day=day, start=start, end=draw(st.integers(start + 1, 1440))))
    return tuple(told)


@st.composite
def work(draw: st.DrawFn) -> tuple[Shift, ...]:
    told = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1, max_size=4)):
        start = draw(GRID)
        told.append(Shift(day=day, start=start, end=start + draw(st.integers(1, 720))))
    return tuple(told)


ROADS = st.builds(by_car, st.integers(0, 30), st.integers(0, 60), st.integers(0, 60))


def person(available: tuple[Window, ...], care: tuple[Window, ...] | None = None) -> Participant:
    return participant(
        availability=AvailabilityWindows(windows=available),
        care=NoCareNeed() if care is None else CareWindows(children=(child(care, care),)),
        care_point=None if care is None else Point(insee="62001", lat=50.76, lon=2.25, precision_m=0),
        drop_off_minutes=5,
        pick_up_minutes=5,
        modes=modes(car=YES),
        projects=(project(max_travel_minutes=120),),
    )


def judged(who: Participant, shifts: tuple[Shift, ...], around: World) -> Match:
    found = match_one(who, offer(place=WORK, schedule=FixedWeek(shifts=shifts)), around, on=ON)
    assert found is not None
    return found


def minutes_of(told: tuple[Window, ...]) -> set[int]:
    """Every minute of the week that the windows hold: the slow way to say what they cover."""
    return {one.day * 1440 + minute for one in told for minute in range(one.start, one.end)}


@EXAMPLES
@given(windows(), windows(), work(), ROADS)
def test_a_verdict_is_what_counting_every_minute_says(
    available: tuple[Window, ...], care: tuple[Window, ...], shifts: tuple[Shift, ...], around: World
) -> None:
    found = judged(person(available, care), shifts, around)
    assert found.trip is not None
    last, whole = found.trip.last_leg, found.trip.minutes
    free, cared = minutes_of(available), minutes_of(care)

    def covered(minutes: set[int], before: int, after: int) -> bool:
        return all(
            minute % 10080 in minutes
            for one in presences(shifts, 120)
            for minute in range(one.start - before, one.end + after)
        )

    available_holds = isinstance(found.verdict(ConstraintName.AVAILABILITY), Satisfied)
    care_holds = isinstance(found.verdict(ConstraintName.CARE), Satisfied)
    assert available_holds == covered(free, whole, whole)
    assert care_holds == covered(cared, last + 5, last + 5)


@EXAMPLES
@given(windows(), work(), ROADS, st.integers(1, 120), st.integers(1, 120))
def test_widening_availability_never_breaks(
    available: tuple[Window, ...], shifts: tuple[Shift, ...], around: World, earlier: int, later: int
) -> None:
    before = judged(person(available), shifts, around).verdict(ConstraintName.AVAILABILITY)
    after = judged(person(wider(available, earlier, later)), shifts, around).verdict(
        ConstraintName.AVAILABILITY
    )
    if isinstance(before, Satisfied):
        assert isinstance(after, Satisfied)
        assert after.margin_minutes is not None
        assert before.margin_minutes is not None
        assert after.margin_minutes >= before.margin_minutes


@EXAMPLES
@given(windows(), work(), st.integers(1, 60))
def test_a_later_start_never_leaves_less_room_in_the_morning(
    available: tuple[Window, ...], shifts: tuple[Shift, ...], minutes: int
) -> None:
    blocks = available_blocks(available)
    for one in shifts:
        start = one.day * 1440 + one.start
        end = one.day * 1440 + one.end
        (presence,) = presences((one,), 120)
        if start + minutes < end:
            moved = replace(presence, start=start + minutes)
            before, after = slack(blocks, presence), slack(blocks, moved)
            if before.hole == 0 and after.opens == before.opens:
                assert after.before >= before.before


@EXAMPLES
@given(
    st.lists(
        st.tuples(
            st.text("abcdef", min_size=1, max_size=3),
            st.integers(1, 100),
            st.one_of(st.integers(0, 10_000), st.sampled_from([PartState.UNKNOWN, PartState.NOT_ASKED])),
        ),
        max_size=7,
    )
)
def test_the_points_add_up_and_an_unknown_lies_between_its_worst_and_its_best(
    parts: list[tuple[str, int, int | PartState]],
) -> None:
    def with_unknown(value: int) -> Score:
        return score(tuple((n, w, value if v is PartState.UNKNOWN else v) for n, w, v in parts))

    found = score(tuple(parts))
    if any(isinstance(value, int) for _, _, value in parts):
        assert sum(part.points for part in found.parts) == found.total
        assert all(part.points >= 0 for part in found.parts)
        assert with_unknown(0).total <= found.total <= with_unknown(10_000).total
    assert 0 <= found.total <= 10_000


@EXAMPLES
@given(st.permutations(range(8)), windows(), ROADS)
def test_the_order_of_the_inputs_changes_nothing(
    order: list[int], available: tuple[Window, ...], around: World
) -> None:
    who = person(available)
    posts = [
        offer(
            id=f"o{rank}",
            place=WORK,
            rome=(RomeWeight(rome="K2204" if rank % 2 else "K2201", weight=10_000),),
            schedule=FixedWeek(shifts=(Shift(day=rank % 7, start=60 * rank + 300, end=60 * rank + 500),)),
        )
        for rank in range(8)
    ]
    assert suggest(who, [posts[rank] for rank in order], around, on=ON) == suggest(who, posts, around, on=ON)
    people = [replace(who, id=f"p{rank}") for rank in range(8)]
    shuffled = [people[rank] for rank in order]
    assert candidates(posts[0], shuffled, around, on=ON) == candidates(posts[0], people, around, on=ON)


@EXAMPLES
@given(windows(), windows(), work(), ROADS)
def test_a_second_child_never_makes_it_easier(
    one: tuple[Window, ...], two: tuple[Window, ...], shifts: tuple[Shift, ...], around: World
) -> None:
    alone = person(((Window(day=0, start=0, end=1440)),), one)
    both = replace(alone, care=CareWindows(children=(child(one, one), child(two, two))))
    if isinstance(judged(alone, shifts, around).verdict(ConstraintName.CARE), Broken):
        assert isinstance(judged(both, shifts, around).verdict(ConstraintName.CARE), Broken)


@EXAMPLES
@given(windows(), work(), work(), ROADS)
def test_a_phase_not_told_is_a_question_only_when_it_decides(
    care: tuple[Window, ...], odd: tuple[Shift, ...], even: tuple[Shift, ...], around: World
) -> None:
    always = tuple(Window(day=day, start=0, end=1440) for day in range(7))
    who = person(always, care)

    def told(first_on_odd: bool | None) -> type:
        schedule = RotatingWeeks(weeks=(odd, even), first_on_odd=first_on_odd)
        found = match_one(who, offer(place=WORK, schedule=schedule), around, on=ON)
        assert found is not None
        return type(found.verdict(ConstraintName.CARE))

    assert told(None) is (told(True) if told(True) is told(False) else Unknown)


def test_two_people_alike_but_for_their_id_get_the_same_scores_and_verdicts() -> None:
    one, two = participant(id="a"), participant(id="b")
    first = match_one(one, offer(), by_car(0, 0, 20), on=date(2026, 11, 2))
    second = match_one(two, offer(), by_car(0, 0, 20), on=date(2026, 11, 2))
    assert first is not None
    assert second is not None
    assert replace(first, participant="") == replace(second, participant="")


def test_care_that_covers_as_if_there_were_none_leaves_the_same_scores() -> None:
    # The same life but for a child whose care covers everything, at home: nothing of the scores may move.
    always = tuple(Window(day=day, start=0, end=1440) for day in range(7))
    without = participant(language=LanguageLevel.A2, experience=(Experience(rome="K2204", months=4),))
    cared = replace(without, care=CareWindows(children=(child(always, always),)), care_point=HOME)
    around = by_car(0, 0, 20)
    first, second = match_one(without, offer(), around, on=ON), match_one(cared, offer(), around, on=ON)
    assert first is not None
    assert second is not None
    assert (first.fit, first.wish, first.rank) == (second.fit, second.wish, second.rank)


def test_every_kind_of_week_has_the_other_parity_as_neighbour() -> None:
    for kind in WeekKind:
        assert kind.neighbour.odd != kind.odd
        assert kind.neighbour.neighbour is kind
