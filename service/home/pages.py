"""`/`: each role lands on what waits for her. A role's page is `service/home/<role>.py` and its template."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.home.admin import admin_home
from service.home.contractor import contractor_home
from service.home.coordinator import coordinator_home
from service.home.facilitator import facilitator_home
from service.home.liaison import liaison_home
from service.home.referent import referent_home
from service.page import AppRequest, Page
from service.vocabulary import Role
from service.web import get

# Role -> (what is read, what shows it). Each builder makes a fixed number of queries.
HOMES: dict[Role, tuple[Callable[[Session, Account], Any], str]] = {
    Role.REFERENT: (referent_home, "home/referent.html"),
    Role.LIAISON: (liaison_home, "home/liaison.html"),
    Role.FACILITATOR: (facilitator_home, "home/facilitator.html"),
    Role.CONTRACTOR: (contractor_home, "home/contractor.html"),
    Role.COORDINATOR: (coordinator_home, "home/coordinator.html"),
    Role.ADMIN: (admin_home, "home/admin.html"),
}


@get("/", name="home")
def home(request: AppRequest) -> Page[Any]:
    build, template = HOMES[request.account.role]
    with request.database.read() as db:
        view = build(db, request.account)
    return Page(view, template)


HANDLERS = [home]
