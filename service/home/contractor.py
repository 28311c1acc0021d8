"""The firm's first page: what waits for it, the next deadline, and where each of its lots stands."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from sqlalchemy.orm import Session

import clauses
from clauses import NextAction, State, Task
from service.accounts.account import Account
from service.declarations.files import period_of
from service.declarations.scope import lot_rows_of
from service.declarations.standing import part_of
from service.formats import day
from service.formats import month as month_words
from service.ledger.clock import territory_now
from service.ledger.load import load_portfolio
from service.ledger.lot_file import LotFile
from service.ledger.standing import Standing, standing_of


class ToDo(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits for the firm, in its own words, with the page that does it."""

    sentence: str
    detail: str
    address: str
    label: str
    before: date
    overdue: str


class FirmLot(msgspec.Struct, frozen=True, kw_only=True):
    """Hundredths; None when nothing is due by this firm or the due is unknown. Shares: ten-thousandths."""

    id: str
    title: str
    marche: str
    due: int | None
    validated: int
    remaining: int | None
    waiting: int
    note: str
    ends_on: date
    hours_share: int | None
    time_share: int | None
    health: str
    tone: str


class ContractorHome(msgspec.Struct, frozen=True, kw_only=True):
    firm: str
    to_do: tuple[ToDo, ...]
    next_deadline: date | None
    next_month: str
    next_address: str
    lots: tuple[FirmLot, ...]
    closed: tuple[FirmLot, ...]


TONES = {
    clauses.Health.LATE: "stop",
    clauses.Health.AT_RISK: "warn",
    clauses.Health.ON_TRACK: "ok",
    clauses.Health.DONE: "ok",
    clauses.Health.UNKNOWN: "quiet",
}


def contractor_home(db: Session, account: Account) -> ContractorHome:
    """A fixed number of queries, whatever the number of lots."""
    me, now = account.organisation_public_id, territory_now(account)
    files = load_portfolio(db, lot_rows_of(db, account.territory_id, account.organisation_id))
    stand = [(file, standing_of(file, account.today, now)) for file in files.values()]
    mine = [(file, a) for file, s in stand for a in s.actions if a.company_id == me]
    coming = min(
        (a.before for _, a in mine if a.task is Task.DECLARE and a.before >= account.today), default=None
    )
    month = min(
        (_month_of(file, a) for file, a in mine if a.task is Task.DECLARE and a.before == coming),
        default=None,
    )
    lots = [(file.closed, _lot(file, s, me, account.today, now)) for file, s in stand]
    lots.sort(key=lambda one: (one[1].marche, one[1].title))
    return ContractorHome(
        firm=account.organisation_name,
        to_do=to_do(mine, account.today),
        next_deadline=coming,
        next_month=month_words(month) if month else "",
        next_address=f"/mes-declarations/mois?mois={month:%Y-%m}" if month else "",
        lots=tuple(lot for closed, lot in lots if not closed),
        closed=tuple(lot for closed, lot in lots if closed),
    )


def _month_of(file: LotFile, action: NextAction) -> date:
    """The last month of the period to declare: the action begins the day after it."""
    return clauses.add_days(action.since, -1).replace(day=1)


def to_do(mine: Iterable[tuple[LotFile, NextAction]], today: date) -> tuple[ToDo, ...]:
    """One line a month to declare, whatever the number of lots; one for each correction or visa."""
    months: dict[tuple[date, date], list[LotFile]] = defaultdict(list)
    found: list[ToDo] = []
    for file, action in mine:
        if action.task is Task.DECLARE:
            if action.since <= today:
                months[(action.before, _month_of(file, action))].append(file)
        elif action.task is Task.CORRECT:
            found.append(_correct(file, action, today))
        elif action.task is Task.VISA:
            found.append(_visa(file, action, today))
        elif action.task in (Task.TELL_LABOUR_HOURS, Task.TELL_HEADCOUNT):
            found.append(_labour(file, action, today))
    for (before, month), files in months.items():
        found.append(
            ToDo(
                sentence=f"Déclarez {_period(files[0], month)} : {_lots(files)}, avant le {day(before)}",
                detail="",
                address=f"/mes-declarations/mois?mois={month:%Y-%m}",
                label="Déclarer",
                before=before,
                overdue=_late(before, today),
            )
        )
    return tuple(sorted(found, key=lambda t: (t.before, t.sentence)))


def _period(file: LotFile, last_month: date) -> str:
    """« mai 2026 », or the whole quarter where the marché declares by quarter."""
    return period_of(*clauses.period_of(file.marche.calendar, last_month))


def _lots(files: list[LotFile]) -> str:
    """« lot 2 (2025-TRX-014) », « lots 1, 2 et 3 », « lot 1 et lot unique »; several have their marché
    when two have one number."""
    numbers = [f.lot.number for f in files]
    names = (
        numbers if len(set(numbers)) == len(numbers) else [_lot_named(f).removeprefix("lot ") for f in files]
    )
    if len(files) == 1:
        return _lot_named(files[0])
    if not all(n[0].isdigit() for n in names):
        names = [f"lot {n}" for n in names]
        return f"{', '.join(names[:-1])} et {names[-1]}"
    return f"lots {', '.join(names[:-1])} et {names[-1]}"


def _lot_named(file: LotFile) -> str:
    """« lot 1 (2025-TRX-014) »: a firm often holds the lot 1 of several marchés."""
    return f"lot {file.lot.number} ({file.marche.reference})"


def _late(before: date, today: date) -> str:
    days = (today - before).days
    if days <= 0:
        return ""
    return f"{days} jour{'s' if days > 1 else ''} de retard"


def _correct(file: LotFile, action: NextAction, today: date) -> ToDo:
    version = next(v for v in clauses.latest(file.versions) if v.declaration_id == action.subject_id)
    period = period_of(version.period_start, version.period_end)
    return ToDo(
        sentence=f"Corrigez {period} : {_lot_named(file)}, avant le {day(action.before)}",
        detail=f"Motif du retour : « {version.decision_reason} »",
        address=f"/mes-declarations/mois?mois={version.period_start:%Y-%m}",
        label="Corriger",
        before=action.before,
        overdue=_late(action.before, today),
    )


def _visa(file: LotFile, action: NextAction, today: date) -> ToDo:
    waiting = [v for v in file.versions if v.state is State.VISA_MANDATAIRE]
    firms = sorted({file.companies[v.company_id].name for v in waiting})
    return ToDo(
        sentence=f"Visez la déclaration de {', '.join(firms)} : {_lot_named(file)}",
        detail="Elle part au contrôle une fois visée.",
        address="/mes-declarations/visas",
        label="Viser",
        before=action.before,
        overdue=_late(action.before, today),
    )


def _labour(file: LotFile, action: NextAction, today: date) -> ToDo:
    staff = action.task is Task.TELL_HEADCOUNT
    asked = "l’effectif nouveau et l’effectif total" if staff else "le total de toutes les heures travaillées"
    return ToDo(
        sentence=f"Donnez {asked} : {_lot_named(file)}",
        detail=f"Sans {'ces effectifs' if staff else 'ce total'}, les heures dues ne sont pas connues.",
        address=f"/mes-lots/{file.lot.id}",
        label="Voir le contact",
        before=action.before,
        overdue=_late(action.before, today),
    )


def _lot(file: LotFile, standing: Standing, company_id: str, on: date, known_at: datetime) -> FirmLot:
    part = part_of(file, company_id, standing, on, known_at)
    health = standing.progress.health
    return FirmLot(
        id=file.lot.id,
        title=f"Lot {file.lot.number} – {file.lot.title}",
        marche=f"{file.marche.title} ({file.marche.reference})",
        due=part.due,
        validated=part.validated,
        remaining=part.remaining,
        waiting=part.waiting,
        note="" if part.whole_lot and part.due is not None else part.note,
        ends_on=standing.window.ends_on if standing.window else file.lot.ends_on,
        hours_share=part.validated * 10_000 // part.due if part.due else None,
        time_share=standing.progress.time_share,
        health=health.label if part.whole_lot else "",
        tone=TONES[health],
    )
