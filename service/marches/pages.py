"""Marchés: portfolio, file, entry, edit, copy."""

from typing import Any

import msgspec
import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Calendar, ExemptionReason, GroupementKind, Health, LegalBasis
from service.accounts.account import Account
from service.edited_twice import overtaken, with_version
from service.errors import Invalid
from service.forms import Form
from service.ledger.clock import territory_now
from service.listing import Listing
from service.marches.actions import change_marche, create_marche, public_id_of_organisation
from service.marches.entry import form_of_marche, read_marche
from service.marches.file import read_marche_file
from service.marches.listing import FILTERS, SORTS, buyers_here, list_marches
from service.marches.scope import find_marche
from service.marches.views import MarchesView, MarcheView
from service.organisations.scope import visible_to as visible_organisations
from service.page import AppRequest, Page, done
from service.tables import OrganisationRow
from service.vocabulary import OrganisationKind
from service.web import get, post


class MarcheFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new one; `copy_of`: the marché whose words and lots are taken."""

    id: str | None
    reference: str
    copy_of: str | None


NEW = MarcheFormView(id=None, reference="", copy_of=None)


@get("/marches", name="marches.list")
def list_page(request: AppRequest) -> Page[MarchesView]:
    listing = Listing.read(request, sorts=SORTS, default="urgence", filters=FILTERS)
    with request.database.read() as db:
        view = list_marches(db, request.account, listing, territory_now(request.account))
        buyers = buyers_here(db, request.account)
    extra = {"buyers": buyers, "healths": [(h.value, h.label) for h in Health]}
    return Page(view, "marches/list.html", extra=extra)


@get("/marches/nouveau", name="marches.new")
def new_page(request: AppRequest) -> Page[MarcheFormView]:
    form = Form.of(
        {
            "legal_bases": [LegalBasis.CONDITION_EXECUTION],
            "groupement": GroupementKind.NONE,
            "calendar": Calendar.MONTHLY,
            "mine": "1",
            "facilitator_contact": f"{request.account.name}, {request.account.organisation_name}",
        }
    )
    return _form_page(request, NEW, form)


@post("/marches/nouveau", name="marches.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Page[MarcheFormView] | Redirect:
    copy_of = form.text("copy_of", "Copie", longest=12)
    typed = read_marche(form)
    if typed is None:
        return _form_page(request, msgspec.structs.replace(NEW, copy_of=copy_of or None), form)
    try:
        with request.database.write() as db:
            public_id = create_marche(
                db, request.account, typed, copy_of=copy_of if form.flag("lots") else ""
            )
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _form_page(request, msgspec.structs.replace(NEW, copy_of=copy_of or None), form)
    return done(f"/marches/{public_id}", f"Le marché {typed.reference} est enregistré.")


@get("/marches/{marche_id:str}", name="marches.file")
def file_page(request: AppRequest, marche_id: FromPath[str]) -> Page[MarcheView]:
    with request.database.read() as db:
        view = read_marche_file(db, request.account, marche_id, territory_now(request.account))
    return Page(view, "marches/file.html")


@get("/marches/{marche_id:str}/modifier", name="marches.edit")
def edit_page(request: AppRequest, marche_id: FromPath[str]) -> Page[MarcheFormView]:
    with request.database.read() as db:
        view, form = _stored(db, request.account, marche_id)
    return _form_page(request, view, with_version(form))


@post("/marches/{marche_id:str}/modifier", name="marches.edit.act")
def edit(
    request: AppRequest, marche_id: FromPath[str], form: NamedDependency[Form]
) -> Page[MarcheFormView] | Redirect:
    with request.database.read() as db:
        view, _ = _stored(db, request.account, marche_id)
    typed = read_marche(form)
    if typed is None:
        return _form_page(request, view, form)
    try:
        with request.database.write() as db:
            find_marche(db, request.account, marche_id, lock=True)
            again = overtaken(form, _stored(db, request.account, marche_id)[1])
            if again is None:
                change_marche(db, request.account, marche_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _form_page(request, view, form)
    if again is not None:
        return _form_page(request, view, again)
    return done(f"/marches/{marche_id}", f"Le marché {typed.reference} est modifié.")


@get("/marches/{marche_id:str}/dupliquer", name="marches.duplicate")
def duplicate_page(request: AppRequest, marche_id: FromPath[str]) -> Page[MarcheFormView]:
    with request.database.read() as db:
        view, form = _stored(db, request.account, marche_id)
    copied = Form.of({**{name: form.raw_list(name) for name in form.names()}, "lots": "1", "reference": None})
    return _form_page(request, MarcheFormView(id=None, reference=view.reference, copy_of=marche_id), copied)


def _stored(db: Session, account: Account, marche_id: str) -> tuple[MarcheFormView, Form]:
    row = find_marche(db, account, marche_id)
    form = form_of_marche(
        row,
        public_id_of_organisation(db, row.buyer_id) or "",
        public_id_of_organisation(db, row.ordering_entity_id),
        account.id,
    )
    return MarcheFormView(id=marche_id, reference=row.reference, copy_of=None), form


def _form_page(request: AppRequest, view: MarcheFormView, form: Form) -> Page[MarcheFormView]:
    with request.database.read() as db:
        buyers = organisations_of(db, request.account, OrganisationKind.BUYER)
    return Page(view, "marches/form.html", form=form, extra={"buyers": buyers, **options()})


def organisations_of(db: Session, account: Account, kind: OrganisationKind) -> list[tuple[str, str]]:
    """The organisations of a kind to choose from, by name."""
    query = (
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name))
        .where(visible_organisations(account), col(OrganisationRow.kind) == kind)
        .order_by(col(OrganisationRow.name))
    )
    return [(public_id, name) for public_id, name in db.execute(query)]


def options() -> dict[str, Any]:
    def basis_words(basis: LegalBasis) -> str:
        details = ", ".join(word for word in (basis.article, basis.alias and f"ancien {basis.alias}") if word)
        return f"{basis.label} ({details})" if details else basis.label

    return {
        "bases": [(basis.value, basis_words(basis)) for basis in LegalBasis],
        "groupements": [(kind.value, kind.label) for kind in GroupementKind],
        "calendars": [(kind.value, kind.label) for kind in Calendar],
        "exemptions": [(kind.value, kind.label) for kind in ExemptionReason],
    }


HANDLERS = [list_page, new_page, create, file_page, edit_page, edit, duplicate_page]
