"""The facilitator's pages: the queue, a declaration, its decisions; and entry in the place of a firm."""

from collections.abc import Callable
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.declarations.desk import desk_for
from service.declarations.pages import act_on_month, send_month, show_month
from service.errors import NotFound
from service.forms import Form
from service.listing import Listing
from service.page import AppRequest, Page, done
from service.review import actions
from service.review.batch import BatchView, accept_batch, confirm
from service.review.examined import Examined, examine
from service.review.file import ReviewView, review_view
from service.review.queue import FILTERS, SORTS, QueueView, firms_of, queue
from service.web import get, post

Decide = Callable[[Session, Account, str, Form], str | Examined]


@get("/controle", name="review.queue")
def queue_page(request: AppRequest, rendue: FromQuery[str] = "") -> Page[QueueView]:
    """`rendue`: the declaration just given back, whose return can be undone from here."""
    listing = Listing.read(request, sorts=SORTS, default="envoi", filters=FILTERS)
    with request.database.read() as db:
        view = queue(db, request.account, listing)
    return Page(view, "review/queue.html", extra={"given_back": rendue if rendue.isalnum() else ""})


@get("/controle/{declaration_id:str}", name="review.file")
def file_page(request: AppRequest, declaration_id: FromPath[str]) -> Page[ReviewView]:
    with request.database.read() as db:
        view = review_view(db, request.account, examine(db, request.account, declaration_id))
    return shown(view, blank(view))


def shown(view: ReviewView, form: Form, said: str = "") -> Page[ReviewView]:
    """The page; `said`: what was done, where the page is shown at once with what is typed."""
    status = 422 if form.faults else 200
    return Page(view, "review/file.html", form=form, status_code=status, extra={"said": said})


def blank(view: ReviewView, form: Form | None = None) -> Form:
    """The form of the page: what was typed, and for the lines the hours that may count."""
    hours = {f"h-{x.id}": _plain(x.countable) for x in view.lines}
    typed = {name: form.raw(name) for name in form.names()} if form else {}
    filled = Form.of({**hours, **typed})
    if form is not None:
        filled.faults = form.faults
    return filled


def _plain(hours: int) -> str:
    whole, rest = divmod(hours, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def decided(
    request: AppRequest, declaration_id: str, form: Form, act: Decide, address: str = "/controle"
) -> Response[Any]:
    """Run a decision: back to the queue when it is done, else the page again with its faults."""
    with request.database.write() as db:
        outcome = act(db, request.account, declaration_id, form)
        if isinstance(outcome, str):
            return done(address, outcome)
        view = review_view(db, request.account, outcome)
    return shown(view, blank(view, form))


@post("/controle/{declaration_id:str}/accepter", name="review.accept.act")
def accept_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    return decided(request, declaration_id, form, actions.accept_all)


@post("/controle/{declaration_id:str}/accepter-en-partie", name="review.part.act")
def part_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    return decided(request, declaration_id, form, actions.accept_in_part)


@post("/controle/{declaration_id:str}/rendre", name="review.give_back.act")
def give_back_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    return decided(request, declaration_id, form, actions.give_back, f"/controle?rendue={declaration_id}")


@post("/controle/{declaration_id:str}/reprendre", name="review.take_back.act")
def take_back_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    return decided(request, declaration_id, form, actions.take_back, f"/controle/{declaration_id}")


@post("/controle/{declaration_id:str}/rejeter", name="review.reject.act")
def reject_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    return decided(request, declaration_id, form, actions.reject)


@post("/controle/{declaration_id:str}/lever", name="review.waive.act")
def waive_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    """The hours typed in the table beside stay typed: the page again, when they are not those it offers."""
    with request.database.write() as db:
        outcome = actions.waive(db, request.account, declaration_id, form)
        found = examine(db, request.account, declaration_id) if isinstance(outcome, str) else outcome
        view = review_view(db, request.account, found)
    filled, offered = blank(view, form), blank(view)
    same = all(filled.raw(x) == offered.raw(x) for x in filled.names() if x.startswith(("h-", "m-")))
    if isinstance(outcome, str) and same:
        return done(f"/controle/{declaration_id}", outcome)
    return shown(view, filled, outcome if isinstance(outcome, str) else "")


@post("/controle/ensemble", name="review.batch.act")
def batch_act(request: AppRequest, form: NamedDependency[Form]) -> Page[BatchView]:
    """Two buttons: the first shows what would be accepted, writing nothing; the second accepts. `retour`: the
    list it came from, with its filters."""
    if form.raw("do") == "accepter":
        with request.database.write() as db:
            view = accept_batch(db, request.account, form)
    else:
        with request.database.read() as db:
            view = confirm(db, request.account, form)
    asked = form.raw("retour")
    back = asked if asked.startswith("/controle?") else "/controle"
    return Page(view, "review/batch.html", form=form, extra={"back": back})


# --- entry in the place of a firm, visibly attributed (screens.md, R7) ------------------------------------


@get("/controle/saisie", name="review.enter.choose")
def choose_page(request: AppRequest, entreprise: FromQuery[str] = "") -> Redirect:
    """The form of the queue leads here, then to the month of the firm chosen."""
    with request.database.read() as db:
        known = {f.value for f in firms_of(db, request.account)}
    if entreprise not in known:
        raise NotFound
    return Redirect(f"/controle/saisie/{entreprise}", status_code=303)


@get("/controle/saisie/{company_id:str}", name="review.enter")
def enter_page(request: AppRequest, company_id: FromPath[str]) -> Response[Any]:
    with request.database.read() as db:
        desk = desk_for(db, request.account, company_id)
    return show_month(request.database, request.account, desk, request)


@post("/controle/saisie/{company_id:str}", name="review.enter.act")
def enter_act(request: AppRequest, company_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    with request.database.read() as db:
        desk = desk_for(db, request.account, company_id)
    return act_on_month(request.database, request.account, desk, form)


@post("/controle/saisie/{company_id:str}/envoyer", name="review.enter.send.act")
def enter_send_act(
    request: AppRequest, company_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    with request.database.read() as db:
        desk = desk_for(db, request.account, company_id)
    outcome = send_month(request.database, request.account, desk, form)
    if isinstance(outcome, str):
        said = f"Déclaration saisie pour {desk.company_name} ; elle attend votre contrôle comme les autres."
        return done(f"/controle?entreprise={company_id}", said)
    return outcome


HANDLERS = [
    queue_page,
    file_page,
    accept_act,
    part_act,
    give_back_act,
    take_back_act,
    reject_act,
    waive_act,
    batch_act,
    choose_page,
    enter_page,
    enter_act,
    enter_send_act,
]
