"""Lists are the same before and after the compiled kernel has come."""

import pytest

from service.suggestions.warm import warm
from service.tables.session import Database
from tests.demo_world import DemoWorld
from tests.world import World


def test_the_kernel_is_prepared_on_the_first_territory_that_has_offers(demo: DemoWorld) -> None:
    assert warm(demo.database)


def test_without_an_offer_there_is_nothing_to_prepare(database: Database, world: World) -> None:
    assert not warm(database)


def test_the_order_of_offers_and_figures_do_not_change_with_the_kernel(
    demo: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    import matching
    from service.accounts.sign_in import local_today
    from service.suggestions.around import world_of
    from service.suggestions.load import offers_of, participants_of, read_stamps
    from service.tables import TerritoryRow

    with demo.database.read() as db:
        on = local_today(db.get_one(TerritoryRow, demo.here))
        stamps = read_stamps(db, demo.here)
        people = list(participants_of(db, demo.here, stamps).values())[:6]
        offers = list(offers_of(db, demo.here, stamps, on).values())
        world = world_of(db, demo.here)
    told = {}
    for setting in ("0", "always"):
        monkeypatch.setenv("PASSERELLE_NUMBA", setting)
        told[setting] = [matching.suggest(person, offers, world, on=on) for person in people]
    assert told["0"] == told["always"]
