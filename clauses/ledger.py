"""The running state of a lot while its events are folded: what each event changes, and how it is told."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clauses.calibration import Calibration
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
)
from clauses.hours import Hundredths, short_hours
from clauses.method import Amounts
from clauses.window import elapsed_share, pace_of
from clauses.wording import NNBSP, day, euros


@dataclass
class Ledger:
    """What the fold carries from one event to the next."""

    notified: bool = False
    calibration: Calibration | None = None
    added: Decimal = Decimal(0)
    reconducted: Decimal = Decimal(0)
    hours_added: Hundredths = 0
    invoiced: Decimal = Decimal(0)
    ordered: Decimal = Decimal(0)
    labour: dict[tuple[str, date], Hundredths] = field(default_factory=dict)
    staff: tuple[int, int] | None = None
    kept_share: Fraction = Fraction(1)
    set_hours: Hundredths | None = None

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

    def calibrate(self, calibration: Calibration) -> None:
        """A calibration stands alone: what amendments added before is held in it."""
        self.calibration = calibration
        self.added, self.reconducted, self.hours_added = Decimal(0), Decimal(0), 0


def fold(seen: tuple[Event, ...]) -> Ledger:
    """The ledger after events already selected and ordered by `known_events`."""
    ledger = Ledger()
    for index, event in enumerate(seen):
        apply(ledger, event, seen, index)
    return ledger


def apply(ledger: Ledger, event: Event, seen: tuple[Event, ...], index: int) -> None:
    """Change the ledger by the event at `index` of the events seen."""
    match event:
        case Notification():
            ledger.notified = True
            if event.calibration is not None:
                ledger.calibrate(event.calibration)
        case Calibrated():
            ledger.calibrate(event.calibration)
        case Avenant() | TrancheAffirmed():
            ledger.added += event.amount
            ledger.hours_added += event.hours
        case Reconduction():
            ledger.reconducted += event.amount
            ledger.hours_added += event.hours
        case PurchaseOrder():
            ledger.ordered += event.amount
        case Invoice():
            ledger.invoiced += event.amount
        case CreditNote():
            ledger.invoiced -= event.amount
        case LabourHours():
            ledger.labour[(event.company_id, event.period_start)] = event.hours
        case StaffCounted():
            ledger.staff = (event.new_staff, event.all_staff)
        case Resiliation():
            _resiliate(ledger, event, seen[:index])
        case _:
            return


def _resiliate(ledger: Ledger, event: Resiliation, before: tuple[Event, ...]) -> None:
    if event.effect is ResiliationEffect.SET:
        ledger.set_hours = max(0, event.hours)
    elif event.effect is ResiliationEffect.PRORATA_TIME and (window := pace_of(before)) is not None:
        ledger.kept_share = elapsed_share(window.starts_on, window.ends_on, event.on)


def tell(ledger: Ledger, event: Event) -> str:
    """What an event just did, in French; `ledger` is the one after it."""
    return f"{day(event.on)}, {EVENT_LABELS[type(event)].lower()}{NNBSP}: {_told(ledger, event)}"


def _told(ledger: Ledger, event: Event) -> str:
    match event:
        case Notification() | Calibrated():
            if event.calibration is None:
                return "l’obligation commence, le calibrage reste à faire."
            return f"calibrage n°{NNBSP}{event.calibration.version}."
        case Avenant() | TrancheAffirmed() | Reconduction():
            return _change(event.amount, event.hours)
        case PurchaseOrder():
            return f"{event.reference}, {euros(event.amount)}{NNBSP}; cumul commandé {euros(ledger.ordered)}."
        case Invoice():
            return f"{event.reference}, {euros(event.amount)}{NNBSP}; cumul facturé {euros(ledger.invoiced)}."
        case CreditNote():
            return (
                f"{event.reference}, −{euros(event.amount)}{NNBSP}; cumul facturé {euros(ledger.invoiced)}."
            )
        case LabourHours():
            total = short_hours(sum(ledger.labour.values()))
            return f"{short_hours(event.hours)}{NNBSP}; cumul des heures travaillées {total}."
        case StaffCounted():
            return f"{event.new_staff} personnes nouvelles sur {event.all_staff}."
        case Resiliation():
            return f"{event.effect.label}."
        case _:
            return "sans effet sur le nombre d’heures dues."


def _change(amount: Decimal, hours: Hundredths) -> str:
    parts = []
    if amount:
        parts.append(f"{'+' if amount > 0 else '−'}{euros(abs(amount))}")
    if hours:
        parts.append(f"{'+' if hours > 0 else '−'}{short_hours(abs(hours))}")
    return (" et ".join(parts) or "aucune heure ni somme") + "."
