"""Freezing the quarter of a lot: the core's picture at two dates, and the words that go with it."""

from collections.abc import Iterable
from datetime import datetime

import clauses
from clauses import Bilan, Declaration
from service.bilans.frozen import Frozen, Work
from service.bilans.quarters import Quarter
from service.formats import hours, typographic
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
    waiting = clauses.waiting_at(file.versions, quarter.last, known_at)
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
                employment=clauses.employment_words(p, quarter.last),
                modality=clauses.modality(p).label,
                employer=file.companies[p.legal_employer_id].name,
            )
            for p in {p.id: p for p in (*file.placements, *(s.placement for s in file.shared))}.values()
            if p.id in placed
        ),
        companies={one: file.companies[one].name for one in {line.company_id for line in bilan.lines}},
    )


def _sentence(bilan: Bilan) -> str:
    if bilan.due is None:
        return "Le dû n’est pas connu."
    return typographic(f"{hours(bilan.validated)} validées sur {hours(bilan.due)} dues.")


def _alerts(
    file: LotFile, bilan: Bilan, window: clauses.Window | None, waiting: tuple[Declaration, ...]
) -> Iterable[str]:
    yield from clauses.bilan_alerts(
        bilan,
        clauses.hours_due_at(file.events, bilan.on, bilan.known_at).unknown,
        window.ends_on if window else None,
        clauses.figure("pace_gap_points", bilan.on),
        (x.validated for x in file.moved_lines(bilan.known_at) if x.month <= bilan.on),
    )
    expected = reports_expected(file, bilan.on, bilan.known_at)
    yield from clauses.silences(
        expected, file.versions, bilan.on, bilan.known_at, lambda company: file.companies[company].name
    )
    if told := clauses.waiting_alert(waiting):
        yield told
