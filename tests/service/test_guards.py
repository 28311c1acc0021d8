"""The door: what no address may hold."""

from collections.abc import Callable

import pytest

from tests.visitor import Visitor
from tests.world import World


@pytest.mark.parametrize(
    "path", ["/marches?q=%00", "/lots/%00", "/organisations?q=a%00b", "/connexion?suite=%00"]
)
def test_an_address_with_an_invisible_character_is_nobodys_page(
    visitor: Callable[..., Visitor], world: World, path: str
) -> None:
    assert visitor(world.here.users["facilitator"]).get(path).status_code == 404
