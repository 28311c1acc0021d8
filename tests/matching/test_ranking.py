"""Who for what, in which order."""

from matching.match import Match
from matching.ranking import candidates, match_one, matches, suggest
from matching.terms import RomeWeight
from matching.verdict import ConstraintName, QuestionCode
from matching.week import HoursNotTold
from matching.world import world
from tests.matching.personas import NORTH, ON, WORK, flexible, offer, participant, project, shifts
from tests.matching.test_constraints_hours import ROADS, mother

AROUND = world()


def only(person: object, post: object) -> Match:
    found = match_one(person, post, AROUND, on=ON)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_rank_is_the_product_of_the_two_scores() -> None:
    found = only(participant(), offer())
    # Fit: only the trade is asked. Wish: trade 40, travel 25 × 8888: 622200 ÷ 65 = 9572.
    assert (found.fit.total, found.wish.total, found.rank) == (10_000, 9572, 95_720_000)


def test_the_best_project_is_kept_and_one_that_nothing_breaks_comes_first() -> None:
    dream = project(id="dream", wanted=(RomeWeight(rome="K2204", weight=10_000),), max_travel_minutes=5)
    modest = project(id="modest", wanted=(RomeWeight(rome="K2201", weight=10_000),))
    person = participant(projects=(dream, modest))
    assert [one.project for one in matches(person, offer(place=NORTH), AROUND, on=ON)] == ["dream", "modest"]
    assert only(person, offer(place=NORTH)).project == "modest"
    assert only(person, offer()).project == "dream"


def test_without_a_project_there_is_no_match() -> None:
    assert match_one(participant(projects=()), offer(), AROUND, on=ON) is None


def test_a_broken_offer_leaves_the_list_and_goes_to_the_near_misses_by_ease() -> None:
    person = mother(460, 1110)
    easy = offer(id="easy", place=WORK, flexibilities=flexible(start_later_minutes=30))
    late = offer(id="late", place=WORK)
    hard = offer(id="hard", place=WORK, licences=("C",))
    good = offer(id="good", place=WORK, schedule=shifts((0, 540, 960)))
    found = suggest(person, [hard, late, good, easy], ROADS, on=ON)
    assert [one.offer for one in found.kept] == ["good"]
    # easy: (10 + 15) ÷ 4 = 6; late: 25; hard: 25 + 120 = 145.
    assert [(one.offer, one.ease) for one in found.near] == [("easy", 6), ("late", 25), ("hard", 145)]
    assert (found.counts.examined, found.counts.satisfied, found.counts.broken) == (4, 1, 3)


def test_what_lacks_too_much_is_not_nearly_possible() -> None:
    far_off = offer(place=NORTH, schedule=shifts((6, 480, 960)), licences=("C",), certificates=("SST",))
    found = suggest(participant(), [far_off], AROUND, on=ON)
    assert (found.kept, found.near) == ((), ())


def test_ties_are_settled_by_what_is_known_then_by_id() -> None:
    told = [offer(id=name) for name in ("b", "c", "a")]
    assert [one.offer for one in suggest(participant(), told, AROUND, on=ON).kept] == ["a", "b", "c"]
    people = [participant(id=name) for name in ("z", "x", "y")]
    assert [one.participant for one in candidates(offer(), people, AROUND, on=ON).kept] == ["x", "y", "z"]


def test_an_unknown_stays_in_the_list_with_its_question() -> None:
    found = suggest(participant(), [offer(schedule=HoursNotTold())], AROUND, on=ON)
    assert [q.code for q in found.kept[0].questions] == [QuestionCode.HOURS]
    assert (found.counts.satisfied, found.counts.unknown) == (0, 1)


def test_the_list_stops_at_the_number_asked() -> None:
    told = [offer(id=f"o{rank:02d}") for rank in range(30)]
    assert len(suggest(participant(), told, AROUND, on=ON).kept) == 20
    assert len(suggest(participant(), told, AROUND, on=ON, top=3).kept) == 3


def test_why_not_her_has_all_twelve_verdicts_and_the_version_of_the_figures() -> None:
    found = only(participant(), offer())
    assert [one.constraint for one in found.judgements] == list(ConstraintName)
    assert found.parameters == AROUND.parameters.version
