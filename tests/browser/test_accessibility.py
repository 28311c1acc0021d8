"""axe finds no violation on any page, none is wider than a phone, and none makes the browser complain.

Every role opens every page of hers; axe, which takes most of the time, reads a page with the first role that
has it, or with each when PASSERELLE_TEST_AXE_EVERY_ROLE is set.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from service.app import create_app
from service.rights import ROUTES
from service.settings import read_settings
from service.tables import UserRow
from service.tables.session import Database
from service.vocabulary import Role
from tests.pages_of import LOGINS, addresses, routes

pytestmark = pytest.mark.browser
EVERY_ROLE = bool(os.environ.get("PASSERELLE_TEST_AXE_EVERY_ROLE"))


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role_is_accessible(role: Role, sign_in: Callable[..., Page], data_dir: Path) -> None:
    database = Database(f"sqlite:///{data_dir / 'passerelle.sqlite'}", pool_size=2)
    app = create_app(read_settings({"PASSERELLE_DATA": str(data_dir)}), database)
    with database.read() as db:
        territory = db.get_one(UserRow, 1).territory_id
        plan = [
            (name, addresses(db, territory, path, names))
            for path, name, method, names in routes(app)
            if method == "GET"
            and role in ROUTES[name]
            and name != "openapi"
            and "/reference/" not in path
            and not name.endswith(".sheet")
        ]
    page = sign_in(LOGINS[role])
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    faults = []
    for name, found in plan:
        if not _open_first(page, found):
            faults.append(f"{name}: no address opens")
            continue
        if EVERY_ROLE or role is next(one for one in Role if one in ROUTES[name]):
            result = Axe().run(page)
            for violation in result.response["violations"]:
                where = violation["nodes"][0]["html"][:160]
                faults.append(f"{name}: {violation['id']} ({violation['help']}): {where}")
        # A page that has to be pushed sideways on a phone is a page that a foreman closes.
        page.set_viewport_size({"width": 390, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            faults.append(f"{name}: wider than a phone")
        page.set_viewport_size({"width": 1280, "height": 900})
    database.dispose()
    complaints = [text for text in complaints if "404" not in text]
    assert not faults, "\n".join(faults)
    assert not complaints, "\n".join(complaints)


def _open_first(page: Page, found: list[str]) -> bool:
    """Past the first, an address is asked for without drawing anything until one answers."""
    for rank, address in enumerate(found[:120]):
        if rank and page.request.get(address).status != 200:
            continue
        answer = page.goto(address)
        if answer is not None and answer.status == 200:
            return True
    return False
