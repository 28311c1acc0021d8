"""Lots: file, entry, edit, copy."""

from typing import Any

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from clauses import CutPolicy, EmployerKind, EmploymentKind, SurplusPolicy
from service.edited_twice import overtaken, with_version
from service.errors import Invalid
from service.forms import Form
from service.ledger.clock import territory_now
from service.lots.actions import change_lot, create_lot
from service.lots.entry import HOURS_BASES, form_of_lot, new_form, read_lot
from service.lots.file import read_lot_file
from service.lots.scope import find_lot
from service.lots.views import LotView
from service.marches.scope import find_marche
from service.page import AppRequest, Page, done
from service.pictures.pace import draw
from service.tables import MarcheRow
from service.web import get, post


class LotFormView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` None: a new lot of the marché."""

    id: str | None
    number: str
    marche_id: str
    reference: str


@get("/lots/{lot_id:str}", name="lots.file")
def file_page(request: AppRequest, lot_id: FromPath[str]) -> Page[LotView]:
    with request.database.read() as db:
        view = read_lot_file(db, request.account, lot_id, territory_now(request.account))
    return Page(view, "lots/file.html", extra={"drawing": draw(view.points)})


@get("/marches/{marche_id:str}/lots/nouveau", name="lots.new")
def new_page(request: AppRequest, marche_id: FromPath[str]) -> Page[LotFormView]:
    with request.database.read() as db:
        marche = find_marche(db, request.account, marche_id)
        view = _new_view(marche)
        form = new_form(marche.notified_on)
    return Page(view, "lots/form.html", form=form, extra=options())


@post("/marches/{marche_id:str}/lots/nouveau", name="lots.new.act")
def create(
    request: AppRequest, marche_id: FromPath[str], form: NamedDependency[Form]
) -> Page[LotFormView] | Redirect:
    with request.database.read() as db:
        view = _new_view(find_marche(db, request.account, marche_id))
    typed = read_lot(form)
    if typed is None:
        return Page(view, "lots/form.html", form=form, extra=options())
    try:
        with request.database.write() as db:
            public_id = create_lot(db, request.account, marche_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return Page(view, "lots/form.html", form=form, extra=options())
    return done(f"/lots/{public_id}", f"Le lot {typed.number} est enregistré. Il reste à le calibrer.")


@get("/lots/{lot_id:str}/modifier", name="lots.edit")
def edit_page(request: AppRequest, lot_id: FromPath[str]) -> Page[LotFormView]:
    with request.database.read() as db:
        row = find_lot(db, request.account, lot_id)
        view = _view(db.get_one(MarcheRow, row.marche_id), row.public_id, row.number)
        form = with_version(form_of_lot(row))
    return Page(view, "lots/form.html", form=form, extra=options())


@post("/lots/{lot_id:str}/modifier", name="lots.edit.act")
def edit(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[LotFormView] | Redirect:
    with request.database.read() as db:
        row = find_lot(db, request.account, lot_id)
        view = _view(db.get_one(MarcheRow, row.marche_id), row.public_id, row.number)
    typed = read_lot(form)
    if typed is None:
        return Page(view, "lots/form.html", form=form, extra=options())
    try:
        with request.database.write() as db:
            again = overtaken(form, form_of_lot(find_lot(db, request.account, lot_id, lock=True)))
            if again is None:
                said = change_lot(db, request.account, lot_id, typed, covered=form.flag("totals_cover"))
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return Page(view, "lots/form.html", form=form, extra=options())
    if again is not None:
        return Page(view, "lots/form.html", form=again, extra=options())
    return done(f"/lots/{lot_id}", said)


@get("/lots/{lot_id:str}/dupliquer", name="lots.duplicate")
def duplicate_page(request: AppRequest, lot_id: FromPath[str]) -> Page[LotFormView]:
    with request.database.read() as db:
        row = find_lot(db, request.account, lot_id)
        view = _new_view(db.get_one(MarcheRow, row.marche_id))
        form = form_of_lot(row)
    kept = {name: form.raw_list(name) for name in form.names() if name not in ("number", "closed_on")}
    return Page(view, "lots/form.html", form=Form.of(kept), extra=options())


def _new_view(marche: MarcheRow) -> LotFormView:
    return _view(marche, None, "")


def _view(marche: MarcheRow, lot_id: str | None, number: str) -> LotFormView:
    return LotFormView(id=lot_id, number=number, marche_id=marche.public_id, reference=marche.reference)


def options() -> dict[str, Any]:
    return {
        "employers": [(kind.value, kind.label) for kind in EmployerKind],
        "employments": [(kind.value, kind.label) for kind in EmploymentKind],
        "cuts": [(policy.value, policy.label) for policy in CutPolicy],
        "surpluses": [(policy.value, policy.label) for policy in SurplusPolicy],
        "hours_bases": [(basis.value, label) for basis, label in HOURS_BASES.items()],
    }


HANDLERS = [file_page, new_page, create, edit_page, edit, duplicate_page]
