"""What the screens of imports show."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import fold
from service.accounts.account import Account
from service.imports.staging import ALIASES, KINDS, TO_STORE, columns_fault, counts, find_batch, visible_to
from service.keeping import FILE_DAYS
from service.listing import Listing, fetch
from service.tables import ImportBatchRow, ImportLineRow, UserRow
from service.vocabulary import ImportState, Role, RowOutcome

TONES = {
    RowOutcome.UNREAD: "quiet",
    RowOutcome.ADDED: "ok",
    RowOutcome.CHANGED: "ok",
    RowOutcome.SAME: "quiet",
    RowOutcome.ALIKE: "warn",
    RowOutcome.REFUSED: "stop",
}
TO_CORRECT = (RowOutcome.REFUSED, RowOutcome.ALIKE)
SHOWN_CELLS = 4


class BatchLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    state: str
    done: bool
    author: str
    made_at: datetime


class ImportsView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    batches: tuple[BatchLine, ...]
    kinds: tuple[tuple[str, str], ...]
    referents: tuple[tuple[str, str], ...]
    time_zone: str


class StagedLine(msgspec.Struct, frozen=True, kw_only=True):
    """`told`: the first cells that say something, to know the row by; empty once it is stored."""

    line: int
    told: str
    outcome: str
    tone: str
    column: str
    sentence: str


class OutcomeCount(msgspec.Struct, frozen=True, kw_only=True):
    value: str
    label: str
    tone: str
    count: int


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """`left`: rows still to read or to store, for the step under way. `kept_until`: those not imported."""

    id: str
    kind: str
    state: str
    state_label: str
    author: str
    made_at: datetime
    kept_until: date
    notes: tuple[str, ...]
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    columns_fault: str
    fields: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, ...], ...]
    counts: tuple[OutcomeCount, ...]
    total: int
    left: int
    to_store: int
    to_correct: int
    listing: Listing
    rows: tuple[StagedLine, ...]
    time_zone: str


def list_imports(db: Session, account: Account, listing: Listing) -> ImportsView:
    query: Any = (
        sa.select(
            col(ImportBatchRow.public_id),
            col(ImportBatchRow.kind),
            col(ImportBatchRow.state),
            col(UserRow.name),
            col(ImportBatchRow.made_at),
        )
        .join(UserRow, col(UserRow.id) == col(ImportBatchRow.author_id))
        .where(visible_to(account))
    )
    columns = {"date": col(ImportBatchRow.made_at)}
    total, rows = fetch(db, query, listing, columns=columns, tie=col(ImportBatchRow.id).desc())
    return ImportsView(
        listing=listing.with_total(total),
        batches=tuple(
            BatchLine(
                id=public_id,
                kind=kind.label,
                state=state.label,
                done=state is ImportState.DONE,
                author=author,
                made_at=made_at,
            )
            for public_id, kind, state, author, made_at in rows
        ),
        kinds=tuple((kind.value, kind.label) for kind in KINDS.get(account.role, ())),
        referents=_referents(db, account) if account.role is Role.COORDINATOR else (),
        time_zone=account.time_zone,
    )


def _referents(db: Session, account: Account) -> tuple[tuple[str, str], ...]:
    rows = db.execute(
        sa.select(col(UserRow.email), col(UserRow.name))
        .where(
            col(UserRow.territory_id) == account.territory_id,
            col(UserRow.role) == Role.REFERENT,
            col(UserRow.active).is_(True),
        )
        .order_by(col(UserRow.name), col(UserRow.id))
    )
    return tuple((email, name) for email, name in rows)


def import_view(db: Session, account: Account, public_id: str, listing: Listing) -> ImportView:
    batch = find_batch(db, account, public_id)
    told = counts(db, batch.id)
    query: Any = sa.select(ImportLineRow).where(col(ImportLineRow.batch_id) == batch.id)
    labels = {}
    if (asked := listing.filter("issue")) in set(RowOutcome):
        query = query.where(col(ImportLineRow.outcome) == RowOutcome(asked))
        labels["issue"] = RowOutcome(asked).label
    columns = {"ligne": col(ImportLineRow.line)}
    total, rows = fetch(db, query, listing, columns=columns, tie=col(ImportLineRow.id))
    not_stored = (
        sa.select(sa.func.count())
        .select_from(ImportLineRow)
        .where(
            col(ImportLineRow.batch_id) == batch.id,
            col(ImportLineRow.outcome).in_(TO_STORE),
            col(ImportLineRow.stored).is_(False),
        )
    )
    to_store = db.scalar(not_stored) or 0
    examples = db.scalars(
        sa.select(col(ImportLineRow.cells))
        .where(col(ImportLineRow.batch_id) == batch.id, col(ImportLineRow.stored).is_(False))
        .order_by(col(ImportLineRow.line))
        .limit(2)
    ).all()
    return ImportView(
        id=batch.public_id,
        kind=batch.kind.label,
        state=batch.state.value,
        state_label=batch.state.label,
        author=db.scalar(sa.select(col(UserRow.name)).where(col(UserRow.id) == batch.author_id)) or "",
        made_at=batch.made_at,
        kept_until=(batch.made_at.astimezone(ZoneInfo(account.time_zone)) + timedelta(days=FILE_DAYS)).date(),
        notes=batch.notes,
        titles=batch.titles,
        columns=batch.columns,
        columns_fault=columns_fault(batch.kind, batch.columns),
        fields=tuple((name, name.replace("_", " ")) for name in dict.fromkeys(ALIASES[batch.kind].values())),
        examples=tuple(examples),
        counts=tuple(
            OutcomeCount(value=one.value, label=one.label, tone=TONES[one], count=told[one])
            for one in RowOutcome
            if told.get(one)
        ),
        total=sum(told.values()),
        left=told.get(RowOutcome.UNREAD, 0) if batch.state is ImportState.READING else to_store,
        to_store=to_store,
        to_correct=sum(told.get(one, 0) for one in TO_CORRECT),
        listing=listing.with_total(total, labels),
        rows=tuple(_line(batch, row) for (row,) in rows),
        time_zone=account.time_zone,
    )


def _line(batch: ImportBatchRow, row: ImportLineRow) -> StagedLine:
    told = [cell for cell in row.cells if cell][:SHOWN_CELLS]
    return StagedLine(
        line=row.line,
        told=" · ".join(cell[:60] for cell in told),
        outcome=row.outcome.label,
        tone=TONES[row.outcome],
        column=_where(batch, row),
        sentence=row.sentence,
    )


def to_correct(db: Session, account: Account, public_id: str) -> tuple[ImportBatchRow, list[list[str]]]:
    """The rows to take up again, as they were sent, each with what is wrong with it."""
    batch = find_batch(db, account, public_id)
    rows = db.scalars(
        sa.select(ImportLineRow)
        .where(col(ImportLineRow.batch_id) == batch.id, col(ImportLineRow.outcome).in_(TO_CORRECT))
        .order_by(col(ImportLineRow.line))
    )
    return batch, [[*row.cells, _reason(batch, row)] for row in rows]


def _reason(batch: ImportBatchRow, row: ImportLineRow) -> str:
    where = _where(batch, row)
    column = f"colonne « {where} » : " if where else ""
    return f"ligne {row.line} : {column}{row.sentence}"


def _where(batch: ImportBatchRow, row: ImportLineRow) -> str:
    """The column at fault by its title in the file; empty when the sentence begins by naming it."""
    named = dict(zip(batch.columns, batch.titles, strict=False)).get(row.fault_column, row.fault_column)
    return "" if fold(row.sentence).startswith(fold(named)) else named
