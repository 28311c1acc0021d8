"""Rows of a CSV file: `;`, `,` or tab, found from the header; one broken line never eats the others."""

import csv
from collections.abc import Iterator, Mapping

import msgspec

from matching import fold
from service.imports.report import FileRefused

MOST_ROWS = 500_000
# A cell may hold line breaks between its quotes; beyond this, the quotes were never closed.
MOST_LINES_A_ROW = 60
csv.field_size_limit(1_000_000)


class CsvRow(msgspec.Struct, frozen=True, kw_only=True):
    """Cells by the name of their column, stripped. `fault` is not empty when the line cannot be cut."""

    line: int
    cells: dict[str, str]
    fault: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`titles`: as the file gives them; `columns`: name of each place, empty for one that is not known.

    `unknown`: titles left out.
    """

    lines: list[str]
    first: int
    delimiter: str
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    unknown: tuple[str, ...]


def open_table(text: str, known: Mapping[str, str], required: tuple[str, ...]) -> Table:
    """Read the header. `known`: folded title -> name of the column (aliases welcome).

    Raises FileRefused when a required column is missing, or twice there.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip(" ;,\t")), None)
    if first is None:
        raise FileRefused("Le fichier ne contient aucune ligne.")
    titles: list[str] = []
    delimiter = ";"
    for candidate in ";,\t":
        cut = _cut(lines[first], candidate) or []
        # Titles that are known decide; else the separator that makes the most of them.
        if _known(cut, known) > _known(titles, known):
            titles, delimiter = cut, candidate
    columns = tuple(known.get(fold(title), "") for title in titles)
    missing = [name for name in required if name not in columns]
    if missing:
        raise FileRefused(
            f"La ligne {first + 1} doit nommer les colonnes ; il manque : {', '.join(missing)}. "
            "Les noms attendus sont dans docs/imports.md."
        )
    double = sorted({name for name in columns if name and columns.count(name) > 1})
    if double:
        raise FileRefused(f"Ces colonnes sont là deux fois : {', '.join(double)}.")
    unknown = tuple(title for title, name in zip(titles, columns, strict=True) if not name and title.strip())
    return Table(
        lines=lines,
        first=first,
        delimiter=delimiter,
        titles=tuple(titles),
        columns=columns,
        unknown=unknown,
    )


def _known(titles: list[str], known: Mapping[str, str]) -> tuple[int, int]:
    return sum(fold(title) in known for title in titles), len(titles)


def read_rows(table: Table) -> Iterator[CsvRow]:
    """Every row under the header, blank lines left out."""
    at, end, seen = table.first + 1, len(table.lines), 0
    while at < end:
        if not table.lines[at].strip(" \t" + table.delimiter):
            at += 1
            continue
        seen += 1
        if seen > MOST_ROWS:
            yield CsvRow(line=at + 1, cells={}, fault=f"plus de {MOST_ROWS} lignes : la suite n’est pas lue.")
            return
        cells, taken = _row(table, at)
        yield _named(table, at + 1, cells)
        at += taken


def _row(table: Table, at: int) -> tuple[list[str] | None, int]:
    """(cells, lines taken). None and one line when the quotes are broken: the next line starts afresh."""
    cells = _cut(table.lines[at], table.delimiter)
    if cells is not None:
        return cells, 1
    text = table.lines[at]
    if not _is_open(text, table.delimiter):
        return None, 1
    for extent in range(2, MOST_LINES_A_ROW + 1):
        if at + extent > len(table.lines):
            break
        text += "\n" + table.lines[at + extent - 1]
        cells = _cut(text, table.delimiter)
        if cells is not None:
            # Quotes of two rows that meet by chance rarely make as many cells as the header.
            return (cells, extent) if len(cells) == len(table.columns) else (None, 1)
        if not _is_open(text, table.delimiter):
            break
    return None, 1


def _cut(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _is_open(text: str, delimiter: str) -> bool:
    """Whether what is wrong with `text` is only a quote still to be closed."""
    try:
        next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as fault:
        return "unexpected end of data" in str(fault)
    return False


def _named(table: Table, line: int, cells: list[str] | None) -> CsvRow:
    if cells is None:
        return CsvRow(line=line, cells={}, fault="guillemets mal fermés ; la ligne n’est pas lue.")
    if any(cell.strip() for cell in cells[len(table.columns) :]):
        return CsvRow(
            line=line,
            cells={},
            fault=f"{len(cells)} cellules pour {len(table.columns)} colonnes ; un séparateur est de trop, "
            "ou un texte n’est pas entre guillemets.",
        )
    named = {name: cell.strip() for name, cell in zip(table.columns, cells, strict=False) if name}
    return CsvRow(line=line, cells=named, fault="")
