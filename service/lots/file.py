"""The file of a lot: where it stands, the pace, the ledger, the companies, the people, what is awaited."""

from collections import defaultdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import PartyRole, Rules
from service.accounts.account import Account
from service.declarations.files import period_of
from service.documents.read import documents_of_lot
from service.documents.views import DocumentLine
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.standing import Standing, standing_of
from service.lots.debts import debts_of
from service.lots.entry import HOURS_BASES
from service.lots.matrix import matrix_of
from service.lots.party_corrections import party_history
from service.lots.scope import find_lot
from service.lots.tranches import parts_of, tranches_of
from service.lots.uninvited import Inviter, Uninvited, uninvited
from service.lots.views import EventView, LotView, PartsView, PartyActView, PartyView, RuleView, WorkerView
from service.marches.portfolio import line_of
from service.marches.views import view_of
from service.pictures.pace import pace_points
from service.sharing.file import lot_sharing
from service.tables import LotEventRow, UserRow


def read_lot_file(db: Session, account: Account, lot_id: str, known_at: datetime) -> LotView:
    """A fixed number of queries. Raises NotFound."""
    row = find_lot(db, account, lot_id)
    documents, firms = documents_of_lot(db, account, row), uninvited(db, account, row.id)
    authors, linked = _told(db, row.id)
    file, tranches = load_lot(db, row.id), tranches_of(db, row.id)
    parts = parts_of(tranches, linked, file.events, account.today, known_at)
    acts = party_history(db, row)
    return lot_view(file, account.today, known_at, authors, documents, firms, parts, acts)


def lot_view(
    file: LotFile,
    on: date,
    known_at: datetime,
    authors: dict[str, str],
    documents: tuple[DocumentLine, ...],
    without_account: tuple[tuple[Uninvited, ...], tuple[Inviter, ...]],
    parts: PartsView,
    party_acts: tuple[PartyActView, ...],
) -> LotView:
    standing = standing_of(file, on, known_at)
    progress = standing.progress
    return LotView(
        line=line_of(file, standing, on),
        volume=file.lot.volume,
        forecast=progress.forecast,
        declared=progress.declared,
        countable=progress.countable,
        surplus=progress.surplus,
        pace=progress.pace,
        calibrated=clauses.is_calibrated(file.events),
        explanation=standing.due.explanation,
        unknown=standing.due.unknown,
        without_total=_without_total(file, on, known_at) if standing.due.hours is not None else (),
        expected_explanation=standing.expected.explanation,
        actions=tuple(view_of(file, a) for a in standing.actions),
        points=pace_points(
            file.events, file.versions, file.lot.starts_on, on, known_at, file.moved_lines(known_at)
        ),
        matrix=matrix_of(file, standing, on, known_at),
        workers=workers_of(file, standing, on, known_at),
        parties=parties_of(file, on),
        party_acts=party_acts,
        events=events_of(file, on, known_at, authors),
        rules=rules_of(file.lot.rules),
        grid=grid_words(file, on),
        sharing=lot_sharing(file),
        debts=debts_of(file, on, known_at),
        uninvited=without_account[0],
        inviters=without_account[1],
        documents=documents,
        parts=parts,
    )


def _without_total(file: LotFile, on: date, known_at: datetime) -> tuple[str, ...]:
    """The periods over that have no total of the hours worked of their own."""
    current, _ = clauses.period_of(file.marche.calendar, on)
    over = clauses.add_days(current, -1)
    missing = clauses.periods_without_total(file.events, file.marche.calendar, over, known_at)
    return tuple(period_of(first, last) for first, last in missing)


def _told(db: Session, lot_row_id: int) -> tuple[dict[str, str], dict[str, int]]:
    """Who entered each event, and the row of the tranche that it belongs to, by the event's id."""
    query = (
        sa.select(col(LotEventRow.public_id), col(UserRow.name), col(LotEventRow.tranche_id))
        .outerjoin(UserRow, col(UserRow.id) == col(LotEventRow.author_id))
        .where(col(LotEventRow.lot_id) == lot_row_id)
    )
    rows = db.execute(query).all()
    authors = {row.public_id: row.name for row in rows if row.name}
    return authors, {row.public_id: row.tranche_id for row in rows if row.tranche_id is not None}


def workers_of(file: LotFile, standing: Standing, on: date, known_at: datetime) -> tuple[WorkerView, ...]:
    """The placements of the lot, those running first."""
    validated: dict[str, int] = defaultdict(int)
    declared: dict[str, int] = defaultdict(int)
    for version in clauses.accepted_at(file.versions, known_at):
        for line in version.lines:
            validated[line.placement_id] += line.accepted or 0
    for version in clauses.latest(file.versions):
        if version.state in clauses.ACCEPTED | clauses.IN_HAND:
            for line in version.lines:
                declared[line.placement_id] += line.hours
    end = standing.window.ends_on if standing.window else None
    workers = []
    for placement in file.placements:
        periods = clauses.intervals_for(
            file.periods,
            placement.person_id,
            file.lot,
            file.grid_at(on),
            end,
            cdi=clauses.is_ever_cdi(placement),
        )
        workers.append(
            WorkerView(
                placement_id=placement.id,
                person_id=placement.person_id,
                name=file.people[placement.person_id].name,
                employer=file.companies[placement.legal_employer_id].name,
                user_company=file.companies[placement.user_company_id].name,
                employment=clauses.employment_words(placement, on),
                modality=clauses.modality(placement).label,
                starts_on=placement.starts_on,
                planned_ends_on=placement.planned_ends_on,
                ended_on=placement.ended_on,
                end_reason=placement.end_reason.label if placement.end_reason else "",
                weekly_hours=placement.weekly_hours,
                running=clauses.is_running(placement, on),
                confirmed=placement.id not in file.unconfirmed,
                eligible=tuple((p.first, p.last) for p in periods),
                declared=declared[placement.id],
                validated=validated[placement.id],
            )
        )
    return tuple(sorted(workers, key=lambda w: (w.confirmed, not w.running, w.name.casefold())))


def parties_of(file: LotFile, on: date) -> tuple[PartyView, ...]:
    """The tree, each subcontractor under the company that employs it."""
    names = {p.id: file.companies[p.company_id].name for p in file.parties}
    children: dict[str | None, list[clauses.Party]] = defaultdict(list)
    for party in file.parties:
        children[party.parent_id].append(party)
    ordered: list[clauses.Party] = []

    def walk(parent: str | None) -> None:
        order = list(PartyRole)
        for party in sorted(children[parent], key=lambda p: (order.index(p.role), p.starts_on, names[p.id])):
            ordered.append(party)
            walk(party.id)

    walk(None)
    return tuple(
        PartyView(
            id=party.id,
            company=names[party.id],
            siret=file.companies[party.company_id].siret,
            employer_kind=file.companies[party.company_id].kind.label,
            role=party.role.label,
            tier=party.tier,
            parent=names.get(party.parent_id or "", ""),
            starts_on=party.starts_on,
            ends_on=party.ends_on,
            present=party.starts_on <= on and (party.ends_on is None or on <= party.ends_on),
            key_share="" if party.key_share is None else f"{party.key_share.normalize():f}".replace(".", ","),
            acte_special=party.acte_special or "",
        )
        for party in ordered
    )


def events_of(file: LotFile, on: date, known_at: datetime, authors: dict[str, str]) -> tuple[EventView, ...]:
    """The whole ledger by date of effect, what was withdrawn included, and the slips' withdrawals told."""
    lines = {x.event_id: x for x in clauses.hours_due_at(file.events, date.max, known_at).lines}
    withdrawals = {e.event_id: e for e in file.events if isinstance(e, clauses.Withdrawal)}
    found = []
    for event in sorted(file.events, key=lambda e: (e.on, e.known_at, e.id)):
        if isinstance(event, clauses.Withdrawal):
            continue
        slip = withdrawals.get(event.id)
        line = lines.get(event.id)
        if line is None:  # withdrawn: what it said when it was entered
            past = clauses.hours_due_at(file.events, event.on, event.known_at).lines
            line = next((x for x in past if x.event_id == event.id), None)
        found.append(
            EventView(
                id=event.id,
                label=clauses.EVENT_LABELS[type(event)],
                on=event.on,
                known_at=event.known_at,
                author=authors.get(event.id, ""),
                sentence=_effect(line.sentence) if line else "",
                due_after=line.due_after if line else None,
                future=event.on > on,
                withdrawn=slip is not None,
                withdrawn_reason=slip.reason if slip else "",
                may_withdraw=slip is None and not isinstance(event, clauses.Notification),
            )
        )
    return tuple(found)


def grid_words(file: LotFile, on: date) -> str:
    """The grid of the day, and the one that a dated act already gives the lot later."""
    now = file.grid_at(on)
    later = next(((first, grid) for first, grid in file.followed if first > on), None)
    words = f"{now.label} (version {now.version})"
    if later is None:
        return words
    first, grid = later
    return f"{words}, puis {grid.label} (version {grid.version}) à partir du {first:%d/%m/%Y}"


def _effect(sentence: str) -> str:
    """What the event did, without the date and the word that the table shows already."""
    effect = sentence.partition("\u202f: ")[2] or sentence
    return effect[:1].upper() + effect[1:]


def rules_of(rules: Rules) -> tuple[RuleView, ...]:
    """The rules of the lot in words."""
    grace = rules.late_proof_grace_days
    pairs = (
        ("Employeurs acceptés", ", ".join(sorted(k.label for k in rules.accepted_employers))),
        ("Contrats de travail acceptés", ", ".join(sorted(k.label for k in rules.accepted_employments))),
        ("Mois éligible en partie", rules.cut_policy.label),
        (
            "Formation",
            f"comptée, jusqu’à {rules.training_cap_percent}\u202f% des heures de travail"
            if rules.training_countable
            else "non comptée",
        ),
        ("Heures comptées", HOURS_BASES[rules.hours_basis]),
        (
            "Durée de l’éligibilité",
            f"{rules.eligibility_months} mois, {rules.cdi_cap_months} mois au plus en CDI",
        ),
        (
            "Justificatif tardif",
            "l’éligibilité commence à la date du justificatif"
            if grace is None
            else f"jusqu’à {grace} jours avant le justificatif",
        ),
        ("Visa du mandataire", "demandé" if rules.visa_required else "non demandé"),
        ("Déclaration", f"{rules.deadline_days} jours après la fin de la période"),
        ("Contrôle", f"{rules.control_days} jours après l’envoi"),
        ("Heures au-delà du dû", rules.surplus_policy.label),
    )
    return tuple(RuleView(label=label, value=value) for label, value in pairs)
