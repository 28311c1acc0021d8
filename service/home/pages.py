"""`/`: each role lands on what waits for her. A role's page is `service/home/<role>.py` and its template."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.home.contractor import contractor_home
from service.home.facilitator import facilitator_home
from service.home.liaison import liaison_home
from service.home.referent import referent_home
from service.page import AppRequest, Page
from service.vocabulary import Role
from service.web import get


class PlainHome(msgspec.Struct, frozen=True, kw_only=True):
    """For the roles whose day does not start from a list of what waits."""

    role: str
    territory: str


def plain(_db: Session, account: Account) -> PlainHome:
    return PlainHome(role=account.role.label, territory=account.territory_name)


# Role -> (what is read, what shows it). Each builder makes a fixed number of queries.
HOMES: dict[Role, tuple[Callable[[Session, Account], Any], str]] = {
    Role.REFERENT: (referent_home, "home/referent.html"),
    Role.LIAISON: (liaison_home, "home/liaison.html"),
    Role.FACILITATOR: (facilitator_home, "home/facilitator.html"),
    Role.CONTRACTOR: (contractor_home, "home/contractor.html"),
    Role.COORDINATOR: (plain, "home/plain.html"),
    Role.ADMIN: (plain, "home/plain.html"),
}


@get("/", name="home")
def home(request: AppRequest) -> Page[Any]:
    build, template = HOMES.get(request.account.role, (plain, "home/plain.html"))
    with request.database.read() as db:
        view = build(db, request.account)
    return Page(view, template)


HANDLERS = [home]
