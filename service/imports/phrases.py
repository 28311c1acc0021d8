"""What France Travail's labels say, when they say it plainly; None otherwise, never a guess.

The labels are those of the public API « Offres d'emploi » v2: « 35H Horaires normaux », « 2 An(s) »,
« Horaire de 11.88 Euros à 12.50 Euros sur 12 mois », « B - Véhicule léger ».
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from matching import strip_accents

LEGAL_WEEK = 3500
LEGAL_MONTH = Decimal("151.67")
LEAST_WAGE, MOST_WAGE = 500, 20_000
LONGEST_WEEK = 6_000

_HOURS = re.compile(r"(?<![\d,.])(\d{1,2})\s*h(?:eures?)?\s*([0-5]\d)?(?![\d])", re.IGNORECASE)
_WEEKLY = re.compile(r"\s*(?:(?:/|par\b)\s*(?:sem|hebdo)|hebdo)", re.IGNORECASE)
_OTHER_PERIOD = re.compile(
    r"\s*(?:/|par)\s*(?:jour|j\b|mois|an)|\s*(?:mensuel|annuel|quotidien)", re.IGNORECASE
)
_CLOCK_BEFORE = re.compile(
    r"(?:\bde|\bà|\ba|\bdès|\bdes|\bentre|\bet|\bvers|\d\s*h?\s*\d*\s*[-–:])\s*$", re.IGNORECASE
)
_SAYS_DURATION = re.compile(r"(?:partiel|plein|hebdo\w*|semaine|dur[ée]e|normaux)\W*$", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s*(?:[-–]|à\b|a\b|et\s+\d)", re.IGNORECASE)
_DURATION = re.compile(r"(\d{1,2})\s*(an|annee|mois)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d[\d\s]*(?:[.,]\d{1,2})?)\s*(?:euro|€|eur\b)", re.IGNORECASE)
_LICENCE = re.compile(
    r"(?:permis\s+)?(AM|A1|A2|A|B1|BE|B\s?\(?E\)?|B|C1E|C1|CE|C|D1E|D1|DE|D)(?:\s|-|$|\))", re.IGNORECASE
)


def weekly_hours(text: str) -> int | None:
    """Hundredths of an hour a week: « 24H30 Temps partiel » -> 2450, « 35H/semaine » -> 3500.

    A range, an hour of the day, hours a day or a month: None.
    """
    found: set[int] = set()
    for one in _HOURS.finditer(text):
        before, after = text[: one.start()], text[one.end() :]
        if _OTHER_PERIOD.match(after):
            continue
        if not _WEEKLY.match(after):
            if not before.strip() and _CLOCK_AFTER.match(after):
                # « 20H à 24H »: a range, not a figure.
                return None
            if _CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(after):
                continue
            if before.strip() and not _SAYS_DURATION.search(before):
                continue
        hundredths = int(one[1]) * 100 + (int(one[2] or 0) * 100 + 30) // 60
        if 0 < hundredths <= LONGEST_WEEK:
            found.add(hundredths)
    return found.pop() if len(found) == 1 else None


def experience_months(text: str) -> int | None:
    """« 2 An(s) » -> 24, « 6 Mois » -> 6, « Expérience exigée de 1 An(s) » -> 12; none told: None."""
    found = _DURATION.search(strip_accents(text))
    if not found:
        return None
    count = int(found[1])
    return count if found[2].lower() == "mois" else count * 12


def hourly_wage_cents(text: str, week: int | None) -> int | None:
    """The least hourly gross wage told, in cents.

    « Mensuel » is divided by 151,67 (the legal month: 35 × 52 / 12) at 35 h a week only; « Annuel »,
    a bonus or a wage out of 5 to 200 €: None.
    """
    folded = strip_accents(text).lower()
    amounts = [value for one in _AMOUNT.finditer(text) if (value := _decimal(one[1])) is not None]
    if not amounts:
        return None
    least = min(amounts)
    if folded.lstrip().startswith(("horaire", "taux horaire")):
        hourly = least
    elif folded.lstrip().startswith("mensuel") and week == LEGAL_WEEK:
        hourly = least / LEGAL_MONTH
    else:
        return None
    cents = int((hourly * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return cents if LEAST_WAGE <= cents <= MOST_WAGE else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"\s", "", text).replace(",", "."))
    except InvalidOperation:
        return None


def licence(text: str) -> str | None:
    """« B - Véhicule léger » -> « B », « C - Poids lourds » -> « C », « Aucun permis » -> None."""
    found = _LICENCE.match(text.strip())
    if not found:
        return None
    return re.sub(r"[\s()]", "", found[1]).upper()


_VEHICLE = re.compile(
    r"\b(?:vehicule|voiture)\b(?:\s+(?:personnel(?:le)?|leger|individuel(?:le)?))?\s*(?:est\s+|:\s*)?"
    r"(?:obligatoire|indispensable|exigee?|necessaire|imperatif|imperative|requise?)"
)


def vehicle_required(text: str) -> bool:
    """Only when the offer says in so many words that one must have a vehicle."""
    return bool(_VEHICLE.search(strip_accents(text).lower()))
