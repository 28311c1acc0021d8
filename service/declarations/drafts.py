"""Drafts: what a firm typed and has not sent, as typed, one a lot × company × period."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.declarations.desk import Desk
from service.declarations.entry import typed_of
from service.declarations.sheet import Sheet
from service.forms import Form
from service.ledger.clock import territory_now
from service.tables import DraftRow

Typed = dict[str, list[str]]


def read_drafts(
    db: Session, desk: Desk, lot_row_ids: Iterable[int], firsts: Iterable[date]
) -> dict[tuple[int, date], Typed]:
    """The drafts of a firm by lot row id and first day of the period: one query."""
    rows = db.execute(
        sa.select(col(DraftRow.lot_id), col(DraftRow.period_start), col(DraftRow.typed)).where(
            col(DraftRow.company_id) == desk.company_row_id,
            col(DraftRow.lot_id).in_(list(lot_row_ids)),
            col(DraftRow.period_start).in_(list(firsts)),
        )
    )
    return {(lot, first): typed for lot, first, typed in rows}


def save_drafts(db: Session, account: Account, desk: Desk, sheets: Iterable[Sheet], form: Form) -> None:
    """Keep what was typed on the open sheets; an empty sheet keeps no draft."""
    for sheet in sheets:
        if sheet.mode.is_open:
            save_draft(db, account, desk, sheet, typed_of(form, sheet))


def save_draft(db: Session, account: Account, desk: Desk, sheet: Sheet, typed: Typed) -> None:
    """The draft of one sheet, in the place of what was kept of it; none when nothing is typed."""
    row = db.scalar(_of(desk, sheet).with_for_update())
    if not typed:
        if row is not None:
            db.delete(row)
        return
    if row is None:
        row = DraftRow(
            territory_id=account.territory_id,
            lot_id=sheet.file.row_id,
            company_id=desk.company_row_id,
            period_start=sheet.first,
            typed=typed,
            saved_by=account.id,
        )
        db.add(row)
    row.typed = typed
    row.saved_by = account.id
    row.saved_at = territory_now(account)


def drop_draft(db: Session, desk: Desk, sheet: Sheet) -> None:
    """What has been sent is no draft any more."""
    db.execute(
        sa.delete(DraftRow).where(
            col(DraftRow.lot_id) == sheet.file.row_id,
            col(DraftRow.company_id) == desk.company_row_id,
            col(DraftRow.period_start) == sheet.first,
        )
    )


def _of(desk: Desk, sheet: Sheet) -> sa.Select[DraftRow]:
    return sa.select(DraftRow).where(
        col(DraftRow.lot_id) == sheet.file.row_id,
        col(DraftRow.company_id) == desk.company_row_id,
        col(DraftRow.period_start) == sheet.first,
    )
