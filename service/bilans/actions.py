"""Freezing bilans: one lot, or every lot of a quarter. Never twice, never before one already frozen."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.bilans.freeze import freeze
from service.bilans.frozen import Frozen
from service.bilans.quarters import Quarter
from service.errors import Conflict
from service.formats import day, euros
from service.ledger.clock import territory_now
from service.ledger.load import load_lots
from service.lots.scope import find_lot, visible_to
from service.tables import BilanRow, LotRow, PenaltyRow
from service.trace import record_act
from service.vocabulary import PenaltyState

NOT_OVER = "Ce trimestre n’est pas fini : son bilan s’arrête à partir du {on}."
TAKEN = "Le bilan de ce trimestre est déjà arrêté pour ce lot : une correction se lira dans le suivant."
LATER = "Un bilan plus récent est déjà arrêté pour ce lot : celui-ci ne peut plus l’être."
NOT_BEGUN = "Le lot n’avait pas commencé à la fin de ce trimestre."


def freeze_lot(db: Session, account: Account, lot_id: str, quarter: Quarter) -> str:
    """Freeze the quarter of a lot; its public id. Raises NotFound, Conflict."""
    _check_over(account, quarter)
    lot = find_lot(db, account, lot_id, lock=True)
    if lot.starts_on > quarter.last:
        raise Conflict(NOT_BEGUN)
    for (taken,) in db.execute(
        sa.select(col(BilanRow.quarter_start)).where(
            col(BilanRow.lot_id) == lot.id, col(BilanRow.quarter_start) >= quarter.first
        )
    ):
        raise Conflict(TAKEN if taken == quarter.first else LATER)
    row = _freeze(db, account, [lot.id], quarter)[0]
    sentence = f"Bilan arrêté : {row.content.reference}, lot {lot.number}, {quarter.label}"
    record_act(db, account, "bilans.freeze.act", "lot", lot_id, sentence)
    return row.public_id


def freeze_quarter(db: Session, account: Account, quarter: Quarter) -> int:
    """Freeze every lot of the quarter that is not frozen yet; how many were. Raises Conflict."""
    _check_over(account, quarter)
    lots = list(db.scalars(lots_to_freeze(account, quarter).with_for_update()))
    if lots:
        _freeze(db, account, lots, quarter)
        sentence = f"{len(lots)} bilans arrêtés, {quarter.label}"
        record_act(db, account, "bilans.freeze_all.act", "territoire", account.territory_public_id, sentence)
    return len(lots)


def lots_to_freeze(account: Account, quarter: Quarter) -> sa.Select[int]:
    """The open lots begun by the end of the quarter, without a bilan for it or for a later one."""
    frozen = sa.select(col(BilanRow.lot_id)).where(col(BilanRow.quarter_start) >= quarter.first)
    return sa.select(col(LotRow.id)).where(
        visible_to(account), *running_in(quarter), col(LotRow.id).not_in(frozen)
    )


def running_in(quarter: Quarter) -> tuple[sa.ColumnElement[bool], ...]:
    """Lots begun by the end of the quarter and not closed before it."""
    return (
        col(LotRow.starts_on) <= quarter.last,
        sa.or_(col(LotRow.closed_on).is_(None), col(LotRow.closed_on) >= quarter.first),
    )


def _check_over(account: Account, quarter: Quarter) -> None:
    if account.today <= quarter.last:
        raise Conflict(NOT_OVER.format(on=day(quarter.last.fromordinal(quarter.last.toordinal() + 1))))


def _freeze(db: Session, account: Account, lots: Sequence[int], quarter: Quarter) -> list[BilanRow]:
    known_at = territory_now(account)
    former = _formers(db, lots, quarter)
    penalties = _penalties(db, lots)
    rows = [
        BilanRow(
            territory_id=account.territory_id,
            lot_id=row_id,
            quarter_start=quarter.first,
            known_at=known_at,
            author_id=account.id,
            content=freeze(file, quarter, known_at, former.get(row_id), penalties.get(row_id, ())),
        )
        for row_id, file in load_lots(db, lots).items()
    ]
    db.add_all(rows)
    try:
        db.flush()
    except IntegrityError as fault:
        raise Conflict(TAKEN) from fault
    return rows


def _formers(db: Session, lots: Sequence[int], quarter: Quarter) -> dict[int, tuple[str, Frozen]]:
    """The last bilan of each lot before the quarter."""
    query = (
        sa.select(col(BilanRow.lot_id), col(BilanRow.public_id), col(BilanRow.content))
        .where(col(BilanRow.lot_id).in_(lots), col(BilanRow.quarter_start) < quarter.first)
        .order_by(col(BilanRow.quarter_start))
    )
    return {lot: (public_id, content) for lot, public_id, content in db.execute(query)}


def _penalties(db: Session, lots: Sequence[int]) -> dict[int, list[str]]:
    """The penalties that wait for the buyer, in a sentence."""
    query = sa.select(PenaltyRow).where(
        col(PenaltyRow.lot_id).in_(lots), col(PenaltyRow.state) == PenaltyState.PROPOSED
    )
    found: dict[int, list[str]] = {}
    for row in db.scalars(query):
        sentence = f"Pénalité proposée le {day(row.proposed_at.date())} : {euros(row.amount)}."
        found.setdefault(row.lot_id, []).append(sentence)
    return found
