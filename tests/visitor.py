"""A client that behaves like a browser: keeps cookies, sends the anti-forgery token with each form."""

from collections.abc import Mapping
from typing import Any

import httpx
from litestar import Litestar
from litestar.testing import TestClient

from service.accounts.sign_in import start_session
from service.tables.columns import now_utc
from service.tables.session import Database

HTML = {"accept": "text/html"}
JSON = {"accept": "application/json"}
BASE = "http://passerelle.test"


class Visitor:
    """`get`, `json` and `post` on the application, as one user or as nobody. Redirects are not followed."""

    def __init__(self, running: TestClient[Litestar], database: Database, user_id: int | None) -> None:
        # One running application, and a cookie jar a visitor: two started at once never stop.
        self.client = httpx.Client(transport=running._transport, base_url=BASE)
        if user_id is not None:
            with database.write() as db:
                token = start_session(db, user_id, now_utc(), 1)
            self.client.cookies.set("passerelle", token)

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path, headers=HTML, follow_redirects=False)

    def json(self, path: str) -> Any:
        answer = self.client.get(path, headers=JSON, follow_redirects=False)
        assert answer.status_code == 200, (answer.status_code, answer.text[:300])
        return answer.json()

    def filtered(self, path: str, **typed: str) -> str:
        """Where the filter form of a list filtered by name leads to."""
        answer = self.post(path, typed)
        assert answer.status_code == 303, (answer.status_code, answer.text[:300])
        return answer.headers["location"]

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, as_json: bool = False
    ) -> httpx.Response:
        if "jeton" not in self.client.cookies:
            self.client.get("/statut")
        typed = {"_csrf_token": self.client.cookies["jeton"], **(data or {})}
        return self.client.post(path, data=typed, headers=JSON if as_json else HTML, follow_redirects=False)
