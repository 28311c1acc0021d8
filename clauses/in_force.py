"""Which entries of a ledger stand, and the calibration that they put in force."""

from datetime import date, datetime

import msgspec

from clauses.calibration import Calibration, PercentOfHoursWorked, ProrataNewStaff
from clauses.events import (
    Calibrated,
    CreditNote,
    Event,
    Invoice,
    Notification,
    PurchaseOrder,
    known_events,
)

PIECES = (PurchaseOrder, Invoice, CreditNote)
"""Pieces with a reference of their own: the same reference is the same piece."""


def standing_events(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """All that was entered and not taken back, whatever the day, in the order of the ledger."""
    if not events:
        return ()
    return known_events(events, date.max, max(e.known_at for e in events))


def standing_notification(events: tuple[Event, ...]) -> Notification | None:
    """The notification that was not taken back."""
    return next((e for e in reversed(standing_events(events)) if isinstance(e, Notification)), None)


def standing_twin(events: tuple[Event, ...], event: Event) -> Event | None:
    """The event that stands and says the same: the same form sent twice, the same order or invoice again."""

    def same(other: Event) -> bool:
        if isinstance(event, PIECES) and isinstance(other, type(event)):
            return other.reference == event.reference
        return msgspec.structs.replace(other, id=event.id, known_at=event.known_at) == event

    return next((e for e in standing_events(events) if same(e)), None)


def calibration_in_force(events: tuple[Event, ...], on: date, known_at: datetime) -> Calibration | None:
    """The last one in effect on that day, as known then."""
    found = None
    for event in known_events(events, on, known_at):
        if isinstance(event, Calibrated | Notification):
            found = event.calibration or found
    return found


def is_calibrated(events: tuple[Event, ...]) -> bool:
    """Whether any event that stands gives a calibration, at whatever day."""
    return any(
        isinstance(e, Calibrated | Notification) and e.calibration is not None
        for e in standing_events(events)
    )


def is_percentage(events: tuple[Event, ...], on: date, known_at: datetime) -> bool:
    """Whether the due is a share of all the hours worked, so that it needs their total."""
    told = calibration_in_force(events, on, known_at)
    return told is not None and isinstance(told.method, PercentOfHoursWorked)


def needs_headcount(events: tuple[Event, ...], on: date, known_at: datetime) -> bool:
    """Whether the due is a prorata of the staff, so that it needs how many are new, of how many."""
    told = calibration_in_force(events, on, known_at)
    return told is not None and isinstance(told.method, ProrataNewStaff)


def next_calibration_version(events: tuple[Event, ...]) -> int:
    """Versions count up, withdrawn ones included: a number never serves twice."""
    told = [e.calibration for e in events if isinstance(e, Calibrated | Notification)]
    return max((c.version for c in told if c is not None), default=0) + 1
