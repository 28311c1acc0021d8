"""Every role on every route, as a page and as JSON, with its own ids and with foreign ones.

Generated from the application's own routes and from `service/rights.py`, over the demo: a route without a
row, a row without a route, a page that a role should not reach, a field that it should not read, all fail.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar import Litestar
from litestar.testing import TestClient
from sqlmodel import col

from service.app import create_app
from service.rights import FIELDS, ROUTES
from service.settings import read_settings
from service.tables import (
    DeclarationRow,
    LotRow,
    PartyRow,
    PersonRow,
    SpellRow,
    UserRow,
    VersionRow,
)
from service.vocabulary import Role
from tests.demo_world import DemoWorld
from tests.pages_of import LOGINS, addresses, fill, routes
from tests.visitor import BASE, HTML, JSON, Visitor

TRIED = 120


@pytest.fixture(scope="module")
def running(demo: DemoWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    data = str(tmp_path_factory.mktemp("data"))
    settings = read_settings({"PASSERELLE_DATABASE_URL": demo.database.url, "PASSERELLE_DATA": data})
    app = create_app(settings, demo.database)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


@pytest.fixture(scope="module")
def sign_in(demo: DemoWorld, running: TestClient[Litestar]) -> Callable[[str], Visitor]:
    return lambda login: Visitor(running, demo.database, demo.users[login])


def test_every_route_has_its_row_of_rights_and_every_row_its_route(running: TestClient[Litestar]) -> None:
    names = {name for _, name, _, _ in routes(running.app)}
    assert names - set(ROUTES) == set()
    assert set(ROUTES) - names == set()


def test_nobody_reaches_anything_but_the_public_pages(demo: DemoWorld, running: TestClient[Litestar]) -> None:
    nobody = Visitor(running, demo.database, None)
    with demo.database.read() as db:
        for path, _, method, names in routes(running.app):
            address = addresses(db, demo.here, path, names)[0]
            if method == "GET":
                assert nobody.client.get(address, headers=JSON).status_code == 401, address
                assert nobody.client.get(address, headers=HTML).status_code == 303, address
            else:
                assert nobody.post(address).status_code == 401, address


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_its_pages_and_no_other(
    role: Role, demo: DemoWorld, running: TestClient[Litestar], sign_in: Callable[[str], Visitor]
) -> None:
    visitor = sign_in(LOGINS[role])
    faults = []
    with demo.database.read() as db:
        plan = [
            (path, name, method, addresses(db, demo.here, path, names))
            for path, name, method, names in routes(running.app)
        ]
    for _path, name, method, found in plan:
        allowed = role in ROUTES[name]
        if not found:
            faults.append(f"{name}: the demo shows none")
            continue
        if not allowed:
            for accept in (HTML, JSON):
                if method == "GET":
                    status = visitor.client.get(found[0], headers=accept, follow_redirects=False).status_code
                else:
                    status = visitor.post(found[0], as_json=accept is JSON).status_code
                if status != 403:
                    faults.append(f"{method} {name}: {status} for {role.value}, 403 expected")
        elif method == "GET":
            faults += _opens(visitor, name, found, role)
    assert not faults, "\n".join(faults)


def _same_for_nobody(visitor: Visitor, address: str) -> bool:
    """Whether ids that exist nowhere get the same refusal."""
    nowhere = re.sub(r"/[0-9a-z]{10}(?=/|$)", "/0000000000", address)
    return visitor.post(nowhere).status_code == 422


def _opens(visitor: Visitor, name: str, found: list[str], role: Role) -> list[str]:
    """At least one address opens, as a page and as JSON, without a field that is not for the role."""
    for address in found[:TRIED]:
        page = visitor.client.get(address, headers=HTML, follow_redirects=False)
        if page.status_code == 200:
            data = visitor.client.get(address, headers=JSON, follow_redirects=False)
            if data.status_code != 200:
                return [f"{name}: page 200 but JSON {data.status_code} at {address}"]
            # The OpenAPI page names the fields of every view; it holds nobody's data.
            if name == "openapi":
                return []
            foreign = {key for key in keys_of(data.json()) if key in FIELDS and role not in FIELDS[key]}
            return [f"{name}: {sorted(foreign)} is not for {role.value}"] if foreign else []
        if page.status_code not in (303, 403, 404, 409):
            return [f"{name}: {page.status_code} at {address}"]
        if page.status_code == 303:
            return []
    return [f"{name}: none of {len(found)} addresses opens for {role.value}"]


@pytest.mark.parametrize("role", list(Role))
def test_nothing_of_another_territory_exists_for_a_role(
    role: Role, demo: DemoWorld, running: TestClient[Litestar], sign_in: Callable[[str], Visitor]
) -> None:
    visitor = sign_in(LOGINS[role])
    faults = []
    with demo.database.read() as db:
        plan = [
            (name, method, addresses(db, demo.there, path, names)[:2])
            for path, name, method, names in routes(running.app)
            if names and role in ROUTES[name]
        ]
    for name, method, found in plan:
        for address in found:
            for accept in (HTML, JSON):
                if method == "GET":
                    status = visitor.client.get(address, headers=accept, follow_redirects=False).status_code
                else:
                    status = visitor.post(address, as_json=accept is JSON).status_code
                # A form may be refused before its target is looked for: then a target that exists nowhere
                # gets the very same answer.
                nowhere = (404, 422) if method == "POST" else (404,)
                if status not in nowhere or (status == 422 and not _same_for_nobody(visitor, address)):
                    faults.append(f"{method} {name}: {status} for a foreign {address}")
    assert not faults, "\n".join(faults)


def test_a_person_of_another_caseload_does_not_exist_for_a_referent(
    demo: DemoWorld, running: TestClient[Litestar], sign_in: Callable[[str], Visitor]
) -> None:
    visitor = sign_in("referente")
    with demo.database.read() as db:
        others = db.scalars(
            sa.select(col(PersonRow.public_id))
            .join(SpellRow, col(SpellRow.person_id) == col(PersonRow.id))
            .where(col(SpellRow.referent_id) == demo.users["referent"], col(SpellRow.exited_on).is_(None))
            .limit(2)
        ).all()
        plan = [
            (name, method, fill(path, [person, *["x"] * (len(names) - 1)]))
            for path, name, method, names in routes(running.app)
            if names[:1] == ["person_id"] and Role.REFERENT in ROUTES[name]
            for person in others
        ]
    assert len(plan) > 20
    for name, method, address in plan:
        status = (visitor.get(address) if method == "GET" else visitor.post(address)).status_code
        refused = method == "POST" and status == 422 and _same_for_nobody(visitor, address)
        assert status == 404 or refused, (name, status)


def test_another_firms_lots_and_declarations_do_not_exist_for_a_firm(
    demo: DemoWorld, running: TestClient[Litestar], sign_in: Callable[[str], Visitor]
) -> None:
    visitor = sign_in("proprete")
    with demo.database.read() as db:
        firm = db.get_one(UserRow, demo.users["proprete"]).organisation_id
        lots = db.scalars(
            sa.select(col(LotRow.public_id)).where(
                col(LotRow.territory_id) == demo.here,
                ~col(LotRow.id).in_(sa.select(col(PartyRow.lot_id)).where(col(PartyRow.company_id) == firm)),
            )
        ).all()
        headers = db.scalars(
            sa.select(col(DeclarationRow.public_id)).where(
                col(DeclarationRow.territory_id) == demo.here, col(DeclarationRow.company_id) != firm
            )
        ).all()
        receipts = db.scalars(
            sa.select(col(VersionRow.public_id))
            .join(DeclarationRow, col(DeclarationRow.id) == col(VersionRow.declaration_id))
            .where(col(DeclarationRow.territory_id) == demo.here, col(DeclarationRow.company_id) != firm)
        ).all()
    tried = [f"/mes-lots/{one}" for one in lots]
    tried += [f"/mes-declarations/{one}" for one in headers[:10]]
    tried += [f"/mes-declarations/recu/{one}" for one in receipts[:10]]
    assert len(tried) > 20
    for address in tried:
        for accept in (HTML, JSON):
            assert visitor.client.get(address, headers=accept).status_code == 404, address
