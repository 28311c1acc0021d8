"""Freezing the quarter of a lot: the core's picture at two dates, and the words that go with it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import clauses
from clauses import Bilan, Declaration
from service.bilans.frozen import Frozen, Work
from service.bilans.quarters import Quarter
from service.formats import day as day_words
from service.formats import hours, plural, typographic
from service.formats import month as month_words
from service.ledger.lot_file import LotFile
from service.ledger.standing import reports_expected
from service.marches.portfolio import titulaire_of
from service.marches.views import TONES


def picture(file: LotFile, quarter: Quarter, known_at: datetime) -> Bilan:
    """The lot at the end of the quarter, as known at an instant: the same for ever (invariant I6)."""
    moved = file.moved_lines(known_at)
    return clauses.bilan(file.lot.id, file.events, file.versions, quarter.last, known_at, moved)


def freeze(
    file: LotFile,
    quarter: Quarter,
    known_at: datetime,
    former: tuple[str, Frozen] | None,
    penalties: Iterable[str] = (),
) -> Frozen:
    """All that a bilan will say. `former`: the public id and content of the one before it on this lot."""
    bilan = picture(file, quarter, known_at)
    window = clauses.pace_window(file.events, quarter.last, known_at)
    health = clauses.health_of(
        bilan.due,
        bilan.validated,
        bilan.time_share,
        bilan.hours_share,
        window,
        quarter.last,
        clauses.health_limits(quarter.last),
    )
    waiting = waiting_at(file, quarter.last, known_at)
    placed = {line.placement_id for line in bilan.lines}
    return Frozen(
        reference=file.marche.reference,
        marche=file.marche.title,
        number=file.lot.number,
        title=file.lot.title,
        buyer=file.marche.buyer.name,
        titulaire=titulaire_of(file, quarter.last),
        health=health.label,
        tone=TONES[health],
        sentence=_sentence(bilan),
        waiting=sum(clauses.declared_hours(v) for v in waiting),
        alerts=tuple(typographic(x) for x in (*_alerts(file, bilan, window, waiting), *penalties)),
        bilan=bilan,
        former_id=former[0] if former else None,
        former_validated=former[1].bilan.validated if former else 0,
        differences=clauses.differences(former[1].bilan, bilan) if former else (),
        works=tuple(
            Work(
                placement_id=p.id,
                employment=p.employment_kind.label,
                modality=clauses.modality(p).label,
                employer=file.companies[p.legal_employer_id].name,
            )
            for p in {p.id: p for p in (*file.placements, *(s.placement for s in file.shared))}.values()
            if p.id in placed
        ),
        companies={one: file.companies[one].name for one in {line.company_id for line in bilan.lines}},
    )


def waiting_at(file: LotFile, on: date, known_at: datetime) -> tuple[Declaration, ...]:
    """Declarations of periods begun by a day, sent and not decided at an instant."""
    sent = tuple(v for v in file.versions if v.made_at <= known_at and v.period_start <= on)
    return tuple(v for v in clauses.latest(sent) if v.decided_at is None or v.decided_at > known_at)


def _sentence(bilan: Bilan) -> str:
    if bilan.due is None:
        return "Le dû n’est pas connu."
    return typographic(f"{hours(bilan.validated)} validées sur {hours(bilan.due)} dues.")


def _alerts(
    file: LotFile, bilan: Bilan, window: clauses.Window | None, waiting: tuple[Declaration, ...]
) -> Iterable[str]:
    if bilan.due is None:
        yield clauses.hours_due_at(file.events, bilan.on, bilan.known_at).unknown
    elif window is not None and bilan.on > window.ends_on and bilan.validated < bilan.due:
        missing = hours(bilan.due - bilan.validated)
        yield f"Le lot est fini depuis le {day_words(window.ends_on)} : il manque {missing}."
    elif bilan.time_share is not None and bilan.hours_share is not None:
        gap = bilan.time_share - bilan.hours_share
        if gap > clauses.figure("pace_gap_points", bilan.on) * 100:
            time, done = _share(bilan.time_share), _share(bilan.hours_share)
            yield f"{time} du temps est passé, pour {done} des heures."
    yield from _shared(file, bilan)
    yield from _silences(file, bilan)
    if waiting:
        total = hours(sum(clauses.declared_hours(v) for v in waiting))
        verb = "attend" if len(waiting) == 1 else "attendent"
        yield f"{plural(len(waiting), 'déclaration')} {verb} le contrôle ({total})."


def _shared(file: LotFile, bilan: Bilan) -> Iterable[str]:
    """The hours of the months of this bilan that are counted on another lot than their own."""
    moved = [x.validated for x in file.moved_lines(bilan.known_at) if x.month <= bilan.on]
    if received := sum(x for x in moved if x > 0):
        yield f"{hours(received)} déclarées sur d’autres lots sont comptées ici par partage."
    if given := -sum(x for x in moved if x < 0):
        yield f"{hours(given)} déclarées sur ce lot sont comptées sur d’autres par partage."


def _share(value: int) -> str:
    return f"{round(value / 100)} %"


def _silences(file: LotFile, bilan: Bilan) -> Iterable[str]:
    """Companies that answered neither hours nor « aucune heure » for periods that are over."""
    answered = {(v.company_id, v.period_start) for v in file.versions if v.made_at <= bilan.known_at}
    silent: dict[str, list[date]] = defaultdict(list)
    for report in reports_expected(file, bilan.on, bilan.known_at):
        if report.period_end <= bilan.on and (report.company_id, report.period_start) not in answered:
            silent[report.company_id].append(report.period_end)
    for company, ends in silent.items():
        months = ", ".join(month_words(end) for end in ends[:4])
        more = f" et {len(ends) - 4} autres périodes" if len(ends) > 4 else ""
        yield f"{file.companies[company].name} n’a rien déclaré pour {months}{more}."
