"""Legs by mode: the floor of one commune, the radius of imprecise points, transit without data."""

from msgspec.structs import replace

from matching.slack import Presence
from matching.terms import Mode, Point
from matching.travel import UNBOUNDED, Minutes, exact, leg, way
from matching.verdict import AskedOf, QuestionCode
from matching.world import World, world
from tests.matching.personas import CENTRE, HOME, NORTH, WORK, by_car, offer, participant, roads
from tests.matching.test_constraints_hours import mother


def by(mode: Mode, start: Point = HOME, end: Point = NORTH, around: World | None = None) -> Minutes:
    found = leg(start, end, mode, around or world(), arrive_by=480, leave_at=None)
    assert found is not None
    return found


def test_speeds_by_mode_over_five_kilometres() -> None:
    # 6,504 m of road: 97.6 min at 4 km/h, 32.5 at 12, 23.0 at 17, 13.0 at 30 — each rounded up.
    found = {mode: by(mode).likely for mode in (Mode.WALK, Mode.BIKE, Mode.EBIKE, Mode.MOPED, Mode.CAR)}
    assert found == {Mode.WALK: 98, Mode.BIKE: 33, Mode.EBIKE: 23, Mode.MOPED: 14, Mode.CAR: 12}


def test_inside_one_commune_a_floor_stands() -> None:
    assert by(Mode.WALK, HOME, CENTRE) == exact(15)
    assert by(Mode.CAR, HOME, CENTRE) == exact(5)


def test_one_commune_without_coordinates_is_the_floor() -> None:
    assert by(Mode.BIKE, replace(HOME, lat=None, lon=None), CENTRE) == exact(8)


def test_an_imprecise_point_gives_an_interval() -> None:
    found = by(Mode.CAR, HOME, replace(NORTH, precision_m=2000))
    # Least: 3,003 m → 3,904 of road: 7.2 + 1.08 = 8.3 → 9. Greatest: 7,003 → 9,104: 7.2 + 7.3 = 14.5 → 15.
    assert (found.least, found.likely, found.greatest) == (9, 12, 15)
    assert found.doubt is not None
    assert found.doubt.code is QuestionCode.EXACT_PLACE


def test_public_transport_without_data_is_never_guessed() -> None:
    found = by(Mode.TRANSIT)
    # Bound to exclude: 5,003 m at 100 km/h is 3.0 min; nothing bounds the other end.
    assert (found.least, found.greatest) == (3, UNBOUNDED)
    assert found.doubt is not None
    assert found.doubt.code is QuestionCode.TRANSIT_TIME


def test_an_imported_duration_stands_over_the_computed_one() -> None:
    assert by(Mode.CAR, around=roads(("62765", "59001", "car", "", 31))) == exact(31)


def test_a_timed_service_at_an_hour_not_told_is_a_question() -> None:
    around = roads(("62765", "59001", "transit", "7:20", 25))
    found = leg(HOME, NORTH, Mode.TRANSIT, around, arrive_by=None, leave_at=None)
    assert found is not None
    assert (found.least, found.greatest) == (25, UNBOUNDED)


def test_the_way_by_the_creche_adds_its_legs() -> None:
    found = way(
        mother(420, 1110), offer(place=WORK), Mode.CAR, True, Presence(start=480, end=960), by_car(5, 35, 38)
    )
    assert found is not None
    assert (found.out_last, found.out_whole, found.back_whole) == (exact(35), exact(40), exact(40))


def test_care_at_home_makes_no_detour() -> None:
    person = mother(420, 1110, care_point=HOME)
    found = way(person, offer(place=WORK), Mode.CAR, True, Presence(start=480, end=960), by_car(5, 35, 38))
    assert found is not None
    assert (found.out_last, found.out_whole) == (exact(38), exact(38))


def test_the_bus_to_the_creche_must_come_before_the_drop_off() -> None:
    around = roads(
        ("62765", "62001", "transit", "7:00", 10),
        ("62765", "62001", "transit", "7:30", 10),
        ("62001", "59001", "transit", "7:35", 20),
        ("59001", "62001", "transit", "16:10", 20),
        ("62001", "62765", "transit", "16:40", 10),
    )
    person = mother(420, 1110, drop_off_minutes=5, pick_up_minutes=5)
    found = way(person, offer(place=WORK), Mode.TRANSIT, True, Presence(start=480, end=960), around)
    assert found is not None
    # Bus of 7 h 35 for 8 h: 25. At the crèche by 7 h 30: the 7 h 00 bus, 30 before. 55 in all.
    assert (found.out_last, found.out_whole) == (exact(25), exact(55))
    # Out at 16 h: bus 16 h 10, 30 min; out of the crèche at 16 h 35, bus at 16 h 40, 15 min: 45 in all.
    assert (found.back_first, found.back_whole) == (exact(30), exact(45))


def test_a_home_not_told_is_asked() -> None:
    found = way(participant(home=None), offer(), Mode.CAR, False, None, world())
    assert found is not None
    assert found.out_whole.doubt is not None
    assert found.out_whole.doubt.code is QuestionCode.HOME


def test_communes_without_coordinates_are_asked() -> None:
    lost = Point(insee="62001", lat=None, lon=None, precision_m=0)
    assert by(Mode.CAR, lost, NORTH).doubt is not None
    assert by(Mode.CAR, HOME, lost).greatest == UNBOUNDED


def test_the_place_that_lacks_coordinates_is_the_one_asked_for() -> None:
    lost = Point(insee="62001", lat=None, lon=None, precision_m=0)
    Q, R, E = QuestionCode, AskedOf.REFERENT, AskedOf.EMPLOYER

    def asked(home: Point, care: Point, post: Point) -> set[tuple[QuestionCode, AskedOf]]:
        person = mother(420, 1110, home=home, care_point=care)
        found = way(person, offer(place=post), Mode.CAR, True, None, world())
        assert found is not None
        doubts = {one.doubt for one in (found.out_last, found.out_whole, found.back_first, found.back_whole)}
        return {(one.code, one.asked_of) for one in doubts if one}

    assert asked(lost, CENTRE, WORK) == {(Q.HOME, R)}
    assert asked(HOME, lost, WORK) == {(Q.CARE_PLACE, R)}
    assert asked(HOME, CENTRE, lost) == {(Q.PLACE, E)}
    # A post known to two kilometres: only the employer can tell; a home too, and the référent is asked.
    assert asked(HOME, CENTRE, replace(NORTH, precision_m=2000)) == {(Q.EXACT_PLACE, E)}
    assert (Q.EXACT_PLACE, R) in asked(HOME, replace(CENTRE, precision_m=2000), WORK)
