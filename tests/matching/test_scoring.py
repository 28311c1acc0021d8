"""Two scores in parts that add up exactly. The divisions are worked by hand."""

import pytest

from matching.match import Part, PartState, Score
from matching.participant import Experience
from matching.ranking import match_one
from matching.scoring import closeness, score
from matching.terms import LanguageLevel, RomeWeight
from matching.world import Affinity, World, world
from tests.matching.personas import NO, NORTH, ON, UNKNOWN, YES, modes, offer, participant, project


def n_best(*told: tuple[str, int]) -> tuple[RomeWeight, ...]:
    return tuple(RomeWeight(rome=rome, weight=weight) for rome, weight in told)


def both(person: object, post: object, around: World | None = None) -> tuple[Score, Score]:
    found = match_one(person, post, around or world(), on=ON)  # type: ignore[arg-type]
    assert found is not None
    return found.fit, found.wish


def part(found: Score, name: str) -> Part:
    return next(one for one in found.parts if one.name == name)


def test_points_are_floored_on_the_running_sum_so_that_they_add_up() -> None:
    found = score((("a", 3, 3333), ("b", 3, 3333), ("c", 1, 10_000)))
    # 9999 ÷ 7 = 1428; 19998 ÷ 7 = 2856 → 1428; 29998 ÷ 7 = 4285 → 1429.
    assert [one.points for one in found.parts] == [1428, 1428, 1429]
    assert found.total == 4285


def test_an_unknown_part_is_left_out_and_the_share_says_so() -> None:
    found = score((("a", 30, 8000), ("b", 10, PartState.UNKNOWN), ("c", 60, PartState.NOT_ASKED)))
    # Only a is known: 8000. Asked: 40, known: 30 → 7500.
    assert (found.total, found.known_share) == (8000, 7500)


def test_nothing_known_is_the_middle_with_no_share() -> None:
    found = score((("a", 30, PartState.UNKNOWN),))
    assert (found.total, found.known_share) == (5000, 0)


@pytest.mark.parametrize(
    ("wanted", "asked", "expected"),
    [
        ((("K2204", 10_000),), (("K2204", 6000), ("K2205", 3000)), 10_000),
        # Second code: 3000 ÷ 6000 = 5000; but K2204 is of the same domain: 2500 of the first. 5000 wins.
        ((("K2205", 10_000),), (("K2204", 6000), ("K2205", 3000)), 5000),
        ((("K2201", 10_000),), (("K2204", 6000), ("K2205", 3000)), 2500),
        ((("N1103", 10_000),), (("K2204", 6000),), 0),
        ((), (("K2204", 6000),), 0),
    ],
)
def test_closeness_of_two_n_best_lists(
    wanted: tuple[tuple[str, int], ...], asked: tuple[tuple[str, int], ...], expected: int
) -> None:
    assert closeness(n_best(*wanted), n_best(*asked), 2500) == expected


def test_skills_held_over_skills_asked() -> None:
    fit, _ = both(
        participant(skills=("a", "b")), offer(required_skills=("a", "b", "c"), wished_skills=("d",))
    )
    assert part(fit, "required_skills").value == 6666
    assert part(fit, "wished_skills").value == 0
    unknown, _ = both(participant(skills=None), offer(required_skills=("a",)))
    assert part(unknown, "required_skills").state is PartState.UNKNOWN


def test_a_skill_written_two_ways_is_one() -> None:
    # Asked: « des locaux » and « LES LOCAUX » are one skill, the till another; one of two held, 5000.
    asked = ("Nettoyer des locaux", "NETTOYER LES LOCAUX", "Tenir la caisse")
    fit, _ = both(participant(skills=("nettoyer les  locaux",)), offer(required_skills=asked))
    assert part(fit, "required_skills").value == 5000


def test_a_trade_worked_in_counts_as_much_as_the_one_wanted() -> None:
    person = participant(
        experience=(Experience(rome="K2204", months=6),),
        projects=(project(wanted=n_best(("N1103", 10_000))),),
    )
    fit, wish = both(person, offer())
    assert part(fit, "occupation").value == 10_000
    assert part(wish, "trade").value == 0


def test_experience_over_what_is_asked_unless_beginners_are_accepted() -> None:
    person = participant(experience=(Experience(rome="K2204", months=9), Experience(rome="N1103", months=50)))
    fit, _ = both(person, offer(experience_months=12, beginners=NO))
    assert part(fit, "experience").value == 7500
    fit, _ = both(person, offer(experience_months=12))
    assert part(fit, "experience").state is PartState.NOT_ASKED
    fit, _ = both(person, offer(experience_months=None, beginners=UNKNOWN))
    assert part(fit, "experience").state is PartState.UNKNOWN


def test_transferable_skills_come_from_the_affinity_of_trades() -> None:
    around = world(affinity=Affinity({("N1103", "K2204"): 6000}))
    person = participant(experience=(Experience(rome="N1103", months=3),))
    fit, _ = both(person, offer(), around)
    assert part(fit, "transferable").value == 6000
    fit, _ = both(person, offer())
    assert part(fit, "transferable").state is PartState.NOT_ASKED


def test_language_above_what_is_asked_is_whole() -> None:
    fit, _ = both(participant(language=LanguageLevel.C1), offer(language=LanguageLevel.B1))
    assert part(fit, "language").value == 10_000
    # A2 is the second level, B1 the third: two thirds, floored.
    fit, _ = both(participant(language=LanguageLevel.A2), offer(language=LanguageLevel.B1))
    assert part(fit, "language").value == 6666


def test_travel_comfort_is_what_is_left_of_the_maximum_halved_beyond_the_radius() -> None:
    # 12 min by car of 45: 33 ÷ 45 = 7333.
    _, wish = both(participant(), offer(place=NORTH))
    assert part(wish, "travel").value == 7333
    # 5,003 m is beyond 5 km: half, 3666.
    _, wish = both(participant(projects=(project(radius_km=5),)), offer(place=NORTH))
    assert part(wish, "travel").value == 3666
    _, wish = both(participant(projects=(project(radius_km=6),)), offer(place=NORTH))
    assert part(wish, "travel").value == 7333
    _, wish = both(participant(modes=modes(transit=YES)), offer(place=NORTH))
    assert part(wish, "travel").state is PartState.UNKNOWN


def test_hours_outside_the_wish_lose_a_thousand_an_hour() -> None:
    wanted = (project(min_weekly_hours=2400, max_weekly_hours=3000),)
    _, wish = both(participant(projects=wanted), offer(weekly_hours=3500))
    # 5 h too many: 500 hundredths × 10.
    assert part(wish, "hours").value == 5000
    _, wish = both(participant(projects=wanted), offer(weekly_hours=2400))
    assert part(wish, "hours").value == 10_000


@pytest.mark.parametrize(
    ("paid", "value"), [(1200, 6000), (1320, 8000), (1440, 10_000), (1600, 10_000), (1199, 0)]
)
def test_a_wage_grows_from_the_minimum_to_a_fifth_above(paid: int, value: int) -> None:
    # 1200 × 20 % = 240 of room for 4000: 120 more is 2000.
    _, wish = both(
        participant(projects=(project(min_hourly_wage_cents=1200),)), offer(hourly_wage_cents=paid)
    )
    assert part(wish, "wage").value == value


def test_a_step_towards_the_target_trade() -> None:
    around = world(affinity=Affinity({("K2204", "J1501"): 4000}))
    person = participant(projects=(project(target_rome="J1501"),))
    _, wish = both(person, offer(), around)
    assert part(wish, "target").value == 4000
    _, wish = both(participant(projects=(project(target_rome="K2205"),)), offer())
    # Same domain.
    assert part(wish, "target").value == 2500


def test_an_offer_without_occupation_leaves_the_trade_unknown() -> None:
    fit, wish = both(participant(), offer(rome=()))
    assert part(fit, "occupation").state is PartState.UNKNOWN
    assert part(wish, "trade").state is PartState.UNKNOWN
