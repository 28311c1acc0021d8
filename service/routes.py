"""All handlers of the application, one line a feature: the map of the product."""

from litestar.types import ControllerRouterHandler

from service.accounts import pages as accounts
from service.home import pages as home


def route_handlers() -> list[ControllerRouterHandler]:
    return [
        *home.HANDLERS,
        *accounts.HANDLERS,
    ]
