"""/ponderations: the weights in words; typed in the address, they are tried; posted, they are kept."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency

from service.forms import Form
from service.page import AppRequest, Page, done
from service.web import get, post
from service.weights.actions import FIELDS, as_form, changes, read_around, read_form, save, view_of
from service.weights.views import WeightsView
from service.weights.words import SAME

PATH = "/ponderations"
TEMPLATE = "weights/page.html"


@get(PATH, name="weights.page")
def weights_page(request: AppRequest) -> Page[WeightsView]:
    typed = Form({name: value for name, value in request.query_params.items() if name in FIELDS})
    asked = bool(list(typed.names()))
    tried = read_form(typed) if asked else None
    with request.database.read() as db:
        around = read_around(db, request.account, tried=tried is not None)
    view = view_of(around, request.account, tried)
    return Page(view, TEMPLATE, form=typed if asked else Form.of(as_form(around.weights)))


@post(PATH, name="weights.save.act")
def save_weights(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    typed = read_form(form)
    reason = form.text("reason", "Pourquoi ce changement", required=True)
    since = form.integer("since", "Version de départ", required=True)
    with request.database.read() as db:
        around = read_around(db, request.account, tried=typed is not None)
    if typed is not None and since == around.weights.number and not changes(around.weights, typed):
        form.fault("", SAME)
    if form.faults or typed is None or since is None:
        return Page(view_of(around, request.account, typed), TEMPLATE, form=form)
    with request.database.write() as db:
        save(db, request.account, typed, since, reason)
    return done(PATH, "Poids enregistrés : les prochaines suggestions en tiennent compte.")


HANDLERS = [weights_page, save_weights]
