"""Reading the dated events of a lot and their calibrations from a case."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from clauses.calibration import (
    AmountBasis,
    Bracket,
    Brackets,
    Calibration,
    Fixed,
    Formula,
    Method,
    PerAmount,
    PercentOfHoursWorked,
    ProrataNewStaff,
    Rounding,
    ThresholdMeaning,
)
from clauses.case_model import learnt
from clauses.case_sheet import Sheet
from clauses.case_values import (
    one_of,
    read_count,
    read_day,
    read_flag,
    read_hours,
    read_money,
    read_month,
    read_name,
    read_share,
    read_signed_hours,
    read_text,
)
from clauses.events import (
    Avenant,
    Calibrated,
    CreditNote,
    Event,
    ExtensionOfTime,
    Invoice,
    LabourHours,
    Notification,
    OrderToStart,
    PurchaseOrder,
    Reception,
    Reconduction,
    Replacement,
    Resiliation,
    ResiliationEffect,
    StaffCounted,
    TrancheAffirmed,
    TransferMode,
    Withdrawal,
)

ROUNDINGS = {
    "heure inférieure": Rounding.FLOOR_HOUR,
    "heure la plus proche": Rounding.NEAREST_HOUR,
    "centième": Rounding.HUNDREDTH,
}
BASES = {basis.value: basis for basis in AmountBasis}
BASES_SAID_OTHERWISE = {"facturé": "facture", "commandé": "commande"}
MEANINGS = {meaning.value: meaning for meaning in ThresholdMeaning}
EFFECTS = {effect.value: effect for effect in ResiliationEffect}
MODES = {mode.value: mode for mode in TransferMode}
NOBODY = "?"
ZERO = Decimal(0)
SOME_DAY = date(2000, 1, 1)


class Stamp:
    """What every event bears: its id, its day, and when it was known."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        self.id = sheet.get("id", read_name, f"evenement-{number}")
        self.on = sheet.need("date", read_day, SOME_DAY)
        self.known_at: datetime = learnt(sheet.get("connu_le", read_day, self.on), number)


EVENTS_SAID_OTHERWISE = {
    "OS": "ordre de service",
    "BC": "bon de commande",
    "affermissement": "tranche affermie",
    "affermissement de tranche": "tranche affermie",
    "prolongation de délai": "prolongation",
}


def read_event(sheet: Sheet, number: int) -> Event | None:
    """One [[evenement]]; None when its type is missing or unknown (the fault is told)."""
    read = sheet.need("type", one_of(READERS, EVENTS_SAID_OTHERWISE), None)
    if read is None:
        return None
    event = read(sheet, Stamp(sheet, number))
    sheet.close()
    return event


def read_calibration(sheet: Sheet) -> Calibration | None:
    """A calibration: « methode » and the inputs of that method."""
    read = sheet.need("methode", one_of(METHODS), None)
    if read is None:
        return None
    method = read(sheet)
    rounding = sheet.get("arrondi", one_of(ROUNDINGS), Rounding.FLOOR_HOUR)
    version = sheet.get("version", read_count, 1)
    sheet.close()
    return Calibration(version=version, method=method, rounding=rounding)


def _fixed(sheet: Sheet) -> Method:
    return Fixed(hours=sheet.need("heures", read_hours, 0))


def _formula(sheet: Sheet) -> Method:
    return Formula(
        amount=sheet.need("montant", read_money, ZERO),
        labour_share=sheet.need("part_main_d_oeuvre", read_share, ZERO),
        rate=sheet.need("taux", read_share, ZERO),
        hourly_cost=sheet.need("cout_horaire", read_money, ZERO),
    )


def _per_amount(sheet: Sheet) -> Method:
    return PerAmount(
        tranche=sheet.need("tranche", read_money, ZERO),
        hours_per_tranche=sheet.get("heures_par_tranche", read_hours, 100),
        basis=sheet.get("base", one_of(BASES, BASES_SAID_OTHERWISE), AmountBasis.INVOICED),
        threshold=sheet.get("seuil", read_money, ZERO),
        meaning=sheet.get("lecture_du_seuil", one_of(MEANINGS), ThresholdMeaning.TRIGGER),
        reached_at_equal=sheet.get("atteint_a_egalite", read_flag, True),
        complete_tranches_only=sheet.get("tranches_entieres", read_flag, False),
    )


def _brackets(sheet: Sheet) -> Method:
    brackets = []
    for one in sheet.children("palier"):
        at_least = one.need("a_partir_de", read_money, ZERO)
        brackets.append(Bracket(at_least=at_least, hours=one.need("heures", read_hours, 0)))
        one.close()
    if not brackets:
        sheet.fault("palier", "un barème a au moins un palier.")
    return Brackets(amount=sheet.need("montant", read_money, ZERO), brackets=tuple(brackets))


def _percent(sheet: Sheet) -> Method:
    return PercentOfHoursWorked(rate=sheet.need("taux", read_share, ZERO))


def _prorata(sheet: Sheet) -> Method:
    return ProrataNewStaff(
        base_hours=sheet.need("heures_de_base", read_hours, 0),
        new_staff=sheet.maybe("personnes_nouvelles", read_count),
        all_staff=sheet.maybe("personnes_en_tout", read_count),
    )


METHODS: dict[str, Callable[[Sheet], Method] | None] = {
    "fixe": _fixed,
    "formule": _formula,
    "par tranche": _per_amount,
    "barème": _brackets,
    "pourcentage des heures": _percent,
    "prorata du personnel": _prorata,
}


def _calibration(sheet: Sheet) -> Calibration | None:
    child = sheet.child("calibrage")
    return None if child is None else read_calibration(child)


def _notification(sheet: Sheet, at: Stamp) -> Event:
    ends_on = sheet.need("fin", read_day, at.on)
    sheet.in_order(at.on, "fin", ends_on)
    return Notification(
        id=at.id, on=at.on, known_at=at.known_at, ends_on=ends_on, calibration=_calibration(sheet)
    )


def _order_to_start(sheet: Sheet, at: Stamp) -> Event:
    return OrderToStart(id=at.id, on=at.on, known_at=at.known_at)


def _calibrated(sheet: Sheet, at: Stamp) -> Event | None:
    calibration = _calibration(sheet)
    if calibration is None:
        if not sheet.has("calibrage"):
            sheet.fault("", "il manque la table « calibrage ».")
        return None
    return Calibrated(id=at.id, on=at.on, known_at=at.known_at, calibration=calibration)


def _amounts(sheet: Sheet) -> tuple[Decimal, int]:
    """« montant » and « heures », of which at least one; both may be below zero."""
    if not sheet.has("montant") and not sheet.has("heures") and not sheet.has("nouvelle_fin"):
        sheet.fault("", "il manque « montant », « heures » ou « nouvelle_fin ».")
    return sheet.get("montant", read_money, ZERO), sheet.get("heures", read_signed_hours, 0)


def _avenant(sheet: Sheet, at: Stamp) -> Event:
    amount, hours = _amounts(sheet)
    new_end = sheet.maybe("nouvelle_fin", read_day)
    return Avenant(id=at.id, on=at.on, known_at=at.known_at, amount=amount, hours=hours, new_end=new_end)


def _tranche(sheet: Sheet, at: Stamp) -> Event:
    amount, hours = _amounts(sheet)
    label = sheet.get("libelle", read_text, "Tranche optionnelle")
    return TrancheAffirmed(id=at.id, on=at.on, known_at=at.known_at, label=label, amount=amount, hours=hours)


def _reconduction(sheet: Sheet, at: Stamp) -> Event:
    amount, hours = _amounts(sheet)
    end = sheet.need("nouvelle_fin", read_day, at.on)
    return Reconduction(id=at.id, on=at.on, known_at=at.known_at, amount=amount, hours=hours, new_end=end)


def _extension(sheet: Sheet, at: Stamp) -> Event:
    end = sheet.need("nouvelle_fin", read_day, at.on)
    return ExtensionOfTime(id=at.id, on=at.on, known_at=at.known_at, new_end=end)


def _order(sheet: Sheet, at: Stamp) -> Event:
    starts_on = sheet.get("debut", read_day, at.on)
    ends_on = sheet.need("fin", read_day, starts_on)
    sheet.in_order(starts_on, "fin", ends_on)
    return PurchaseOrder(
        id=at.id,
        on=at.on,
        known_at=at.known_at,
        reference=sheet.get("reference", read_name, at.id),
        amount=sheet.need("montant", read_money, ZERO),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _invoice(sheet: Sheet, at: Stamp) -> Event:
    reference, amount = sheet.get("reference", read_name, at.id), sheet.need("montant", read_money, ZERO)
    return Invoice(id=at.id, on=at.on, known_at=at.known_at, reference=reference, amount=amount)


def _credit(sheet: Sheet, at: Stamp) -> Event:
    reference, amount = sheet.get("reference", read_name, at.id), sheet.need("montant", read_money, ZERO)
    if amount < 0:
        sheet.fault("montant", "un avoir s’écrit par une somme positive, qui se retranche.")
    return CreditNote(id=at.id, on=at.on, known_at=at.known_at, reference=reference, amount=amount)


def _replacement(sheet: Sheet, at: Stamp) -> Event:
    return Replacement(
        id=at.id,
        on=at.on,
        known_at=at.known_at,
        leaving_company_id=sheet.need("sortant", read_name, NOBODY),
        joining_company_id=sheet.need("entrant", read_name, NOBODY),
        mode=sheet.need("mode", one_of(MODES), TransferMode.ALL_TO_NEW),
    )


def _reception(sheet: Sheet, at: Stamp) -> Event:
    return Reception(id=at.id, on=at.on, known_at=at.known_at)


def _resiliation(sheet: Sheet, at: Stamp) -> Event:
    effect = sheet.need("effet", one_of(EFFECTS), ResiliationEffect.KEPT)
    hours = (
        sheet.need("heures", read_hours, 0)
        if effect is ResiliationEffect.SET
        else sheet.get("heures", read_hours, 0)
    )
    return Resiliation(id=at.id, on=at.on, known_at=at.known_at, effect=effect, hours=hours)


def _labour(sheet: Sheet, at: Stamp) -> Event:
    return LabourHours(
        id=at.id,
        on=at.on,
        known_at=at.known_at,
        company_id=sheet.get("entreprise", read_name, "titulaire"),
        period_start=sheet.need("periode", read_month, at.on),
        hours=sheet.need("heures", read_hours, 0),
    )


def _staff(sheet: Sheet, at: Stamp) -> Event:
    new_staff = sheet.need("personnes_nouvelles", read_count, 0)
    total = sheet.need("personnes_en_tout", read_count, 0)
    return StaffCounted(id=at.id, on=at.on, known_at=at.known_at, new_staff=new_staff, all_staff=total)


def _withdrawal(sheet: Sheet, at: Stamp) -> Event:
    event_id = sheet.need("evenement", read_name, NOBODY)
    reason = sheet.get("motif", read_text, "Erreur de saisie")
    return Withdrawal(id=at.id, on=at.on, known_at=at.known_at, event_id=event_id, reason=reason)


READERS: dict[str, Callable[[Sheet, Stamp], Event | None] | None] = {
    "notification": _notification,
    "ordre de service": _order_to_start,
    "calibrage": _calibrated,
    "avenant": _avenant,
    "tranche affermie": _tranche,
    "reconduction": _reconduction,
    "prolongation": _extension,
    "bon de commande": _order,
    "facture": _invoice,
    "avoir": _credit,
    "remplacement": _replacement,
    "réception": _reception,
    "résiliation": _resiliation,
    "heures travaillées": _labour,
    "effectif": _staff,
    "annulation": _withdrawal,
}
