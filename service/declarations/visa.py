"""The mandataire's visa: it sees the totals of a member's declaration, never the names, and lets it go on."""

from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declaration, Refused, State
from service.accounts.account import Account
from service.declarations.files import period_of
from service.declarations.month import lock_lots
from service.declarations.scope import is_mandataire, lot_rows_of
from service.errors import Conflict, NotFound
from service.ledger.clock import territory_now
from service.ledger.load import load_portfolio
from service.ledger.lot_file import LotFile
from service.tables import VersionRow
from service.trace import record_act


class ToSign(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration that waits for the visa: totals only."""

    version_id: str
    lot: str
    marche: str
    firm: str
    period: str
    nothing: bool
    hours: int
    countable: int
    sent_at: datetime
    before: date


class VisasView(msgspec.Struct, frozen=True, kw_only=True):
    rows: tuple[ToSign, ...]
    time_zone: str


def waiting(file: LotFile, account: Account) -> list[Declaration]:
    """The last versions of a lot that wait for this firm's visa."""
    if not is_mandataire(file, account.organisation_public_id, account.today):
        return []
    return [v for v in clauses.latest(file.versions) if v.state is State.VISA_MANDATAIRE]


def list_visas(db: Session, account: Account) -> VisasView:
    files = load_portfolio(db, lot_rows_of(db, account.territory_id, account.organisation_id))
    rows = [
        ToSign(
            version_id=version.id,
            lot=f"Lot {file.lot.number} – {file.lot.title}",
            marche=file.marche.title,
            firm=file.companies[version.company_id].name,
            period=period_of(version.period_start, version.period_end),
            nothing=version.nothing,
            hours=clauses.declared_hours(version),
            countable=clauses.countable_hours(version),
            sent_at=version.made_at,
            before=clauses.add_days(version.period_end, file.lot.rules.deadline_days),
        )
        for file in files.values()
        for version in waiting(file, account)
    ]
    return VisasView(rows=tuple(sorted(rows, key=lambda r: r.sent_at)), time_zone=account.time_zone)


def sign(db: Session, account: Account, version_id: str) -> str:
    """Give the visa: the declaration goes to the facilitator. Returns the sentence of what was done."""
    file, version = _find(db, account, version_id)
    return _move(
        db, account, file, version, clauses.give_visa(version), "declarations.visa.act", "Visa donné"
    )


def hand_back(db: Session, account: Account, version_id: str, reason: str) -> str:
    """Give it back to the member, with a reason."""
    file, version = _find(db, account, version_id)
    now = territory_now(account)
    moved = clauses.give_back(version, account.public_id, now, reason)
    return _move(db, account, file, version, moved, "declarations.visa.back.act", "Déclaration rendue")


def _find(db: Session, account: Account, version_id: str) -> tuple[LotFile, Declaration]:
    """The last version of a declaration of a lot whose mandataire this firm is."""
    rows = lot_rows_of(db, account.territory_id, account.organisation_id)
    lock_lots(db, rows)
    for file in load_portfolio(db, rows).values():
        if not is_mandataire(file, account.organisation_public_id, account.today):
            continue
        for version in file.versions:
            if version.id == version_id and version.company_id != account.organisation_public_id:
                return file, version
    raise NotFound


def _move(
    db: Session,
    account: Account,
    file: LotFile,
    before: Declaration,
    after: Declaration | Refused,
    act: str,
    what: str,
) -> str:
    if before.state is not State.VISA_MANDATAIRE or isinstance(after, Refused):
        raise Conflict(
            after.reasons[0].sentence
            if isinstance(after, Refused)
            else "Cette déclaration n’attend plus votre visa."
        )
    row = db.scalars(
        sa.select(VersionRow).where(col(VersionRow.public_id) == before.id).with_for_update()
    ).one()
    row.state = after.state
    if after.decided_at is not None:
        row.decided_at, row.decided_by, row.decision_reason = (
            after.decided_at,
            account.id,
            after.decision_reason[:1000],
        )
    period = period_of(before.period_start, before.period_end)
    sentence = f"{what} : {period}, lot {file.lot.number}, {file.companies[before.company_id].name}."
    record_act(db, account, act, "declaration", before.declaration_id, sentence)
    return sentence
