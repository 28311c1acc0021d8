"""The acts of a declaring firm: keep a draft, copy the month before, check, send. One transaction each."""

from collections.abc import Mapping
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import Declared, Refused, State
from service.accounts.account import Account
from service.declarations.desk import Desk
from service.declarations.drafts import drop_draft, save_drafts
from service.declarations.entry import (
    MOST_TYPED,
    Entry,
    typed_from_previous,
    typed_of,
    typed_of_version,
)
from service.declarations.month import Month, judge, load_month, read_entries, tell_refusals
from service.declarations.sheet import Mode, Sheet
from service.declarations.store import write_version
from service.errors import Conflict
from service.formats import month as month_words
from service.forms import Form
from service.tables import DeclarationRow
from service.tables.columns import new_public_id
from service.trace import record_act

Verdicts = dict[str, Declared | Refused]

NOTHING_TYPED = (
    "Rien n’est encore saisi : remplissez au moins une case, ou cochez « Aucune heure » pour un lot."
)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A month with what was typed and what the core says of it; the faults are in the form."""

    month: Month
    entries: dict[str, Entry]
    verdicts: Verdicts


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt's number: the public id of the first version sent."""

    receipt: str
    count: int


def keep_draft(db: Session, account: Account, desk: Desk, month: date, form: Form, *, copy: bool) -> None:
    """Save what was typed, as typed; with `copy`, empty cells take the hours of the period before."""
    loaded = load_month(db, account, desk, month, form.raw_list("corriger"), lock=True)
    read_entries(form, loaded)
    if copy:
        form = merged(form, copied_cells(loaded, form))
    save_drafts(db, account, desk, loaded.sheets, form)


def give_up(db: Session, account: Account, desk: Desk, month: date, form: Form, lot_id: str) -> None:
    """Drop a correction begun: the accepted declaration stands. What was typed for the other lots is kept."""
    loaded = load_month(db, account, desk, month, form.raw_list("corriger"), lock=True)
    read_entries(form, loaded)
    save_drafts(db, account, desk, [s for s in loaded.sheets if s.lot_id != lot_id], form)
    for sheet in loaded.sheets:
        if sheet.lot_id == lot_id:
            drop_draft(db, desk, sheet)


def as_before(db: Session, account: Account, desk: Desk, month: date, form: Form) -> Form:
    """What was typed, its empty cells filled with the hours of the period before: to check it at once."""
    loaded = load_month(db, account, desk, month, form.raw_list("corriger"))
    return merged(form, copied_cells(loaded, form))


def copied_cells(month: Month, form: Form) -> dict[str, list[str]]:
    """What a copy of the period before would put in the cells that are still empty."""
    found: dict[str, list[str]] = {}
    for sheet in month.sheets:
        if sheet.mode.is_open and not form.flag(sheet.nothing_name):
            found.update(typed_from_previous(sheet, month.desk.company_id))
    return {name: values for name, values in found.items() if not form.raw(name).strip()}


def merged(form: Form, more: Mapping[str, list[str]]) -> Form:
    return Form.of({**{name: form.raw_list(name) for name in form.names()}, **more})


def check(db: Session, account: Account, desk: Desk, month: date, form: Form) -> Checked:
    """Keep the draft, read everything, and ask the core: all the faults go to the form."""
    loaded = load_month(db, account, desk, month, form.raw_list("corriger"), lock=True)
    checked = examine(db, account, loaded, form)
    save_drafts(db, account, desk, loaded.sheets, form)
    return checked


def examine(db: Session, account: Account, month: Month, form: Form) -> Checked:
    """Read everything, and ask the core: all the faults go to the form. Nothing is written."""
    entries = read_entries(form, month)
    for sheet in sent_since(month, form):
        form.fault(sheet.nothing_name, sent_sentence(sheet, form))
        form.all_kept = form.all_kept and not _otherwise(sheet, form)
    if not entries and not form.faults:
        form.fault("", NOTHING_TYPED)
    unreadable = bool(form.faults)
    verdicts = judge(db, account, month, entries)
    tell_refusals(form, month, verdicts, only_lines=unreadable)
    return Checked(month=month, entries=entries, verdicts=verdicts)


def send(db: Session, account: Account, desk: Desk, month: date, form: Form) -> Checked | Sent:
    """Send what was typed: one version a lot, all of them or none.

    Returns what was checked when there are faults, and then nothing is written. Raises Conflict when a
    declaration of one of these lots was sent in the meantime.
    """
    loaded = load_month(db, account, desk, month, form.raw_list("corriger"), lock=True)
    for sheet in sent_since(loaded, form):
        raise Conflict(sent_sentence(sheet, form))
    entries = read_entries(form, loaded)
    if not entries and not form.faults:
        form.fault("", NOTHING_TYPED)
    stored = {lot_id: with_line_ids(entry) for lot_id, entry in entries.items()}
    verdicts: Verdicts = {}
    if not form.faults:
        cells = {line.id: cell for one in stored.values() for line, cell in one[1]}
        verdicts = judge(db, account, loaded, {lot_id: one[0] for lot_id, one in stored.items()})
        tell_refusals(form, loaded, {k: with_cells(v, cells) for k, v in verdicts.items()})
    checked = Checked(month=loaded, entries=entries, verdicts=verdicts)
    if form.faults:
        return checked
    return _write(db, account, checked)


def sent_since(month: Month, form: Form) -> list[Sheet]:
    """The lots whose form was open, and whose declaration has gone since: somebody else was faster."""
    asked = set(form.raw_list("lot"))
    return [
        sheet
        for sheet in month.sheets
        if sheet.mode is Mode.SENT and (sheet.lot_id in asked or typed_of(form, sheet))
    ]


def sent_sentence(sheet: Sheet, form: Form) -> str:
    """What was sent stands; what was typed here otherwise is told, since the page no longer shows it."""
    said = (
        f"Lot {sheet.file.lot.number} : la déclaration de {month_words(sheet.first)} vient d’être envoyée ; "
        "elle attend d’être examinée. Rien n’est envoyé une seconde fois."
    )
    lost = _otherwise(sheet, form)
    if not lost:
        return said
    return (
        f"{said} Votre saisie était autre, et n’est pas gardée : {', '.join(lost)}. Pour la mettre à la "
        "place, reprenez la déclaration envoyée."
    )


def _otherwise(sheet: Sheet, form: Form) -> tuple[str, ...]:
    """What was typed for a lot and is not what was sent: « Benali Nadia 120 »."""
    sent = typed_of_version(sheet, sheet.latest) if sheet.latest else {}
    cells = [(row.person, row.hours_name(kind)) for row in sheet.rows for kind in sheet.kinds]
    cells += [(f"{row.person}, le {on:%d/%m}", row.day_name(on)) for row in sheet.rows for on in row.days]
    found = [
        f"{who} {form.raw(name).strip()[:MOST_TYPED]}"
        for who, name in cells
        if form.raw(name).strip()
        and clauses.parse_hours(form.raw(name)) != clauses.parse_hours(sent.get(name, [""])[0])
    ]
    if form.flag(sheet.nothing_name) and sheet.nothing_name not in sent:
        found.append("« Aucune heure »")
    return tuple(found)


def with_line_ids(entry: Entry) -> tuple[Entry, tuple[tuple[clauses.LineEntry, str], ...]]:
    """The entry with the ids under which its lines will be stored, and each line's cell."""
    pairs = tuple((msgspec.structs.replace(line, id=new_public_id()), line.id) for line in entry.lines)
    return msgspec.structs.replace(entry, lines=tuple(line for line, _ in pairs)), pairs


def with_cells(verdict: Declared | Refused, cells: Mapping[str, str]) -> Declared | Refused:
    """A refusal whose lines are named by their cells again."""
    if isinstance(verdict, Declared):
        return verdict
    return Refused(
        reasons=tuple(
            msgspec.structs.replace(r, line=cells.get(r.line or "", r.line)) for r in verdict.reasons
        )
    )


def _write(db: Session, account: Account, checked: Checked) -> Sent:
    headers = _header_rows(db, checked)
    numbers = []
    for sheet in checked.month.sheets:
        verdict = checked.verdicts.get(sheet.lot_id)
        if not isinstance(verdict, Declared):
            continue
        header = headers.get(verdict.version.declaration_id)
        row = write_version(
            db, account, sheet.file, checked.month.desk.company_row_id, header, verdict.version
        )
        drop_draft(db, checked.month.desk, sheet)
        record_act(
            db,
            account,
            checked.month.desk.send_act,
            "declaration",
            verdict.version.declaration_id,
            _sentence(checked.month.desk, sheet, verdict),
        )
        numbers.append(row.public_id)
    return Sent(receipt=numbers[0], count=len(numbers))


def _header_rows(db: Session, checked: Checked) -> dict[str, int]:
    known = [v.version.declaration_id for v in checked.verdicts.values() if isinstance(v, Declared)]
    rows = db.execute(
        sa.select(col(DeclarationRow.public_id), col(DeclarationRow.id)).where(
            col(DeclarationRow.public_id).in_(known)
        )
    )
    return {row.public_id: row.id for row in rows}


def _sentence(desk: Desk, sheet: Sheet, verdict: Declared) -> str:
    version = verdict.version
    what = "aucune heure" if version.nothing else clauses.short_hours(clauses.declared_hours(version))
    who = f" pour {desk.company_name}" if desk.for_firm else ""
    state = " (attend le visa)" if version.state is State.VISA_MANDATAIRE else ""
    return (
        f"Déclaration envoyée{who} : {month_words(sheet.first)}, lot {sheet.file.lot.number}, {what}, "
        f"version {version.version}{state}."
    )
