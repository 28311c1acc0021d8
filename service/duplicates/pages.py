"""`/doublons`: pairs to look at; a pair set apart no longer comes back."""

from litestar.di import NamedDependency
from litestar.response import Redirect

from service.duplicates.read import DuplicatesView, Kind, likely_duplicates, set_apart
from service.errors import Invalid
from service.forms import Form
from service.page import AppRequest, Page, done
from service.web import get, post


@get("/doublons", name="duplicates.list")
def list_page(request: AppRequest) -> Page[DuplicatesView]:
    with request.database.read() as db:
        view = likely_duplicates(db, request.account)
    return Page(view, "duplicates/list.html")


@post("/doublons/distincts", name="duplicates.distinct.act")
def distinct_act(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
    kind = form.choice("kind", "Nature", Kind)
    one = form.text("one", "Première fiche", required=True, longest=12)
    other = form.text("other", "Seconde fiche", required=True, longest=12)
    if form.faults or kind is None:
        raise Invalid(form.faults)
    with request.database.write() as db:
        set_apart(db, request.account, kind, one, other)
    return done("/doublons", f"C’est noté : ce sont {kind.label}.")


HANDLERS = [list_page, distinct_act]
