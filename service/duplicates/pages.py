"""`/doublons`: pairs to look at, set apart or made into one; and what was made into one, undone."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.duplicates.compare import CompareView, compare, first_choices
from service.duplicates.merge import CHOSEN, merge, undo
from service.duplicates.read import DuplicatesView, Kind, likely_duplicates, set_apart
from service.errors import Invalid
from service.forms import Form
from service.page import AppRequest, Page, done
from service.trace import journal_reading
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


@get("/doublons/reunir", name="duplicates.compare")
def compare_page(request: AppRequest) -> Response[Any]:
    one, other = (str(request.query_params.get(name, "")) for name in ("une", "autre"))
    if not one or not other:
        return done("/doublons")
    return _compared(request, one, other)


def _compared(request: AppRequest, one: str, other: str, form: Form | None = None) -> Page[CompareView]:
    with request.database.read() as db:
        view, people = compare(db, request.account, one, other)
    for person in people:
        journal_reading(request.database, request.account, person, "doublons")
    return Page(view, "duplicates/compare.html", form=form or Form.of(first_choices(view)))


@post("/doublons/reunir", name="duplicates.merge.act")
def merge_act(request: AppRequest, form: NamedDependency[Form]) -> Page[CompareView] | Redirect:
    one = form.text("one", "Première fiche", required=True, longest=12)
    other = form.text("other", "Seconde fiche", required=True, longest=12)
    if form.faults:
        raise Invalid(form.faults)
    keep = form.one_of("keep", "Fiche à garder", (one, other))
    chosen = {name: form.one_of(name, "Valeur", (one, other), required=False) for name in CHOSEN}
    if form.faults or keep is None:
        return _compared(request, one, other, form)
    gone = other if keep == one else one
    with request.database.write() as db:
        merge(db, request.account, keep, gone, {name: value == gone for name, value in chosen.items()})
    return done("/doublons", "Les deux fiches n’en font plus qu’une.")


@post("/doublons/defaire", name="duplicates.undo.act")
def undo_act(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
    merge_id = form.text("merge", "Réunion", required=True, longest=12)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        undo(db, request.account, merge_id)
    return done("/doublons", "Les deux fiches sont de nouveau à part, comme elles étaient.")


HANDLERS = [list_page, distinct_act, compare_page, merge_act, undo_act]
