"""A broken constraint in one French sentence, for the person and her référent: the causes are told.

No capital and no full stop: the page sets them.
"""

from matching.french import (
    BY_MODE,
    COLON,
    DAYS,
    NNBSP,
    SEMICOLON,
    count,
    duration,
    euros,
    hour,
    hundredths,
    in_weeks,
    listed,
    part_of_day,
)
from matching.register import Names
from matching.terms import EmploymentKind, PhysicalDemand
from matching.verdict import Reason, ReasonCode, Side
from matching.week import DAY

EMPLOYMENT_KINDS = {
    EmploymentKind.CDI: "CDI",
    EmploymentKind.CDD: "CDD",
    EmploymentKind.CDDI: "CDD d’insertion",
    EmploymentKind.INTERIM: "intérim",
    EmploymentKind.SAISONNIER: "emploi saisonnier",
    EmploymentKind.ALTERNANCE: "alternance",
    EmploymentKind.PEC: "parcours emploi compétences",
}
DEMANDS = {
    PhysicalDemand.LOADS: "port de charges",
    PhysicalDemand.STANDING: "station debout",
    PhysicalDemand.HEIGHTS: "travail en hauteur",
    PhysicalDemand.OUTDOOR: "travail en extérieur",
    PhysicalDemand.SCREEN: "travail sur écran",
    PhysicalDemand.REPETITIVE: "gestes répétitifs",
    PhysicalDemand.COLD: "travail au froid",
    PhysicalDemand.CHEMICALS: "produits chimiques",
    PhysicalDemand.DRIVING: "conduite prolongée",
    PhysicalDemand.STAIRS: "escaliers",
}

_C = ReasonCode
# A presence that begins then is at night, in the words of a sentence: 21 h to 5 h.
DUSK, DAWN = 1260, 300


def reason_text(reason: Reason, names: Names) -> str:
    """The whole reason, causes included: for the registers person and full only."""
    if reason.code in (_C.CARE_MISSING, _C.AVAILABILITY_MISSING):
        return _hours(reason, names)
    if reason.code in (_C.CARE_NONE, _C.AVAILABILITY_NONE):
        what = "aucune garde" if reason.code is _C.CARE_NONE else "aucune disponibilité"
        if reason.day is None:
            return f"{what}, quels que soient les horaires"
        night = reason.at is not None and not DAWN <= reason.at < DUSK
        return f"{_when(reason)}{COLON}{what} {'la nuit' if night else 'aux heures du poste'}"
    return plain_reason(reason, names)


def plain_reason(reason: Reason, names: Names) -> str:
    """A reason that hides nothing personal: travel, papers, and the project's own bounds."""
    value, limit = reason.value or 0, reason.limit or 0
    items = listed(tuple(names.of(item) for item in reason.items))
    match reason.code:
        case _C.TRAVEL_TOO_LONG:
            lasting = f"d’au moins {duration(value)}" if reason.at_least else f"de {duration(value)}"
            return f"trajet {lasting}{_by(reason)}, au-delà du maximum de {duration(limit)}"
        case _C.DAILY_TRAVEL_TOO_LONG:
            return (
                f"journée coupée{COLON}{duration(value)} de trajets{_by(reason)}, "
                f"au-delà de {duration(limit)} par jour"
            )
        case _C.NO_MODE:
            return "aucun moyen de transport pour s’y rendre"
        case _C.NO_SERVICE:
            return f"aucun trajet possible{_by(reason)} aux heures du poste"
        case _C.LICENCE_MISSING:
            return licences_asked(items, len(reason.items))
        case _C.LICENCE_EXPIRED:
            if len(reason.items) > 1:
                return f"les permis {items} ne sont pas valables le {_date(reason)}"
            return f"le permis {items} n’est pas valable le {_date(reason)}"
        case _C.VEHICLE_MISSING:
            return "le poste demande un véhicule"
        case _C.CERTIFICATE_MISSING:
            return f"le poste demande{COLON}{items}"
        case _C.CERTIFICATE_EXPIRED:
            return f"plus valable le {_date(reason)}{COLON}{items}"
        case _:
            return _project(reason, items)


def licences_asked(items: str, number: int) -> str:
    """« le poste demande le permis B », « … les permis B et C »."""
    return f"le poste demande {'les' if number > 1 else 'le'} permis {items}"


def _project(reason: Reason, items: str) -> str:
    value, limit, missing = reason.value or 0, reason.limit or 0, reason.missing or 0
    match reason.code:
        case _C.LANGUAGE_BELOW:
            return f"le poste demande un niveau de français {items}"
        case _C.PHYSICAL_DEMAND:
            wanted = listed(tuple(DEMANDS[PhysicalDemand(item)] for item in reason.items))
            return f"le poste demande{COLON}{wanted}"
        case _C.TOO_FEW_HOURS | _C.TOO_MANY_HOURS:
            than = "moins" if reason.code is _C.TOO_FEW_HOURS else "plus"
            wished = f"{than} que les {hundredths(limit)}{NNBSP}h souhaitées"
            return f"{hundredths(value)}{NNBSP}h par semaine, {wished}"
        case _C.EMPLOYMENT_KIND_REFUSED:
            if not reason.items:
                return "le projet ne retient aucun type d’emploi"
            kind = EMPLOYMENT_KINDS[EmploymentKind(reason.items[0])]
            return f"le projet ne retient pas ce type d’emploi{COLON}{kind}"
        case _C.STARTS_TOO_EARLY:
            early = count(missing, "jour")
            return f"le poste commence {early} avant la date possible, le {_date(reason)}"
        case _:
            return f"{euros(value)} de l’heure, moins que les {euros(limit)} souhaités"


def _hours(reason: Reason, names: Names) -> str:
    care = reason.code is _C.CARE_MISSING
    if reason.side is Side.INSIDE:
        what = "la garde s’interrompt" if care else "la disponibilité s’interrompt"
        return f"{_when(reason)}{COLON}{what} {duration(reason.missing or 0)} pendant le poste"
    before = reason.side is Side.BEFORE
    at = reason.at or 0
    event = "prise de poste" if before else "fin de poste"
    least = "au moins " if reason.at_least else ""
    lacking = f"il manque {least}{duration(reason.missing or 0)}"
    if care and reason.bound is not None and reason.bound % DAY == 0:
        # No crèche opens at midnight: it is where another day, or another week, of care begins or ends. What
        # lacks runs over the post itself, neither before nor after it.
        none = f"aucune garde la nuit {'avant' if before else 'après'} minuit"
        return f"{_when(reason)}{COLON}{none}{SEMICOLON}{event} à {hour(at)}, {lacking}"
    way = _care_way(reason, names, before) if care else _home_way(reason, before)
    lacking = f"{lacking} {part_of_day(at, before=before)}"
    return f"{_when(reason)}{COLON}{lacking}{SEMICOLON}{event} à {hour(at)}, {way}"


def _care_way(reason: Reason, names: Names, before: bool) -> str:
    """« 35 min depuis la crèche, qui ouvre à 7 h 40 », with the minutes to drop off when there are some."""
    place, travel, stop = names.care_place, reason.travel or 0, reason.stop or 0
    towards, verb, act = ("depuis", "ouvre", "déposer") if before else ("jusqu’à", "ferme", "reprendre")
    bound = f"{verb} à {hour(reason.bound or 0)}"
    stopping = f"{duration(stop)} pour {act}"
    if not travel:
        return f"{stopping}{SEMICOLON}{place} {bound}" if stop else f"{place} {bound}"
    if not stop:
        return f"{duration(travel)} {towards} {place}, qui {bound}"
    return f"{stopping} et {duration(travel)} de trajet {towards} {place}, qui {bound}"


def _home_way(reason: Reason, before: bool) -> str:
    way = f"{duration(reason.travel)} de trajet, " if reason.travel else ""
    event = "départ possible" if before else "retour attendu"
    return f"{way}{event} à {hour(reason.bound or 0)}"


def _when(reason: Reason) -> str:
    """« mardi, les semaines paires »; « nuit de lundi à mardi » for what a night lacks after midnight."""
    day = reason.day or 0
    told = DAYS[day]
    if (reason.at or 0) > DAY:
        told = f"nuit de {told} à {DAYS[(day + 1) % len(DAYS)]}"
    return f"{told}{in_weeks(reason.weeks)}"


def _by(reason: Reason) -> str:
    return f" {BY_MODE[reason.mode]}" if reason.mode else ""


def _date(reason: Reason) -> str:
    return reason.on.strftime("%d/%m/%Y") if reason.on else ""
