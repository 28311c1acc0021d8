"""A lot with people at work, its firm and its facilitator: where most pages of the clauses are tried.

A file that needs another `site` defines its own; the firm and the facilitator then come to that one.
"""

from collections.abc import Callable

import pytest

from service.tables.session import Database
from tests.service.declarations.site import Site, build_site
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def site(database: Database, world: World) -> Site:
    return build_site(database, world.here)


@pytest.fixture
def firm(visitor: Callable[..., Visitor], world: World, site: Site) -> Visitor:
    return visitor(world.here.users["contractor"])


@pytest.fixture
def facilitator(visitor: Callable[..., Visitor], world: World, site: Site) -> Visitor:
    return visitor(world.here.users["facilitator"])
