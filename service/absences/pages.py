"""`/absences`: who is away, who stands in for whom, from when until when."""

from litestar.di import NamedDependency
from litestar.response import Redirect

from service.absences.actions import AbsencesView, absences_view, leave, stop
from service.errors import Invalid
from service.forms import Form
from service.page import AppRequest, Page, done
from service.web import get, post


@get("/absences", name="absences.page")
def page(request: AppRequest) -> Page[AbsencesView]:
    return _page(request, Form.of({"from_on": request.account.today}))


def _page(request: AppRequest, form: Form) -> Page[AbsencesView]:
    with request.database.read() as db:
        view = absences_view(db, request.account)
    return Page(view, "absences/page.html", form=form)


@post("/absences", name="absences.new.act")
def new(request: AppRequest, form: NamedDependency[Form]) -> Page[AbsencesView] | Redirect:
    delegate = form.text("delegate", "Remplaçant·e", required=True, longest=12)
    from_on = form.day("from_on", "Du", required=True)
    until_on = form.day("until_on", "Jusqu’au", required=True)
    if form.faults or from_on is None or until_on is None:
        return _page(request, form)
    try:
        with request.database.write() as db:
            told = leave(
                db,
                request.account,
                referent=form.raw("referent"),
                delegate=delegate,
                from_on=from_on,
                until_on=until_on,
            )
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _page(request, form)
    return done("/absences", told)


@post("/absences/terminer", name="absences.stop.act")
def stop_act(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
    absence = form.text("absence", "Absence", required=True, longest=12)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        stop(db, request.account, absence)
    return done("/absences", "L’absence est terminée : les participants sont rendus à leur référent·e.")


HANDLERS = [page, new, stop_act]
