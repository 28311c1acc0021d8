"""What a bilan must draw the eye to, in sentences: they name companies at the most, by the caller's words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from clauses.bilan import Bilan
from clauses.declaration import Declaration, declared_hours, is_taken_back, last_of_each
from clauses.hours import Hundredths, short_hours
from clauses.next_action import ExpectedReport
from clauses.wording import NNBSP, day, month, plural

NAMED_PERIODS = 4
"""The most periods that a sentence names one by one."""


def bilan_alerts(
    picture: Bilan, unknown: str, ends_on: date | None, gap_points: int, moved: Iterable[Hundredths] = ()
) -> tuple[str, ...]:
    """The alerts of a frozen bilan: due unknown (`unknown` says why), hours missing after the end, time ahead
    of hours by more than `gap_points`, hours counted on another lot than their own (`moved`: above zero when
    they come in). `ends_on`: the end of the lot as it stood."""
    return (*_pace(picture, unknown, ends_on, gap_points), *_shared(tuple(moved)))


def _pace(picture: Bilan, unknown: str, ends_on: date | None, gap_points: int) -> Iterator[str]:
    if picture.due is None:
        yield unknown
        return
    if ends_on is not None and picture.on > ends_on and picture.validated < picture.due:
        missing = short_hours(picture.due - picture.validated)
        yield f"Le lot est fini depuis le {day(ends_on)}{NNBSP}: il manque {missing}."
        return
    time, done = picture.time_share, picture.hours_share
    if time is not None and done is not None and time - done > gap_points * 100:
        yield f"{_share(time)} du temps est passé, pour {_share(done)} des heures."


def _shared(moved: tuple[Hundredths, ...]) -> Iterator[str]:
    if received := sum(x for x in moved if x > 0):
        yield f"{short_hours(received)} déclarées sur d’autres lots sont comptées ici par partage."
    if given := -sum(x for x in moved if x < 0):
        yield f"{short_hours(given)} déclarées sur ce lot sont comptées sur d’autres par partage."


def _share(value: int) -> str:
    return f"{round(value / 100)}{NNBSP}%"


def waiting_at(versions: tuple[Declaration, ...], on: date, known_at: datetime) -> tuple[Declaration, ...]:
    """Declarations of periods begun by a day, sent and not decided at an instant."""
    sent = (v for v in versions if v.period_start <= on and _stood(v, known_at))
    return tuple(v for v in last_of_each(sent) if v.decided_at is None or v.decided_at > known_at)


def _stood(version: Declaration, known_at: datetime) -> bool:
    """Sent by then, and not taken back by then."""
    gone = is_taken_back(version) and version.decided_at is not None and version.decided_at <= known_at
    return version.made_at <= known_at and not gone


def waiting_alert(waiting: tuple[Declaration, ...]) -> str:
    """How much waits for control; empty when nothing does."""
    if not waiting:
        return ""
    verb = "attend" if len(waiting) == 1 else "attendent"
    total = short_hours(sum(declared_hours(v) for v in waiting))
    return f"{plural(len(waiting), 'déclaration')} {verb} le contrôle ({total})."


def silences(
    expected: Iterable[ExpectedReport],
    versions: tuple[Declaration, ...],
    on: date,
    known_at: datetime,
    name: Callable[[str], str],
) -> tuple[str, ...]:
    """A sentence for each company that answered neither hours nor « aucune heure » for periods that are over.
    `name`: the words for a company's id."""
    answered = {(v.company_id, v.period_start) for v in versions if _stood(v, known_at)}
    silent: dict[str, list[date]] = {}
    for report in expected:
        if report.period_end <= on and (report.company_id, report.period_start) not in answered:
            silent.setdefault(report.company_id, []).append(report.period_end)
    return tuple(
        f"{name(company)} n’a rien déclaré pour {_periods(ends)}." for company, ends in silent.items()
    )


def _periods(ends: list[date]) -> str:
    more = len(ends) - NAMED_PERIODS
    named = ", ".join(month(end) for end in ends[:NAMED_PERIODS])
    return f"{named} et {plural(more, 'autre période', 'autres périodes')}" if more > 0 else named
