"""Employers: list, file, entry, edit."""

from typing import Any

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from clauses import EmployerKind
from service.employers.actions import (
    EmployerChanged,
    EmployerTyped,
    change_employer,
    create_employer,
    read_employer,
    version_of,
)
from service.employers.read import FILTERS, SORTS, employer_file, list_employers
from service.employers.scope import find_employer
from service.employers.views import EmployerFile, EmployerFormView, EmployersView
from service.errors import Invalid
from service.forms import Form
from service.names_in_lists import filter_act, read_by_name
from service.offers.scope import territory_communes
from service.page import AppRequest, Page, done
from service.reference_pages.communes import label_of
from service.reference_pages.resolve import read_commune
from service.tables import OrganisationRow
from service.web import get, post

TEMPLATE = "employers/form.html"
NEW = EmployerFormView(id=None, name="")


def options() -> dict[str, Any]:
    return {"employer_kinds": [(kind.value, kind.label) for kind in EmployerKind]}


@get("/employeurs", name="employers.list")
def list_page(request: AppRequest) -> Page[EmployersView]:
    listing = read_by_name(request, sorts=tuple(SORTS), default="nom", filters=FILTERS)
    with request.database.read() as db:
        view = list_employers(db, request.account, listing)
    return Page(view, "employers/list.html", extra=options())


@get("/employeurs/nouveau", name="employers.new")
def new_page(request: AppRequest) -> Page[EmployerFormView]:
    form = Form.of({"employer_kind": EmployerKind.ENTREPRISE})
    return Page(NEW, TEMPLATE, form=form, extra=options())


@post("/employeurs/nouveau", name="employers.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Page[EmployerFormView] | Redirect:
    typed = _read(request, form)
    if typed is None:
        return Page(NEW, TEMPLATE, form=form, extra=options())
    try:
        with request.database.write() as db:
            public_id = create_employer(db, request.account, typed)
    except Invalid as refusal:
        return _again(NEW, form, refusal)
    return done(f"/employeurs/{public_id}", f"« {typed.name} » est enregistrée.")


@get("/employeurs/{employer_id:str}", name="employers.file")
def file_page(request: AppRequest, employer_id: FromPath[str]) -> Page[EmployerFile]:
    with request.database.read() as db:
        view = employer_file(db, request.account, employer_id)
    return Page(view, "employers/file.html")


@get("/employeurs/{employer_id:str}/modifier", name="employers.edit")
def edit_page(request: AppRequest, employer_id: FromPath[str]) -> Page[EmployerFormView]:
    with request.database.read() as db:
        row = find_employer(db, request.account, employer_id)
        view, form = _editing(row), Form.of(_written(row))
    return Page(view, TEMPLATE, form=form, extra=options())


@get("/employeurs/{employer_id:str}/dupliquer", name="employers.duplicate")
def duplicate_page(request: AppRequest, employer_id: FromPath[str]) -> Page[EmployerFormView]:
    """A new employer that starts from this one: another establishment has its own SIRET and address."""
    with request.database.read() as db:
        written = _written(find_employer(db, request.account, employer_id))
    form = Form.of({**written, "siret": None, "street": None, "version": None})
    return Page(NEW, TEMPLATE, form=form, extra=options())


@post("/employeurs/{employer_id:str}/modifier", name="employers.edit.act")
def edit(
    request: AppRequest, employer_id: FromPath[str], form: NamedDependency[Form]
) -> Page[EmployerFormView] | Redirect:
    with request.database.read() as db:
        view = _editing(find_employer(db, request.account, employer_id))
    typed = _read(request, form)
    if typed is None:
        return Page(view, TEMPLATE, form=form, extra=options())
    try:
        with request.database.write() as db:
            change_employer(db, request.account, employer_id, typed, form.raw("version"))
    except EmployerChanged as faster:
        values = {name: form.raw_list(name) for name in form.names()}
        over = Form.of({**values, "version": faster.version})
        over.fault("", faster.sentence)
        return Page(view, TEMPLATE, form=over, status_code=409, extra=options())
    except Invalid as refusal:
        return _again(view, form, refusal)
    return done(f"/employeurs/{employer_id}", "La fiche est modifiée.")


def _read(request: AppRequest, form: Form) -> EmployerTyped | None:
    with request.database.read() as db:
        prefer = territory_communes(db, request.account.territory_id)
    place = read_commune(form, "commune", "Commune", prefer=prefer)
    return read_employer(form, place.insee if place else None)


def _again(view: EmployerFormView, form: Form, refusal: Invalid) -> Page[EmployerFormView]:
    for name, sentence in refusal.faults.items():
        form.fault(name, sentence)
    return Page(view, TEMPLATE, form=form, extra=options())


def _editing(row: OrganisationRow) -> EmployerFormView:
    return EmployerFormView(id=row.public_id, name=row.name)


def _written(row: OrganisationRow) -> dict[str, object]:
    return {
        "name": row.name,
        "siret": row.siret,
        "employer_kind": row.employer_kind,
        "naf": row.naf,
        "street": row.street,
        "commune": label_of(row.insee),
        "contact_name": row.contact_name,
        "phone": row.phone,
        "email": row.email,
        "version": version_of(row),
    }


HANDLERS = [
    list_page,
    new_page,
    create,
    file_page,
    edit_page,
    duplicate_page,
    edit,
    filter_act("/employeurs", name="employers.filter.act", filters=FILTERS),
]
