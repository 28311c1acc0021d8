"""The calibration as typed: which method, its inputs, how it is rounded, from when."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import msgspec

from clauses import (
    METHOD_LABELS,
    AmountBasis,
    Bracket,
    Brackets,
    Fixed,
    Formula,
    Method,
    PerAmount,
    PercentOfHoursWorked,
    ProrataNewStaff,
    Rounding,
    ThresholdMeaning,
)
from service.forms import Form

METHODS: dict[str, type[Method]] = {
    "formula": Formula,
    "fixed": Fixed,
    "per_amount": PerAmount,
    "brackets": Brackets,
    "percent_of_hours": PercentOfHoursWorked,
    "prorata_new_staff": ProrataNewStaff,
}
BRACKET_ROWS = 6
SMALLEST = Decimal("0.01")


class CalibrationTyped(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    method: Method
    rounding: Rounding

    @property
    def fingerprint(self) -> str:
        """What was shown before it is confirmed: other inputs have another fingerprint."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


def method_options() -> list[tuple[str, str]]:
    return [(name, METHOD_LABELS[kind]) for name, kind in METHODS.items()]


def read_calibration(form: Form) -> CalibrationTyped | None:
    """The form's values, or None when it has faults."""
    name = form.one_of("method", "Méthode", list(METHODS))
    on = form.day("on", "En vigueur à partir du", required=True)
    rounding = form.choice("rounding", "Arrondi", Rounding)
    method = _READERS[name](form) if name else None
    if form.faults or on is None or rounding is None or method is None:
        return None
    return CalibrationTyped(on=on, method=method, rounding=rounding)


def _fixed(form: Form) -> Method:
    return Fixed(hours=form.hours("hours", "Volume d’heures", required=True) or 0)


def _formula(form: Form) -> Method:
    return Formula(
        amount=_euros(form, "amount", "Montant hors taxes"),
        labour_share=_percent(form, "labour_share", "Part de main-d’œuvre"),
        rate=_percent(form, "rate", "Taux d’insertion"),
        hourly_cost=_euros(form, "hourly_cost", "Coût horaire"),
    )


def _per_amount(form: Form) -> Method:
    basis = form.choice("basis", "Montant compté", AmountBasis)
    meaning = form.choice("meaning", "Sens du seuil", ThresholdMeaning)
    return PerAmount(
        tranche=_euros(form, "tranche", "Tranche"),
        hours_per_tranche=form.hours("hours_per_tranche", "Heures par tranche", required=True) or 0,
        basis=basis or AmountBasis.INVOICED,
        threshold=form.decimal("threshold", "Seuil") or Decimal(0),
        meaning=meaning or ThresholdMeaning.TRIGGER,
        reached_at_equal=form.flag("reached_at_equal"),
        complete_tranches_only=form.flag("complete_tranches_only"),
    )


def _brackets(form: Form) -> Method:
    amount = _euros(form, "amount", "Montant hors taxes")
    found = []
    for row in range(1, BRACKET_ROWS + 1):
        at_least = form.decimal(f"at_least_{row}", f"Palier {row}, à partir de")
        hours = form.hours(f"hours_{row}", f"Palier {row}, heures")
        if at_least is None and hours is None:
            continue
        if at_least is None or hours is None:
            form.fault(f"at_least_{row}", f"Palier {row} : indiquez le montant et les heures.")
            continue
        found.append(Bracket(at_least=at_least, hours=hours))
    if not found:
        form.fault("at_least_1", "Barème : indiquez au moins un palier.")
    if len({b.at_least for b in found}) < len(found):
        form.fault("at_least_1", "Barème : deux paliers commencent au même montant.")
    return Brackets(amount=amount, brackets=tuple(sorted(found, key=lambda b: b.at_least)))


def _percent_of_hours(form: Form) -> Method:
    return PercentOfHoursWorked(rate=_percent(form, "rate", "Taux d’insertion"))


def _prorata(form: Form) -> Method:
    new = form.integer("new_staff", "Personnel nouveau")
    everyone = form.integer("all_staff", "Effectif total")
    if new is not None and everyone is not None and new > everyone:
        form.fault("new_staff", "Personnel nouveau : il ne peut pas dépasser l’effectif total.")
    return ProrataNewStaff(
        base_hours=form.hours("base_hours", "Heures de base", required=True) or 0,
        new_staff=new,
        all_staff=everyone,
    )


_READERS = {
    "fixed": _fixed,
    "formula": _formula,
    "per_amount": _per_amount,
    "brackets": _brackets,
    "percent_of_hours": _percent_of_hours,
    "prorata_new_staff": _prorata,
}


def _euros(form: Form, name: str, label: str) -> Decimal:
    return form.decimal(name, label, required=True, low=SMALLEST, high=Decimal("1e11")) or SMALLEST


def _percent(form: Form, name: str, label: str) -> Decimal:
    """Typed as « 5 » or « 5 % », kept as 0.05."""
    value = form.decimal(name, label, required=True, low=Decimal(0), high=Decimal(100))
    return (value or Decimal(0)) / 100


def values_of(method: Method) -> dict[str, object]:
    """What to put in the fields for the method in force."""
    values: dict[str, object] = {"method": next(n for n, kind in METHODS.items() if isinstance(method, kind))}
    for name, value in msgspec.structs.asdict(method).items():
        if name in ("labour_share", "rate"):
            values[name] = _number(value * 100)
        elif name in ("hours", "hours_per_tranche", "base_hours"):
            values[name] = _number(Decimal(value) / 100)
        elif name == "brackets":
            for row, bracket in enumerate(value[:BRACKET_ROWS], start=1):
                values[f"at_least_{row}"] = _number(bracket.at_least)
                values[f"hours_{row}"] = _number(Decimal(bracket.hours) / 100)
        elif isinstance(value, bool):
            values[name] = "1" if value else None
        elif isinstance(value, Decimal):
            values[name] = _number(value)
        else:
            values[name] = value
    return values


def _number(value: Decimal) -> str:
    """As people type it: « 1000000 », « 0,5 »."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
