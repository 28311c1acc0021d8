"""Sign in, sign out, one-time links, one's own account."""

import re
from datetime import timedelta
from typing import Any

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.accounts import sign_in as secrets_of
from service.accounts.actions import count_sessions
from service.accounts.kept import KeptTyping, unpack
from service.accounts.sign_in import SignInRefused
from service.accounts.slow_down import slow_down
from service.accounts.views import MineView, SignInView
from service.errors import Refused
from service.forms import Form
from service.guards import cookie_name
from service.page import AppRequest, Page, done
from service.tables.accounts import SignInRow, UserRow
from service.tables.columns import now_utc
from service.web import get, post


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    valid: bool
    name: str
    email: str
    shortest: int


def safe_next(address: str) -> str:
    """Only a path of this service may follow a sign-in."""
    return address if re.fullmatch(r"/(?![/\\])[!-\[\]-~\u00a0-\uffff]{0,500}", address) else "/"


def with_session(request: AppRequest, token: str, answer: Response[Any]) -> Response[Any]:
    """The answer, with the cookie of the session just opened."""
    secure = request.settings.secure_cookies
    answer.cookies.append(
        Cookie(
            key=cookie_name(secure),
            value=token,
            path="/",
            httponly=True,
            samesite="lax",
            secure=secure,
            max_age=int(timedelta(hours=request.settings.session_hours).total_seconds()),
        )
    )
    return answer


@get("/connexion", name="accounts.sign_in")
def sign_in_page(request: AppRequest, suite: FromQuery[str] = "/") -> Page[SignInView]:
    return Page(SignInView(next_address=safe_next(suite), kept=""), "accounts/sign_in.html", form=Form())


@post("/connexion", name="accounts.sign_in.act", middleware=[slow_down])
def sign_in(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    view = SignInView(next_address=safe_next(form.raw("suite")), kept=form.raw("saisie"))
    email = form.email("email", "Adresse e-mail", required=True)
    password = form.raw("password")
    if not password:
        form.fault("password", "Mot de passe : à remplir.")
    if form.faults:
        return Page(view, "accounts/sign_in.html", form=form)
    with request.database.write() as db:
        opened = secrets_of.open_session(db, email, password, request.settings.session_hours)
    if isinstance(opened, SignInRefused):
        form.fault("", opened.sentence)
        return Page(view, "accounts/sign_in.html", form=form, status_code=401)
    if fields := unpack(view.kept):
        kept = KeptTyping(address=view.next_address, fields=fields)
        return with_session(request, opened, Page(kept, "accounts/kept.html", status_code=200))
    return with_session(request, opened, done(view.next_address))


@post("/deconnexion", name="accounts.sign_out.act")
def sign_out(request: AppRequest) -> Redirect:
    with request.database.write() as db:
        row = db.get(SignInRow, request.account.sign_in_id)
        if row is not None:
            row.revoked_at = now_utc()
    answer = done("/connexion", "Vous êtes déconnecté·e.")
    answer.cookies.append(
        Cookie(key=cookie_name(request.settings.secure_cookies), value="", path="/", max_age=0)
    )
    return answer


@get("/lien/{token:str}", name="accounts.link")
def link_page(request: AppRequest, token: FromPath[str]) -> Page[LinkView]:
    with request.database.read() as db:
        found = secrets_of.user_of_link(db, token)
        view = LinkView(
            valid=found is not None,
            name=found[0].name if found else "",
            email=found[0].email if found else "",
            shortest=secrets_of.MIN_PASSWORD,
        )
    return Page(view, "accounts/link.html", form=Form(), status_code=200 if view.valid else 410)


@post("/lien/{token:str}", name="accounts.link.act", middleware=[slow_down])
def use_link(request: AppRequest, token: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    fault = secrets_of.password_fault(form.raw("password"))
    if fault:
        form.fault("password", fault)
    elif form.raw("password") != form.raw("again"):
        form.fault("again", "Les deux mots de passe diffèrent ; retapez-les.")
    with request.database.write() as db:
        found = secrets_of.user_of_link(db, token)
        if found is None:
            raise Refused("Ce lien a déjà servi ou a expiré. Demandez-en un nouveau à l’administration.")
        view = LinkView(
            valid=True, name=found[0].name, email=found[0].email, shortest=secrets_of.MIN_PASSWORD
        )
        if not form.faults:
            opened = secrets_of.use_link(db, token, form.raw("password"), request.settings.session_hours)
            return with_session(request, opened, done("/"))
    return Page(view, "accounts/link.html", form=form)


def _mine(request: AppRequest) -> MineView:
    account = request.account
    with request.database.read() as db:
        user = db.get_one(UserRow, account.id)
        return MineView(
            name=user.name,
            email=user.email,
            role=user.role,
            organisation=account.organisation_name,
            territory=account.territory_name,
            open_sessions=count_sessions(db, user.id),
            shortest=secrets_of.MIN_PASSWORD,
        )


@get("/mon-compte", name="accounts.mine")
def mine(request: AppRequest) -> Page[MineView]:
    return Page(_mine(request), "accounts/mine.html", form=Form())


@post("/mon-compte", name="accounts.mine.act", middleware=[slow_down])
def change_mine(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    """A new password, the present one asked; every other session is closed."""
    fault = secrets_of.password_fault(form.raw("password"))
    if fault:
        form.fault("password", fault)
    elif form.raw("password") != form.raw("again"):
        form.fault("again", "Les deux mots de passe diffèrent ; retapez-les.")
    if not form.faults:
        with request.database.write() as db:
            token = secrets_of.change_password(
                db,
                request.account.id,
                form.raw("present"),
                form.raw("password"),
                request.settings.session_hours,
            )
        if token is not None:
            said = "Mot de passe changé ; vos autres sessions sont fermées."
            return with_session(request, token, done("/mon-compte", said))
        form.fault("present", "Mot de passe actuel : ce n’est pas le bon.")
    return Page(_mine(request), "accounts/mine.html", form=form)


HANDLERS = [sign_in_page, sign_in, sign_out, link_page, use_link, mine, change_mine]
