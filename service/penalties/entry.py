"""The penalty as typed: one of three modes of computation, the buyer's decision."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from clauses import CeilingMultiple, PenaltyRule, PerDayLate, PerHour
from service.documents.entry import File, choose_again, read_file
from service.forms import Form

HIGHEST = Decimal(100_000)


class Mode(StrEnum):
    """How the marché counts a penalty: the three modes of the clauses core."""

    PER_HOUR = "par_heure"
    CEILING = "plafond"
    PER_DAY = "par_jour"

    @property
    def label(self) -> str:
        return {
            "par_heure": "Euros par heure non faite",
            "plafond": "Multiple du plafond horaire de la Sécurité sociale, par heure non faite",
            "par_jour": "Euros par jour de retard depuis la mise en demeure",
        }[self.value]


class PenaltyTyped(msgspec.Struct, frozen=True, kw_only=True):
    rule: PenaltyRule
    on: date
    reason: str


class DecisionTyped(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in cents: 0 is a remission of the whole."""

    amount: int
    on: date
    document: str
    note: str
    proof: File | None


def mode_of(form: Form) -> Mode:
    """The mode asked, per hour by default."""
    asked = form.raw("mode")
    return Mode(asked) if asked in set(Mode) else Mode.PER_HOUR


def read_penalty(form: Form, today: date) -> PenaltyTyped | None:
    """The form's values, or None when it has faults."""
    on = form.day("on", "Arrêtée au", required=True)
    reason = form.text("reason", "Motif", required=True, longest=1000, lines=True)
    rule = _rule(form, mode_of(form))
    if on and on > today:
        form.fault("on", "Arrêtée au : cette date est à venir.")
    if form.faults or on is None or rule is None:
        return None
    return PenaltyTyped(rule=rule, on=on, reason=reason)


def _rule(form: Form, mode: Mode) -> PenaltyRule | None:
    if mode is Mode.CEILING:
        multiple = form.decimal("multiple", "Multiple", required=True, high=Decimal(100))
        ceiling = form.decimal("ceiling", "Plafond horaire", required=True, high=Decimal(1000))
        if multiple is None or ceiling is None:
            return None
        return CeilingMultiple(multiple=multiple, hourly_ceiling=ceiling)
    rate = form.decimal("rate", "Montant", required=True, high=HIGHEST)
    if mode is Mode.PER_HOUR:
        return None if rate is None else PerHour(rate=rate)
    notice = form.day("notice_on", "Mise en demeure", required=True)
    stopped = form.day("stopped_on", "Réponse reçue le")
    if notice and stopped and stopped < notice:
        form.fault("stopped_on", "Réponse reçue le : cette date précède la mise en demeure.")
    if rate is None or notice is None:
        return None
    return PerDayLate(rate=rate, formal_notice_on=notice, stopped_on=stopped)


def read_decision(form: Form, today: date) -> DecisionTyped | None:
    """What the buyer decided, as her document says; None when there are faults."""
    amount = form.cents("amount", "Montant décidé", required=True)
    on = form.day("decided_on", "Date de la décision", required=True)
    document = form.text("document", "Référence du document", required=True)
    note = form.text("note", "Précision", longest=1000, lines=True)
    proof = read_file(form, "proof", "Fichier de la décision", required=False)
    if on and on > today:
        form.fault("decided_on", "Date de la décision : cette date est à venir.")
    choose_again(form, "proof", "Fichier de la décision")
    if form.faults or amount is None or on is None:
        return None
    return DecisionTyped(amount=amount, on=on, document=document, note=note, proof=proof)
