"""How figures and dates are written in French: the same in templates, messages and exports."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

NARROW = "\u202f"
BEFORE_MARKS = re.compile(r" (?=[:;!?%»])|(?<=«) ")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def typographic(sentence: str) -> str:
    """A French sentence with its narrow no-break spaces: before : ; ! ? % and inside « »."""
    return BEFORE_MARKS.sub(NARROW, sentence)


def integer(value: int) -> str:
    """1245 -> « 1 245 », with narrow no-break spaces."""
    return f"{value:,}".replace(",", NARROW)


def hours(hundredths: int | None, unit: str = "h") -> str:
    """Hundredths of an hour -> « 1 245,50 h »; whole hours lose their decimals; None -> « inconnu »."""
    if hundredths is None:
        return "inconnu"
    sign = "−" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f",{rest:02d}" if rest else ""
    return f"{sign}{integer(whole)}{decimals}{NARROW}{unit}"


def euros(cents: int | None) -> str:
    """Cents -> « 1 245,50 € »; None -> « non renseigné »."""
    if cents is None:
        return "non renseigné"
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    decimals = f",{rest:02d}" if rest else ""
    return f"{sign}{integer(whole)}{decimals}{NARROW}€"


def day(value: date | None) -> str:
    """« 03/02/2026 »; None -> « — »."""
    return "—" if value is None else f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """« mardi 3 février 2026 » (1er for the first)."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{WEEKDAYS[value.weekday()]} {number} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """« février 2026 »."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def instant(value: datetime, time_zone: str) -> str:
    """« 03/02/2026 à 14 h 05 », in the territory's time."""
    local = value.astimezone(ZoneInfo(time_zone))
    return f"{local:%d/%m/%Y} à {local.hour}{NARROW}h{NARROW}{local.minute:02d}"


def clock(minutes: int) -> str:
    """Minutes from midnight -> « 8 h 05 », « 0 h 30 » past midnight."""
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour}{NARROW}h" + (f"{NARROW}{minute:02d}" if minute else "")


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 1 offre », « 2 offres », « 0 offre » (French counts zero as singular)."""
    word = one if abs(count) < 2 else (many or one + "s")
    return f"{integer(count)}\u00a0{word}"
