"""One answer for people and programs: a view Struct shown as an HTML page or as the same JSON.

    @get("/offres", name="offers.list", sync_to_thread=True)
    def list_page(request: AppRequest) -> Page[OffersView]:
        with request.database.read() as db:
            view = list_offers(db, request.account, ...)
        return Page(view, "offers/list.html")

The session is closed before the template renders: templates receive Structs, never rows.
"""

import base64
from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import msgspec
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie, FormMultiDict, State
from litestar.response import Redirect
from litestar.response.base import ASGIResponse
from litestar.template.base import csrf_token

from service.accounts.account import Account
from service.errors import Invalid
from service.formats import typographic
from service.forms import MAX_FIELDS, Form
from service.guards import SignInNeeded
from service.navigation import navigation_for
from service.rights import PUBLIC, ROUTES
from service.settings import Settings
from service.tables.session import Database
from service.templating import ENVIRONMENT

V = TypeVar("V")
NOTICE_COOKIE = "avis"
UNREADABLE = "Ce formulaire n’a pas pu être lu ; rechargez la page, puis recommencez."


class AppRequest(Request[Account | None, Any, State]):
    """The request of every handler: the account that the guard let in, and the database."""

    async def form(self) -> FormMultiDict:
        """The form, unless it is one that no page sends: the door against what the readers could not say.

        Raises Invalid; the anti-forgery check reads the form through here too.
        """
        try:
            data = await super().form()
        except (ValueError, LookupError) as fault:
            # Bytes that are not the text that they say they are, or of an encoding that does not exist.
            raise Invalid({"": UNREADABLE}) from fault
        if len(data) > MAX_FIELDS:
            raise Invalid({"": f"Ce formulaire compte {len(data)} champs, pour {MAX_FIELDS} au plus."})
        if any("\0" in name or "\0" in str(value) for name, value in data.multi_items()):
            # PostgreSQL cannot hold a NUL, not even to look for it.
            raise Invalid({"": "Un caractère invisible s’est glissé dans ce formulaire ; retapez-le."})
        token = data.get("_csrf_token", "")
        if not isinstance(token, str) or not token.isascii():
            raise Invalid({"": UNREADABLE})
        # The refusal of a session that has ended gives it back (service/error_pages.py), and cannot wait.
        self.state.typed = data
        return data

    @property
    def account(self) -> Account:
        account: Account | None = self.scope.get("user")
        if account is None:
            raise SignInNeeded
        return account

    @property
    def database(self) -> Database:
        database: Database = self.app.state.database
        return database

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.state.settings
        return settings

    @property
    def wants_json(self) -> bool:
        accept = self.headers.get("accept", "")
        return "application/json" in accept and "text/html" not in accept


class Page(Response[V], Generic[V]):
    """A view with the template that shows it. `form` holds what was typed and its faults (status 422).

    `extra` is for what only the HTML needs: the options of a list to choose from.
    """

    def __init__(
        self,
        view: V,
        template: str,
        *,
        form: Form | None = None,
        status_code: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        if status_code is None and form is not None and form.faults:
            status_code = 422
        super().__init__(view, status_code=status_code)
        self.template = template
        self.form = form
        self.extra = extra or {}

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **known: Any) -> ASGIResponse:
        assert isinstance(request, AppRequest)
        headers = {"vary": "Accept"}
        status = self.status_code or known.get("status_code") or 200
        head = request.method == "HEAD"
        if request.wants_json:
            faults = self.form.faults if self.form is not None else {}
            body = msgspec.json.encode(
                {"faults": faults, "sentence": " ".join(faults.values())} if faults else self.content
            )
            return ASGIResponse(
                body=body,
                media_type=MediaType.JSON,
                status_code=status,
                headers=headers,
            )
        notice = read_notice(request)
        context = {**self.extra, "view": self.content, "form": self.form, "notice": notice}
        body = render(self.template, request, **context).encode()
        return ASGIResponse(
            body=body,
            media_type=MediaType.HTML,
            status_code=status,
            headers=headers,
            # What only asks for the headers has not shown the sentence.
            cookies=[
                *self.cookies,
                *([Cookie(key=NOTICE_COOKIE, value="", max_age=0, path="/")] if notice and not head else []),
            ],
        )


def render(template: str, request: AppRequest, **context: Any) -> str:
    """A template with what every page has: the account, its navigation, the anti-forgery token."""
    account: Account | None = request.scope.get("user")
    return ENVIRONMENT.get_template(template).render(
        account=account,
        navigation=navigation_for(account, request.url.path) if account else (),
        csrf=csrf_token({"request": request}),
        may=lambda name: name in PUBLIC or (account is not None and account.role in ROUTES.get(name, ())),
        path=request.url.path,
        query=request.url.query,
        **context,
    )


class Done(Redirect):
    """A redirect whose cookies are for this service’s own scheme."""

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **known: Any) -> ASGIResponse:
        for cookie in self.cookies:
            cookie.secure = request.app.state.settings.secure_cookies
        return super().to_asgi_response(app, request, **known)


def done(address: str, sentence: str = "") -> Redirect:
    """After an act: 303 to the page to show next, with one sentence there saying what was done."""
    if urlsplit(address).netloc:
        raise ValueError("an act leads to a page of this service only")
    cookies = []
    if sentence:
        value = base64.urlsafe_b64encode(typographic(sentence).encode()).decode()
        cookies.append(
            Cookie(
                key=NOTICE_COOKIE,
                value=value,
                max_age=60,
                path="/",
                httponly=True,
                samesite="lax",
            )
        )
    return Done(address, status_code=303, cookies=cookies)


def read_notice(request: Request[Any, Any, Any]) -> str:
    raw = request.cookies.get(NOTICE_COOKIE, "")
    try:
        return base64.urlsafe_b64decode(raw.encode()).decode()[:500]
    except (ValueError, UnicodeDecodeError):
        return ""
