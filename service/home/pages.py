"""`/`: each role lands on what waits for her."""

import msgspec

from service.page import AppRequest, Page
from service.web import get


class HomeView(msgspec.Struct, frozen=True, kw_only=True):
    role: str
    territory: str


@get("/", name="home")
def home(request: AppRequest) -> Page[HomeView]:
    account = request.account
    return Page(HomeView(role=account.role.label, territory=account.territory_name), "home.html")


HANDLERS = [home]
