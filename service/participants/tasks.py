"""What happens next for a participant, decided from dated facts: a list of things to do, soonest first."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from clauses.days import add_months
from matching.french import in_weeks
from matching.participant import Modes
from matching.terms import Answer
from matching.week import AvailabilityUnknown, CareState, CareUnknown, CareWindows, WeekKind
from service.participants.constraint_form import MODES
from service.tables import ProfileRow

# Follow-up in the job: first, third and sixth month (screens.md; sortie positive at six months).
FOLLOW_UPS = (1, 3, 6)
# A contact counts for a follow-up from a fortnight before its day.
EARLY = timedelta(days=15)
WITHOUT_CONTACT_DAYS = 45
ENDING_DAYS = 30


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do. `due` None: whenever she meets the person; `address`: where it is done."""

    kind: str
    sentence: str
    due: date | None
    late: bool
    address: str


def follow_ups_due(hired_on: date, contacts: Iterable[date], on: date) -> tuple[tuple[int, date], ...]:
    """(month, day) of the follow-ups that wait: the day is near or past, and no contact was noted for it.

    One contact answers for one follow-up: that of the period in which it falls.
    """
    days = sorted(contacts)
    dues = [(months, add_months(hired_on, months)) for months in FOLLOW_UPS]
    opens = [due - EARLY for _, due in dues] + [date.max]
    return tuple(
        (months, due)
        for (months, due), first, next_first in zip(dues, opens, opens[1:], strict=False)
        if first <= on and not any(first <= day < next_first for day in days)
    )


def missing_questions(
    profile: ProfileRow | None, *, commune: str | None, projects: int, address: str
) -> tuple[Task, ...]:
    """What matching cannot judge yet, as questions to put to the person."""
    asked: list[tuple[str, str]] = []
    if commune is None:
        asked.append(("Dans quelle commune habite la personne ?", f"{address}/identite"))
    constraints = f"{address}/contraintes"
    if profile is None or isinstance(profile.availability, AvailabilityUnknown):
        asked.append(
            ("À quelles heures peut-elle s’absenter de chez elle pour travailler ?", f"{constraints}#s-dispo")
        )
    if question := care_question(profile):
        asked.append((question, f"{constraints}#s-garde"))
    if profile is None or modes_are_unknown(profile.modes):
        asked.append(("Par quels moyens peut-elle se déplacer ?", f"{constraints}#s-transport"))
    if profile is None or profile.licences is None:
        asked.append(("A-t-elle un permis de conduire ?", f"{constraints}#permis"))
    if profile is None or profile.language is None:
        asked.append(("Quel est son niveau de français à l’oral ?", f"{constraints}#f-language"))
    if not projects:
        asked.append(("Quel métier cherche-t-elle ?", f"{address}/projets/nouveau"))
    return tuple(
        Task(kind="question", sentence=sentence, due=None, late=False, address=where)
        for sentence, where in asked
    )


def care_question(profile: ProfileRow | None) -> str:
    """What to ask of the care: all of it, or the weeks not explored for one child; empty when it is known."""
    care = profile.care if profile is not None else CareUnknown()
    if isinstance(care, CareUnknown) or (isinstance(care, CareWindows) and not care.children):
        return "A-t-elle des enfants à faire garder, et à quelles heures le sont-ils ?"
    if not isinstance(care, CareWindows):
        return ""
    weeks = tuple(
        kind
        for kind in WeekKind
        if any(child.week(kind).state is CareState.UNKNOWN for child in care.children)
    )
    when = in_weeks(weeks).removeprefix(", ")
    return f"Qui garde les enfants, et à quelles heures{' ' + when if when else ''} ?" if weeks else ""


def modes_are_unknown(modes: Modes) -> bool:
    return all(modes.of(mode) is Answer.UNKNOWN for mode in MODES)
