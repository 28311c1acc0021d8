"""The first table of an XLSX file as text cells. Bounded before it is opened: small files unpack large."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from service.imports.report import FileRefused

LARGEST_UNPACKED = 80_000_000
MOST_PARTS = 400
MOST_COLUMNS = 200
BLOCK = 1 << 20
READING = "Lecture"
"""The first sheet of our own files, which tells what the others hold."""
# A cell that holds something, by the place it says: the reader makes room up to the farthest of them.
CELL = re.compile(rb"""<(?:\w+:)?c(?:\s[^>]*?)?\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*?(/?)>""")
UNPLACED = re.compile(rb"""<(?:\w+:)?c(?:\s(?![^>]*\br\s*=)[^>]*)?>""")
TOO_LARGE = "Ce classeur est trop grand une fois ouvert ; gardez une seule feuille, et au plus {rows} lignes."


def read_workbook(raw: bytes, most_rows: int) -> tuple[list[list[str]], list[str]]:
    """Rows of the first sheet that has any, and a note when others are left. Raises FileRefused."""
    _bounded(raw, most_rows)
    try:
        book = python_calamine.load_workbook(io.BytesIO(raw))
        names = [name for name in book.sheet_names if name != READING]
        for name in names:
            rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            if any(any(row) for row in rows):
                left = [other for other in names if other != name]
                notes = [f"Feuille lue : « {name} »."] if left else []
                return rows, notes
    except (python_calamine.CalamineError, ValueError, KeyError) as fault:
        raise FileRefused(
            "Ce classeur ne s’ouvre pas ; enregistrez-le de nouveau en XLSX, ou en CSV."
        ) from fault
    raise FileRefused("Ce classeur ne contient aucune ligne.")


def _bounded(raw: bytes, most_rows: int) -> None:
    refused = FileRefused(TOO_LARGE.format(rows=most_rows))
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if len(parts.infolist()) > MOST_PARTS:
                raise refused
            if "xl/workbook.xml" not in parts.namelist():
                raise FileRefused(
                    "Ce fichier n’est pas un classeur XLSX ; enregistrez-le en XLSX, ou en CSV."
                )
            for part in parts.infolist():
                sheet = bytearray() if part.filename.startswith("xl/worksheets/") else None
                for block in _blocks(parts, part):
                    left -= len(block)
                    if left < 0:
                        raise refused
                    if sheet is not None:
                        sheet += block
                if sheet is not None and _too_far(bytes(sheet), most_rows):
                    raise refused
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise FileRefused(
            "Ce classeur est abîmé ou protégé ; enregistrez-le de nouveau, sans mot de passe."
        ) from fault


def _blocks(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(part) as stream:
        while block := stream.read(BLOCK):
            yield block


def _too_far(sheet: bytes, most_rows: int) -> bool:
    if UNPLACED.search(sheet):
        # Cells without a place follow their row, whose number is not ours to trust.
        rows = re.findall(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]+)""", sheet)
        return any(int(row) > most_rows + 50 for row in rows)
    for letters, row, closed in CELL.findall(sheet):
        if closed:
            continue
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if column > MOST_COLUMNS or int(row) > most_rows + 50:
            return True
    return False


def _text(value: Any) -> str:
    """A cell as a person would type it: 03/02/2026, 7h30, 12,5."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value.hour}h{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}h{minutes % 60:02d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return str(value).strip()
