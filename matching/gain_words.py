"""Levers and questions with what they bring, in one French line each."""

from matching.asking import lever_text, question_text
from matching.french import COLON, count, hour, listed, upper_first
from matching.levers import LeverGain
from matching.offer import Offer
from matching.questions import QuestionValue
from matching.register import NO_NAMES, STUDY, Names, Register
from matching.verdict import AskedOf, Lever, LeverCode, LeverSide
from matching.week import FixedWeek, RotatingWeeks, Schedule


def offers_gained(gain: LeverGain, register: Register, names: Names = NO_NAMES) -> str:
    """« scooter : 12 offres de plus, dont 4 dans son métier », for a participant's lever."""
    levers = tuple(dict.fromkeys(_told(lever, register, names, None) for lever in gain.levers))
    opened = count(len(gain.opens), "offre")
    trade = f"dans {'votre' if register is Register.PERSON else 'son'} métier"
    if gain.in_trade == len(gain.opens):
        trade = f", {trade}" if gain.in_trade == 1 else f", toutes {trade}"
    else:
        trade = f", dont {gain.in_trade} {trade}" if gain.in_trade else ""
    return f"{listed(levers)}{COLON}{opened} de plus{trade}"


def people_gained(
    gain: LeverGain, offer: Offer, register: Register = Register.LIAISON, names: Names = NO_NAMES
) -> str:
    """« prise de poste à 8 h 15 au lieu de 7 h 30 : 9 personnes de plus », for an offer's lever."""
    levers = tuple(_told(lever, register, names, offer) for lever in gain.levers)
    return f"{listed(levers)}{COLON}{count(len(gain.opens), 'personne')} de plus"


def question_gained(value: QuestionValue, register: Register, names: Names = NO_NAMES) -> str | None:
    """« Demander à l’employeur les horaires : 14 personnes en dépendent »; None when not hers to know."""
    asked = question_text(value.question, register, names)
    if asked is None:
        return None
    nouns = {AskedOf.EMPLOYER: "personne", AskedOf.REFERENT: "offre", AskedOf.TERRITORY: "rapprochement"}
    many = value.decides or value.concerns
    told = f"{count(many, nouns[value.question.asked_of])} en {'dépend' if many == 1 else 'dépendent'}"
    sentence = upper_first(f"{asked.replace('demander ', 'demander à l’employeur ', 1)}{COLON}{told}")
    return sentence if value.decides else f"{sentence}, avec d’autres questions"


def _told(lever: Lever, register: Register, names: Names, offer: Offer | None) -> str:
    if lever.side is LeverSide.OFFER:
        return _offer_change(lever, names, offer)
    return lever_text(lever, register, names) or STUDY


def _offer_change(lever: Lever, names: Names, offer: Offer | None) -> str:
    minutes, item = lever.minutes or 0, lever.item or ""
    bounds = _bounds(offer.schedule) if offer else None
    match lever.code:
        case LeverCode.START_LATER if bounds and bounds[0] is not None:
            told = f"prise de poste à {hour(bounds[0] + minutes)} au lieu de {hour(bounds[0])}"
        case LeverCode.END_EARLIER if bounds and bounds[1] is not None:
            told = f"fin de poste à {hour(bounds[1] - minutes)} au lieu de {hour(bounds[1])}"
        case LeverCode.SHIFT_LATER | LeverCode.SHIFT_EARLIER if (
            bounds and bounds[0] is not None and bounds[1]
        ):
            by = minutes if lever.code is LeverCode.SHIFT_LATER else -minutes
            told = f"poste {_span(bounds[0] + by, bounds[1] + by)} au lieu {_span(bounds[0], bounds[1])}"
        case LeverCode.SHUTTLE:
            told = f"navette depuis {names.of(item)}"
        case LeverCode.CERTIFICATE:
            told = f"{names.of(item)} passé à l’embauche"
        case LeverCode.LICENCE:
            told = f"sans demander le permis {item}"
        case _:
            return lever_text(lever, Register.FULL, names) or ""
    return f"{told} (l’employeur l’a déjà accepté)" if lever.within else told


def _span(start: int, end: int) -> str:
    return f"de {hour(start)} à {hour(end)}"


def _bounds(schedule: Schedule) -> tuple[int | None, int | None]:
    """The hour at which every shift starts, and ends, when it is the same every day."""
    if isinstance(schedule, FixedWeek):
        shifts = schedule.shifts
    elif isinstance(schedule, RotatingWeeks):
        shifts = tuple(shift for week in schedule.weeks for shift in week)
    else:
        return None, None
    starts, ends = {shift.start for shift in shifts}, {shift.end for shift in shifts}
    return starts.pop() if len(starts) == 1 else None, ends.pop() if len(ends) == 1 else None
