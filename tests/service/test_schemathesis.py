"""The application's own description of itself, tried with generated values: no answer is a fault of ours.

Every role asks every page that it may, and sends the forms of some; the examples are drawn from a fixed
seed, so that a failure is found again.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from service.app import create_app
from service.rights import ROUTES
from service.settings import read_settings
from service.tables.session import Database
from service.vocabulary import Role
from tests.demo_world import DemoWorld
from tests.demo_world import _world as world_of
from tests.pages_of import LOGINS, addresses, routes
from tests.visitor import BASE, HTML, Visitor

Pages = dict[str, tuple[str, str]]
BOUNDED = settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
MOST_FORMS = 10
HOSTILE = (
    *("a\0b", "\x1b[31m", "1e400", "²", "9" * 5000, "-3", "99999999", "7h60", "0001-01-01", "9999-12-31"),
    *("\u202e\U0001f600e\u0301", "' OR 1=1 --", "{{ 7 * 7 }}", "zzzzzzzzzz", "on", ""),
)
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
# What would end the session that asks.
ENDS = ("/deconnexion", "/mon-compte")


@contextmanager
def running_on(demo: DemoWorld, data: Path) -> Iterator[TestClient[Litestar]]:
    told = read_settings({"PASSERELLE_DATABASE_URL": demo.database.url, "PASSERELLE_DATA": str(data)})
    app = create_app(told, demo.database)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def running(demo: DemoWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    with running_on(demo, tmp_path_factory.mktemp("data")) as client:
        yield client


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Iterator[DemoWorld]:
    """A copy to spoil: a form of one button is accepted whatever is typed."""
    shutil.copy(demo_file, tmp_path / "own.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'own.sqlite'}", pool_size=4)
    yield world_of(database)
    database.dispose()


@pytest.fixture(scope="module")
def schema(running: TestClient[Litestar]) -> Any:
    return schemathesis.openapi.from_dict(running.app.openapi_schema.to_schema())


@pytest.fixture(scope="module")
def pages(demo: DemoWorld, running: TestClient[Litestar]) -> Pages:
    return pages_of(demo, running.app)


def pages_of(demo: DemoWorld, app: Litestar) -> Pages:
    """Of each page, by its address as the description writes it: its name, and an address over the demo."""
    with demo.database.read() as db:
        return {
            re.sub(r":\w+}", "}", path): (name, (addresses(db, demo.here, path, names) or [path])[0])
            for path, name, method, names in routes(app)
            if method == "GET"
        }


@pytest.mark.parametrize("role", list(Role))
def test_no_generated_question_makes_a_page_fail(
    role: Role,
    demo: DemoWorld,
    running: TestClient[Litestar],
    schema: Any,
    pages: Pages,
) -> None:
    visitor = Visitor(running, demo.database, demo.users[LOGINS[role]])
    mine = {path: real for path, (name, real) in pages.items() if role in ROUTES[name]}
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = [one for one in operations if one.method.upper() == "GET" and one.path in mine]
    # The page of the description is the only one that it does not hold.
    assert {one.path for one in asked} >= set(mine) - {"/schema", "/schema/openapi.json"}
    for operation in asked:
        _ask(visitor, operation, mine[operation.path])


def _ask(visitor: Visitor, operation: Any, real: str) -> None:
    """With generated ids, and with real ones: both with generated questions, and one that is hostile."""

    @seed(20260203)
    @BOUNDED
    @given(case=operation.as_strategy(), value=st.sampled_from(HOSTILE))
    def no_fault(case: Any, value: str) -> None:
        typed = {**(case.query or {}), "page": value, "q": value, "mois": value, "comparer": value}
        for path in (case.formatted_path, real.split("?")[0]):
            answer = visitor.client.get(httpx.URL(BASE + path, params=typed), headers=HTML)
            assert answer.status_code < 500, (answer.status_code, path, typed)

    no_fault()


def test_no_generated_form_makes_an_act_fail(own_demo: DemoWorld, tmp_path: Path) -> None:
    with running_on(own_demo, tmp_path) as running:
        pages = pages_of(own_demo, running.app).values()
        for role in Role:
            visitor = Visitor(running, own_demo.database, own_demo.users[LOGINS[role]])
            forms: dict[tuple[str, ...], str] = {}
            for real in (real for name, real in pages if role in ROUTES[name]):
                for address, inside in FORM.findall(visitor.get(real).text):
                    if not unescape(address).startswith(ENDS):
                        forms.setdefault(tuple(sorted(set(FIELD.findall(inside)))), unescape(address))
            assert forms or role is Role.COORDINATOR
            for fields, address in list(forms.items())[:MOST_FORMS]:
                _send(visitor, address, [name for name in fields if name != "_csrf_token"][:60])


def _send(visitor: Visitor, address: str, fields: list[str]) -> None:
    """One value in every field."""

    @seed(20260203)
    @BOUNDED
    @given(value=st.sampled_from(HOSTILE) | st.text(max_size=60))
    def no_fault(value: str) -> None:
        sent = {name: value.encode("utf-8", "replace").decode() for name in fields}
        answer = visitor.post(address, sent)
        assert answer.status_code < 500, (answer.status_code, address, value)

    no_fault()
