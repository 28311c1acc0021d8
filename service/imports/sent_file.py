"""A file sent from a screen as titles and rows of text, whatever it is: CSV of any separator, or XLSX."""

import csv
from collections.abc import Mapping, Sequence

import msgspec

from matching import fold
from service.bilans.workbook import FORMULA_MARKS
from service.imports.csv_rows import open_table, read_rows
from service.imports.files import decode
from service.imports.report import FileRefused
from service.imports.workbook_rows import MOST_COLUMNS, read_workbook

LARGEST = 10_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 4_000


class SentRow(msgspec.Struct, frozen=True, kw_only=True):
    """`fault`: why the row could not be cut into cells, which are then a guess for the file of faults."""

    line: int
    cells: tuple[str, ...]
    fault: str


class SentFile(msgspec.Struct, frozen=True, kw_only=True):
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[SentRow, ...]
    notes: tuple[str, ...]


def read_sent(raw: bytes, known: Mapping[str, str]) -> SentFile:
    """`known`: folded title -> column, to name those that are plain. Raises FileRefused."""
    if len(raw) > LARGEST:
        raise FileRefused(f"Ce fichier pèse plus de {LARGEST // 1_000_000} Mo ; découpez-le.")
    if not raw.strip():
        raise FileRefused("Ce fichier est vide.")
    if raw[:4] == b"PK\x03\x04":
        sent = _workbook(raw, known)
    elif raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileRefused(
            "Ancien format Excel (.xls) ou classeur protégé : enregistrez-le en XLSX, ou en CSV."
        )
    else:
        sent = _text(raw, known)
    if not sent.rows:
        raise FileRefused("Ce fichier n’a aucune ligne sous ses titres.")
    if len(sent.rows) > MOST_ROWS:
        raise FileRefused(f"Ce fichier a plus de {MOST_ROWS} lignes ; découpez-le.")
    if len(sent.titles) > MOST_COLUMNS:
        raise FileRefused(
            f"Ce fichier a plus de {MOST_COLUMNS} colonnes ; retirez celles qui ne servent pas."
        )
    return sent


def _text(raw: bytes, known: Mapping[str, str]) -> SentFile:
    text, notes = decode(raw)
    if text.lstrip()[:1] in ("{", "["):
        raise FileRefused("Ce fichier est du JSON ; l’administration peut l’importer par la commande.")
    if "\0" in text:
        raise FileRefused(
            "Ce fichier n’est ni un texte ni un classeur ; enregistrez-le en CSV UTF-8, ou en XLSX."
        )
    table = open_table(text, known, ())
    places = tuple(str(place) for place in range(len(table.titles)))
    rows: list[SentRow] = []
    for row in read_rows(msgspec.structs.replace(table, columns=places)):
        if len(rows) > MOST_ROWS:
            break
        if row.fault:
            guess = next(
                csv.reader([table.lines[row.line - 1].replace('"', "")], delimiter=table.delimiter), []
            )
            cells = _fitted(guess, len(places))
        else:
            cells = _fitted([row.cells.get(place, "") for place in places], len(places))
        rows.append(SentRow(line=row.line, cells=cells, fault=row.fault))
    return SentFile(titles=table.titles, columns=table.columns, rows=tuple(rows), notes=tuple(notes))


def _workbook(raw: bytes, known: Mapping[str, str]) -> SentFile:
    found, notes = read_workbook(raw, MOST_ROWS)
    first = next(number for number, row in enumerate(found) if any(row))
    titles = found[first]
    while titles and not titles[-1]:
        titles.pop()
    rows = tuple(
        SentRow(line=number, cells=_fitted(row, len(titles)), fault="")
        for number, row in enumerate(found[first + 1 :], first + 2)
        if any(row)
    )
    columns = tuple(known.get(fold(title), "") for title in titles)
    return SentFile(titles=tuple(titles), columns=columns, rows=rows, notes=tuple(notes))


def _fitted(cells: Sequence[str], places: int) -> tuple[str, ...]:
    kept = [_plain(cell) for cell in cells[:places]]
    return tuple(kept + [""] * (places - len(kept)))


def _plain(cell: str) -> str:
    """Without the mark that our own files put before what a spreadsheet would take for a formula."""
    if cell[:1] == "'" and cell[1:].startswith(FORMULA_MARKS):
        cell = cell[1:]
    return cell.strip()[:LONGEST_CELL]
