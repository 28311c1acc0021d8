"""School holidays by zone, and zones without a calendar."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matching.participant import Experience
from matching.terms import RomeWeight
from service.reference.rome_archive import read_archive
from service.reference.rome_store import store
from service.suggestions.around import school_holidays, shipped_weights, world_of, world_with
from service.tables.session import Database
from tests.matching.personas import offer, participant, project
from tests.service.reference import rome_sample
from tests.service.suggestions.cast import add_offer, add_person
from tests.visitor import Visitor
from tests.world import World


def test_the_christmas_holidays_of_2026_are_one_stretch() -> None:
    """Arrêté of the calendar 2026-2027: from Saturday 19 December 2026 to Sunday 3 January 2027."""
    found = school_holidays("B")
    assert found is not None
    christmas = next(one for one in found if one.first <= date(2026, 12, 25) <= one.last)
    assert (christmas.first, christmas.last) == (date(2026, 12, 19), date(2027, 1, 3))


def test_stretches_follow_one_another_without_touching() -> None:
    found = school_holidays("A")
    assert found is not None
    assert all((two.first - one.last).days > 1 for one, two in itertools.pairwise(found))


def test_a_zone_without_a_calendar_judges_every_kind_of_week() -> None:
    assert school_holidays("Martinique") is None
    assert world_with("Martinique", shipped_weights()).school_holidays is None


def test_the_likeness_of_trades_is_that_of_the_last_import_of_rome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database, world: World
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    with database.read() as db:
        assert not world_of(db, world.here.id).affinity
        archive = rome_sample.write(tmp_path / "rome.zip", rome_sample.tables())
        store(read_archive(archive), tmp_path, jobs=1)
        around = world_of(db, world.here.id)
        assert around.affinity.near("K2205", "K1304") > 0
        assert world_of(db, world.here.id) is around


def test_a_person_is_near_a_post_by_the_skills_that_her_trade_shares_with_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    world: World,
    visitor: Callable[..., Visitor],
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA", str(tmp_path))
    store(read_archive(rome_sample.write(tmp_path / "rome.zip", rome_sample.tables())), tmp_path, jobs=1)
    known = (Experience(rome="K1304", months=24),)
    post = offer(rome=(RomeWeight(rome="K2205", weight=10_000),))
    with database.write() as db:
        person = add_person(
            db, world.here, told=participant(projects=(project(wanted=()),), experience=known)
        )
        add_offer(db, world.here, told=post)
    page = visitor(world.here.users["referent"]).get(f"/participants/{person}/suggestions").text
    assert "compétences partagées" in page
    assert "nettoyer une surface" in page
