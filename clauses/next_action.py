"""Who must act next on a lot, on what, since when and before when.

Spreadsheets failed in the field for want of this alone: « savoir qui doit faire la prochaine action et
quand la dernière a été faite » (clauses brief, 4.1).
"""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from enum import StrEnum

import msgspec

from clauses.days import add_days
from clauses.declaration import AWAITING_CONTROL, Declaration, State, latest
from clauses.hours import Hundredths, short_hours
from clauses.marche import Calendar, Party, PartyRole, mandataire_at, period_of
from clauses.penalty import PenaltyCase
from clauses.placement import Placement, last_day_of
from clauses.progress import Health
from clauses.window import Window
from clauses.wording import NNBSP, day, of_month


class Actor(StrEnum):
    FIRM = "entreprise"
    MANDATAIRE = "mandataire"
    FACILITATOR = "facilitateur"
    BUYER = "acheteur"

    @property
    def label(self) -> str:
        return {
            "entreprise": "L’entreprise",
            "mandataire": "Le mandataire",
            "facilitateur": "Le facilitateur",
            "acheteur": "L’acheteur",
        }[self.value]


class Task(StrEnum):
    """What is to be done, from the most to the least pressing when the dates are equal."""

    CALIBRATE = "calibrer"
    TELL_LABOUR_HOURS = "declarer_le_total"
    TELL_HEADCOUNT = "declarer_l_effectif"
    CONTROL = "controler"
    CORRECT = "corriger"
    VISA = "viser"
    DECLARE = "declarer"
    ANSWER_NOTICE = "repondre_a_la_mise_en_demeure"
    RECOVER = "redresser"
    DECIDE_PENALTY = "decider_la_penalite"
    CLOSE = "clore"

    @property
    def label(self) -> str:
        return {
            "calibrer": "Calibrer le lot",
            "declarer_le_total": "Donner le total des heures travaillées",
            "declarer_l_effectif": "Donner l’effectif nouveau et total",
            "controler": "Contrôler une déclaration",
            "corriger": "Corriger une déclaration",
            "viser": "Viser une déclaration",
            "declarer": "Déclarer les heures",
            "repondre_a_la_mise_en_demeure": "Répondre à la mise en demeure",
            "redresser": "Convenir d’un plan de rattrapage",
            "decider_la_penalite": "Décider de la pénalité",
            "clore": "Clore le lot",
        }[self.value]


_ORDER = {task: place for place, task in enumerate(Task)}


class NextAction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do, as seen on a day. `subject_id` is the declaration's header, or the penalty, when there
    is one; `what` follows the actor."""

    actor: Actor
    company_id: str | None
    task: Task
    subject_id: str | None
    since: date
    before: date
    what: str
    on: date

    @property
    def late(self) -> bool:
        return self.on > self.before

    @property
    def sentence(self) -> str:
        """Told only when asked: a list of lots shows one of the many things that wait on each."""
        clock = f"{NNBSP}; retard de {(self.on - self.before).days} j" if self.late else ""
        begins = "à partir du" if self.since > self.on else "depuis le"
        return (
            f"{self.actor.label} {self.what}, {begins} {day(self.since)}, avant le {day(self.before)}{clock}."
        )


class ExpectedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A period that a company must answer for, with hours or with « aucune heure »."""

    company_id: str
    period_start: date
    period_end: date


class LotState(msgspec.Struct, frozen=True, kw_only=True):
    """What the next action is read from. `late_since` is the first day the lot was seen late, if known;
    `needs_headcount`: the due is a prorata of the staff."""

    window: Window | None
    due: Hundredths | None
    calibrated: bool
    remaining: Hundredths | None
    health: Health
    versions: tuple[Declaration, ...]
    expected: tuple[ExpectedReport, ...]
    parties: tuple[Party, ...]
    deadline_days: int
    control_days: int
    late_since: date | None
    on: date
    zone: tzinfo
    penalties: tuple[PenaltyCase, ...] = ()
    needs_headcount: bool = False


def expected_reports(
    calendar: Calendar,
    window: Window,
    parties: tuple[Party, ...],
    placements: tuple[Placement, ...],
    on: date,
) -> tuple[ExpectedReport, ...]:
    """Every period begun by `on`: each member of the groupement answers for all of them (silence is not
    « aucune heure »), a subcontractor for those in which it has someone at work."""
    found = []
    first, last = period_of(calendar, window.starts_on)
    while first <= min(on, window.ends_on):
        for company in sorted({p.company_id for p in parties if _must_answer(p, placements, first, last)}):
            found.append(ExpectedReport(company_id=company, period_start=first, period_end=last))
        first, last = period_of(calendar, add_days(last, 1))
    return tuple(found)


def _must_answer(party: Party, placements: tuple[Placement, ...], first: date, last: date) -> bool:
    if party.starts_on > last or (party.ends_on is not None and party.ends_on < first):
        return False
    if party.role is not PartyRole.SOUS_TRAITANT:
        return True
    return any(
        p.user_company_id == party.company_id and p.starts_on <= last and (last_day_of(p) or last) >= first
        for p in placements
    )


def next_actions(lot: LotState) -> tuple[NextAction, ...]:
    """All that waits, the most pressing first: by date, then in the order of the tasks."""
    actions = [*_obligation(lot), *_declarations(lot), *_reports(lot), *_penalties(lot), *_health(lot)]
    return tuple(sorted(actions, key=lambda a: (a.before, _ORDER[a.task], a.since, a.company_id or "")))


def next_action(lot: LotState) -> NextAction | None:
    """The first of them; None when nothing is awaited of anybody."""
    return next(iter(next_actions(lot)), None)


def _obligation(lot: LotState) -> Iterator[NextAction]:
    if lot.window is None or lot.due is not None:
        return
    since = lot.window.starts_on
    before = add_days(since, lot.control_days)
    if not lot.calibrated:
        what = "doit calibrer le lot"
        yield _action(lot, Actor.FACILITATOR, None, Task.CALIBRATE, None, since, before, what)
    else:
        head = mandataire_at(lot.parties, lot.on)
        company = head.company_id if head else None
        task, what = Task.TELL_LABOUR_HOURS, "doit donner le total des heures travaillées"
        if lot.needs_headcount:
            task, what = Task.TELL_HEADCOUNT, "doit donner l’effectif nouveau et l’effectif total"
        yield _action(lot, Actor.FIRM, company, task, None, since, before, what)


def _declarations(lot: LotState) -> Iterator[NextAction]:
    head = mandataire_at(lot.parties, lot.on)
    for version in latest(lot.versions):
        where = of_month(version.period_end)
        sent = _date(version.made_at, lot.zone)
        deadline = add_days(version.period_end, lot.deadline_days)
        header = version.declaration_id
        if version.state in AWAITING_CONTROL:
            what, before = f"doit contrôler la déclaration {where}", add_days(sent, lot.control_days)
            yield _action(lot, Actor.FACILITATOR, None, Task.CONTROL, header, sent, before, what)
        elif version.state is State.VISA_MANDATAIRE:
            what, company = f"doit viser la déclaration {where}", head.company_id if head else None
            before = max(deadline, sent)
            yield _action(lot, Actor.MANDATAIRE, company, Task.VISA, header, sent, before, what)
        elif version.state is State.A_CORRIGER and version.decided_at is not None:
            back, what = _date(version.decided_at, lot.zone), f"doit corriger la déclaration {where}"
            before = add_days(back, lot.deadline_days)
            yield _action(lot, Actor.FIRM, version.company_id, Task.CORRECT, header, back, before, what)


def _reports(lot: LotState) -> Iterator[NextAction]:
    """Periods that are over, or the current one, with no answer or a draft only."""
    answered = {(v.company_id, v.period_start) for v in lot.versions if v.state is not State.BROUILLON}
    for report in lot.expected:
        if (report.company_id, report.period_start) in answered:
            continue
        since, before = add_days(report.period_end, 1), add_days(report.period_end, lot.deadline_days)
        what = f"doit déclarer les heures {of_month(report.period_end)}, ou dire « aucune heure »"
        yield _action(lot, Actor.FIRM, report.company_id, Task.DECLARE, None, since, before, what)


def _penalties(lot: LotState) -> Iterator[NextAction]:
    """A notice runs from its day until it is answered; a proposal waits for the buyer until it is decided."""
    head = mandataire_at(lot.parties, lot.on)
    for case in lot.penalties:
        if case.decided_on is not None:
            continue
        notice = case.formal_notice_on
        if notice is not None and notice <= lot.on and (case.stopped_on is None or lot.on < case.stopped_on):
            company = case.company_id or (head.company_id if head else None)
            what = f"doit répondre à la mise en demeure du {day(notice)}"
            yield _action(lot, Actor.FIRM, company, Task.ANSWER_NOTICE, case.id, notice, notice, what)
        if case.proposed_on is not None:
            since, what = case.proposed_on, "doit décider de la pénalité proposée"
            before = add_days(since, lot.control_days)
            yield _action(lot, Actor.BUYER, None, Task.DECIDE_PENALTY, case.id, since, before, what)


def _health(lot: LotState) -> Iterator[NextAction]:
    if lot.window is None or lot.due is None:
        return
    end = lot.window.ends_on
    if lot.on > end:
        before = add_days(end, lot.deadline_days + lot.control_days)
        since = add_days(end, 1)
        if any(p.proposed_on is not None and p.decided_on is None for p in lot.penalties):
            return  # the proposal already asks the buyer
        decided = [p.decided_on for p in lot.penalties if p.decided_on is not None and p.decided_on > end]
        if lot.remaining and decided:
            what = "peut clore le lot, l’acheteur a décidé de la pénalité"
            before = add_days(max(decided), lot.control_days)
            yield _action(lot, Actor.FACILITATOR, None, Task.CLOSE, None, max(decided), before, what)
        elif lot.remaining:
            what = f"doit décider de la suite pour {short_hours(lot.remaining)} non réalisées"
            yield _action(lot, Actor.BUYER, None, Task.DECIDE_PENALTY, None, since, before, what)
        else:
            yield _action(lot, Actor.FACILITATOR, None, Task.CLOSE, None, since, before, "peut clore le lot")
    elif lot.health is Health.LATE:
        since = lot.late_since or lot.on
        before = add_days(since, lot.control_days)
        what = "doit convenir d’un plan de rattrapage avec l’entreprise"
        yield _action(lot, Actor.FACILITATOR, None, Task.RECOVER, None, since, before, what)


def _action(
    lot: LotState,
    actor: Actor,
    company_id: str | None,
    task: Task,
    subject_id: str | None,
    since: date,
    before: date,
    what: str,
) -> NextAction:
    return NextAction(
        actor=actor,
        company_id=company_id,
        task=task,
        subject_id=subject_id,
        since=since,
        before=before,
        what=what,
        on=lot.on,
    )


def _date(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
