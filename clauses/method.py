"""The exact arithmetic of the six methods, and its French explanation. Nothing is rounded here."""

from decimal import Decimal
from fractions import Fraction

import msgspec

from clauses.calibration import (
    AmountBasis,
    Bracket,
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

NO_TOTAL = (
    "Le total des heures travaillées sur le lot n’est pas encore déclaré : l’obligation n’est pas connue."
)


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


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """What is not known yet: the due is unknown, not zero."""

    sentence: str


def exact_hours(method: Method, amounts: Amounts) -> Fraction | Missing:
    """The exact hundredths of hours of a method under these amounts; nothing is rounded here."""
    base = _base(method, amounts)
    return base if isinstance(base, Missing) else base + amounts.hours_added


def explain(method: Method, amounts: Amounts) -> tuple[str, ...]:
    """The steps of the computation in French; empty when the due is unknown."""
    base = _base(method, amounts)
    if isinstance(base, Missing):
        return ()
    steps = _steps(method, amounts, f"{decimal(base / 100)}{NNBSP}h")
    if not amounts.hours_added:
        return steps
    sign = "+" if amounts.hours_added > 0 else "−"
    added = f"Avenants, tranches et reconductions{NNBSP}: {sign}{short_hours(abs(amounts.hours_added))}."
    return (*steps, added)


def _base(method: Method, amounts: Amounts) -> Fraction | Missing:
    match method:
        case Fixed():
            return Fraction(method.hours)
        case Formula():
            if method.hourly_cost <= 0:
                return Missing(sentence="Le coût horaire doit être plus grand que zéro.")
            labour = Fraction(_formula_amount(method, amounts)) * Fraction(method.labour_share)
            return labour * Fraction(method.rate) / Fraction(method.hourly_cost) * 100
        case PerAmount():
            return _per_amount(method, amounts)
        case Brackets():
            bracket = _bracket(method, amounts)
            return Fraction(bracket.hours if bracket else 0)
        case PercentOfHoursWorked():
            if amounts.labour_hours is None:
                return Missing(sentence=NO_TOTAL)
            return amounts.labour_hours * Fraction(method.rate)
        case ProrataNewStaff():
            new, total = amounts.staff or (method.new_staff, method.all_staff)
            if new is None or not total:
                return Missing(sentence="L’effectif nouveau et l’effectif total ne sont pas encore connus.")
            return Fraction(method.base_hours * new, total)


def _steps(method: Method, amounts: Amounts, result: str) -> tuple[str, ...]:
    match method:
        case Fixed():
            return (f"Volume fixe{NNBSP}: {result}.",)
        case Formula():
            shares = f"{percent(method.labour_share)} × {percent(method.rate)}"
            amount = euros(_formula_amount(method, amounts))
            return (f"{amount} × {shares} ÷ {euros(method.hourly_cost)} = {result}.",)
        case PerAmount():
            return _amount_steps(method, amounts, result)
        case Brackets():
            amount, bracket = euros(method.amount + amounts.added), _bracket(method, amounts)
            if bracket is None:
                return (f"{amount} est en dessous de la première tranche du barème{NNBSP}: {result}.",)
            firm = f"{amount} (période ferme, hors reconductions)"
            return (f"{firm}{NNBSP}: barème à partir de {euros(bracket.at_least)}, {result}.",)
        case PercentOfHoursWorked():
            worked = short_hours(amounts.labour_hours or 0)
            return (f"{worked} travaillées × {percent(method.rate)} = {result}.",)
        case ProrataNewStaff():
            new, total = amounts.staff or (method.new_staff, method.all_staff)
            base = short_hours(method.base_hours)
            return (f"{base} × {new} personnes nouvelles ÷ {total} = {result}.",)


def _formula_amount(method: Formula, amounts: Amounts) -> Decimal:
    return method.amount + amounts.added + amounts.reconducted


def _bracket(method: Brackets, amounts: Amounts) -> Bracket | None:
    held = [b for b in method.brackets if b.at_least <= method.amount + amounts.added]
    return max(held, key=lambda b: b.at_least, default=None)


def _per_amount(method: PerAmount, amounts: Amounts) -> Fraction | Missing:
    if method.tranche <= 0:
        return Missing(sentence="La tranche de montant doit être plus grande que zéro.")
    tranches = _counted(method, _net(method, amounts)) / Fraction(method.tranche)
    if method.complete_tranches_only:
        tranches = Fraction(int(tranches))
    return tranches * method.hours_per_tranche


def _net(method: PerAmount, amounts: Amounts) -> Fraction:
    if amounts.forecast is not None:
        return amounts.forecast
    return Fraction(amounts.invoiced if method.basis is AmountBasis.INVOICED else amounts.ordered)


def _reached(method: PerAmount, net: Fraction) -> bool:
    threshold = Fraction(method.threshold)
    return net >= threshold if method.reached_at_equal else net > threshold


def _counted(method: PerAmount, net: Fraction) -> Fraction:
    """The euros that bring hours: none below the threshold; all (trigger) or those beyond (franchise)."""
    if method.threshold and not _reached(method, net):
        return Fraction(0)
    beyond = net - Fraction(method.threshold) if method.meaning is ThresholdMeaning.FRANCHISE else net
    return max(Fraction(0), beyond)


def _amount_steps(method: PerAmount, amounts: Amounts, result: str) -> tuple[str, ...]:
    net = _net(method, amounts)
    if amounts.forecast is not None:
        steps = [f"Montant prévu par les commandes{NNBSP}: {decimal(net)}{NNBSP}€."]
    else:
        steps = [f"Montant {method.basis.label}, net des avoirs{NNBSP}: {decimal(net)}{NNBSP}€."]
    if method.threshold and not _reached(method, net):
        return (*steps, f"Le seuil de {euros(method.threshold)} n’est pas atteint{NNBSP}: {result}.")
    counted = _counted(method, net)
    if method.threshold:
        steps.append(f"{method.meaning.label.capitalize()} de {euros(method.threshold)} atteint.")
        if method.meaning is ThresholdMeaning.FRANCHISE:
            steps.append(f"Au-delà du seuil{NNBSP}: {decimal(counted)}{NNBSP}€.")
    rate = f"÷ {euros(method.tranche)} × {short_hours(method.hours_per_tranche)}"
    return (*steps, f"{decimal(counted)}{NNBSP}€ {rate} = {result}.")
