"""The facilitator shares validated hours of a lot with another, and takes them back."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.errors import Invalid
from service.forms import Form
from service.page import AppRequest, Page, done
from service.sharing.actions import share, take_back
from service.sharing.desk import open_desk
from service.sharing.file import sharing_view
from service.sharing.views import SharingView
from service.web import get, post


@get("/lots/{lot_id:str}/partage", name="sharing.lot")
def lot_page(
    request: AppRequest, lot_id: FromPath[str], vers: FromQuery[str] = "", personne: FromQuery[str] = ""
) -> Page[SharingView]:
    with request.database.read() as db:
        desk = open_desk(db, request.account, lot_id, "" if vers == lot_id else vers)
        view = sharing_view(db, request.account, desk, personne)
    return Page(view, "sharing/lot.html", form=Form())


@post("/lots/{lot_id:str}/partage", name="sharing.share.act")
def share_act(request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    with request.database.write() as db:
        outcome = share(db, request.account, lot_id, form.raw("vers"), form)
        if outcome.desk is not None:
            view = sharing_view(db, request.account, outcome.desk, form.raw("personne"))
            return Page(view, "sharing/lot.html", form=form)
    return done(f"/lots/{lot_id}/partage#faits", outcome.sentence)


@post("/lots/{lot_id:str}/partage/{allocation_id:str}/annuler", name="sharing.cancel.act")
def cancel_act(
    request: AppRequest, lot_id: FromPath[str], allocation_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    reason = form.text("reason", "Motif", required=True, longest=300)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        sentence = take_back(db, request.account, lot_id, allocation_id, reason)
    return done(f"/lots/{lot_id}/partage#faits", sentence)


HANDLERS = [lot_page, share_act, cancel_act]
