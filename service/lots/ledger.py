"""Appending to a lot's ledger: each event with its two clocks, its author, and an order that time keeps."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Event
from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.tables import LotEventRow, LotRow
from service.tables.columns import new_public_id

PIECES = (clauses.PurchaseOrder, clauses.Invoice, clauses.CreditNote)


def next_instant(db: Session, account: Account, lot: LotRow) -> datetime:
    """Now, and after everything already known of this lot: two events of one day keep their order."""
    query = sa.select(sa.func.max(col(LotEventRow.known_at))).where(col(LotEventRow.lot_id) == lot.id)
    last: datetime | None = db.execute(query).scalar()
    now = territory_now(account).astimezone(UTC)
    return now if last is None else max(now, last + timedelta(microseconds=1))


def append(
    db: Session, account: Account, lot: LotRow, event: Event, tranche_row_id: int | None = None
) -> None:
    """Write one event; its id is its public id."""
    db.add(
        LotEventRow(
            public_id=event.id,
            territory_id=lot.territory_id,
            lot_id=lot.id,
            on=event.on,
            known_at=event.known_at,
            author_id=account.id,
            event=event,
            tranche_id=tranche_row_id,
        )
    )
    db.flush()


def notify(
    db: Session, account: Account, lot: LotRow, calibration: clauses.Calibration | None = None
) -> None:
    """The notification that begins a lot's obligation, from its own dates."""
    append(
        db,
        account,
        lot,
        clauses.Notification(
            id=new_public_id(),
            on=lot.starts_on,
            known_at=next_instant(db, account, lot),
            ends_on=lot.ends_on,
            calibration=calibration,
        ),
    )


def withdraw(db: Session, account: Account, lot: LotRow, event_id: str, on: date, reason: str) -> None:
    append(
        db,
        account,
        lot,
        clauses.Withdrawal(
            id=new_public_id(),
            on=on,
            known_at=next_instant(db, account, lot),
            event_id=event_id,
            reason=reason,
        ),
    )


def standing_notification(events: tuple[Event, ...]) -> clauses.Notification | None:
    """The notification in force, if it was not withdrawn."""
    withdrawn = {e.event_id for e in events if isinstance(e, clauses.Withdrawal)}
    found = [e for e in events if isinstance(e, clauses.Notification) and e.id not in withdrawn]
    return found[-1] if found else None


def standing_twin(events: tuple[Event, ...], event: Event) -> Event | None:
    """The event in force that says the same: the same form sent twice, or the same order or invoice again."""
    withdrawn = {e.event_id for e in events if isinstance(e, clauses.Withdrawal)}

    def same(other: Event) -> bool:
        if isinstance(event, PIECES) and isinstance(other, type(event)):
            return other.reference == event.reference
        return msgspec.structs.replace(other, id=event.id, known_at=event.known_at) == event

    return next((e for e in events if e.id not in withdrawn and same(e)), None)


def twin_sentence(twin: Event) -> str:
    what = clauses.EVENT_LABELS[type(twin)].lower()
    named = f" « {twin.reference} »" if isinstance(twin, PIECES) else ""
    return (
        f"Déjà au registre : {what}{named} au {twin.on:%d/%m/%Y}. Rien n’est ajouté. Si c’en est "
        "un autre, cochez la case, puis enregistrez de nouveau."
    )
