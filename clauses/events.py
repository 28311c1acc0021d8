"""The dated events of a lot, on two clocks: `on`, when it takes effect; `known_at`, when we learnt it.

An event is never changed nor deleted: a slip is undone by a `Withdrawal`, known at its own time, so
that a past bilan is reproduced with the slip in it. `known_at` is always in UTC (aware) for all events
of one ledger; amounts exclude tax.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from clauses.calibration import Calibration
from clauses.hours import Hundredths


class ResiliationEffect(StrEnum):
    """What remains due after a resiliation (practice not verified: chosen at each resiliation)."""

    KEPT = "maintenue"
    PRORATA_TIME = "prorata_temps"
    SET = "fixee"

    @property
    def label(self) -> str:
        return {
            "maintenue": "obligation maintenue",
            "prorata_temps": "obligation réduite au temps écoulé",
            "fixee": "obligation fixée par la décision",
        }[self.value]


class TransferMode(StrEnum):
    """Replacement of the titulaire (brief 8b, case 8)."""

    ALL_TO_NEW = "tout_au_nouveau"
    SPLIT_BY_DATE = "partage_a_la_date"

    @property
    def label(self) -> str:
        return {
            "tout_au_nouveau": "toute l’obligation passe au nouveau titulaire",
            "partage_a_la_date": "obligation partagée à la date du remplacement",
        }[self.value]


class Notification(msgspec.Struct, frozen=True, kw_only=True, tag="notification"):
    """The marché is notified: the obligation begins, with its calibration when it is known.

    `ends_on` is the end of delivery as planned that day; later events move it.
    """

    id: str
    on: date
    known_at: datetime
    ends_on: date
    calibration: Calibration | None


class OrderToStart(msgspec.Struct, frozen=True, kw_only=True, tag="order_to_start"):
    """Ordre de service: the time of pace starts here; `on` is the first day."""

    id: str
    on: date
    known_at: datetime


class Calibrated(msgspec.Struct, frozen=True, kw_only=True, tag="calibrated"):
    """A calibration, or a new version of it, in force from `on`; earlier amendments are held in it."""

    id: str
    on: date
    known_at: datetime
    calibration: Calibration


class Avenant(msgspec.Struct, frozen=True, kw_only=True, tag="avenant"):
    """Adds (or takes away) euros of base, or hours outright, and may move the end."""

    id: str
    on: date
    known_at: datetime
    amount: Decimal
    hours: Hundredths
    new_end: date | None


class TrancheAffirmed(msgspec.Struct, frozen=True, kw_only=True, tag="tranche_affirmed"):
    """An optional tranche becomes firm: only then are its hours due."""

    id: str
    on: date
    known_at: datetime
    label: str
    amount: Decimal
    hours: Hundredths


class Reconduction(msgspec.Struct, frozen=True, kw_only=True, tag="reconduction"):
    """The marché goes on for another period."""

    id: str
    on: date
    known_at: datetime
    amount: Decimal
    hours: Hundredths
    new_end: date


class ExtensionOfTime(msgspec.Struct, frozen=True, kw_only=True, tag="extension_of_time"):
    """The end moves; the hours do not."""

    id: str
    on: date
    known_at: datetime
    new_end: date


class PurchaseOrder(msgspec.Struct, frozen=True, kw_only=True, tag="purchase_order"):
    """Bon de commande: euros ordered, consumed evenly from `starts_on` to `ends_on` in the forecast."""

    id: str
    on: date
    known_at: datetime
    reference: str
    amount: Decimal
    starts_on: date
    ends_on: date


class Invoice(msgspec.Struct, frozen=True, kw_only=True, tag="invoice"):
    """Euros invoiced, excluding tax."""

    id: str
    on: date
    known_at: datetime
    reference: str
    amount: Decimal


class CreditNote(msgspec.Struct, frozen=True, kw_only=True, tag="credit_note"):
    """Avoir: euros (a positive number) taken from what was invoiced."""

    id: str
    on: date
    known_at: datetime
    reference: str
    amount: Decimal


class Replacement(msgspec.Struct, frozen=True, kw_only=True, tag="replacement"):
    """Another company takes the marché over; the lot owes the same, the debtor changes."""

    id: str
    on: date
    known_at: datetime
    leaving_company_id: str
    joining_company_id: str
    mode: TransferMode


class Reception(msgspec.Struct, frozen=True, kw_only=True, tag="reception"):
    """Works received: no hour counts after `on`."""

    id: str
    on: date
    known_at: datetime


class Resiliation(msgspec.Struct, frozen=True, kw_only=True, tag="resiliation"):
    """The marché ends early; `hours` is read with the effect SET only."""

    id: str
    on: date
    known_at: datetime
    effect: ResiliationEffect
    hours: Hundredths


class LabourHours(msgspec.Struct, frozen=True, kw_only=True, tag="labour_hours"):
    """All labour hours of a company over a period; told again, the later known replaces the former."""

    id: str
    on: date
    known_at: datetime
    company_id: str
    period_start: date
    hours: Hundredths


class StaffCounted(msgspec.Struct, frozen=True, kw_only=True, tag="staff_counted"):
    """New and total staff, for the prorata of new staff."""

    id: str
    on: date
    known_at: datetime
    new_staff: int
    all_staff: int


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, tag="withdrawal"):
    """An event entered by mistake is taken back, for those who look from `known_at` on."""

    id: str
    on: date
    known_at: datetime
    event_id: str
    reason: str


Event = (
    Notification
    | OrderToStart
    | Calibrated
    | Avenant
    | TrancheAffirmed
    | Reconduction
    | ExtensionOfTime
    | PurchaseOrder
    | Invoice
    | CreditNote
    | Replacement
    | Reception
    | Resiliation
    | LabourHours
    | StaffCounted
    | Withdrawal
)

EVENT_LABELS: dict[type[Event], str] = {
    Notification: "Notification",
    OrderToStart: "Ordre de service",
    Calibrated: "Calibrage",
    Avenant: "Avenant",
    TrancheAffirmed: "Tranche affermie",
    Reconduction: "Reconduction",
    ExtensionOfTime: "Prolongation de délai",
    PurchaseOrder: "Bon de commande",
    Invoice: "Facture",
    CreditNote: "Avoir",
    Replacement: "Remplacement du titulaire",
    Reception: "Réception",
    Resiliation: "Résiliation",
    LabourHours: "Total des heures travaillées",
    StaffCounted: "Effectif compté",
    Withdrawal: "Annulation d’une saisie",
}


def known_events(events: tuple[Event, ...], on: date, known_at: datetime) -> tuple[Event, ...]:
    """The events in effect on `on`, as known at `known_at`, in the order of the ledger.

    The order is (on, known_at, id): two events of one day follow the order in which they were learnt.
    """
    seen = [e for e in events if e.known_at <= known_at]
    withdrawn: set[str] = set()
    withdrawals = [e for e in seen if isinstance(e, Withdrawal)]
    for taken_back in sorted(withdrawals, key=lambda e: (e.known_at, e.id), reverse=True):
        if taken_back.id not in withdrawn:  # a withdrawal may be withdrawn too
            withdrawn.add(taken_back.event_id)
    kept = (e for e in seen if e.on <= on and e.id not in withdrawn and not isinstance(e, Withdrawal))
    return tuple(sorted(kept, key=lambda e: (e.on, e.known_at, e.id)))
