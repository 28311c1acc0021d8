"""What reads like a slip though it can be computed: the one who calibrates or closes is told, and decides."""

from datetime import date, datetime
from itertools import pairwise

from clauses.bilan_alerts import waiting_alert
from clauses.calibration import Brackets, Method
from clauses.days import add_days
from clauses.declaration import IN_HAND, Declaration, latest
from clauses.events import Event, LabourHours, known_events
from clauses.hours import short_hours
from clauses.in_force import is_percentage
from clauses.marche import Calendar, period_of
from clauses.obligation import hours_due_at
from clauses.window import window_at
from clauses.wording import NNBSP, euros

NO_TOTAL_YET = (
    "Le total des heures travaillées sur le lot manque"
    f"{NNBSP}: l’obligation n’est pas connue, le lot ne peut pas être clos."
)


def doubtful(method: Method) -> tuple[str, ...]:
    """A sentence for each bracket that asks for fewer hours than a smaller amount does."""
    if not isinstance(method, Brackets):
        return ()
    rising = sorted(method.brackets, key=lambda b: b.at_least)
    return tuple(
        f"Le barème baisse{NNBSP}: {short_hours(high.hours)} à partir de {euros(high.at_least)}, "
        f"moins que les {short_hours(low.hours)} à partir de {euros(low.at_least)}."
        for low, high in pairwise(rising)
        if high.hours < low.hours
    )


def closing_refused(
    events: tuple[Event, ...], versions: tuple[Declaration, ...], on: date, known_at: datetime
) -> str:
    """Why a lot cannot be closed that day: the due is not known (rule R20), or hours that were sent would be
    left without an answer; empty when it can."""
    if is_percentage(events, on, known_at) and hours_due_at(events, on, known_at).hours is None:
        return NO_TOTAL_YET
    waiting = tuple(v for v in latest(versions) if v.state in IN_HAND)
    return f"{waiting_alert(waiting)} Répondez avant de clore le lot." if waiting else ""


def periods_without_total(
    events: tuple[Event, ...], calendar: Calendar, on: date, known_at: datetime
) -> tuple[tuple[date, date], ...]:
    """The periods of the calendar, begun by `on`, in which no company's total of hours worked begins. A total
    may cover several of them: only who told it knows. Empty when the due needs no total."""
    window = window_at(events, on, known_at)
    if window is None or not is_percentage(events, on, known_at):
        return ()
    told = {e.period_start for e in known_events(events, date.max, known_at) if isinstance(e, LabourHours)}
    missing = []
    first, last = period_of(calendar, window.starts_on)
    while first <= min(on, window.ends_on):
        if not any(first <= day <= last for day in told):
            missing.append((first, last))
        first, last = period_of(calendar, add_days(last, 1))
    return tuple(missing)
