"""The register of organisations: list, entry, edit."""

from typing import Any

import msgspec
import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind
from service.accounts.account import Account
from service.forms import Form
from service.held_words import holds_words
from service.listing import Listing, fetch
from service.organisations.actions import (
    change_organisation,
    communes_here,
    create_organisation,
    read_organisation,
)
from service.organisations.scope import find_organisation, visible_to
from service.page import AppRequest, Page, done
from service.participants.versions import fingerprint, was_changed
from service.reference_pages.communes import label_of
from service.reference_pages.resolve import read_commune
from service.rights import ROUTES
from service.tables import OrganisationRow
from service.vocabulary import OrganisationKind
from service.web import get, post

SORTS = {"nom": col(OrganisationRow.name), "nature": col(OrganisationRow.kind)}


class OrganisationLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    kind: str
    employer_kind: str
    siret: str | None
    commune: str
    contact_name: str
    phone: str
    email: str


class OrganisationsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    organisations: tuple[OrganisationLine, ...]


class OrganisationFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new one."""

    id: str | None
    name: str


def list_organisations(db: Session, account: Account, listing: Listing) -> OrganisationsView:
    query = sa.select(
        col(OrganisationRow.public_id),
        col(OrganisationRow.name),
        col(OrganisationRow.kind),
        col(OrganisationRow.employer_kind),
        col(OrganisationRow.siret),
        col(OrganisationRow.insee),
        col(OrganisationRow.contact_name),
        col(OrganisationRow.phone),
        col(OrganisationRow.email),
    ).where(visible_to(account))
    labels = {}
    if text := listing.filter("q"):
        labels["q"] = f"Recherche : {text}"
        digits = text.replace(" ", "")
        query = query.where(
            sa.or_(
                holds_words(text, col(OrganisationRow.name)),
                col(OrganisationRow.siret).startswith(digits, autoescape=True),
            )
        )
    if (asked := listing.filter("nature")) in set(OrganisationKind):
        kind = OrganisationKind(asked)
        labels["nature"] = f"Nature : {kind.label}"
        query = query.where(col(OrganisationRow.kind) == kind)
    total, rows = fetch(db, query, listing, columns=SORTS, tie=col(OrganisationRow.id))
    return OrganisationsView(
        listing=listing.with_total(total, labels),
        organisations=tuple(
            OrganisationLine(
                id=public_id,
                name=name,
                kind=kind.label,
                employer_kind=employer_kind.label if kind is OrganisationKind.FIRM else "",
                siret=siret,
                commune=label_of(insee),
                contact_name=contact,
                phone=phone,
                email=email,
            )
            for public_id, name, kind, employer_kind, siret, insee, contact, phone, email in rows
        ),
    )


@get("/organisations", name="organisations.list")
def list_page(request: AppRequest) -> Page[OrganisationsView]:
    listing = Listing.read(request, sorts=tuple(SORTS), default="nom", filters=("q", "nature"))
    with request.database.read() as db:
        view = list_organisations(db, request.account, listing)
    return Page(view, "organisations/list.html", extra=options())


@get("/organisations/nouvelle", name="organisations.new")
def new_page(request: AppRequest) -> Page[OrganisationFormView]:
    kind = request.query_params.get("nature", OrganisationKind.FIRM)
    form = Form.of({"kind": kind, "employer_kind": EmployerKind.ENTREPRISE})
    return Page(NEW, "organisations/form.html", form=form, extra=options())


@post("/organisations/nouvelle", name="organisations.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Page[OrganisationFormView] | Redirect:
    typed = read_organisation(form)
    with request.database.read() as db:
        place = read_commune(form, "commune", "Commune", prefer=communes_here(db, request.account))
    if typed is None or form.faults:
        return Page(NEW, "organisations/form.html", form=form, extra=options())
    typed = msgspec.structs.replace(typed, insee=place.insee if place else None)
    with request.database.write() as db:
        create_organisation(db, request.account, typed)
    # The liaison may enter an employer here, and has no register to go back to.
    back = "/organisations" if request.account.role in ROUTES["organisations.list"] else "/"
    return done(back, f"L’organisation « {typed.name} » est enregistrée.")


@get("/organisations/{organisation_id:str}/modifier", name="organisations.edit")
def edit_page(request: AppRequest, organisation_id: FromPath[str]) -> Page[OrganisationFormView]:
    with request.database.read() as db:
        row = find_organisation(db, request.account, organisation_id)
        view = OrganisationFormView(id=row.public_id, name=row.name)
        form = Form.of(_written(row))
    return Page(view, "organisations/form.html", form=form, extra=options())


@get("/organisations/{organisation_id:str}/dupliquer", name="organisations.duplicate")
def duplicate_page(request: AppRequest, organisation_id: FromPath[str]) -> Page[OrganisationFormView]:
    """A new organisation that starts from this one: another establishment has its own SIRET and address."""
    with request.database.read() as db:
        written = _written(find_organisation(db, request.account, organisation_id))
    form = Form.of({**written, "siret": None, "street": None, "version": None})
    return Page(NEW, "organisations/form.html", form=form, extra=options())


@post("/organisations/{organisation_id:str}/modifier", name="organisations.edit.act")
def edit(
    request: AppRequest, organisation_id: FromPath[str], form: NamedDependency[Form]
) -> Page[OrganisationFormView] | Redirect:
    with request.database.read() as db:
        row = find_organisation(db, request.account, organisation_id)
        view = OrganisationFormView(id=row.public_id, name=row.name)
        place = read_commune(form, "commune", "Commune", prefer=communes_here(db, request.account))
    typed = read_organisation(form)
    if typed is None or form.faults:
        return Page(view, "organisations/form.html", form=form, extra=options())
    typed = msgspec.structs.replace(typed, insee=place.insee if place else None)
    with request.database.write() as db:
        locked = find_organisation(db, request.account, organisation_id, lock=True)
        faster = was_changed(form, locked)
        if not faster:
            change_organisation(db, request.account, organisation_id, typed)
        now = fingerprint(locked)
    if faster:
        values = {name: form.raw_list(name) for name in form.names()}
        over = Form.of({**values, "version": now})
        over.faults.update(form.faults)
        return Page(view, "organisations/form.html", form=over, status_code=409, extra=options())
    return done("/organisations", f"L’organisation « {typed.name} » est modifiée.")


NEW = OrganisationFormView(id=None, name="")


def _written(row: OrganisationRow) -> dict[str, object]:
    return {
        "name": row.name,
        "kind": row.kind,
        "employer_kind": row.employer_kind,
        "siret": row.siret,
        "naf": row.naf,
        "street": row.street,
        "commune": label_of(row.insee),
        "contact_name": row.contact_name,
        "phone": row.phone,
        "email": row.email,
        "version": fingerprint(row),
    }


def options() -> dict[str, Any]:
    return {
        "kinds": [(kind.value, kind.label) for kind in OrganisationKind],
        "employer_kinds": [(kind.value, kind.label) for kind in EmployerKind],
    }


HANDLERS = [list_page, new_page, create, edit_page, duplicate_page, edit]
