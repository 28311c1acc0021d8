"""A staged file: kept, read row by row, then stored row by row; each step in blocks that survive a stop.

What will happen is not guessed: each block is stored for good inside a savepoint, looked at, and undone.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Conflict, NotFound
from service.formats import plural
from service.imports import csv_offers, csv_participants
from service.imports.csv_offers import read_csv_offer
from service.imports.csv_participants import PersonRecord, read_person
from service.imports.offer_record import OfferRecord
from service.imports.participants import (
    active_referents,
    identity_of,
    raise_participants_stamp,
    said_of,
    store_person,
)
from service.imports.report import LooksAlike, RowRefused
from service.imports.sent_file import SentFile
from service.imports.store_offers import store_batch
from service.ledger.clock import territory_now
from service.offers.scope import territory_communes
from service.participants.identity_match import name_key_of
from service.tables import ImportBatchRow, ImportLineRow
from service.trace import record_act
from service.vocabulary import ImportKind, ImportState, Role, RowOutcome

BLOCK = 50
"""Rows of one transaction: on SQLite the others’ acts wait while it lasts, a second at most."""
ALIASES = {ImportKind.PARTICIPANTS: csv_participants.ALIASES, ImportKind.OFFERS: csv_offers.ALIASES}
REQUIRED = {ImportKind.PARTICIPANTS: csv_participants.REQUIRED, ImportKind.OFFERS: csv_offers.REQUIRED}
# The liaison enters offers; a file of participants names people whose référent has not shared the name.
KINDS = {
    Role.LIAISON: (ImportKind.OFFERS,),
    Role.COORDINATOR: (ImportKind.PARTICIPANTS, ImportKind.OFFERS),
}
TO_STORE = (RowOutcome.ADDED, RowOutcome.CHANGED)
OUTCOMES = {"added": RowOutcome.ADDED, "changed": RowOutcome.CHANGED, "same": RowOutcome.SAME}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    outcome: RowOutcome
    column: str = ""
    sentence: str = ""
    key: str = ""


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(ImportBatchRow.territory_id) == account.territory_id,
        col(ImportBatchRow.kind).in_(KINDS.get(account.role, ())),
    )


def find_batch(db: Session, account: Account, public_id: str, *, lock: bool = False) -> ImportBatchRow:
    query = sa.select(ImportBatchRow).where(col(ImportBatchRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def stage(
    db: Session, account: Account, kind: ImportKind, sent: SentFile, *, referent: str, replaces: bool
) -> ImportBatchRow:
    """Keep the file as it was sent. The columns of an earlier file with the same titles are taken again."""
    former = db.scalar(
        sa.select(ImportBatchRow)
        .where(
            visible_to(account),
            col(ImportBatchRow.kind) == kind,
            col(ImportBatchRow.titles) == sent.titles,
            col(ImportBatchRow.state) != ImportState.MATCHING,
        )
        .order_by(col(ImportBatchRow.id).desc())
        .limit(1)
    )
    columns = former.columns if former else sent.columns
    batch = ImportBatchRow(
        territory_id=account.territory_id,
        author_id=account.id,
        made_at=territory_now(account),
        kind=kind,
        state=ImportState.MATCHING if columns_fault(kind, columns) else ImportState.READING,
        titles=sent.titles,
        columns=columns,
        notes=sent.notes,
        referent_email=referent,
        replaces=replaces,
    )
    db.add(batch)
    db.flush()
    db.execute(
        sa.insert(ImportLineRow),
        [
            {
                "territory_id": account.territory_id,
                "batch_id": batch.id,
                "line": row.line,
                "cells": row.cells,
                "outcome": RowOutcome.REFUSED if row.fault else RowOutcome.UNREAD,
                "stored": False,
                "same_key": "",
                "fault_column": "",
                "sentence": row.fault,
            }
            for row in sent.rows
        ],
    )
    sentence = f"Fichier déposé ({kind.label.lower()}) : {plural(len(sent.rows), 'ligne')}"
    record_act(db, account, "imports.new.act", "import", batch.public_id, sentence)
    return batch


def columns_fault(kind: ImportKind, columns: Sequence[str]) -> str:
    """Why the file cannot be read with these columns; empty when it can."""
    twice = sorted({name for name in columns if name and list(columns).count(name) > 1})
    if twice:
        return f"Ces champs sont choisis deux fois : {', '.join(twice)}."
    missing = [name for name in REQUIRED[kind] if name not in columns]
    return f"Il manque une colonne pour : {', '.join(missing)}." if missing else ""


def match_columns(db: Session, account: Account, public_id: str, columns: tuple[str, ...]) -> None:
    batch = find_batch(db, account, public_id, lock=True)
    if batch.state not in (ImportState.MATCHING, ImportState.READING, ImportState.READY):
        raise Conflict("Cet import a commencé : ses colonnes ne changent plus.")
    batch.columns, batch.state = columns, ImportState.READING
    db.execute(
        sa.update(ImportLineRow)
        .where(
            col(ImportLineRow.batch_id) == batch.id,
            # A row that could not be cut into cells stays so.
            sa.or_(col(ImportLineRow.outcome) != RowOutcome.REFUSED, col(ImportLineRow.same_key) != ""),
        )
        .values(outcome=RowOutcome.UNREAD, sentence="", fault_column="", same_key="")
    )


def read_block(db: Session, account: Account, public_id: str) -> bool:
    """Read the next rows and say what will become of each. Whether some are left."""
    batch = find_batch(db, account, public_id, lock=True)
    if batch.state is not ImportState.READING:
        return False
    lines = _next(db, batch, [RowOutcome.UNREAD])
    savepoint = db.begin_nested()
    try:
        verdicts = _apply(db, batch, lines)
    finally:
        savepoint.rollback()
    earlier = _earlier(db, batch, lines, [verdict.key for verdict in verdicts])
    for line, verdict in zip(lines, verdicts, strict=True):
        former = earlier.get(verdict.key)
        if former is not None and verdict.outcome is RowOutcome.ADDED:
            told = f"même personne que la ligne {former}, qu’elle complète"
            verdict = msgspec.structs.replace(verdict, outcome=RowOutcome.CHANGED, sentence=told)
        _write(line, verdict)
    if len(lines) < BLOCK:
        batch.state = ImportState.READY
    return len(lines) == BLOCK


def store_block(db: Session, account: Account, public_id: str) -> bool:
    """Store the next rows for good. Whether some are left; an interrupted import goes on from there."""
    batch = find_batch(db, account, public_id, lock=True)
    if batch.state is ImportState.DONE:
        # Somebody else pressed the button too: all is there, once.
        return False
    if batch.state not in (ImportState.READY, ImportState.STORING):
        raise Conflict("Ce fichier n’a pas encore été lu en entier.")
    batch.state = ImportState.STORING
    lines = _next(db, batch, TO_STORE)
    verdicts = _apply(db, batch, lines)
    for line, verdict in zip(lines, verdicts, strict=True):
        _write(line, verdict)
        line.stored = verdict.outcome in (*TO_STORE, RowOutcome.SAME)
        if line.stored:
            line.cells = ()
    if batch.kind is ImportKind.PARTICIPANTS and any(v.outcome in TO_STORE for v in verdicts):
        raise_participants_stamp(db, batch.territory_id)
    if len(lines) == BLOCK:
        return True
    batch.state = ImportState.DONE
    db.flush()
    told = counts(db, batch.id)
    sentence = (
        f"Import de {batch.kind.label.lower()} : {plural(told.get(RowOutcome.ADDED, 0), 'ajout')}, "
        f"{plural(told.get(RowOutcome.CHANGED, 0), 'mise à jour', 'mises à jour')}, "
        f"{plural(told.get(RowOutcome.REFUSED, 0) + told.get(RowOutcome.ALIKE, 0), 'ligne')} à reprendre"
    )
    record_act(db, account, "imports.store.act", "import", batch.public_id, sentence)
    return False


def drop(db: Session, account: Account, public_id: str) -> None:
    """Forget the file. What it stored stays."""
    batch = find_batch(db, account, public_id, lock=True)
    db.execute(sa.delete(ImportLineRow).where(col(ImportLineRow.batch_id) == batch.id))
    db.delete(batch)
    sentence = f"Fichier déposé, retiré ({batch.kind.label.lower()})"
    record_act(db, account, "imports.drop.act", "import", public_id, sentence)


def counts(db: Session, batch_id: int) -> dict[RowOutcome, int]:
    rows = db.execute(
        sa.select(col(ImportLineRow.outcome), sa.func.count())
        .where(col(ImportLineRow.batch_id) == batch_id)
        .group_by(col(ImportLineRow.outcome))
    )
    return {row[0]: row[1] for row in rows}


def _next(db: Session, batch: ImportBatchRow, outcomes: Sequence[RowOutcome]) -> list[ImportLineRow]:
    return list(
        db.scalars(
            sa.select(ImportLineRow)
            .where(
                col(ImportLineRow.batch_id) == batch.id,
                col(ImportLineRow.outcome).in_(outcomes),
                col(ImportLineRow.stored).is_(False),
            )
            .order_by(col(ImportLineRow.line))
            .limit(BLOCK)
        )
    )


def _earlier(
    db: Session, batch: ImportBatchRow, lines: Sequence[ImportLineRow], keys: Iterable[str]
) -> dict[str, int]:
    """The first earlier row of the file that says the same key."""
    if not lines:
        return {}
    rows = db.execute(
        sa.select(col(ImportLineRow.same_key), sa.func.min(col(ImportLineRow.line)))
        .where(
            col(ImportLineRow.batch_id) == batch.id,
            col(ImportLineRow.line) < lines[0].line,
            col(ImportLineRow.same_key).in_({key for key in keys if key}),
            col(ImportLineRow.outcome) != RowOutcome.REFUSED,
        )
        .group_by(col(ImportLineRow.same_key))
    )
    return {row[0]: row[1] for row in rows}


def _write(line: ImportLineRow, verdict: Verdict) -> None:
    line.outcome, line.same_key = verdict.outcome, verdict.key or "-"
    line.fault_column, line.sentence = verdict.column[:60], verdict.sentence[:600]


def _apply(db: Session, batch: ImportBatchRow, lines: Sequence[ImportLineRow]) -> list[Verdict]:
    """Store the rows that can be, and tell what became of each."""
    told = [_named(batch.columns, line.cells) for line in lines]
    if batch.kind is ImportKind.OFFERS:
        return _offers(db, batch, lines, told)
    prefer = territory_communes(db, batch.territory_id)
    referents = active_referents(db, batch.territory_id)
    return [_person(db, batch, cells, prefer, referents) for cells in told]


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name}


def _person(
    db: Session,
    batch: ImportBatchRow,
    cells: Mapping[str, str],
    prefer: frozenset[str],
    referents: Mapping[str, tuple[int, int]],
) -> Verdict:
    try:
        record = read_person(cells, prefer)
    except RowRefused as refusal:
        return Verdict(outcome=RowOutcome.REFUSED, column=refusal.column, sentence=refusal.sentence)
    key = _key_of_person(record)
    asked = record.referent or batch.referent_email
    if asked and asked not in referents:
        told = f"« {asked} » n’est pas un référent actif du territoire."
        return Verdict(outcome=RowOutcome.REFUSED, column="referent", sentence=told, key=key)
    try:
        stored = store_person(db, batch.territory_id, record, referents.get(asked), batch.replaces)
    except LooksAlike as doubt:
        return Verdict(outcome=RowOutcome.ALIKE, column=doubt.column, sentence=doubt.sentence, key=key)
    return Verdict(outcome=OUTCOMES[stored.outcome], sentence=said_of(stored), key=key)


def _offers(
    db: Session, batch: ImportBatchRow, lines: Sequence[ImportLineRow], told: Sequence[Mapping[str, str]]
) -> list[Verdict]:
    verdicts: dict[int, Verdict] = {}
    records: dict[int, OfferRecord] = {}
    for line, cells in zip(lines, told, strict=True):
        try:
            records[line.line] = read_csv_offer(cells)
        except RowRefused as refusal:
            verdicts[line.line] = Verdict(
                outcome=RowOutcome.REFUSED, column=refusal.column, sentence=refusal.sentence
            )
    keys = {number: _digest(record.source_id) for number, record in records.items()}
    first = _earlier(db, batch, lines, keys.values())
    for number, key in keys.items():
        if (former := first.setdefault(key, number)) != number:
            told_twice = f"cette offre est déjà à la ligne {former} ; gardez-en une."
            verdicts[number] = Verdict(
                outcome=RowOutcome.REFUSED, column="identifiant", sentence=told_twice, key=key
            )
            del records[number]
    outcomes = store_batch(db, batch.territory_id, list(records.values())) if records else []
    for number, outcome in zip(records, outcomes, strict=True):
        verdicts[number] = Verdict(outcome=OUTCOMES[outcome], key=keys[number])
    return [verdicts[line.line] for line in lines]


def _key_of_person(record: PersonRecord) -> str:
    who: Any = identity_of(record)
    if who.france_travail_id:
        return _digest(f"id {who.france_travail_id}")
    return _digest(f"{name_key_of(who.first_name, who.last_name, who.birth_name)} {who.birth_date}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
