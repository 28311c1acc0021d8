"""The exact arithmetic of the six methods, and its French explanation. Nothing is rounded here."""

from decimal import Decimal
from fractions import Fraction

import msgspec

from clauses.calibration import (
    AmountBasis,
    Brackets,
    Fixed,
    Formula,
    Method,
    PerAmount,
    PercentOfHoursWorked,
    ProrataNewStaff,
    ThresholdMeaning,
)
from clauses.hours import Hundredths, short_hours
from clauses.wording import NNBSP, decimal, euros, percent


class Amounts(msgspec.Struct, frozen=True, kw_only=True):
    """What the events add to a calibration: euros excluding tax, hours in hundredths.

    `labour_hours` and `staff` (new, all) are None while nobody has told them. `forecast`, when given,
    stands for the amount invoiced or ordered.
    """

    added: Decimal = Decimal(0)
    reconducted: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)
    ordered: Decimal = Decimal(0)
    labour_hours: Hundredths | None = None
    staff: tuple[int, int] | None = None
    hours_added: Hundredths = 0
    forecast: Fraction | None = None


class Exact(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths of hours as an exact fraction, with the steps of the computation."""

    hundredths: Fraction
    steps: tuple[str, ...]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """What is not known yet: the due is unknown, not zero."""

    sentence: str


def explain_and_compute(method: Method, amounts: Amounts) -> Exact | Missing:
    """The exact hours of a method under these amounts."""
    result = _base(method, amounts)
    if not isinstance(result, Exact) or not amounts.hours_added:
        return result
    sign = "+" if amounts.hours_added > 0 else "−"
    step = f"Avenants, tranches et reconductions{NNBSP}: {sign}{short_hours(abs(amounts.hours_added))}."
    return Exact(hundredths=result.hundredths + amounts.hours_added, steps=(*result.steps, step))


def _base(method: Method, amounts: Amounts) -> Exact | Missing:
    match method:
        case Fixed():
            return Exact(
                hundredths=Fraction(method.hours),
                steps=(f"Volume fixe{NNBSP}: {short_hours(method.hours)}.",),
            )
        case Formula():
            return _formula(method, amounts)
        case PerAmount():
            return _per_amount(method, amounts)
        case Brackets():
            return _brackets(method, amounts)
        case PercentOfHoursWorked():
            return _percent(method, amounts)
        case ProrataNewStaff():
            return _prorata(method, amounts)


def _formula(method: Formula, amounts: Amounts) -> Exact | Missing:
    if method.hourly_cost <= 0:
        return Missing(sentence="Le coût horaire doit être plus grand que zéro.")
    amount = method.amount + amounts.added + amounts.reconducted
    hours = (
        Fraction(amount)
        * Fraction(method.labour_share)
        * Fraction(method.rate)
        / Fraction(method.hourly_cost)
    )
    step = (
        f"{euros(amount)} × {percent(method.labour_share)} × {percent(method.rate)} "
        f"÷ {euros(method.hourly_cost)} = {decimal(hours)}{NNBSP}h."
    )
    return Exact(hundredths=hours * 100, steps=(step,))


def _per_amount(method: PerAmount, amounts: Amounts) -> Exact | Missing:
    if method.tranche <= 0:
        return Missing(sentence="La tranche de montant doit être plus grande que zéro.")
    net, steps = _net(method, amounts)
    threshold = Fraction(method.threshold)
    reached = net >= threshold if method.reached_at_equal else net > threshold
    if method.threshold and not reached:
        steps.append(f"Le seuil de {euros(method.threshold)} n’est pas atteint{NNBSP}: 0{NNBSP}h.")
        return Exact(hundredths=Fraction(0), steps=tuple(steps))
    counted = net
    if method.threshold:
        steps.append(f"{method.meaning.label.capitalize()} de {euros(method.threshold)} atteint.")
        if method.meaning is ThresholdMeaning.FRANCHISE:
            counted = net - threshold
            steps.append(f"Au-delà du seuil{NNBSP}: {decimal(counted)}{NNBSP}€.")
    tranches = max(Fraction(0), counted / Fraction(method.tranche))
    if method.complete_tranches_only:
        tranches = Fraction(int(tranches))
    hundredths = tranches * method.hours_per_tranche
    steps.append(
        f"{decimal(counted)}{NNBSP}€ ÷ {euros(method.tranche)} × {short_hours(method.hours_per_tranche)} "
        f"= {decimal(hundredths / 100)}{NNBSP}h."
    )
    return Exact(hundredths=hundredths, steps=tuple(steps))


def _net(method: PerAmount, amounts: Amounts) -> tuple[Fraction, list[str]]:
    if amounts.forecast is not None:
        return amounts.forecast, [
            f"Montant prévu par les commandes{NNBSP}: {decimal(amounts.forecast)}{NNBSP}€."
        ]
    net = amounts.invoiced if method.basis is AmountBasis.INVOICED else amounts.ordered
    return Fraction(net), [f"Montant {method.basis.label}, net des avoirs{NNBSP}: {euros(net)}."]


def _brackets(method: Brackets, amounts: Amounts) -> Exact | Missing:
    amount = method.amount + amounts.added
    held = [b for b in method.brackets if b.at_least <= amount]
    if not held:
        step = f"{euros(amount)} est en dessous de la première tranche du barème{NNBSP}: 0{NNBSP}h."
        return Exact(hundredths=Fraction(0), steps=(step,))
    bracket = max(held, key=lambda b: b.at_least)
    step = (
        f"{euros(amount)} (période ferme, hors reconductions){NNBSP}: "
        f"barème à partir de {euros(bracket.at_least)}, {short_hours(bracket.hours)}."
    )
    return Exact(hundredths=Fraction(bracket.hours), steps=(step,))


def _percent(method: PercentOfHoursWorked, amounts: Amounts) -> Exact | Missing:
    if amounts.labour_hours is None:
        return Missing(
            sentence="Le total des heures travaillées sur le lot n’est pas encore déclaré : "
            "l’obligation n’est pas connue."
        )
    hundredths = amounts.labour_hours * Fraction(method.rate)
    step = (
        f"{short_hours(amounts.labour_hours)} travaillées × {percent(method.rate)} "
        f"= {decimal(hundredths / 100)}{NNBSP}h."
    )
    return Exact(hundredths=hundredths, steps=(step,))


def _prorata(method: ProrataNewStaff, amounts: Amounts) -> Exact | Missing:
    new, total = amounts.staff or (method.new_staff, method.all_staff)
    if new is None or not total:
        return Missing(sentence="L’effectif nouveau et l’effectif total ne sont pas encore connus.")
    hundredths = Fraction(method.base_hours * new, total)
    step = (
        f"{short_hours(method.base_hours)} × {new} personnes nouvelles ÷ {total} "
        f"= {decimal(hundredths / 100)}{NNBSP}h."
    )
    return Exact(hundredths=hundredths, steps=(step,))
