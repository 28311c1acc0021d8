"""Situation and constraints: availability, care, transport, licences, skills; dated."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session

from service.forms import Form, whole_number
from service.page import AppRequest, Page, done
from service.participants import choices
from service.participants.actions import save_profile, territory_communes
from service.participants.care_form import MOST_CHILDREN, children_typed
from service.participants.constraint_form import ROWS, answers_told, read_profile, rows_shown, typed_profile
from service.participants.file_view import head_of
from service.participants.scope import find_person
from service.participants.versions import fingerprint, was_changed
from service.participants.views import CareGrid, ChildForm, ConstraintsView
from service.participants.week_grid import SLOTS, slots_shown, with_monday_copied, with_week_copied
from service.reference_pages.resolve import Place
from service.tables import PersonRow, ProfileRow
from service.trace import journal_reading
from service.web import get, post

TEMPLATE = "participants/constraints.html"
CARE_SLOTS = 2
ODD = (("so", "Semaines d’école"), ("ho", "Vacances scolaires"))
EVEN = (("se", "Semaines d’école paires"), ("he", "Vacances, semaines paires"))


@get("/participants/{person_id:str}/contraintes", name="participants.constraints")
def constraints_page(request: AppRequest, person_id: FromPath[str]) -> Page[ConstraintsView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        read = person.id
        row = db.get(ProfileRow, person.id)
        form = typed_profile(row)
        view = _view(person, row, form)
    journal_reading(request.database, request.account, read, "contraintes")
    return Page(view, TEMPLATE, form=form)


@post("/participants/{person_id:str}/contraintes", name="participants.constraints.act")
def constraints_act(
    request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    if form.raw("geste"):
        return _redraw(request, person_id, form)
    account = request.account
    with request.database.write() as db:
        person, _ = find_person(db, account, person_id, lock=True)
        row = _profile(db, person)
        if was_changed(form, row):
            return Page(_view(person, row, form), TEMPLATE, form=form, status_code=409)
        values = read_profile(form, account.today, _home(person), territory_communes(db, account))
        if form.faults:
            return Page(_view(person, row, form), TEMPLATE, form=form)
        save_profile(db, account, person, row, values)
    return done(f"/participants/{person_id}", "La situation et les contraintes sont enregistrées.")


def _redraw(request: AppRequest, person_id: str, form: Form) -> Page[ConstraintsView]:
    """A button that helps to type (copy Monday, one child more): nothing is saved, nothing is lost."""
    drawn = _helped(form, form.raw("geste"))
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        view = _view(person, db.get(ProfileRow, person.id), drawn, version=form.raw("version"))
    return Page(view, TEMPLATE, form=drawn)


def _helped(form: Form, gesture: str) -> Form:
    verb, _, target = gesture.partition(":")
    if verb == "lundi":
        return with_monday_copied(form, target)
    if verb == "enfant":
        return _with(form, {"children": str(min(children_typed(form) + 1, MOST_CHILDREN)), "care": "windows"})
    if verb == "retirer":
        return _with(form, {"children": str(max(children_typed(form) - 1, 1))})
    if verb == "comme" and whole_number(target) is not None:
        return with_week_copied(form, {"k0": f"k{target}"})
    return form


def _with(form: Form, values: dict[str, str]) -> Form:
    return Form.of({**{name: form.raw_list(name) for name in form.names()}, **values})


def _profile(db: Session, person: PersonRow) -> ProfileRow | None:
    return db.get(ProfileRow, person.id, with_for_update=True)


def _home(person: PersonRow) -> Place | None:
    if person.insee is None:
        return None
    return Place(person.insee, person.latitude, person.longitude, person.precision_m)


def _view(person: PersonRow, row: ProfileRow | None, form: Form, *, version: str = "") -> ConstraintsView:
    return ConstraintsView(
        options=choices.CONSTRAINTS,
        head=head_of(person),
        version=version or fingerprint(row),
        updated_on=row.updated_on if row else None,
        told=answers_told(form),
        opened=form.raw("version") != "",
        slots=slots_shown(form, "dispo", SLOTS),
        children=tuple(_child(form, number) for number in range(children_typed(form))),
        rows={prefix: rows_shown(form, prefix) for prefix in ROWS},
    )


def _child(form: Form, number: int) -> ChildForm:
    return ChildForm(
        number=number,
        label=f"Enfant {number + 1}",
        grids=tuple(_grid(form, number, kind, title) for kind, title in ODD),
        even=tuple(_grid(form, number, kind, title) for kind, title in EVEN),
    )


def _grid(form: Form, number: int, kind: str, title: str) -> CareGrid:
    prefix = f"k{number}{kind}"
    return CareGrid(prefix=prefix, title=title, slots=slots_shown(form, prefix, CARE_SLOTS))


HANDLERS = [constraints_page, constraints_act]
