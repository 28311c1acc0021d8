"""A week of work stated in words: days and hours together, without « ou », or nothing.

« Du lundi au vendredi de 8h à 12h et de 13h30 à 17h » is a week. « De 9h à 17h » has no day, « horaires
variables » no hour, « en 2×8 » two weeks: these stay a question to the employer.
"""

import re
from itertools import pairwise

from matching import DAY, FixedWeek, Shift, strip_accents

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?"
# « 12h 14h » is two times: minutes are never the hour of the next one.
_TIME = r"(\d{1,2})\s*[h:](?:\s*([0-5]\d)(?!\s*[h:\d]))?"
_RANGE = re.compile(rf"(?:de\s+|entre\s+)?{_TIME}\s*(?:-|–|—|a|/)\s*{_TIME}")
_DAYS = re.compile(
    rf"du\s+({_DAY})\s+au\s+({_DAY})"
    rf"|(?:le|les|tous les)?\s*({_DAY}(?:\s*(?:,|et|\+|/)\s*(?:le\s+|les\s+)?{_DAY})*)"
)
_A_WEEK = re.compile(r"\b\d{1,2}\s*h(?:eures?)?\s*\d{0,2}\s*/?\s*(?:par\s+)?sem\w*")
# What makes of hours an example, a choice, a turn or somebody else's hours.
_DOUBT = re.compile(
    r"\bou\b|\bsoit\b|variable|roulement|equipe|altern|\b[23]\s?[x*]\s?8|selon|planning|modul|flexib|annualis"
    r"|plage|ouvert|fermet|exemple|environ|possible|adapt|entre|a partir|amplitude|weekend|week[- ]end"
    r"|poste de nuit|magasin|accueil du public|rotation"
    r"|une semaine sur|\d semaines? sur|parfois|ponctuel|occasionnel"
)
_LABEL = re.compile(r"horaires?(?:\s+(?:de\s+travail|du\s+poste|fixes?|prevus?))?\s*[:=]?\s*", re.IGNORECASE)
LEAST_DAY, LONGEST_DAY = 30, 13 * 60


def stated_week(text: str, weekly_hours: int | None) -> FixedWeek | None:
    """The week that a short text states whole; None when any part is missing, doubtful or contradictory."""
    plain = strip_accents(text).lower().replace("\u202f", " ").replace("\u00a0", " ")
    if _DOUBT.search(plain):
        return None
    days = _days(plain)
    rest = _DAYS.sub(" ", plain)
    ranges = _ranges(rest)
    if not days or not ranges or len(ranges) > 3:
        return None
    # Nothing numeric may be left that was not understood (a second schedule, a break, a date).
    if re.search(r"\d", _A_WEEK.sub(" ", _RANGE.sub(" ", rest))):
        return None
    shifts = tuple(Shift(day=day, start=start, end=end) for day in days for start, end in ranges)
    return FixedWeek(shifts=shifts) if _plausible(ranges, len(days), weekly_hours) else None


def stated_in(description: str, weekly_hours: int | None) -> FixedWeek | None:
    """The same from a description: only in a line that is headed « Horaires », and only when it is alone."""
    found = []
    for line in description.split("\n"):
        label = _LABEL.match(strip_accents(line).strip(" -•*\t"))
        if label and re.search(r"\d\s*[hH:]", line):
            body = line.strip(" -•*\t")[label.end() :]
            found.append(re.split(r"(?<=[^\d])[.;](?:\s|$)", body)[0])
    return stated_week(found[0], weekly_hours) if len(found) == 1 else None


def _days(plain: str) -> list[int]:
    told: set[int] = set()
    for one in _DAYS.finditer(plain):
        if one[1]:
            first, last = DAYS.index(one[1].rstrip("s")), DAYS.index(one[2].rstrip("s"))
            if first >= last:
                return []
            told.update(range(first, last + 1))
        else:
            told.update(DAYS.index(name.rstrip("s")) for name in re.findall(_DAY, one[3]))
    return sorted(told)


def _ranges(plain: str) -> list[tuple[int, int]]:
    found = []
    for one in _RANGE.finditer(plain):
        start = int(one[1]) * 60 + int(one[2] or 0)
        end = int(one[3]) * 60 + int(one[4] or 0)
        if start >= DAY or end > DAY or start == end:
            return []
        found.append((start, end if end > start else end + DAY))
    found.sort()
    apart = all(before[1] <= after[0] for before, after in pairwise(found))
    return found if apart else []


def _plausible(ranges: list[tuple[int, int]], days: int, weekly_hours: int | None) -> bool:
    """Presence covers the paid hours, and no more than a third above (breaks)."""
    a_day = sum(end - start for start, end in ranges)
    if not LEAST_DAY <= a_day <= LONGEST_DAY:
        return False
    present = a_day * days
    if weekly_hours is None:
        return present <= 60 * 60
    paid = weekly_hours * 60 / 100
    return paid - 15 <= present <= paid * 4 / 3
