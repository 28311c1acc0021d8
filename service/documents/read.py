"""Reading documents: those of a marché, of a lot, of a penalty; one with its trace."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from service.accounts.account import Account
from service.documents.entry import weight
from service.documents.scope import find_document, visible_to
from service.documents.views import DocumentLine, DocumentView
from service.rights import DOCUMENTS_OF_THE_GROUPEMENT, DOCUMENTS_OF_THE_LOT
from service.tables import DocumentRow, LotEventRow, LotRow, MarcheRow, PenaltyRow, UserRow
from service.vocabulary import DocumentKind, Role


def documents_of_marche(db: Session, account: Account, marche_row_id: int) -> tuple[DocumentLine, ...]:
    return _lines(db, account, col(DocumentRow.marche_id) == marche_row_id)


def documents_of_lot(db: Session, account: Account, lot: LotRow) -> tuple[DocumentLine, ...]:
    """Its own, and those of the whole marché."""
    whole = sa.and_(col(DocumentRow.lot_id).is_(None), col(DocumentRow.marche_id) == lot.marche_id)
    return _lines(db, account, sa.or_(col(DocumentRow.lot_id) == lot.id, whole))


def documents_of_penalty(db: Session, account: Account, penalty_row_id: int) -> tuple[DocumentLine, ...]:
    return _lines(db, account, col(DocumentRow.penalty_id) == penalty_row_id)


def _lines(db: Session, account: Account, where: sa.ColumnElement[bool]) -> tuple[DocumentLine, ...]:
    """One query: those that stand first, the latest first."""
    query = (
        sa.select(DocumentRow, col(LotRow.number), col(LotEventRow.public_id), col(UserRow.name))
        .join(UserRow, col(UserRow.id) == col(DocumentRow.author_id))
        .outerjoin(LotRow, col(LotRow.id) == col(DocumentRow.lot_id))
        .outerjoin(LotEventRow, col(LotEventRow.id) == col(DocumentRow.event_id))
        .where(visible_to(account), where)
        .order_by(
            col(DocumentRow.withdrawn_at).is_not(None),
            col(DocumentRow.added_at).desc(),
            col(DocumentRow.id).desc(),
        )
    )
    return tuple(_line(row, number, event, author) for row, number, event, author in db.execute(query))


def _line(row: DocumentRow, number: str | None, event_id: str | None, author: str) -> DocumentLine:
    return DocumentLine(
        id=row.public_id,
        kind=row.kind.label,
        label=row.label,
        dated_on=row.dated_on,
        file=f"{row.media.label}, {weight(row.size)}",
        about=f"Lot {number}" if number else "Tout le marché",
        event_id=event_id or "",
        added_at=row.added_at,
        author=author,
        withdrawn=row.withdrawn_at is not None,
    )


def read_document(db: Session, account: Account, public_id: str) -> DocumentView:
    """Two queries. Raises NotFound."""
    row = find_document(db, account, public_id)
    author, remover = aliased(UserRow), aliased(UserRow)
    query = (
        sa.select(
            MarcheRow,
            LotRow,
            col(LotEventRow.public_id),
            col(PenaltyRow.public_id),
            col(author.name),
            col(remover.name),
        )
        .select_from(DocumentRow)
        .join(MarcheRow, col(MarcheRow.id) == col(DocumentRow.marche_id))
        .join(author, col(author.id) == col(DocumentRow.author_id))
        .outerjoin(remover, col(remover.id) == col(DocumentRow.withdrawn_by))
        .outerjoin(LotRow, col(LotRow.id) == col(DocumentRow.lot_id))
        .outerjoin(LotEventRow, col(LotEventRow.id) == col(DocumentRow.event_id))
        .outerjoin(PenaltyRow, col(PenaltyRow.id) == col(DocumentRow.penalty_id))
        .where(col(DocumentRow.id) == row.id)
    )
    marche, lot, event_id, penalty_id, author_name, remover_name = db.execute(query).one()
    back, back_label = _attached_to(account, marche, lot, penalty_id)
    return DocumentView(
        line=_line(row, lot.number if lot else None, event_id, author_name),
        reference=marche.reference,
        title=marche.title,
        back=back,
        back_label=back_label,
        readers=readers_of(row.kind),
        sha256=row.sha256,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=remover_name or "",
        withdrawn_reason=row.withdrawn_reason,
        time_zone=account.time_zone,
    )


def _attached_to(
    account: Account, marche: MarcheRow, lot: LotRow | None, penalty_id: str | None
) -> tuple[str, str]:
    """The page that shows what the document is attached to, for the account that reads."""
    if account.role is Role.CONTRACTOR:
        return (f"/mes-lots/{lot.public_id}", f"Lot {lot.number}") if lot else ("/", "Mes lots")
    if penalty_id:
        return f"/penalites/{penalty_id}", f"{marche.reference}, pénalité"
    if lot:
        return f"/lots/{lot.public_id}#documents", f"{marche.reference}, lot {lot.number}"
    return f"/marches/{marche.public_id}#documents", marche.reference


def readers_of(kind: DocumentKind) -> str:
    """Who reads such a document, in words."""
    if kind in DOCUMENTS_OF_THE_LOT:
        return "La facilitation, la coordination et toutes les entreprises du lot"
    if kind in DOCUMENTS_OF_THE_GROUPEMENT:
        return "La facilitation, la coordination, le titulaire et ses cotraitants (pas les sous-traitants)"
    return "La facilitation et la coordination seulement"
