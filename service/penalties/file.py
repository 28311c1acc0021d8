"""Reading penalties: those of a lot, the latest first; one with its computation and its decision."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import CeilingMultiple, PenaltyRule, PerHour
from service.accounts.account import Account
from service.documents.read import documents_of_penalty
from service.formats import day, typographic
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.ledger.standing import brief_standing_of
from service.lots.scope import find_lot
from service.marches.portfolio import titulaire_of
from service.marches.views import action_view
from service.penalties.entry import Mode
from service.penalties.scope import find_penalty
from service.penalties.views import LotHead, PenaltiesView, PenaltyLine, PenaltyView
from service.tables import OrganisationRow, PenaltyRow, UserRow
from service.vocabulary import PenaltyState

TONES = {
    PenaltyState.PROPOSED: "warn",
    PenaltyState.APPLIED: "stop",
    PenaltyState.REMITTED: "ok",
    PenaltyState.CANCELLED: "quiet",
}


def lot_head(file: LotFile, account: Account) -> LotHead:
    standing = brief_standing_of(file, account.today, territory_now(account))
    return LotHead(
        lot_id=file.lot.id,
        marche_id=file.marche.id,
        reference=file.marche.reference,
        number=file.lot.number,
        title=file.lot.title,
        buyer=file.marche.buyer.name,
        titulaire=titulaire_of(file, account.today),
        sentence=standing.progress.sentence,
        action=action_view(file, standing),
        time_zone=account.time_zone,
    )


def read_penalties(db: Session, account: Account, lot_id: str) -> PenaltiesView:
    """Ten queries. Raises NotFound."""
    lot = find_lot(db, account, lot_id)
    head = lot_head(load_lot(db, lot.id), account)
    lines = _lines(db, col(PenaltyRow.lot_id) == lot.id, head.buyer)
    return PenaltiesView(head=head, penalties=tuple(lines))


def read_penalty(db: Session, account: Account, public_id: str) -> PenaltyView:
    """Eleven queries. Raises NotFound."""
    row = find_penalty(db, account, public_id)
    head = lot_head(load_lot(db, row.lot_id), account)
    line = next(iter(_lines(db, col(PenaltyRow.id) == row.id, head.buyer)))
    return PenaltyView(head=head, penalty=line, documents=documents_of_penalty(db, account, row.id))


def _lines(db: Session, where: sa.ColumnElement[bool], buyer: str) -> Iterable[PenaltyLine]:
    proposer, recorder = aliased(UserRow), aliased(UserRow)
    query = (
        sa.select(PenaltyRow, col(OrganisationRow.name), col(proposer.name), col(recorder.name))
        .join(proposer, col(proposer.id) == col(PenaltyRow.proposed_by))
        .outerjoin(recorder, col(recorder.id) == col(PenaltyRow.recorded_by))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(PenaltyRow.company_id))
        .where(where)
        .order_by(col(PenaltyRow.proposed_at).desc(), col(PenaltyRow.id).desc())
    )
    for row, company, proposed_by, recorded_by in db.execute(query):
        waits = row.state is PenaltyState.PROPOSED
        since = day(row.proposed_at.date())
        yield PenaltyLine(
            id=row.public_id,
            state=row.state.label,
            tone=TONES[row.state],
            waits=waits,
            mode=mode_of_rule(row.rule).label,
            on=row.on,
            company=company or "",
            due=row.due,
            validated=row.validated,
            missing=row.missing,
            amount=row.amount,
            explanation=row.explanation,
            reason=row.reason,
            proposed_by=proposed_by,
            proposed_at=row.proposed_at,
            awaited=typographic(f"{buyer} doit décider, depuis le {since}.") if waits else "",
            decided_amount=row.decided_amount,
            decided_on=row.decided_on,
            document=row.document,
            note=row.decision_note,
            recorded_by=recorded_by or "",
            recorded_at=row.recorded_at,
        )


def mode_of_rule(rule: PenaltyRule) -> Mode:
    if isinstance(rule, PerHour):
        return Mode.PER_HOUR
    return Mode.CEILING if isinstance(rule, CeilingMultiple) else Mode.PER_DAY
