"""Reading what was typed on the month's page: every fault at once, each beside its cell; nothing is lost."""

from collections.abc import Iterable
from datetime import date

import msgspec

import clauses
from clauses import DayHours, Declaration, HourKind, LineEntry
from service.declarations.sheet import DAY_NAME, HOURS_NAME, KINDS, LETTERS, LOT_NAME, Row, Sheet
from service.errors import NotFound
from service.forms import Form

MOST_TYPED = 40
"""Longest text of a cell: more is no number of hours."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a firm said of one lot × period. Line ids are the names of their cells, until they are stored."""

    lines: tuple[LineEntry, ...]
    nothing: bool
    reason: str

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.nothing


def refuse_foreign(
    form: Form, sheets: Iterable[Sheet], lots: Iterable[str], placements: Iterable[str]
) -> None:
    """A cell of somebody else's placement or lot does not exist for this firm: NotFound.

    `lots` and `placements` are all those of the firm; a cell that its page no longer offers is a fault.
    """
    own_lots, own_placements = set(lots), set(placements)
    offered = {name for sheet in sheets for row in sheet.rows for name in _names(row)}
    for name in form.names():
        cell = HOURS_NAME.fullmatch(name) or DAY_NAME.fullmatch(name)
        if cell:
            if cell[1] not in own_placements:
                raise NotFound
            if name not in offered and form.raw(name).strip():
                form.fault(
                    "",
                    "Une case remplie n’est plus proposée pour ce mois : rechargez la page, puis reprenez.",
                )
        lot = LOT_NAME.fullmatch(name)
        if lot and lot[1] not in own_lots:
            raise NotFound
    if not {*form.raw_list("lot"), *form.raw_list("corriger")} <= own_lots:
        raise NotFound


def _names(row: Row) -> set[str]:
    return {*(row.hours_name(kind) for kind in LETTERS), *(row.day_name(day) for day in row.days)}


def read_sheet(form: Form, sheet: Sheet) -> Entry:
    """The entry of one sheet; the faults go to the form, by the name of their cell."""
    lines = [
        line for row in sheet.rows for kind in sheet.kinds if (line := _line(form, row, kind)) is not None
    ]
    return Entry(
        lines=tuple(lines),
        nothing=form.flag(sheet.nothing_name),
        reason=form.text(sheet.reason_name, "Motif de la correction", longest=1000, lines=True),
    )


def _line(form: Form, row: Row, kind: HourKind) -> LineEntry | None:
    name = row.hours_name(kind)
    who = f"{row.person}, {kind.label.lower()}"
    hours = _hours(form, name, who)
    days = _days(form, row) if kind is HourKind.WORK else ()
    if hours is None:
        if days and name not in form.faults:
            total = clauses.short_hours(sum(d.hours for d in days))
            form.fault(name, f"{who} : le relevé des jours fait {total} ; saisissez aussi le total du mois.")
        return None
    return LineEntry(
        id=name, placement_id=row.placement.id, month=row.month, kind=kind, hours=hours, days=days
    )


def _days(form: Form, row: Row) -> tuple[DayHours, ...]:
    told = [(day, _hours(form, row.day_name(day), f"{row.person}, le {day:%d/%m}")) for day in row.days]
    return tuple(DayHours(day=day, hours=hours) for day, hours in told if hours is not None)


def _hours(form: Form, name: str, who: str) -> int | None:
    if len(form.raw(name)) > MOST_TYPED:
        form.fault(name, f"{who} : ce n’est pas un nombre d’heures ; écrivez par exemple 7h30 ou 151,67.")
        return None
    return form.hours(name, who)


# --- what is kept and shown again ------------------------------------------------------------------------


def names_of(sheet: Sheet) -> frozenset[str]:
    """Every field of a sheet."""
    cells = (name for row in sheet.rows for name in _names(row))
    return frozenset({*cells, sheet.nothing_name, sheet.reason_name})


def typed_of(form: Form, sheet: Sheet) -> dict[str, list[str]]:
    """What was typed for one sheet, as typed: the content of its draft."""
    return {name: form.raw_list(name) for name in sorted(names_of(sheet)) if form.raw(name).strip()}


def typed_of_version(sheet: Sheet, version: Declaration) -> dict[str, list[str]]:
    """The cells that show a version again, to correct it; people who are no longer offered are left out."""
    if version.nothing:
        return {sheet.nothing_name: ["1"]}
    rows = {(r.placement.id, r.month): r for r in sheet.rows}
    typed: dict[str, list[str]] = {}
    for line in version.lines:
        row = rows.get((line.placement_id, line.month))
        if row is None:
            continue
        typed[row.hours_name(line.kind)] = [plain(line.hours)]
        if line.kind is HourKind.WORK:
            typed.update({row.day_name(d.day): [plain(d.hours)] for d in line.days})
    return typed


def typed_from_previous(sheet: Sheet, company_id: str) -> dict[str, list[str]]:
    """The hours of the previous period, month for month, for the people still offered; no daily detail."""
    months = (sheet.last.year - sheet.first.year) * 12 + sheet.last.month - sheet.first.month + 1
    before = clauses.add_months(sheet.first, -months)
    own = [
        v
        for v in sheet.file.versions
        if (v.company_id, v.period_start) == (company_id, before) and not clauses.is_taken_back(v)
    ]
    if not own:
        return {}
    hours = {
        (x.placement_id, clauses.add_months(x.month, months), x.kind): x.hours
        for x in own[-1].lines
        if x.hours
    }
    return {
        row.hours_name(kind): [plain(hours[key])]
        for row in sheet.rows
        for kind in KINDS.values()
        if (key := (row.placement.id, row.month, kind)) in hours
    }


def plain(hours: int) -> str:
    """Hundredths as one types them: 15167 -> « 151,67 », 700 -> « 7 »."""
    whole, rest = divmod(hours, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def read_back(form: Form, name: str) -> str:
    """The value read from a cell, shown when it is not written as it was typed: « 7h30 » is « 7,50 h »."""
    typed = form.raw(name).strip()
    read = clauses.parse_hours(typed) if typed else None
    if not isinstance(read, int) or typed in (plain(read), plain(read) + "0"):
        return ""
    return clauses.format_hours(read)


def month_of(text: str) -> date | None:
    """« 2026-01 » -> 1 January 2026; None when it is not a month."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
