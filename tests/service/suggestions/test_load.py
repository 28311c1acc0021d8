"""From columns to what matching may know: whole, in a fixed number of queries, never stale."""

from datetime import date

import pytest
from msgspec.structs import replace

from matching.participant import Certificate, Experience, Licence, Participant
from matching.terms import Answer, LanguageLevel, Point
from matching.week import CareWindows, child, every_day
from service.suggestions.load import offers_of, participants_of, point, read_stamps
from service.tables.session import Database
from service.vocabulary import OfferState, SpellState
from tests.matching.personas import CRECHE, able, flexible, modes, offer, participant, project
from tests.service.suggestions.cast import add_offer, add_person
from tests.service.suggestions.counting import counted
from tests.world import TODAY, Territory, World


def people(database: Database, territory: Territory) -> dict[str, Participant]:
    with database.read() as db:
        return participants_of(db, territory.id, read_stamps(db, territory.id))


def test_a_person_comes_back_with_all_that_was_told_of_her(database: Database, world: World) -> None:
    told = participant(
        care_point=CRECHE,
        drop_off_minutes=5,
        pick_up_minutes=10,
        care=CareWindows(children=(child(every_day(460, 1110), None),)),
        modes=modes(walk=Answer.YES, car=Answer.UNKNOWN),
        licences=(Licence(category="B", valid_from=date(2026, 5, 1), valid_until=None),),
        certificates=(Certificate(code="SST", valid_until=date(2026, 6, 30)),),
        language=LanguageLevel.A2,
        physical=able(loads=Answer.NO),
        skills=("nettoyer",),
        experience=(Experience(rome="K2204", months=14),),
        projects=(project(max_travel_minutes=30, target_rome="K2202"),),
    )
    with database.write() as db:
        public_id = add_person(db, world.here, told=told)
    found = people(database, world.here)[public_id]
    same_ids = replace(found, id=told.id, projects=tuple(replace(one, id="pr1") for one in found.projects))
    assert same_ids == told


def test_what_was_not_explored_stays_unknown_and_none_stays_none(database: Database, world: World) -> None:
    with database.write() as db:
        unexplored = add_person(
            db, world.here, told=participant(licences=None, skills=None, language=None, home=None)
        )
        nothing = add_person(db, world.here, told=participant(licences=(), skills=()))
    found = people(database, world.here)
    assert (found[unexplored].licences, found[unexplored].skills, found[unexplored].home) == (
        None,
        None,
        None,
    )
    assert (found[nothing].licences, found[nothing].skills) == ((), ())


def test_only_people_whose_parcours_is_open_and_active_are_candidates(
    database: Database, world: World
) -> None:
    with database.write() as db:
        active = add_person(db, world.here)
        for state in (
            SpellState.SUSPENDED,
            SpellState.JOB_FOLLOW_UP,
            SpellState.EXITED,
            SpellState.PRESCRIBED,
        ):
            add_person(db, world.here, state=state)
        add_person(db, world.there)
    assert set(people(database, world.here)) == {active}


def test_two_territories_never_share_what_is_kept(database: Database, world: World) -> None:
    with database.write() as db:
        ours, theirs = add_person(db, world.here), add_person(db, world.there)
    assert set(people(database, world.here)) == {ours}
    assert set(people(database, world.there)) == {theirs}


def test_an_offer_past_its_closing_day_or_not_open_is_left_out(database: Database, world: World) -> None:
    told = offer(flexibilities=flexible(start_later_minutes=15), demands=None)
    with database.write() as db:
        open_one = add_offer(db, world.here, closes_on=TODAY, told=told)
        add_offer(db, world.here, closes_on=date(2026, 2, 2))
        add_offer(db, world.here, state=OfferState.DRAFT)
        add_offer(db, world.here, state=OfferState.FILLED)
    with database.read() as db:
        found = offers_of(db, world.here.id, read_stamps(db, world.here.id), TODAY)
    assert set(found) == {open_one}
    assert replace(found[open_one], id=told.id) == told


def test_a_second_worker_never_serves_what_the_first_has_changed(database: Database, world: World) -> None:
    """Two Database objects are two workers: each keeps its own connections, the stamp is in the database."""
    other = Database(database.url, pool_size=2)
    try:
        with database.write() as db:
            first = add_person(db, world.here)
        assert set(people(database, world.here)) == set(people(other, world.here)) == {first}
        with other.write() as db:
            second = add_person(db, world.here, first_name="Karim")
        assert set(people(database, world.here)) == {first, second}
        assert set(people(other, world.here)) == {first, second}
    finally:
        other.dispose()


def test_an_act_that_fails_leaves_what_is_kept_as_it_was(database: Database, world: World) -> None:
    with database.write() as db:
        first = add_person(db, world.here)
    assert set(people(database, world.here)) == {first}
    with pytest.raises(RuntimeError):
        _add_and_fail(database, world)
    assert set(people(database, world.here)) == {first}


def _add_and_fail(database: Database, world: World) -> None:
    with database.write() as db:
        add_person(db, world.here)
        raise RuntimeError


def test_the_number_of_queries_does_not_grow_with_people_and_offers(database: Database, world: World) -> None:
    """One for the stamps, two for people, one for offers; then one alone, for the stamps."""
    with database.write() as db:
        for _ in range(12):
            add_person(db, world.here)
            add_offer(db, world.here)
    for expected in (4, 1):
        with database.read() as db, counted(database) as sent:
            stamps = read_stamps(db, world.here.id)
            assert len(participants_of(db, world.here.id, stamps)) == 12
            assert len(offers_of(db, world.here.id, stamps, TODAY)) == 12
        assert len(sent) == expected


def test_a_commune_without_coordinates_takes_those_of_the_table_with_their_precision() -> None:
    """62765 is Saint-Omer, at 50.75 north and 2.26 east (INSEE; GeoNames)."""
    found = point("62765", None, None, None)
    assert found is not None
    assert found.lat is not None
    assert found.lon is not None
    assert (round(found.lat, 1), round(found.lon, 1)) in {(50.7, 2.3), (50.8, 2.3)}
    assert found.precision_m > 0
    assert point("62765", 50.75, 2.25, 40) == Point(insee="62765", lat=50.75, lon=2.25, precision_m=40)
    assert point(None, None, None, None) is None
