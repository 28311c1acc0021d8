"""All handlers of the application, one line a feature: the map of the product."""

from litestar.types import ControllerRouterHandler

from service.accounts import admin_pages, journal_pages
from service.accounts import pages as accounts
from service.home import pages as home
from service.reference_pages import pages as reference_pages


def route_handlers() -> list[ControllerRouterHandler]:
    return [
        *home.HANDLERS,
        *accounts.HANDLERS,
        *admin_pages.HANDLERS,
        *journal_pages.HANDLERS,
        *reference_pages.HANDLERS,
    ]
