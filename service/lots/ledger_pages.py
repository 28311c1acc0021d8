"""The ledger of a lot: calibration with its result explained before it is kept, events, withdrawals."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session

import clauses
from clauses import AmountBasis, Calibration, Due, ResiliationEffect, Rounding, ThresholdMeaning
from service.accounts.account import Account
from service.formats import hours
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.lots.actions import calibrate, record_event, withdraw_event
from service.lots.calibration import (
    BRACKET_ROWS,
    METHODS,
    CalibrationTyped,
    method_options,
    read_calibration,
    values_of,
)
from service.lots.event_entry import KINDS, read_event
from service.lots.ledger import next_instant, twin_sentence
from service.lots.scope import find_lot
from service.lots.tranches import tranche_options, tranche_values
from service.lots.views import LotNamed
from service.page import AppRequest, Page, done
from service.web import get, post


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the calibration would make, line by line; `due` None with `unknown` saying what is missing."""

    fingerprint: str
    on: date
    version: int
    method: str
    due: int | None
    unknown: str
    explanation: tuple[str, ...]
    doubts: tuple[str, ...]
    due_before: int | None
    changed: bool


class CalibrateView(LotNamed, frozen=True, kw_only=True):
    method: str
    due: int | None
    explanation: tuple[str, ...]
    preview: Preview | None


class EventFormView(LotNamed, frozen=True, kw_only=True):
    kind: str
    kind_label: str
    kind_help: str


@get("/lots/{lot_id:str}/calibrer", name="lots.calibrate")
def calibrate_page(request: AppRequest, lot_id: FromPath[str]) -> Page[CalibrateView]:
    account = request.account
    with request.database.read() as db:
        file = _file(db, account, lot_id)
    asked = request.query_params.get("methode", "")
    form = _form_in_force(file, account, territory_now(account))
    if asked in METHODS and asked != form.raw("method"):
        form = Form.of(
            {"method": asked, "on": form.raw("on"), "rounding": form.raw("rounding"), "reached_at_equal": "1"}
        )
    return _calibrate_page(file, account, form, None)


@post("/lots/{lot_id:str}/calibrer", name="lots.calibrate.act")
def calibrate_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[CalibrateView] | Redirect:
    """First shows the result explained; keeps it when the very inputs shown are confirmed."""
    account = request.account
    with request.database.read() as db:
        file = _file(db, account, lot_id)
    typed = read_calibration(form)
    if typed is None:
        return _calibrate_page(file, account, form, None)
    if not form.flag("confirm") or form.raw("seen") != _fingerprint(file, typed):
        return _calibrate_page(file, account, form, _preview(file, account, typed, form.flag("confirm")))
    with request.database.write() as db:
        due = calibrate(db, account, lot_id, typed.on, typed.method, typed.rounding)
    sentence = f"Le lot {file.lot.number} est calibré : {hours(due)} dues."
    if due is None:
        sentence = f"Le lot {file.lot.number} est calibré. Le dû sera connu avec les chiffres qui manquent."
    return done(f"/lots/{lot_id}", sentence)


@get("/lots/{lot_id:str}/evenements/nouveau", name="lots.event")
def event_page(request: AppRequest, lot_id: FromPath[str]) -> Page[EventFormView]:
    asked = request.query_params.get("tranche", "")
    with request.database.read() as db:
        file = _file(db, request.account, lot_id)
        tranches, told = tranche_options(db, file.row_id), tranche_values(db, file.row_id, asked)
    kind = request.query_params.get("type", "avenant")
    kind = kind if kind in KINDS else "avenant"
    form = Form.of({"type": kind, "on": request.account.today, "sense": "plus"} | told)
    return _event_page(file, kind, form, tranches)


@post("/lots/{lot_id:str}/evenements/nouveau", name="lots.event.act")
def event_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[EventFormView] | Redirect:
    account = request.account
    with request.database.read() as db:
        file = _file(db, account, lot_id)
        tranches = tranche_options(db, file.row_id)
    kind = form.raw("type") if form.raw("type") in KINDS else "avenant"
    if read_event(form, territory_now(account), set(file.companies), dict(tranches)) is None:
        return _event_page(file, kind, form, tranches)
    with request.database.write() as db:
        row = find_lot(db, account, lot_id, lock=True)
        event = read_event(form, next_instant(db, account, row), set(file.companies), dict(tranches))
        assert event is not None  # the same form was read without a fault just above
        events = load_lot(db, row.id).events
        twin = None if form.flag("again") else clauses.standing_twin(events, event)
        if twin is None:
            record_event(db, account, row, event, form.raw("tranche"))
            due = clauses.hours_due_at((*events, event), max(event.on, account.today), event.known_at)
    if twin is not None:
        form.fault("again", twin_sentence(twin))
        return _event_page(file, kind, form, tranches)
    label = clauses.EVENT_LABELS[type(event)].lower()
    owed = f" Dû : {hours(due.hours)}." if due.hours is not None else ""
    return done(f"/lots/{lot_id}#evenements", f"Inscrit au registre : {label}, au {event.on:%d/%m/%Y}.{owed}")


@post("/lots/{lot_id:str}/evenements/{event_id:str}/annuler", name="lots.event.withdraw.act")
def withdraw_act(
    request: AppRequest, lot_id: FromPath[str], event_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    reason = form.text("reason", "Motif", longest=300) or "Saisie par erreur."
    with request.database.write() as db:
        withdraw_event(db, request.account, lot_id, event_id, reason)
    return done(
        f"/lots/{lot_id}#evenements", "La saisie est annulée. Ce qui était connu avant reste au registre."
    )


def _file(db: Session, account: Account, lot_id: str) -> LotFile:
    return load_lot(db, find_lot(db, account, lot_id).id)


def _form_in_force(file: LotFile, account: Account, known_at: datetime) -> Form:
    """The fields as the calibration in force has them; a first one starts with the lot."""
    told = clauses.calibration_in_force(file.events, max(account.today, file.lot.starts_on), known_at)
    if told is None:
        values: dict[str, object] = {"method": "formula", "on": file.lot.starts_on}
        return Form.of({**values, "rounding": Rounding.FLOOR_HOUR})
    return Form.of({**values_of(told.method), "on": account.today, "rounding": told.rounding})


def _due_at(file: LotFile, account: Account, on: date, known_at: datetime) -> Due:
    return clauses.hours_due_at(file.events, max(on, account.today), known_at)


def _fingerprint(file: LotFile, typed: CalibrationTyped) -> str:
    """The inputs and the ledger they were shown against: twice, or from a stale page, they show again."""
    return f"{typed.fingerprint}_{len(file.events)}"


def _preview(file: LotFile, account: Account, typed: CalibrationTyped, confirmed: bool) -> Preview:
    known_at = max([territory_now(account), *(e.known_at for e in file.events)])
    version = clauses.next_calibration_version(file.events)
    told = Calibration(version=version, method=typed.method, rounding=typed.rounding)
    # « ~ » sorts after every id: of two events of one day and instant, this one comes last.
    event = clauses.Calibrated(id="~", on=typed.on, known_at=known_at, calibration=told)
    on = max(typed.on, account.today)
    after = clauses.hours_due_at((*file.events, event), on, known_at)
    return Preview(
        fingerprint=_fingerprint(file, typed),
        on=typed.on,
        version=version,
        method=clauses.METHOD_LABELS[type(typed.method)],
        due=after.hours,
        unknown=after.unknown,
        explanation=after.explanation,
        doubts=clauses.doubtful(typed.method),
        due_before=clauses.hours_due_at(file.events, on, known_at).hours,
        changed=confirmed,
    )


def _calibrate_page(
    file: LotFile, account: Account, form: Form, preview: Preview | None
) -> Page[CalibrateView]:
    due = _due_at(file, account, file.lot.starts_on, territory_now(account))
    method = form.raw("method") if form.raw("method") in METHODS else "formula"
    view = CalibrateView(
        lot_id=file.lot.id,
        number=file.lot.number,
        title=file.lot.title,
        reference=file.marche.reference,
        method=method,
        due=due.hours,
        explanation=due.explanation,
        preview=preview,
    )
    extra: dict[str, Any] = {
        "methods": method_options(),
        "roundings": [(r.value, r.label) for r in Rounding],
        "bases": [(b.value, b.label) for b in AmountBasis],
        "meanings": [(m.value, m.label) for m in ThresholdMeaning],
        "rows": range(1, BRACKET_ROWS + 1),
    }
    return Page(view, "lots/calibrate.html", form=form, extra=extra)


def _event_page(file: LotFile, kind: str, form: Form, tranches: list[tuple[str, str]]) -> Page[EventFormView]:
    view = EventFormView(
        lot_id=file.lot.id,
        number=file.lot.number,
        title=file.lot.title,
        reference=file.marche.reference,
        kind=kind,
        kind_label=KINDS[kind].label,
        kind_help=KINDS[kind].help,
    )
    extra: dict[str, Any] = {
        "kinds": [(name, one.label) for name, one in KINDS.items()],
        "tranches": tranches if KINDS[kind].of_a_tranche else [],
        "companies": [(c.id, c.name) for c in sorted(file.companies.values(), key=lambda c: c.name)],
        "effects": [(e.value, e.label.capitalize()) for e in ResiliationEffect],
    }
    return Page(view, "lots/event.html", form=form, extra=extra)


HANDLERS = [calibrate_page, calibrate_act, event_page, event_act, withdraw_act]
