"""Writing lots: entry, edit, calibration, events and their withdrawal."""

from datetime import date, datetime

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import clauses
from clauses import Calibration, Event
from service.accounts.account import Account
from service.declarations.files import period_of
from service.errors import Conflict, Invalid, NotFound
from service.formats import hours
from service.grids.follow import follow_from_the_start, follow_the_one_in_force
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.lots.entry import LotTyped
from service.lots.ledger import append, next_instant, notify, withdraw
from service.lots.parties import undo_replacement
from service.lots.scope import find_lot
from service.lots.tranches import find_tranche
from service.marches.scope import find_marche
from service.tables import LotRow
from service.tables.columns import new_public_id
from service.trace import record_act

NO_TOTAL_FOR = (
    "Aucun total des heures travaillées n’est inscrit pour {periods} : le dû est peut-être trop bas. "
    "Inscrivez-les au registre ; ou, si les totaux inscrits couvrent aussi ces mois, cochez la case."
)
NUMBER_TAKEN = "Un lot de ce marché porte déjà ce numéro."


def create_lot(db: Session, account: Account, marche_id: str, typed: LotTyped) -> str:
    """Its public id; the lot is notified at its own dates, and is to be calibrated."""
    marche = find_marche(db, account, marche_id, lock=True)
    row = LotRow(
        territory_id=marche.territory_id,
        marche_id=marche.id,
        grid_id=clauses.default_grid().id,
        **msgspec.structs.asdict(typed),
    )
    db.add(row)
    _flush(db)
    notify(db, account, row)
    follow_the_one_in_force(db, account, row)
    record_act(
        db, account, "lots.new", "lot", row.public_id, f"Lot créé : {marche.reference}, lot {row.number}"
    )
    return row.public_id


def change_lot(db: Session, account: Account, lot_id: str, typed: LotTyped, *, covered: bool) -> str:
    """Change a lot, and say what was done. New dates take back the notification and tell it again: the ledger
    keeps both. `covered`: the totals told are worth for the months that have none of their own.

    Raises Invalid when it cannot be closed yet.
    """
    row = find_lot(db, account, lot_id, lock=True)
    before, was_closed = (row.starts_on, row.ends_on), row.closed_on
    if typed.closed_on is not None and typed.closed_on > account.today:
        raise Invalid({"closed_on": "Clos le : ce jour n’est pas encore venu."})
    if typed.closed_on is not None and typed.closed_on != row.closed_on:
        _check_closing(load_lot(db, row.id), typed.closed_on, territory_now(account), covered=covered)
    for name, value in msgspec.structs.asdict(typed).items():
        setattr(row, name, value)
    _flush(db)
    if before != (row.starts_on, row.ends_on):
        _notify_again(db, account, row)
        follow_from_the_start(db, row, before[0])
    sentence = f"Le lot {row.number} est modifié."
    if typed.closed_on != was_closed:
        closed = f"clos au {typed.closed_on:%d/%m/%Y}" if typed.closed_on else "rouvert"
        sentence = f"Le lot {row.number} est {closed}."
    record_act(db, account, "lots.edit", "lot", lot_id, sentence)
    return sentence


def _check_closing(file: LotFile, on: date, known_at: datetime, *, covered: bool) -> None:
    """Without the total of the hours worked the due is not known; with a part of it, it may be too low."""
    if refusal := clauses.closing_refused(file.events, file.versions, on, known_at):
        raise Invalid({"closed_on": refusal})
    missing = clauses.periods_without_total(file.events, file.marche.calendar, on, known_at)
    if missing and not covered:
        told = ", ".join(period_of(first, last) for first, last in missing)
        raise Invalid({"totals_cover": NO_TOTAL_FOR.format(periods=told)})


def _notify_again(db: Session, account: Account, row: LotRow) -> None:
    told = clauses.standing_notification(load_lot(db, row.id).events)
    if told is not None:
        withdraw(db, account, row, told.id, told.on, "Dates du lot corrigées.")
    notify(db, account, row, told.calibration if told else None)


def calibrate(
    db: Session, account: Account, lot_id: str, on: date, method: clauses.Method, rounding: clauses.Rounding
) -> int | None:
    """Append a calibration, and return the due that it makes from its date."""
    row = find_lot(db, account, lot_id, lock=True)
    events = load_lot(db, row.id).events
    version = clauses.next_calibration_version(events)
    event = clauses.Calibrated(
        id=new_public_id(),
        on=on,
        known_at=next_instant(db, account, row),
        calibration=Calibration(version=version, method=method, rounding=rounding),
    )
    append(db, account, row, event)
    due = clauses.hours_due_at((*events, event), max(on, account.today), event.known_at)
    sentence = f"Lot {row.number} calibré (version {version}) : {hours(due.hours)} dues"
    record_act(db, account, "lots.calibrate", "lot", lot_id, sentence)
    return due.hours


def record_event(db: Session, account: Account, row: LotRow, event: Event, tranche_id: str = "") -> None:
    """Append an event typed by the facilitator, with the tranche that it belongs to. Raises NotFound."""
    linked = tranche_id and type(event) in clauses.OF_A_TRANCHE
    tranche = find_tranche(db, row, tranche_id).id if linked else None
    append(db, account, row, event, tranche)
    label = clauses.EVENT_LABELS[type(event)].lower()
    record_act(db, account, "lots.event", "lot", row.public_id, f"Lot {row.number} : {label} enregistré")


def withdraw_event(db: Session, account: Account, lot_id: str, event_id: str, reason: str) -> None:
    """Take a slip back, known from now on: what was known before stays as it was.

    Raises NotFound when the lot has no such event, Conflict when it is already withdrawn or holds the lot up.
    """
    row = find_lot(db, account, lot_id, lock=True)
    events = load_lot(db, row.id).events
    event = next((e for e in events if e.id == event_id), None)
    if event is None:
        raise NotFound
    if isinstance(event, clauses.Notification | clauses.Withdrawal):
        raise Conflict("Cet évènement ne s’annule pas : corrigez les dates du lot.")
    if any(isinstance(e, clauses.Withdrawal) and e.event_id == event_id for e in events):
        raise Conflict("Cette saisie est déjà annulée.")
    if isinstance(event, clauses.Replacement):
        undo_replacement(db, row, event)
    withdraw(db, account, row, event_id, event.on, reason)
    label = clauses.EVENT_LABELS[type(event)].lower()
    record_act(
        db, account, "lots.event.withdraw", "lot", lot_id, f"Lot {row.number} : saisie annulée ({label})"
    )


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as fault:
        raise Invalid({"number": NUMBER_TAKEN}) from fault
