"""Questions and levers in French: what to ask, and what would open a post."""

from matching.french import DAYS, MODE_NAMES, NNBSP, count, duration, euros, hundredths, in_weeks, listed
from matching.reasons import DEMANDS
from matching.register import STUDY, Names, Register
from matching.terms import Mode, PhysicalDemand
from matching.verdict import AskedOf, Lever, LeverCode, LeverSide, Question, QuestionCode
from matching.week import WeekKind

_Q = QuestionCode

# To the employer, or to the référent and the person; for the liaison these last are all one.
_ASK = {
    _Q.HOME: "préciser le lieu de résidence",
    _Q.PLACE: "demander le lieu de travail",
    _Q.CARE_PLACE: "préciser le lieu de garde",
    _Q.MAX_TRAVEL: "préciser le temps de trajet maximum accepté",
    _Q.TRANSIT_TIME: "vérifier les horaires des transports en commun",
    _Q.EXACT_PLACE: "préciser l’adresse, le trajet est approximatif",
    _Q.HOURS: "demander les horaires",
    _Q.ROTATION_PHASE: "demander quelles semaines sont travaillées, paires ou impaires",
    _Q.AVAILABILITY: "préciser les disponibilités",
    _Q.CARE: "faire le point sur la garde des enfants",
    _Q.LICENCES: "vérifier les permis",
    _Q.VEHICLE: "vérifier si une voiture est disponible",
    _Q.LANGUAGE: "évaluer le niveau de français",
    _Q.DEMANDS: "demander les exigences physiques du poste",
    _Q.WEEKLY_HOURS: "demander la durée hebdomadaire",
    _Q.EMPLOYMENT_KIND: "demander le type d’emploi proposé",
    _Q.START_DATE: "demander la date de prise de poste",
    _Q.WAGE: "demander le salaire",
}
# What the liaison may know of a question asked of the référent: its subject at most, never a cause.
_FOR_LIAISON = {
    _Q.HOME: "trajet",
    _Q.CARE_PLACE: "horaires et trajet",
    _Q.MAX_TRAVEL: "trajet",
    _Q.HAS_MODE: "moyen de transport",
    _Q.EXACT_PLACE: "trajet",
    _Q.LICENCES: "permis",
    _Q.VEHICLE: "véhicule",
    _Q.CERTIFICATES: "habilitations",
    _Q.AVAILABILITY: "horaires",
    _Q.CARE: "horaires",
    _Q.CARE_WEEK: "horaires",
    _Q.LANGUAGE: "autres conditions du poste",
    _Q.PHYSICAL: "autres conditions du poste",
}
# What the employer may be asked beside one person's name: asked whoever is proposed. Every other question
# is asked because of something in her (a limit, a child, a wage hoped for), and would tell it.
_WHOEVER = (_Q.PLACE, _Q.HOURS)


def question_text(question: Question, register: Register, names: Names) -> str | None:
    """What to ask, for this reader; None when it is not hers to know."""
    if register is Register.EMPLOYER and question.code not in _WHOEVER:
        return None
    if question.asked_of is AskedOf.REFERENT and register is Register.LIAISON:
        return f"{_FOR_LIAISON[question.code]} à confirmer avec le référent"
    if question.code is _Q.DEMANDS and register is Register.LIAISON:
        # Asked only for those whom something limits: named on one person's line, it would tell her health.
        return f"{_FOR_LIAISON[_Q.PHYSICAL]} à confirmer avec le référent"
    asked = _asked(question, names)
    if question.code is _Q.ROTATION_PHASE and register is Register.LIAISON:
        # Odd or even weeks only matter to a child's alternate custody: that is not hers to guess.
        asked = "demander le planning détaillé"
    return asked.replace("demander", "préciser", 1) if register is Register.EMPLOYER else asked


def _asked(question: Question, names: Names) -> str:
    items = question.items
    match question.code:
        case _Q.HAS_MODE:
            return f"vérifier le moyen de transport ({MODE_NAMES[Mode(items[0])]})"
        case _Q.EXACT_PLACE if question.asked_of is AskedOf.EMPLOYER:
            return "demander l’adresse du poste, le trajet est approximatif"
        case _Q.CARE_WEEK:
            weeks = in_weeks(tuple(WeekKind(item) for item in items)).removeprefix(", ")
            return f"préciser la garde {weeks}".rstrip()
        case _Q.CERTIFICATES:
            noun = "l’habilitation" if len(items) == 1 else "les habilitations"
            return f"vérifier {noun} ({listed(tuple(names.of(item) for item in items))})"
        case _Q.PHYSICAL:
            wanted = listed(tuple(DEMANDS[PhysicalDemand(item)] for item in items))
            return f"vérifier si le poste convient ({wanted})"
        case _:
            return _ASK[question.code]


_L = LeverCode


def lever_text(lever: Lever, register: Register, names: Names) -> str | None:
    """What would lift a reason. The liaison reads the employer's levers in full, the others as one phrase."""
    if register is Register.EMPLOYER:
        return None
    if lever.side is LeverSide.PERSON:
        return STUDY if register is Register.LIAISON else _person_lever(lever, names)
    told = _offer_lever(lever, names)
    return f"{told} (l’employeur l’a déjà accepté)" if lever.within else told


def _person_lever(lever: Lever, names: Names) -> str:
    size, day = duration(lever.minutes or 0), _on_day(lever)
    match lever.code:
        case _L.MODE:
            return MODE_NAMES[lever.mode or Mode.CAR]
        case _L.CARE_EARLIER:
            return f"garde {size} plus tôt{day}"
        case _L.CARE_LATER:
            return f"garde {size} plus tard{day}"
        case _L.CARE_DAY:
            return f"une garde{day}"
        case _L.AVAILABLE_EARLIER:
            return f"disponibilité {size} plus tôt{day}"
        case _L.AVAILABLE_LATER:
            return f"disponibilité {size} plus tard{day}"
        case _L.TRAVEL_LONGER:
            return f"{size} de trajet en plus"
        case _L.LICENCE:
            return f"permis {lever.item}"
        case _L.LANGUAGE:
            return f"français, niveau {lever.item}"
        case _:
            return names.of(lever.item or "")


def _offer_lever(lever: Lever, names: Names) -> str:
    amount = lever.minutes or 0
    size, day = duration(amount), _on_day(lever)
    match lever.code:
        case _L.START_LATER:
            return f"prise de poste {size} plus tard{day}"
        case _L.END_EARLIER:
            return f"fin de poste {size} plus tôt{day}"
        case _L.SHIFT_LATER:
            return f"poste décalé {size} plus tard{day}"
        case _L.SHIFT_EARLIER:
            return f"poste décalé {size} plus tôt{day}"
        case _L.SHUTTLE:
            return "navette de l’employeur"
        case _L.DAY_OFF:
            return f"ne pas travailler{day}" if day else "moins de jours"
        case _L.START_DATE_LATER:
            return f"prise de poste repoussée de {count(amount, 'jour')}"
        case _L.WEEKLY_HOURS:
            return f"{hundredths(amount)}{NNBSP}h par semaine d’écart à discuter"
        case _L.WAGE:
            return f"{euros(amount)} de plus par heure"
        case _:
            demand = lever.item or ""
            known = demand in set(PhysicalDemand)
            return f"poste aménagé ({DEMANDS[PhysicalDemand(demand)] if known else names.of(demand)})"


def _on_day(lever: Lever) -> str:
    return " " + listed(tuple(f"le {DAYS[day]}" for day in lever.days)) if lever.days else ""
