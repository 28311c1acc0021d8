"""The dates of a lot at a date: where hours may lie (rule R01), and the time that pace is measured on."""

from datetime import date, datetime
from fractions import Fraction

import msgspec

from clauses.events import (
    Avenant,
    Event,
    ExtensionOfTime,
    Notification,
    OrderToStart,
    Reception,
    Reconduction,
    Resiliation,
    known_events,
)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day, both inclusive."""

    starts_on: date
    ends_on: date


def window_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Window | None:
    """From the notification to the end of delivery as it stands (CCAP21); None before any notification."""
    return window_of(known_events(events, on, known_at))


def pace_window(events: tuple[Event, ...], on: date, known_at: datetime) -> Window | None:
    """As `window_at`, but from the order to start when there is one."""
    return pace_of(known_events(events, on, known_at))


def window_of(seen: tuple[Event, ...]) -> Window | None:
    """The window after events already selected and ordered by `known_events`."""
    notified = next((e for e in seen if isinstance(e, Notification)), None)
    return None if notified is None else Window(starts_on=notified.on, ends_on=_end(notified, seen))


def pace_of(seen: tuple[Event, ...]) -> Window | None:
    """The window of pace after events already selected and ordered."""
    window = window_of(seen)
    started = next((e.on for e in seen if isinstance(e, OrderToStart)), None)
    if window is None or started is None:
        return window
    return Window(starts_on=started, ends_on=window.ends_on)


def _end(notified: Notification, seen: tuple[Event, ...]) -> date:
    end = notified.ends_on
    for event in seen:
        if isinstance(event, ExtensionOfTime | Reconduction) or (
            isinstance(event, Avenant) and event.new_end is not None
        ):
            end = event.new_end or end
        elif isinstance(event, Reception | Resiliation):
            end = min(end, event.on) if isinstance(event, Resiliation) else event.on
    return end


def elapsed_share(starts_on: date, ends_on: date, on: date) -> Fraction:
    """Days elapsed at the close of `on` over all days, both ends counted, between 0 and 1."""
    total = (ends_on - starts_on).days + 1
    if total <= 0:
        return Fraction(1) if on >= starts_on else Fraction(0)
    return min(Fraction(1), max(Fraction(0), Fraction((on - starts_on).days + 1, total)))
