"""Metres and minutes in integers."""

from matching.distance import micro_degrees, road_minutes, straight_metres
from matching.parameters import ModeFigures, default_parameters
from matching.terms import Mode


def figures(mode: Mode) -> ModeFigures:
    return default_parameters().travel.modes[mode]


def test_a_twentieth_of_a_degree_of_latitude_is_five_kilometres() -> None:
    # 0.045 degree = 45,000 millionths; 45,000 × 111,195 ÷ 1,000,000 = 5,003.8, floored.
    assert straight_metres(50_795_000, 2_250_000, 50_750_000, 2_250_000) == 5003


def test_longitude_shrinks_with_the_cosine_of_the_latitude() -> None:
    # cos(50.7°) = 0.6334; 0.1 degree east: 11,119 × 0.6334 = 7,042.6; a step of the table.
    assert 7030 <= straight_metres(50_750_000, 2_250_000, 50_750_000, 2_350_000) <= 7060


def test_the_distance_is_the_same_both_ways_to_a_metre() -> None:
    there = straight_metres(50_750_000, 2_250_000, 50_612_345, 2_451_234)
    back = straight_metres(50_612_345, 2_451_234, 50_750_000, 2_250_000)
    assert abs(there - back) <= 1


def test_walking_a_kilometre_takes_twenty_minutes_with_the_detour() -> None:
    # 1,000 m × 1.3 = 1,300 m at 4 km/h = 19.5 min, rounded up.
    assert road_minutes(1000, figures(Mode.WALK), 130) == 20


def test_a_car_is_slow_in_town_then_fast() -> None:
    # 5,003 × 1.3 = 6,503.9 → 6,504 m: 3,000 at 25 km/h = 7.2 min, 3,504 at 50 km/h = 4.2 min: 11.4 → 12.
    assert road_minutes(5003, figures(Mode.CAR), 130) == 12


def test_a_car_pool_adds_the_time_to_meet() -> None:
    assert road_minutes(5003, figures(Mode.CARPOOL), 130) == 22


def test_degrees_become_whole_millionths() -> None:
    assert micro_degrees(50.795) == 50_795_000
    assert micro_degrees(-61.0000004) == -61_000_000
