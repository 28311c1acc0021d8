"""Appending to a lot's ledger: each event with its two clocks, its author, and an order that time keeps."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Event
from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.tables import LotEventRow, LotRow
from service.tables.columns import new_public_id


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


def twin_sentence(twin: Event) -> str:
    what = clauses.EVENT_LABELS[type(twin)].lower()
    reference = getattr(twin, "reference", "")
    named = f" « {reference} »" if reference else ""
    return (
        f"Déjà au registre : {what}{named} au {twin.on:%d/%m/%Y}. Rien n’est ajouté. Si c’en est "
        "un autre, cochez la case, puis enregistrez de nouveau."
    )
