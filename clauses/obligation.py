"""What a lot owes at any date: a fold over its dated events, explained line by line.

Two clocks: `on`, the date we ask about, and `known_at`, what was known then. The same call with the same
two dates gives the same answer for ever, whatever is learnt later. Amounts are folded exactly, as
fractions, and rounded once, at the end. Due is never negative.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec

from clauses.calibration import Calibration, PerAmount, Rounding
from clauses.events import (
    EVENT_LABELS,
    Avenant,
    Calibrated,
    CreditNote,
    Event,
    Invoice,
    LabourHours,
    Notification,
    PurchaseOrder,
    Reconduction,
    Resiliation,
    ResiliationEffect,
    StaffCounted,
    TrancheAffirmed,
    known_events,
)
from clauses.hours import Hundredths, short_hours
from clauses.method import Amounts, Exact, explain_and_compute
from clauses.window import elapsed_share, pace_window
from clauses.wording import NNBSP, day, decimal, euros


class DueLine(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the ledger: what it did, and the due after it (None while it is unknown)."""

    event_id: str
    on: date
    known_at: datetime
    sentence: str
    due_after: Hundredths | None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Hours in hundredths, None when unknown (then `unknown` says what is missing, in French).

    `explanation` is the computation in force; `lines` the history that led to it.
    """

    hours: Hundredths | None
    unknown: str
    explanation: tuple[str, ...]
    lines: tuple[DueLine, ...]


@dataclass
class _Ledger:
    """What the fold carries from one event to the next."""

    notified: bool = False
    calibration: Calibration | None = None
    added: Decimal = Decimal(0)
    reconducted: Decimal = Decimal(0)
    hours_added: int = 0
    invoiced: Decimal = Decimal(0)
    ordered: Decimal = Decimal(0)
    labour: dict[tuple[str, date], int] = field(default_factory=dict)
    staff: tuple[int, int] | None = None
    kept_share: Fraction = Fraction(1)
    set_hours: int | None = None

    def amounts(self) -> Amounts:
        return Amounts(
            added=self.added,
            reconducted=self.reconducted,
            invoiced=self.invoiced,
            ordered=self.ordered,
            labour_hours=sum(self.labour.values()) if self.labour else None,
            staff=self.staff,
            hours_added=self.hours_added,
        )


def hours_due_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """The full obligation in force on `on`, as known at `known_at` (a step function of the events)."""
    seen = known_events(events, on, known_at)
    ledger, lines = _Ledger(), []
    for index, event in enumerate(seen):
        sentence = _apply(ledger, event, seen[: index + 1])
        after = _due(ledger, ledger.amounts())
        lines.append(
            DueLine(
                event_id=event.id,
                on=event.on,
                known_at=event.known_at,
                sentence=f"{day(event.on)}, {EVENT_LABELS[type(event)].lower()}{NNBSP}: {sentence}",
                due_after=after.hours,
            )
        )
    due = _due(ledger, ledger.amounts())
    return msgspec.structs.replace(due, lines=tuple(lines))


def hours_forecast_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """What the purchase orders promise by `on`: each order is consumed evenly over its own days (ZONE keeps
    this ledger beside the invoices). A method that does not follow amounts forecasts what it owes."""
    seen = known_events(events, on, known_at)
    ledger = _Ledger()
    for index, event in enumerate(seen):
        _apply(ledger, event, seen[: index + 1])
    orders = [e for e in seen if isinstance(e, PurchaseOrder)]
    if ledger.calibration is None or not isinstance(ledger.calibration.method, PerAmount):
        return hours_due_at(events, on, known_at)
    shares = [(o, elapsed_share(o.starts_on, o.ends_on, on)) for o in orders]
    consumed = sum((Fraction(o.amount) * share for o, share in shares), Fraction(0))
    lines = tuple(
        DueLine(
            event_id=o.id,
            on=o.on,
            known_at=o.known_at,
            sentence=f"Bon de commande {o.reference}{NNBSP}: {euros(o.amount)}, "
            f"consommé à {decimal(share * 100)}{NNBSP}% au {day(on)}.",
            due_after=None,
        )
        for o, share in shares
    )
    amounts = msgspec.structs.replace(ledger.amounts(), forecast=consumed)
    return msgspec.structs.replace(_due(ledger, amounts), lines=lines)


def hours_expected_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """The time-proportional line, for pace only: due in force × days elapsed ÷ days of the execution,
    both ends counted, from the order to start (else the notification) to the end known that day."""
    due = hours_due_at(events, on, known_at)
    window = pace_window(events, on, known_at)
    if due.hours is None or window is None:
        return due
    share = elapsed_share(window.starts_on, window.ends_on, on)
    hours = int(due.hours * share)
    sentence = (
        f"{short_hours(due.hours)} × {decimal(share * 100)}{NNBSP}% du temps "
        f"(du {day(window.starts_on)} au {day(window.ends_on)}) = {short_hours(hours)}."
    )
    return Due(hours=hours, unknown="", explanation=(sentence,), lines=due.lines)


def round_hours(exact: Fraction, rounding: Rounding) -> Hundredths:
    """Exact hundredths to hundredths, never below zero; « nearest » and « hundredth » go half-up."""
    positive = max(exact, Fraction(0))
    if rounding is Rounding.FLOOR_HOUR:
        return int(positive / 100) * 100
    if rounding is Rounding.NEAREST_HOUR:
        return int(positive / 100 + Fraction(1, 2)) * 100
    return int(positive + Fraction(1, 2))


def _due(ledger: _Ledger, amounts: Amounts) -> Due:
    if not ledger.notified:
        return Due(hours=0, unknown="", explanation=("Le marché n’est pas encore notifié.",), lines=())
    if ledger.set_hours is not None:
        sentence = f"Obligation fixée à {short_hours(ledger.set_hours)} par la résiliation."
        return Due(hours=ledger.set_hours, unknown="", explanation=(sentence,), lines=())
    if ledger.calibration is None:
        return Due(hours=None, unknown="Le lot n’est pas encore calibré.", explanation=(), lines=())
    result = explain_and_compute(ledger.calibration.method, amounts)
    if not isinstance(result, Exact):
        return Due(hours=None, unknown=result.sentence, explanation=(), lines=())
    exact, steps = result.hundredths, list(result.steps)
    if ledger.kept_share != 1:
        exact *= ledger.kept_share
        steps.append(f"Après résiliation, {decimal(ledger.kept_share * 100)}{NNBSP}% restent dus.")
    hours = round_hours(exact, ledger.calibration.rounding)
    steps.append(
        f"Total {decimal(exact / 100)}{NNBSP}h, arrondi {ledger.calibration.rounding.label}{NNBSP}: "
        f"{short_hours(hours)}."
    )
    return Due(hours=hours, unknown="", explanation=tuple(steps), lines=())


def _apply(ledger: _Ledger, event: Event, so_far: tuple[Event, ...]) -> str:
    """Change the ledger by one event; the sentence says what it did."""
    match event:
        case Resiliation():
            return _resiliate(ledger, event, so_far)
        case Notification():
            return _notify(ledger, event)
        case Calibrated():
            return _set_calibration(ledger, event.calibration)
        case Avenant() | TrancheAffirmed() | Reconduction():
            return _amend(ledger, event)
        case PurchaseOrder() | Invoice() | CreditNote():
            return _spend(ledger, event)
        case LabourHours():
            return _labour(ledger, event)
        case StaffCounted():
            ledger.staff = (event.new_staff, event.all_staff)
            return f"{event.new_staff} personnes nouvelles sur {event.all_staff}."
        case _:
            return "sans effet sur le nombre d’heures dues."


def _notify(ledger: _Ledger, event: Notification) -> str:
    ledger.notified = True
    if event.calibration is None:
        return "l’obligation commence, le calibrage reste à faire."
    return _set_calibration(ledger, event.calibration)


def _set_calibration(ledger: _Ledger, calibration: Calibration) -> str:
    ledger.calibration = calibration
    ledger.added, ledger.reconducted, ledger.hours_added = Decimal(0), Decimal(0), 0
    return f"calibrage n°{NNBSP}{calibration.version}."


def _amend(ledger: _Ledger, event: Avenant | TrancheAffirmed | Reconduction) -> str:
    if isinstance(event, Reconduction):
        ledger.reconducted += event.amount
    else:
        ledger.added += event.amount
    ledger.hours_added += event.hours
    return _change(event.amount, event.hours)


def _spend(ledger: _Ledger, event: PurchaseOrder | Invoice | CreditNote) -> str:
    if isinstance(event, PurchaseOrder):
        ledger.ordered += event.amount
        return f"{event.reference}, {euros(event.amount)}{NNBSP}; cumul commandé {euros(ledger.ordered)}."
    taken = isinstance(event, CreditNote)
    ledger.invoiced += -event.amount if taken else event.amount
    sign = "−" if taken else ""
    return f"{event.reference}, {sign}{euros(event.amount)}{NNBSP}; cumul facturé {euros(ledger.invoiced)}."


def _labour(ledger: _Ledger, event: LabourHours) -> str:
    ledger.labour[(event.company_id, event.period_start)] = event.hours
    total = sum(ledger.labour.values())
    return f"{short_hours(event.hours)}{NNBSP}; cumul des heures travaillées {short_hours(total)}."


def _resiliate(ledger: _Ledger, event: Resiliation, so_far: tuple[Event, ...]) -> str:
    if event.effect is ResiliationEffect.SET:
        ledger.set_hours = max(0, event.hours)
        return f"obligation fixée à {short_hours(ledger.set_hours)}."
    if event.effect is ResiliationEffect.PRORATA_TIME:
        before = tuple(e for e in so_far if not isinstance(e, Resiliation))
        window = pace_window(before, event.on, max(e.known_at for e in so_far))
        if window is not None:
            ledger.kept_share = elapsed_share(window.starts_on, window.ends_on, event.on)
    return f"{event.effect.label}."


def _change(amount: Decimal, hours: int) -> str:
    parts = []
    if amount:
        parts.append(f"{'+' if amount > 0 else '−'}{euros(abs(amount))}")
    if hours:
        parts.append(f"{'+' if hours > 0 else '−'}{short_hours(abs(hours))}")
    return (" et ".join(parts) or "aucune heure ni somme") + "."
