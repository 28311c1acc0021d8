"""Cells of the documented CSV files: yes and no, lists, weeks. Each refusal is a French sentence."""

import re

from matching import DAY, Answer, BadWeek, Shift, Window, fold
from service.imports.report import RowRefused

DAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}
_YES, _NO = {"oui", "o", "1", "vrai", "x", "yes"}, {"non", "n", "0", "faux", "no"}
_UNKNOWN = {"", "inconnu", "?", "nsp", "non renseigne", "non precise"}
_TIME = re.compile(r"(\d{1,2})(?:\s*[h:]\s*(\d{2})?)?")
# « 12h 13h30 » is two times: minutes are never the hour of the next one.
_CLOCK = r"\d{1,2}(?:\s*[h:](?:\s*\d{2}(?!\s*[h:\d]))?)?"
_RANGE = re.compile(rf"({_CLOCK})\s*(?:-|–|à|a)\s*({_CLOCK})")
_DAY_NAMES = re.compile(
    r"\b(lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?(?:\s*(?:-|–|au|à)\s*(lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?)?",
    re.IGNORECASE,
)
WEEK_EXAMPLE = "écrivez par exemple : lun-ven 8h-12h 13h30-17h | sam 8h-12h"


def answer(text: str, column: str) -> Answer:
    """oui, non, or empty for « not explored »."""
    word = fold(text)
    if word in _YES:
        return Answer.YES
    if word in _NO:
        return Answer.NO
    if word in _UNKNOWN or not text.strip(" ?"):
        return Answer.UNKNOWN
    raise RowRefused(column, f"« {text[:40]} » n’est ni oui, ni non, ni vide.")


def listed(text: str) -> tuple[str, ...]:
    """Things between bars, once each: « nettoyer | désinfecter »."""
    return tuple(dict.fromkeys(" ".join(part.split())[:200] for part in text.split("|") if part.strip()))


def week(text: str, column: str) -> list[tuple[int, int, int]]:
    """(day, start, end) in minutes; an end at or before its start is the next day's. Empty for no text."""
    found: list[tuple[int, int, int]] = []
    for part in re.split(r"[|;]", text):
        if part.strip():
            found += _part(part.strip(), column)
    return sorted(set(found))


def _part(part: str, column: str) -> list[tuple[int, int, int]]:
    days: list[int] = []
    for one in _DAY_NAMES.finditer(part):
        first = DAYS[one[1].lower()]
        last = DAYS[one[2].lower()] if one[2] else first
        if last < first:
            raise RowRefused(column, f"« {part[:60]} » : {one[2]} vient avant {one[1]} dans la semaine.")
        days += range(first, last + 1)
    hours = _DAY_NAMES.sub(" ", part)
    ranges = [(_minutes(one[1], column), _minutes(one[2], column)) for one in _RANGE.finditer(hours)]
    left = re.sub(r"[\s,+/et]+", "", _RANGE.sub("", hours))
    if not days or not ranges or left:
        raise RowRefused(column, f"« {part[:60]} » ne se lit pas comme une semaine ; {WEEK_EXAMPLE}.")
    return [(day, start, end if end > start else end + DAY) for day in days for start, end in ranges]


def _minutes(text: str, column: str) -> int:
    read = _TIME.fullmatch(text.strip())
    minutes = int(read[1]) * 60 + int(read[2] or 0) if read else DAY + 1
    if minutes > DAY or (read and int(read[2] or 0) > 59):
        raise RowRefused(column, f"« {text[:20]} » n’est pas une heure du jour.")
    return minutes


def shifts(text: str, column: str) -> tuple[Shift, ...]:
    try:
        return tuple(Shift(day=day, start=start, end=end) for day, start, end in week(text, column))
    except BadWeek as fault:
        raise RowRefused(column, f"{fault}.") from fault


def windows(text: str, column: str) -> tuple[Window, ...]:
    """Stretches cut at midnight: a night is told on its two days."""
    cut: list[Window] = []
    for day, start, end in week(text, column):
        cut.append(Window(day=day, start=start, end=min(end, DAY)))
        if end > DAY:
            cut.append(Window(day=(day + 1) % 7, start=0, end=end - DAY))
    return tuple(sorted(cut, key=lambda one: (one.day, one.start)))
