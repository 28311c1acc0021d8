"""Placements: entry (the person, then the lot), edit and end, copy."""

from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind, EmploymentKind, EndReason
from matching import fold
from service.accounts.account import Account
from service.beneficiaries.pages import lot_options
from service.beneficiaries.scope import find_named
from service.beneficiaries.scope import visible_to as visible_persons
from service.edited_twice import overtaken, with_version
from service.errors import Invalid
from service.forms import Form
from service.lots.scope import find_lot
from service.marches.actions import public_id_of_organisation
from service.names_in_lists import filter_act, read_by_name
from service.organisations.scope import visible_to as visible_organisations
from service.page import AppRequest, Page, done
from service.placements.actions import (
    change_placement,
    create_placement,
    read_placement,
)
from service.placements.scope import find_placement
from service.review.steps import hold_lots_of
from service.tables import LotRow, MarcheRow, OrganisationRow, PartyRow, PersonRow
from service.trace import journal_reading
from service.vocabulary import OrganisationKind
from service.web import get, post

KINDS = [k for k in EmploymentKind if k not in (EmploymentKind.STAGE, EmploymentKind.PMSMP)]
MOST_PEOPLE = 30
FILTERS = ("q", "personne", "lot")


class PlacementFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new one. Without a person or a lot, the page asks for them first."""

    id: str | None
    person_id: str
    person: str
    lot_id: str
    lot: str
    reference: str


@get("/placements/nouveau", name="placements.new")
def new_page(request: AppRequest) -> Page[PlacementFormView]:
    asked = read_by_name(request, sorts=("nom",), default="nom", filters=FILTERS)
    person_id, lot_id = asked.filter("personne"), asked.filter("lot")
    with request.database.read() as db:
        view = _view(db, request.account, None, person_id, lot_id)
        extra = _extra(db, request.account, lot_id)
        if not view.person_id:
            extra["people"] = _people(db, request.account, asked.filter("q"))
        if not view.lot_id:
            extra["lots"] = lot_options(db, request.account)
    extra["asked"] = asked
    form = Form.of({"starts_on": request.account.today, "employment_kind": EmploymentKind.CDD})
    return Page(view, "placements/form.html", form=form, extra=extra)


@post("/placements/nouveau", name="placements.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    person_id = form.text("person", "Personne", longest=12)
    lot_id = form.text("lot", "Lot", longest=12)
    if form.faults or not person_id or not lot_id:
        raise Invalid({"": "Choisissez d’abord la personne et le lot."})
    with request.database.read() as db:
        view = _view(db, request.account, None, person_id, lot_id)
        extra = _extra(db, request.account, lot_id)
    typed = read_placement(form)
    if typed is None:
        return Page(view, "placements/form.html", form=form, extra=extra)
    try:
        with request.database.write() as db:
            create_placement(db, request.account, person_id, lot_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return Page(view, "placements/form.html", form=form, extra=extra)
    return done(f"/lots/{lot_id}#personnes", "Le placement est enregistré.")


@get("/placements/{placement_id:str}/modifier", name="placements.edit")
def edit_page(request: AppRequest, placement_id: FromPath[str]) -> Page[PlacementFormView]:
    with request.database.read() as db:
        view, form, row_id = _stored(db, request.account, placement_id)
        extra = _extra(db, request.account, view.lot_id)
    journal_reading(request.database, request.account, row_id, "placement")
    return Page(view, "placements/form.html", form=with_version(form), extra=extra)


@post("/placements/{placement_id:str}/modifier", name="placements.edit.act")
def edit(request: AppRequest, placement_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    with request.database.read() as db:
        view, _, _ = _stored(db, request.account, placement_id)
        extra = _extra(db, request.account, view.lot_id)
    typed = read_placement(form)
    if typed is None:
        return Page(view, "placements/form.html", form=form, extra=extra)
    try:
        with request.database.write() as db:
            hold_lots_of(db, [find_placement(db, request.account, placement_id).person_id])
            find_placement(db, request.account, placement_id, lock=True)
            again = overtaken(form, _stored(db, request.account, placement_id)[1])
            if again is None:
                change_placement(db, request.account, placement_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return Page(view, "placements/form.html", form=form, extra=extra)
    if again is not None:
        return Page(view, "placements/form.html", form=again, extra=extra)
    what = "terminé" if typed.ended_on else "modifié"
    return done(f"/lots/{view.lot_id}#personnes", f"Le placement est {what}.")


@get("/placements/{placement_id:str}/dupliquer", name="placements.duplicate")
def duplicate_page(request: AppRequest, placement_id: FromPath[str]) -> Page[PlacementFormView]:
    """The same employment for another stretch or another lot: dates are left to tell."""
    with request.database.read() as db:
        view, stored, row_id = _stored(db, request.account, placement_id)
        extra = _extra(db, request.account, view.lot_id)
    dates = ("starts_on", "planned_ends_on", "cdi_from", "ended_on", "end_reason")
    form = Form.of({name: stored.raw_list(name) for name in stored.names() if name not in dates})
    journal_reading(request.database, request.account, row_id, "placement")
    return Page(msgspec.structs.replace(view, id=None), "placements/form.html", form=form, extra=extra)


def _view(
    db: Session, account: Account, placement_id: str | None, person_id: str, lot_id: str
) -> PlacementFormView:
    person = find_named(db, account, person_id) if person_id else None
    lot = find_lot(db, account, lot_id) if lot_id else None
    reference = db.get_one(MarcheRow, lot.marche_id).reference if lot else ""
    return PlacementFormView(
        id=placement_id,
        person_id=person_id,
        person=f"{person.last_name} {person.first_name}" if person else "",
        lot_id=lot_id,
        lot=f"Lot {lot.number} : {lot.title}" if lot else "",
        reference=reference,
    )


def _stored(db: Session, account: Account, placement_id: str) -> tuple[PlacementFormView, Form, int]:
    row = find_placement(db, account, placement_id)
    person = db.get_one(PersonRow, row.person_id)
    lot = db.get_one(LotRow, row.lot_id)
    view = _view(db, account, placement_id, person.public_id, lot.public_id)
    same = row.legal_employer_id == row.user_company_id
    form = Form.of(
        {
            "employer": public_id_of_organisation(db, row.legal_employer_id),
            "user_company": None if same else public_id_of_organisation(db, row.user_company_id),
            "employment_kind": row.employment_kind,
            "starts_on": row.starts_on,
            "planned_ends_on": row.planned_ends_on,
            "cdi_from": row.cdi_from,
            "ended_on": row.ended_on,
            "end_reason": row.end_reason,
            "weekly_hours": None if row.weekly_hours is None else _typed_hours(row.weekly_hours),
        }
    )
    return view, form, row.person_id


def _typed_hours(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def _extra(db: Session, account: Account, lot_id: str) -> dict[str, Any]:
    """The choices of the form. The companies of the lot come first among the employers."""
    companies: list[tuple[str, str]] = []
    if lot_id:
        query = (
            sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name))
            .join(PartyRow, col(PartyRow.company_id) == col(OrganisationRow.id))
            .join(LotRow, col(LotRow.id) == col(PartyRow.lot_id))
            .where(col(LotRow.public_id) == lot_id, col(LotRow.territory_id) == account.territory_id)
            .distinct()
            .order_by(col(OrganisationRow.name))
        )
        companies = [(public_id, name) for public_id, name in db.execute(query)]
    return {
        "employers": _employers(db, account, companies),
        "companies": companies,
        "kinds": [(k.value, k.label) for k in KINDS],
        "reasons": [(r.value, r.label) for r in EndReason],
        "employer_kinds": [(k.value, k.label) for k in EmployerKind],
        "people": [],
        "lots": [],
    }


def _employers(
    db: Session, account: Account, companies: list[tuple[str, str]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who may sign the employment contract, in groups: those of the lot come first."""
    query = (
        sa.select(
            col(OrganisationRow.public_id), col(OrganisationRow.name), col(OrganisationRow.employer_kind)
        )
        .where(visible_organisations(account), col(OrganisationRow.kind) == OrganisationKind.FIRM)
        .order_by(col(OrganisationRow.name))
    )
    here = {public_id for public_id, _ in companies}
    social: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for public_id, name, kind in db.execute(query):
        if public_id in here:
            continue
        if kind is EmployerKind.ENTREPRISE:
            others.append((public_id, name))
        else:
            social.append((public_id, f"{name}, {kind.label}"))
    return [
        ("Entreprises du lot", companies),
        ("Insertion, travail temporaire, groupements d’employeurs", social),
        ("Autres entreprises", others),
    ]


def _people(db: Session, account: Account, text: str) -> list[tuple[str, str, date | None]]:
    """Beneficiaries whose name holds the words typed, by name."""
    query = sa.select(
        col(PersonRow.public_id),
        col(PersonRow.first_name),
        col(PersonRow.last_name),
        col(PersonRow.birth_date),
    ).where(visible_persons(account))
    for word in fold(text).split():
        query = query.where(col(PersonRow.name_key).contains(word, autoescape=True))
    query = query.order_by(col(PersonRow.last_name), col(PersonRow.first_name), col(PersonRow.id))
    found = db.execute(query.limit(MOST_PEOPLE))
    return [(row.public_id, f"{row.last_name} {row.first_name}", row.birth_date) for row in found]


HANDLERS = [
    new_page,
    create,
    edit_page,
    edit,
    duplicate_page,
    filter_act(
        "/placements/nouveau/chercher",
        name="placements.new.filter.act",
        filters=FILTERS,
        back="/placements/nouveau",
    ),
]
