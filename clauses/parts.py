"""What each part of a lot brings: the hours that an event adds to the due, those that an order promises, and
what is ordered and invoiced under a tranche."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec

from clauses.calibration import PerAmount
from clauses.events import Avenant, CreditNote, Event, Invoice, PurchaseOrder, TrancheAffirmed, known_events
from clauses.hours import Hundredths
from clauses.in_force import calibration_in_force
from clauses.obligation import hours_due_at, hours_forecast_at

OF_A_TRANCHE: frozenset[type[Event]] = frozenset(
    {TrancheAffirmed, PurchaseOrder, Invoice, CreditNote, Avenant}
)
"""The kinds of event that may belong to a tranche."""

Added = Mapping[str, Hundredths | None]
"""Hundredths by the id of an event; None where they are not known."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one tranche, summed. `firm`: its affirmation; `invoiced` net of credit notes; `owed` and
    `promised` None as soon as one of its events is not known, `promised` also when orders move nothing."""

    firm: TrancheAffirmed | None
    orders: int
    ordered: Decimal
    invoiced: Decimal
    owed: Hundredths | None
    promised: Hundredths | None


def added_to_due(events: tuple[Event, ...], known_at: datetime) -> dict[str, Hundredths | None]:
    """What each event that stands adds to the due; None next to a due that is not known."""
    found: dict[str, Hundredths | None] = {}
    before: Hundredths | None = 0
    for line in hours_due_at(events, date.max, known_at).lines:
        found[line.event_id] = None if line.due_after is None or before is None else line.due_after - before
        before = line.due_after
    return found


def added_to_forecast(events: tuple[Event, ...], known_at: datetime) -> dict[str, Hundredths | None]:
    """What each order adds to the forecast once consumed, in the order of the ledger. Empty when the method
    does not follow amounts: its forecast is its due, whatever is ordered."""
    told = calibration_in_force(events, date.max, known_at)
    if told is None or not isinstance(told.method, PerAmount):
        return {}
    orders = [e for e in known_events(events, date.max, known_at) if isinstance(e, PurchaseOrder)]
    found: dict[str, Hundredths | None] = {}
    without = tuple(e for e in events if not isinstance(e, PurchaseOrder))
    before = hours_forecast_at(without, date.max, known_at).hours
    for count, order in enumerate(orders, 1):
        after = hours_forecast_at((*without, *orders[:count]), date.max, known_at).hours
        found[order.id] = None if before is None or after is None else after - before
        before = after
    return found


def part_of_tranche(own: Iterable[Event], owed: Added, promised: Added) -> Part:
    """`own`: the events of the tranche that stand; `owed` and `promised` by the two functions above."""
    events = tuple(own)
    orders = [e for e in events if isinstance(e, PurchaseOrder)]
    billed = sum((e.amount for e in events if isinstance(e, Invoice)), Decimal(0))
    given_back = sum((e.amount for e in events if isinstance(e, CreditNote)), Decimal(0))
    return Part(
        firm=next((e for e in events if isinstance(e, TrancheAffirmed)), None),
        orders=len(orders),
        ordered=sum((e.amount for e in orders), Decimal(0)),
        invoiced=billed - given_back,
        owed=_sum(owed.get(e.id) for e in events),
        promised=_sum(promised.get(e.id) for e in orders) if promised else None,
    )


def _sum(values: Iterable[Hundredths | None]) -> Hundredths | None:
    """Not known as soon as one part is not."""
    told = list(values)
    known = [v for v in told if v is not None]
    return sum(known) if len(known) == len(told) else None
