"""The tranches of a lot, expected then affirmed, and the purchase orders: how many, for how much, how many
hours each brings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Event, PurchaseOrder, TrancheAffirmed
from service.accounts.account import Account
from service.errors import Conflict, Invalid, NotFound
from service.forms import Form
from service.ledger.clock import territory_now
from service.lots.scope import find_lot
from service.lots.views import OrderView, PartsView, TrancheView
from service.tables import LotEventRow, LotRow, TrancheRow
from service.trace import record_act

HELD = "Cette tranche est affermie : annulez d’abord l’affermissement au registre des évènements."


class TrancheTyped(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in cents, `hours` in hundredths, as the marché announces them; None when it does not."""

    label: str
    expected_on: date | None
    amount: int | None
    hours: int | None


def read_tranche(form: Form) -> TrancheTyped | None:
    label = form.text("label", "Tranche", required=True)
    expected_on = form.day("expected_on", "Affermissement attendu le")
    amount = form.cents("amount", "Montant hors taxes")
    hours = form.hours("hours", "Heures")
    if form.faults:
        return None
    return TrancheTyped(label=label, expected_on=expected_on, amount=amount, hours=hours)


def add_tranche(db: Session, account: Account, lot_id: str, typed: TrancheTyped) -> None:
    """An expected tranche owes nothing: only its affirmation, at the ledger, does. Raises Invalid when one of
    this name is there already."""
    lot = find_lot(db, account, lot_id, lock=True)
    if any(row.label == typed.label and row.dropped_at is None for row in tranches_of(db, lot.id)):
        raise Invalid({"label": "Tranche : elle est déjà dans la liste de ce lot, sous ce nom."})
    values = msgspec.structs.asdict(typed)
    db.add(TrancheRow(territory_id=lot.territory_id, lot_id=lot.id, author_id=account.id, **values))
    record_act(
        db, account, "lots.tranche.act", "lot", lot_id, f"Lot {lot.number} : tranche attendue, {typed.label}"
    )


def drop_tranche(db: Session, account: Account, lot_id: str, tranche_id: str, reason: str) -> str:
    """Its label. The tranche stays listed, with the day and the reason. Raises NotFound, Conflict."""
    lot = find_lot(db, account, lot_id, lock=True)
    row = find_tranche(db, lot, tranche_id)
    if row.dropped_at is not None:
        raise Conflict("Cette tranche est déjà abandonnée.")
    events = db.execute(
        sa.select(col(LotEventRow.event), col(LotEventRow.tranche_id)).where(
            col(LotEventRow.lot_id) == lot.id
        )
    ).all()
    standing = clauses.standing_events(tuple(event for event, _ in events))
    linked = {event.id for event, tranche in events if tranche == row.id}
    if any(isinstance(e, TrancheAffirmed) and e.id in linked for e in standing):
        raise Conflict(HELD)
    row.dropped_at, row.dropped_reason = territory_now(account), reason
    sentence = f"Lot {lot.number} : tranche abandonnée, {row.label} ({reason})"
    record_act(db, account, "lots.tranche.drop.act", "lot", lot_id, sentence)
    return row.label


def find_tranche(db: Session, lot: LotRow, public_id: str) -> TrancheRow:
    query = sa.select(TrancheRow).where(
        col(TrancheRow.public_id) == public_id, col(TrancheRow.lot_id) == lot.id
    )
    row = db.scalar(query)
    if row is None:
        raise NotFound
    return row


def tranches_of(db: Session, lot_row_id: int) -> list[TrancheRow]:
    """The tranches of a lot, in the order in which they were announced."""
    query = sa.select(TrancheRow).where(col(TrancheRow.lot_id) == lot_row_id).order_by(col(TrancheRow.id))
    return list(db.scalars(query))


def tranche_options(db: Session, lot_row_id: int) -> list[tuple[str, str]]:
    """The tranches that an event may name."""
    return [(row.public_id, row.label) for row in tranches_of(db, lot_row_id) if row.dropped_at is None]


def tranche_values(db: Session, lot_row_id: int, public_id: str) -> dict[str, object]:
    """What the form of an event takes from the tranche named in its address."""
    row = next((r for r in tranches_of(db, lot_row_id) if r.public_id == public_id), None)
    if row is None:
        return {}
    return {
        "tranche": row.public_id,
        "label": row.label,
        "amount": None if row.amount is None else f"{row.amount / 100:.2f}".replace(".", ","),
        "hours": None if row.hours is None else f"{row.hours / 100:.2f}".replace(".", ","),
    }


def parts_of(
    rows: Iterable[TrancheRow],
    linked: Mapping[str, int],
    events: tuple[Event, ...],
    on: date,
    known_at: datetime,
) -> PartsView:
    """`linked`: the row of its tranche, by the id of an event that names one."""
    standing = clauses.events.known_events(events, date.max, known_at)
    orders = [e for e in standing if isinstance(e, PurchaseOrder)]
    tranches = list(rows)
    if not orders and not tranches and not any(isinstance(e, TrancheAffirmed) for e in standing):
        return PartsView(tranches=(), orders=(), follows=False)
    owed = clauses.added_to_due(events, known_at)
    promised = clauses.added_to_forecast(events, known_at)
    labels = {row.id: row.label for row in tranches}
    lines = tuple(
        OrderView(
            id=order.id,
            reference=order.reference,
            tranche=labels.get(linked.get(order.id, 0), ""),
            on=order.on,
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            amount=int(order.amount * 100),
            consumed=int(clauses.elapsed_share(order.starts_on, order.ends_on, on) * 10_000),
            owed=owed.get(order.id),
            promised=promised.get(order.id),
        )
        for order in orders
    )
    found = [
        _tranche(row, [e for e in standing if linked.get(e.id) == row.id], owed, promised, on)
        for row in tranches
    ]
    # Those affirmed straight at the ledger, without having been announced.
    for event in standing:
        if isinstance(event, TrancheAffirmed) and event.id not in linked:
            found.append(_tranche(None, [event], owed, promised, on))
    return PartsView(tranches=tuple(found), orders=lines, follows=bool(promised))


def _tranche(
    row: TrancheRow | None,
    own: list[Event],
    owed: Mapping[str, int | None],
    promised: Mapping[str, int | None],
    on: date,
) -> TrancheView:
    part = clauses.part_of_tranche(own, owed, promised)
    firm = part.firm
    dropped = row is not None and row.dropped_at is not None
    if firm is not None:
        state, tone = ("Affermie", "ok") if firm.on <= on else ("Affermie, à venir", "wait")
    else:
        state, tone = ("Abandonnée", "quiet") if dropped else ("Attendue", "wait")
    return TrancheView(
        id=row.public_id if row else "",
        label=row.label if row else firm.label if firm else "",
        state=state,
        tone=tone,
        firm=firm is not None,
        dropped_reason=row.dropped_reason if row else "",
        event_id=firm.id if firm else "",
        on=firm.on if firm else row.expected_on if row else None,
        amount=int(firm.amount * 100) if firm else row.amount if row else None,
        hours=firm.hours if firm else row.hours if row else None,
        orders=part.orders,
        ordered=int(part.ordered * 100),
        invoiced=int(part.invoiced * 100),
        owed=part.owed,
        promised=part.promised,
    )
