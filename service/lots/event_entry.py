"""The events that a facilitator types, field by field, each into the Struct of the clauses core."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal

import msgspec

import clauses
from clauses import Event, ResiliationEffect
from service.forms import Form
from service.tables.columns import new_public_id

Reader = Callable[[Form, "Stamp"], Event | None]


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What every event has: its date of effect and when it became known."""

    on: date
    known_at: datetime


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of event that can be typed: what it makes, its help, its fields."""

    makes: type[Event]
    help: str
    read: Reader

    @property
    def label(self) -> str:
        return clauses.EVENT_LABELS[self.makes]

    @property
    def of_a_tranche(self) -> bool:
        return self.makes in clauses.OF_A_TRANCHE


def read_event(
    form: Form, known_at: datetime, companies: set[str], tranches: Collection[str]
) -> Event | None:
    """The event typed, or None when the form has faults. `companies`, `tranches`: public ids that may be
    named."""
    name = form.one_of("type", "Évènement", list(KINDS))
    on = form.day("on", "Date d’effet", required=True)
    if form.raw("company_id") and form.raw("company_id") not in companies:
        form.fault("company_id", "Entreprise : choisissez une réponse de la liste.")
    if form.raw("tranche") and form.raw("tranche") not in tranches:
        form.fault("tranche", "Tranche : choisissez une réponse de la liste.")
    # The fields are read even when the date is faulty: all faults come at once.
    event = KINDS[name].read(form, Stamp(on=on or date.min, known_at=known_at)) if name else None
    return None if form.faults else event


def _order(form: Form, stamp: Stamp) -> Event:
    return clauses.OrderToStart(id=new_public_id(), on=stamp.on, known_at=stamp.known_at)


def _avenant(form: Form, stamp: Stamp) -> Event:
    amount, hours = _change(form)
    new_end = form.day("new_end", "Nouvelle fin")
    if not amount and not hours and new_end is None:
        form.fault("amount", "Avenant : indiquez un montant, des heures ou une nouvelle fin.")
    return clauses.Avenant(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        amount=amount,
        hours=hours,
        new_end=new_end,
    )


def _tranche(form: Form, stamp: Stamp) -> Event:
    label = form.text("label", "Tranche", required=True)
    amount, hours = _added(form)
    return clauses.TrancheAffirmed(
        id=new_public_id(), on=stamp.on, known_at=stamp.known_at, label=label, amount=amount, hours=hours
    )


def _reconduction(form: Form, stamp: Stamp) -> Event:
    amount, hours = _added(form)
    return clauses.Reconduction(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        amount=amount,
        hours=hours,
        new_end=_required_end(form, stamp),
    )


def _extension(form: Form, stamp: Stamp) -> Event:
    return clauses.ExtensionOfTime(
        id=new_public_id(), on=stamp.on, known_at=stamp.known_at, new_end=_required_end(form, stamp)
    )


def _order_form(form: Form, stamp: Stamp) -> Event:
    reference, amount = _piece(form)
    starts_on = form.day("starts_on", "Début d’exécution", required=True) or stamp.on
    ends_on = form.day("ends_on", "Fin d’exécution", required=True) or starts_on
    if ends_on < starts_on:
        form.fault("ends_on", "Fin d’exécution : elle tombe avant le début.")
    return clauses.PurchaseOrder(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        reference=reference,
        amount=amount,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _invoice(form: Form, stamp: Stamp) -> Event:
    reference, amount = _piece(form)
    return clauses.Invoice(
        id=new_public_id(), on=stamp.on, known_at=stamp.known_at, reference=reference, amount=amount
    )


def _credit_note(form: Form, stamp: Stamp) -> Event:
    reference, amount = _piece(form)
    return clauses.CreditNote(
        id=new_public_id(), on=stamp.on, known_at=stamp.known_at, reference=reference, amount=amount
    )


def _reception(form: Form, stamp: Stamp) -> Event:
    return clauses.Reception(id=new_public_id(), on=stamp.on, known_at=stamp.known_at)


def _resiliation(form: Form, stamp: Stamp) -> Event:
    effect = form.choice("effect", "Effet sur l’obligation", ResiliationEffect)
    fixed = effect is ResiliationEffect.SET
    hours = form.hours("hours", "Heures fixées par la décision", required=fixed)
    return clauses.Resiliation(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        effect=effect or ResiliationEffect.KEPT,
        hours=(hours or 0) if fixed else 0,
    )


def _labour_hours(form: Form, stamp: Stamp) -> Event:
    company = form.text("company_id", "Entreprise", required=True, longest=12)
    start = form.day("period_start", "Début de la période", required=True)
    hours = form.hours("hours", "Heures travaillées", required=True)
    return clauses.LabourHours(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        company_id=company,
        period_start=start or stamp.on,
        hours=hours or 0,
    )


def _staff(form: Form, stamp: Stamp) -> Event:
    new = form.integer("new_staff", "Personnel nouveau", required=True)
    everyone = form.integer("all_staff", "Effectif total", low=1, required=True)
    if new is not None and everyone is not None and new > everyone:
        form.fault("new_staff", "Personnel nouveau : il ne peut pas dépasser l’effectif total.")
    return clauses.StaffCounted(
        id=new_public_id(),
        on=stamp.on,
        known_at=stamp.known_at,
        new_staff=new or 0,
        all_staff=everyone or 1,
    )


def _change(form: Form) -> tuple[Decimal, int]:
    """Euros and hours with their sign: « ajoute » or « retire »."""
    amount, hours = _added(form)
    taken = form.one_of("sense", "Sens", ["plus", "minus"]) == "minus"
    return (-amount, -hours) if taken else (amount, hours)


def _added(form: Form) -> tuple[Decimal, int]:
    amount = form.decimal("amount", "Montant hors taxes", high=Decimal("1e11")) or Decimal(0)
    return amount, form.hours("hours", "Heures") or 0


def _piece(form: Form) -> tuple[str, Decimal]:
    reference = form.text("reference", "Référence", required=True, longest=80)
    amount = form.decimal(
        "amount", "Montant hors taxes", required=True, low=Decimal("0.01"), high=Decimal("1e11")
    )
    return reference, amount or Decimal(0)


def _required_end(form: Form, stamp: Stamp) -> date:
    return form.day("new_end", "Nouvelle fin", required=True) or stamp.on


KINDS: dict[str, Kind] = {
    "avenant": Kind(
        makes=clauses.Avenant,
        help="Change le montant, les heures ou la fin, à partir de sa date d’effet.",
        read=_avenant,
    ),
    "ordre_de_service": Kind(
        makes=clauses.OrderToStart, help="Le temps de l’exécution se compte à partir de ce jour.", read=_order
    ),
    "bon_de_commande": Kind(
        makes=clauses.PurchaseOrder, help="Nourrit le prévisionnel, réparti sur ses dates.", read=_order_form
    ),
    "facture": Kind(makes=clauses.Invoice, help="Montant hors taxes facturé.", read=_invoice),
    "avoir": Kind(
        makes=clauses.CreditNote, help="Montant rendu sur ce qui était facturé.", read=_credit_note
    ),
    "prolongation": Kind(
        makes=clauses.ExtensionOfTime,
        help="La fin recule ; les heures dues ne changent pas.",
        read=_extension,
    ),
    "tranche": Kind(
        makes=clauses.TrancheAffirmed, help="Ses heures ne sont dues qu’à partir de là.", read=_tranche
    ),
    "reconduction": Kind(
        makes=clauses.Reconduction, help="Le marché continue pour une période de plus.", read=_reconduction
    ),
    "heures_travaillees": Kind(
        makes=clauses.LabourHours,
        help="Toutes les heures de main-d’œuvre d’une entreprise sur une période.",
        read=_labour_hours,
    ),
    "effectif": Kind(
        makes=clauses.StaffCounted, help="Personnel nouveau et effectif total, pour le prorata.", read=_staff
    ),
    "reception": Kind(makes=clauses.Reception, help="Aucune heure ne compte après ce jour.", read=_reception),
    "resiliation": Kind(makes=clauses.Resiliation, help="Le marché s’arrête.", read=_resiliation),
}
