"""Writing documents: attach, withdraw, hand out. What leaves the service is written down."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.documents.entry import DocumentTyped, weight
from service.documents.scope import find_document
from service.errors import Conflict, Invalid, NotFound
from service.ledger.clock import territory_now
from service.lots.scope import find_lot
from service.marches.scope import find_marche
from service.penalties.scope import find_penalty
from service.tables import DocumentContentRow, DocumentRow, LotEventRow, LotRow, MarcheRow, PenaltyRow
from service.trace import record_act

ROOM = 1_000_000_000
NO_ROOM = (
    "Fichier : la place des documents du territoire est prise ({room}). "
    "Retirez ceux qui ne servent plus, puis recommencez."
)
WITHDRAWN = "Ce document a été retiré : son fichier n’existe plus."


def attach(
    db: Session, account: Account, marche_id: str, typed: DocumentTyped, event_id: str, penalty_id: str
) -> str:
    """Keep a document; its public id. Raises NotFound, Invalid when there is no room left."""
    marche = find_marche(db, account, marche_id)
    lot, event, penalty = _target(db, account, marche, typed.lot, event_id, penalty_id)
    return keep(db, account, marche, lot, typed, event=event, penalty=penalty)


def keep(
    db: Session,
    account: Account,
    marche: MarcheRow,
    lot: LotRow | None,
    typed: DocumentTyped,
    *,
    event: LotEventRow | None = None,
    penalty: PenaltyRow | None = None,
) -> str:
    """Write the document and its bytes, in the transaction of the act that brings it."""
    content = typed.file.content
    query = sa.select(sa.func.coalesce(sa.func.sum(col(DocumentRow.size)), 0)).where(
        col(DocumentRow.territory_id) == account.territory_id, col(DocumentRow.withdrawn_at).is_(None)
    )
    if (db.scalar(query) or 0) + len(content) > ROOM:
        raise Invalid({"file": NO_ROOM.format(room=weight(ROOM))})
    row = DocumentRow(
        territory_id=marche.territory_id,
        marche_id=marche.id,
        lot_id=lot.id if lot else None,
        event_id=event.id if event else None,
        penalty_id=penalty.id if penalty else None,
        kind=typed.kind,
        label=typed.label,
        dated_on=typed.dated_on,
        media=typed.file.media,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        author_id=account.id,
        added_at=territory_now(account),
    )
    db.add(row)
    db.flush()
    db.add(DocumentContentRow(document_id=row.id, territory_id=marche.territory_id, content=content))
    sentence = f"Document joint au marché {marche.reference} : {typed.kind.label}, {typed.label}"
    record_act(db, account, "documents.new.act", "document", row.public_id, sentence)
    return row.public_id


def _target(
    db: Session, account: Account, marche: MarcheRow, lot_id: str, event_id: str, penalty_id: str
) -> tuple[LotRow | None, LotEventRow | None, PenaltyRow | None]:
    """What the document goes with: all of it is of this marché, or nothing is found."""
    if penalty_id:
        penalty = find_penalty(db, account, penalty_id)
        return _lot(db, marche, penalty.lot_id), None, penalty
    if event_id:
        event = find_event(db, account, event_id)
        return _lot(db, marche, event.lot_id), event, None
    return (_lot(db, marche, find_lot(db, account, lot_id).id) if lot_id else None), None, None


def _lot(db: Session, marche: MarcheRow, lot_row_id: int) -> LotRow:
    lot = db.get_one(LotRow, lot_row_id)
    if lot.marche_id != marche.id:
        raise NotFound
    return lot


def find_event(db: Session, account: Account, public_id: str) -> LotEventRow:
    query = sa.select(LotEventRow).where(
        col(LotEventRow.public_id) == public_id, col(LotEventRow.territory_id) == account.territory_id
    )
    row = db.scalar(query)
    if row is None:
        raise NotFound
    return row


def hand_out(db: Session, account: Account, public_id: str) -> tuple[DocumentRow, bytes]:
    """The document and its bytes; who took it is written down. Raises NotFound, Conflict once withdrawn."""
    row = find_document(db, account, public_id)
    content = db.scalar(
        sa.select(col(DocumentContentRow.content)).where(
            col(DocumentContentRow.document_id) == row.id,
            col(DocumentContentRow.territory_id) == account.territory_id,
        )
    )
    if content is None:
        raise Conflict(WITHDRAWN)
    sentence = f"Document téléchargé : {row.kind.label}, {row.label}"
    record_act(db, account, "documents.download.act", "document", public_id, sentence)
    return row, content


def withdraw(db: Session, account: Account, public_id: str, reason: str) -> None:
    """Erase the bytes and keep the trace. Raises NotFound, Conflict when that is already done."""
    row = find_document(db, account, public_id, lock=True)
    if row.withdrawn_at is not None:
        raise Conflict(WITHDRAWN)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = territory_now(account), account.id, reason
    db.execute(
        sa.delete(DocumentContentRow).where(
            col(DocumentContentRow.document_id) == row.id,
            col(DocumentContentRow.territory_id) == account.territory_id,
        )
    )
    sentence = f"Document retiré : {row.kind.label}, {row.label} ({reason})"
    record_act(db, account, "documents.withdraw.act", "document", public_id, sentence)
