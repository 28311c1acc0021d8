"""Loading a month for a firm, and judging what it typed without writing anything."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Calendar, Declare, Declared, Refused
from service.accounts.account import Account
from service.declarations.context import context_for, read_surroundings
from service.declarations.desk import Desk
from service.declarations.entry import Entry, read_sheet, refuse_foreign
from service.declarations.scope import declarable_placements, lot_rows_of, own_placements
from service.declarations.sheet import LETTERS, Sheet, months_offered, sheets_of
from service.errors import NotFound
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.load import load_lots
from service.ledger.lot_file import LotFile
from service.tables import LotRow
from service.tables.columns import new_public_id


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month of a firm: its lots whole, and the sheets of the periods that hold the month."""

    desk: Desk
    month: date
    files: dict[int, LotFile]
    sheets: tuple[Sheet, ...]
    offered: tuple[date, ...]
    on: date
    known_at: datetime


def load_month(
    db: Session,
    account: Account,
    desk: Desk,
    month: date | None,
    correcting: Iterable[str] = (),
    *,
    lock: bool = False,
) -> Month:
    """Load the month; None is the one that waits, else the last. `lock` keeps other acts on these lots
    waiting until ours is over. Raises NotFound for a month that no lot of the firm holds."""
    rows = lot_rows_of(db, account.territory_id, desk.company_row_id)
    if lock:
        lock_lots(db, rows)
    files = load_lots(db, rows)
    known_at = territory_now(account)
    offered = months_offered(files.values(), account.today, known_at)
    if month is None:
        awaited = [f for f in files.values() if not f.closed]
        month = default_month(awaited, desk, offered, account.today, known_at)
    else:
        month = _offered(month, offered, files.values())
    sheets = sheets_of(files.values(), desk, month, account.today, known_at, frozenset(correcting))
    sheets = tuple(sorted(sheets, key=lambda sheet: not sheet.mode.is_open))  # what waits comes first
    return Month(
        desk=desk,
        month=month,
        files=files,
        sheets=sheets,
        offered=offered,
        on=account.today,
        known_at=known_at,
    )


def _offered(month: date, offered: tuple[date, ...], files: Iterable[LotFile]) -> date:
    """The month asked for; of a quarter that begins before its lot, the first month of the lot."""
    if month in offered:
        return month
    quarter = clauses.period_of(Calendar.QUARTERLY, month)
    same = [m for m in offered if clauses.period_of(Calendar.QUARTERLY, m) == quarter]
    if not same or all(f.marche.calendar is not Calendar.QUARTERLY for f in files):
        raise NotFound("Ce mois n’est pas à déclarer : aucun de vos lots n’y est en cours.")
    return min(same)


def lock_lots(db: Session, rows: Iterable[int]) -> None:
    """One act at a time on a lot, in the order of ids so that two acts never wait for each other."""
    db.execute(
        sa.select(col(LotRow.id))
        .where(col(LotRow.id).in_(list(rows)))
        .order_by(col(LotRow.id))
        .with_for_update(key_share=True)
    ).all()


def default_month(
    files: Iterable[LotFile], desk: Desk, offered: tuple[date, ...], on: date, known_at: datetime
) -> date:
    """The oldest month over that waits for an answer, else the last month over, else the current one."""
    this_month = on.replace(day=1)
    for month in sorted(offered):
        if month == this_month:
            continue
        sheets = sheets_of(files, desk, month, on, known_at, frozenset())
        if any(s.mode.is_open and s.last < on for s in sheets):
            return month
    before = clauses.add_months(this_month, -1)
    return before if before in offered or not offered else max(offered)


def read_entries(form: Form, month: Month) -> dict[str, Entry]:
    """What was typed on the open sheets, by lot; sheets left empty are not in it."""
    mine = {p.id for f in month.files.values() for p in own_placements(f, month.desk.company_id)}
    days = {month.on, *(day for sheet in month.sheets for day in (sheet.first, sheet.last))}
    below = {
        p.id for f in month.files.values() for p in declarable_placements(f, month.desk.company_id, *days)
    }
    refuse_foreign(form, month.sheets, (f.lot.id for f in month.files.values()), mine | below)
    read = {sheet.lot_id: read_sheet(form, sheet) for sheet in month.sheets if sheet.mode.is_open}
    return {lot_id: entry for lot_id, entry in read.items() if not entry.is_empty}


def judge(
    db: Session, account: Account, month: Month, entries: Mapping[str, Entry]
) -> dict[str, Declared | Refused]:
    """What the core says of each entry, by lot. Nothing is written."""
    sheets = {s.lot_id: s for s in month.sheets if s.lot_id in entries}
    if not sheets:
        return {}
    around = read_surroundings(
        db,
        account.territory_id,
        [s.file for s in sheets.values()],
        min(s.first for s in sheets.values()),
        max(s.last for s in sheets.values()),
    )
    return {
        lot_id: clauses.declare(
            _command(account, month, sheet, entries[lot_id]),
            context_for(
                sheet.file, month.desk.company_id, sheet.first, sheet.last, around, month.on, month.known_at
            ),
        )
        for lot_id, sheet in sheets.items()
    }


def _command(account: Account, month: Month, sheet: Sheet, entry: Entry) -> Declare:
    return Declare(
        id=new_public_id(),
        declaration_id=sheet.latest.declaration_id if sheet.latest else new_public_id(),
        lot_id=sheet.lot_id,
        company_id=month.desk.company_id,
        period_start=sheet.first,
        lines=entry.lines,
        nothing=entry.nothing,
        provenance=month.desk.provenance,
        author_id=account.public_id,
        at=month.known_at,
        submit=True,
        reason=entry.reason,
    )


def tell_refusals(
    form: Form, month: Month, judged: Mapping[str, Declared | Refused], *, only_lines: bool = False
) -> None:
    """The core's reasons, each beside its cell, else beside the lot's own answer. `only_lines`: some cells
    could not be read, so that nothing can be said of the whole."""
    for sheet in month.sheets:
        verdict = judged.get(sheet.lot_id)
        if not isinstance(verdict, Refused):
            continue
        people = {row.hours_name(kind): row.person for row in sheet.rows for kind in LETTERS}
        half_read = {
            row.hours_name(kind)
            for row in sheet.rows
            for kind in LETTERS
            if any(row.day_name(day) in form.faults for day in row.days)
        }
        for reason in verdict.reasons:
            if reason.line in half_read:
                continue
            if reason.line is not None:
                form.fault(
                    reason.line, f"{people.get(reason.line, '')} : {reason.sentence}".lstrip(" \u202f:")
                )
            elif only_lines:
                continue
            elif reason.code == "motif_de_correction":
                form.fault(sheet.reason_name, f"Lot {sheet.file.lot.number} : {reason.sentence}")
            else:
                form.fault(sheet.nothing_name, f"Lot {sheet.file.lot.number} : {reason.sentence}")
