"""An offer in words: what the file and the list say of each field."""

import msgspec

from matching.french import DAYS, upper_first
from matching.offer import Flexibilities
from matching.strip import Stretch, StretchKind, WeekStrip
from matching.terms import Answer, PhysicalDemand
from matching.week import DAY, FixedWeek, HoursNotTold, Schedule, Shift
from service.formats import NARROW, plural
from service.pictures.week import WeekPicture, week_picture, week_titles
from service.vocabulary import OfferState

ANSWERS = {Answer.YES: "Oui", Answer.NO: "Non", Answer.UNKNOWN: "Non précisé"}
TONES = {
    OfferState.DRAFT: "quiet",
    OfferState.OPEN: "ok",
    OfferState.FILLED: "stop",
    OfferState.CLOSED: "stop",
}


def schedule_words(schedule: Schedule) -> str:
    """A few words for a list: known or not, and of what shape."""
    if isinstance(schedule, HoursNotTold):
        return "Horaires inconnus"
    if isinstance(schedule, FixedWeek):
        days = sorted({shift.day for shift in schedule.shifts})
        return days_words(days)
    phase = "" if schedule.first_on_odd is not None or len(schedule.weeks) % 2 else ", phase à préciser"
    return f"{len(schedule.weeks)} semaines en alternance{phase}"


def days_words(days: list[int]) -> str:
    """[0, 1, 2, 3, 4] -> « Du lundi au vendredi »; [1, 3] -> « Mardi, jeudi »."""
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"Du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    return upper_first(", ".join(DAYS[day] for day in days))


def week_pictures(schedule: Schedule) -> list[tuple[str, WeekPicture | None]]:
    """(title, picture) of each week; a week without work has no picture."""
    if isinstance(schedule, HoursNotTold):
        return []
    weeks = (schedule.shifts,) if isinstance(schedule, FixedWeek) else schedule.weeks
    return [(title, _picture(shifts)) for title, shifts in zip(week_titles(schedule), weeks, strict=True)]


def _picture(shifts: tuple[Shift, ...]) -> WeekPicture | None:
    drawn = week_picture(WeekStrip(week=None, stretches=tuple(_stretches(shifts))))
    return None if drawn is None else msgspec.structs.replace(drawn, caption="Horaires du poste")


def _stretches(shifts: tuple[Shift, ...]) -> list[Stretch]:
    """Cut at midnight; a Sunday night runs into Monday."""
    cut = []
    for one in shifts:
        cut.append(Stretch(kind=StretchKind.POST, day=one.day, start=one.start, end=min(one.end, DAY)))
        if one.end > DAY:
            cut.append(Stretch(kind=StretchKind.POST, day=(one.day + 1) % 7, start=0, end=one.end - DAY))
    return sorted(cut, key=lambda one: (one.day, one.start))


def flexibility_words(told: Flexibilities) -> tuple[str, ...]:
    """Each thing that could move, as a line; empty when nothing was said."""
    minutes = (
        (told.start_later_minutes, "commencer plus tard, jusqu’à"),
        (told.start_earlier_minutes, "commencer plus tôt, jusqu’à"),
        (told.end_earlier_minutes, "finir plus tôt, jusqu’à"),
        (told.end_later_minutes, "finir plus tard, jusqu’à"),
    )
    lines = [f"{words} {value}{NARROW}min" for value, words in minutes if value]
    if told.days_negotiable:
        lines.append("jours à discuter")
    if told.start_date_days:
        lines.append(f"prise de poste reportable de {plural(told.start_date_days, 'jour')}")
    return tuple(upper_first(line) for line in lines)


def experience_words(months: int | None, beginners: Answer) -> str:
    """« 2 ans demandés », « Débutants acceptés », « Non précisé »."""
    if beginners is Answer.YES and not months:
        return "Débutants acceptés"
    if months is None:
        return "Expérience demandée, durée non précisée" if beginners is Answer.NO else "Non précisé"
    if months == 0:
        return "Aucune demandée"
    years, rest = divmod(months, 12)
    parts = [plural(years, "an")] if years else []
    if rest:
        parts.append(f"{rest}\u00a0mois")
    asked = f"{' et '.join(parts)} d’expérience"
    return f"{asked}, débutants acceptés" if beginners is Answer.YES else asked


def demands_words(demands: tuple[PhysicalDemand, ...] | None, names: dict[PhysicalDemand, str]) -> str:
    if demands is None:
        return "Non précisé"
    return upper_first(", ".join(names[one] for one in demands)) if demands else "Rien de particulier"
