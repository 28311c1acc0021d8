"""What a lot owes at any date: a fold over its dated events, explained line by line.

Two clocks: `on`, the date we ask about, and `known_at`, what was known then. The same call with the same
two dates gives the same answer for ever, whatever is learnt later. Amounts are folded exactly, as
fractions, and rounded once, at the end. Due is never negative.
"""

from datetime import date, datetime
from fractions import Fraction

import msgspec

from clauses.calibration import PerAmount, Rounding
from clauses.events import Event, PurchaseOrder, known_events
from clauses.hours import Hundredths, short_hours
from clauses.ledger import Ledger, apply, fold, tell
from clauses.method import Amounts, Missing, exact_hours, explain
from clauses.window import Window, elapsed_share, pace_of, window_of
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


class LotFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The three figures of a lot, without their history: what a list of many lots reads. `window` is where
    hours may lie, `pace` the one that pace is measured on."""

    due: Due
    forecast: Due
    expected: Due
    window: Window | None
    pace: Window | None


def hours_due_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """The full obligation in force on `on`, as known at `known_at` (a step function of the events)."""
    seen = known_events(events, on, known_at)
    ledger, lines = Ledger(), []
    for index, event in enumerate(seen):
        apply(ledger, event, seen, index)
        lines.append(
            DueLine(
                event_id=event.id,
                on=event.on,
                known_at=event.known_at,
                sentence=tell(ledger, event),
                due_after=_due(ledger, ledger.amounts()).hours,
            )
        )
    due = _due(ledger, ledger.amounts())
    return msgspec.structs.replace(
        due, explanation=_explained(ledger, ledger.amounts(), due), lines=tuple(lines)
    )


def hours_forecast_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """What the purchase orders promise by `on`: each order is consumed evenly over its own days (ZONE keeps
    this ledger beside the invoices). A method that does not follow amounts forecasts what it owes."""
    seen = known_events(events, on, known_at)
    ledger = fold(seen)
    if not _follows_amounts(ledger):
        return hours_due_at(events, on, known_at)
    orders = [e for e in seen if isinstance(e, PurchaseOrder)]
    amounts = _forecast_amounts(ledger, seen, on)
    lines = tuple(_order_line(order, on) for order in orders)
    due = _due(ledger, amounts)
    return msgspec.structs.replace(due, explanation=_explained(ledger, amounts, due), lines=lines)


def hours_expected_at(events: tuple[Event, ...], on: date, known_at: datetime) -> Due:
    """The time-proportional line, for pace only: due in force × days elapsed ÷ days of the execution,
    both ends counted, from the order to start (else the notification) to the end known that day. Floored
    to the hundredth."""
    seen = known_events(events, on, known_at)
    due = hours_due_at(events, on, known_at)
    window = pace_of(seen)
    expected = _expected(due, window, on)
    if due.hours is None or expected.hours is None or window is None:
        return due
    share = int(elapsed_share(window.starts_on, window.ends_on, on) * 10_000)  # cut, as it is shown elsewhere
    sentence = (
        f"{short_hours(due.hours)} × {decimal(Fraction(share, 100))}{NNBSP}% du temps "
        f"(du {day(window.starts_on)} au {day(window.ends_on)}) = {short_hours(expected.hours)}."
    )
    return msgspec.structs.replace(expected, explanation=(sentence,), lines=due.lines)


def lot_figures(events: tuple[Event, ...], on: date, known_at: datetime) -> LotFigures:
    """Due, forecast and expected in one fold and without a word: the same hours as the three functions."""
    seen = known_events(events, on, known_at)
    ledger, pace = fold(seen), pace_of(seen)
    due = _due(ledger, ledger.amounts())
    forecast = _due(ledger, _forecast_amounts(ledger, seen, on)) if _follows_amounts(ledger) else due
    expected = _expected(due, pace, on)
    return LotFigures(due=due, forecast=forecast, expected=expected, window=window_of(seen), pace=pace)


def round_hours(exact: Fraction, rounding: Rounding) -> Hundredths:
    """Exact hundredths to hundredths, never below zero; « nearest » and « hundredth » go half-up."""
    positive = max(exact, Fraction(0))
    if rounding is Rounding.FLOOR_HOUR:
        return int(positive / 100) * 100
    if rounding is Rounding.NEAREST_HOUR:
        return int(positive / 100 + Fraction(1, 2)) * 100
    return int(positive + Fraction(1, 2))


def _known(hours: Hundredths) -> Due:
    return Due(hours=hours, unknown="", explanation=(), lines=())


def _unknown(sentence: str) -> Due:
    return Due(hours=None, unknown=sentence, explanation=(), lines=())


def _due(ledger: Ledger, amounts: Amounts) -> Due:
    """The hours of a ledger, without explanation."""
    if not ledger.notified:
        return _known(0)
    if ledger.set_hours is not None:
        return _known(ledger.set_hours)
    if ledger.calibration is None:
        return _unknown("Le lot n’est pas encore calibré.")
    exact = exact_hours(ledger.calibration.method, amounts)
    if isinstance(exact, Missing):
        return _unknown(exact.sentence)
    return _known(round_hours(exact * ledger.kept_share, ledger.calibration.rounding))


def _explained(ledger: Ledger, amounts: Amounts, due: Due) -> tuple[str, ...]:
    if not ledger.notified:
        return ("Le marché n’est pas encore notifié.",)
    if ledger.set_hours is not None:
        return (f"Obligation fixée à {short_hours(ledger.set_hours)} par la résiliation.",)
    if due.hours is None or ledger.calibration is None:
        return ()
    exact = exact_hours(ledger.calibration.method, amounts)
    if isinstance(exact, Missing):
        return ()
    steps = explain(ledger.calibration.method, amounts)
    if ledger.kept_share != 1:
        kept = decimal(ledger.kept_share * 100)
        steps = (*steps, f"Après résiliation, {kept}{NNBSP}% restent dus.")
    total = f"Total {decimal(exact * ledger.kept_share / 100)}{NNBSP}h"
    rounded = f"arrondi {ledger.calibration.rounding.label}{NNBSP}: {short_hours(due.hours)}"
    return (*steps, f"{total}, {rounded}.")


def _expected(due: Due, window: Window | None, on: date) -> Due:
    if due.hours is None or window is None:
        return due
    return _known(int(due.hours * elapsed_share(window.starts_on, window.ends_on, on)))


def _follows_amounts(ledger: Ledger) -> bool:
    return ledger.calibration is not None and isinstance(ledger.calibration.method, PerAmount)


def _forecast_amounts(ledger: Ledger, seen: tuple[Event, ...], on: date) -> Amounts:
    consumed = Fraction(0)
    for event in seen:
        if isinstance(event, PurchaseOrder):
            consumed += Fraction(event.amount) * elapsed_share(event.starts_on, event.ends_on, on)
    return msgspec.structs.replace(ledger.amounts(), forecast=consumed)


def _order_line(order: PurchaseOrder, on: date) -> DueLine:
    share = elapsed_share(order.starts_on, order.ends_on, on)
    amount = f"Bon de commande {order.reference}{NNBSP}: {euros(order.amount)}"
    return DueLine(
        event_id=order.id,
        on=order.on,
        known_at=order.known_at,
        sentence=f"{amount}, consommé à {decimal(share * 100)}{NNBSP}% au {day(on)}.",
        due_after=None,
    )
