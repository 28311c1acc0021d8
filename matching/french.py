"""French as it is set: hours, durations, numbers, plurals, lists. No sentence is built here.

Narrow no-break spaces (U+202F) stand before « ; : ! ? », inside guillemets, between a number and its unit.
"""

from matching.terms import Mode
from matching.week import DAY, WeekKind

NNBSP = "\u202f"
COLON = f"{NNBSP}: "
SEMICOLON = f"{NNBSP}; "

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

BY_MODE = {
    Mode.WALK: "à pied",
    Mode.BIKE: "à vélo",
    Mode.EBIKE: "à vélo électrique",
    Mode.MOPED: "en scooter",
    Mode.CAR: "en voiture",
    Mode.CAR_NO_LICENCE: "en voiture sans permis",
    Mode.CARPOOL: "en covoiturage",
    Mode.TRANSIT: "en transports en commun",
    Mode.SHUTTLE: "par la navette de l’employeur",
}
MODE_NAMES = {
    Mode.WALK: "marche",
    Mode.BIKE: "vélo",
    Mode.EBIKE: "vélo électrique",
    Mode.MOPED: "scooter",
    Mode.CAR: "voiture",
    Mode.CAR_NO_LICENCE: "voiture sans permis",
    Mode.CARPOOL: "covoiturage",
    Mode.TRANSIT: "transports en commun",
    Mode.SHUTTLE: "navette de l’employeur",
}


def hour(minute: int) -> str:
    """A time of day: 485 is « 8 h 05 », 0 and 1440 are « minuit »; past it, the hour of the next day."""
    within = minute % DAY
    if not within:
        return "minuit"
    return f"{within // 60}{NNBSP}h{NNBSP}{within % 60:02d}"


def duration(minutes: int) -> str:
    """35 is « 35 min », 65 is « 1 h 05 », 120 is « 2 h »."""
    if minutes < 60:
        return f"{minutes}{NNBSP}min"
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NNBSP}h{NNBSP}{rest:02d}" if rest else f"{hours}{NNBSP}h"


def number(value: int) -> str:
    """Thousands apart: 1245 is « 1 245 »."""
    return f"{value:,}".replace(",", NNBSP)


def hundredths(value: int) -> str:
    """Hundredths as a decimal number: 3500 is « 35 », 2850 is « 28,5 »."""
    whole, rest = divmod(value, 100)
    return number(whole) + (f",{rest:02d}".rstrip("0") if rest else "")


def euros(cents: int) -> str:
    """Cents as euros: 1250 is « 12,50 € »."""
    return f"{number(cents // 100)},{cents % 100:02d}{NNBSP}€"


def count(value: int, one: str, many: str | None = None) -> str:
    """A number and its noun: « 1 offre », « 12 offres »; in French, 0 and 1 are singular."""
    noun = one if value < 2 else (many or f"{one}s")
    return f"{number(value)}{NNBSP}{noun}"


def listed(items: tuple[str, ...]) -> str:
    """« a », « a et b », « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def lower_first(text: str) -> str:
    """« Nettoyer une surface » inside a sentence; a sign such as « CACES » stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def part_of_day(minute: int, *, before: bool) -> str:
    """« le matin » for a start before noon, « le soir » for an end in the afternoon; else said plainly."""
    if before:
        return "le matin" if minute < 720 else "avant la prise de poste"
    return "le soir" if 720 < minute <= DAY else "après la fin de poste"


def in_weeks(weeks: tuple[WeekKind, ...]) -> str:
    """« , pendant les vacances scolaires », « , les semaines impaires »…, or nothing for every week."""
    found = set(weeks)
    if not found or len(found) == 4:
        return ""
    holiday = {WeekKind.HOLIDAY_ODD, WeekKind.HOLIDAY_EVEN}
    school = {WeekKind.SCHOOL_ODD, WeekKind.SCHOOL_EVEN}
    if found == holiday:
        return ", pendant les vacances scolaires"
    if found == school:
        return ", en période scolaire"
    if len({kind.odd for kind in found}) == 1:
        parity = "impaires" if next(iter(found)).odd else "paires"
        if len(found) == 2:
            return f", les semaines {parity}"
        term = "de vacances" if found <= holiday else "d’école"
        return f", les semaines {parity} {term}"
    return ", certaines semaines"
