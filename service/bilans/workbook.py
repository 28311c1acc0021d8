"""Spreadsheets with typed cells: numbers are numbers, dates are dates, and no text is ever a formula."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
import xlsxwriter
from litestar import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class Kind(StrEnum):
    """What a column holds. HOURS are given in hundredths, SHARE in ten-thousandths. A whole number in a
    column of TEXT stays a number."""

    TEXT = "text"
    WHOLE = "whole"
    HOURS = "hours"
    SHARE = "share"
    DECIMAL = "decimal"
    DAY = "day"


FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.HOURS: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.DECIMAL: "#,##0.00",
    Kind.DAY: "dd/mm/yyyy",
}


class Column(msgspec.Struct, frozen=True):
    label: str
    kind: Kind = Kind.TEXT
    width: int = 16


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its columns, then its rows, whose None are empty cells."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula, even once saved as CSV and opened again."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def workbook(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """The file. `made_on` is its date of creation: the same content gives the same file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime.combine(made_on, time(0), tzinfo=UTC)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"num_format": "0", "align": "left", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()}
    for told in sheets:
        sheet = book.add_worksheet(told.name)
        for place, column in enumerate(told.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, neutral(column.label), bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(told.rows, 1):
            for place, (column, value) in enumerate(zip(told.columns, row, strict=True)):
                if value is None:
                    continue
                if column.kind is Kind.TEXT and isinstance(value, int):
                    sheet.write_number(line, place, value, plain)
                elif column.kind is Kind.TEXT:
                    sheet.write_string(line, place, neutral(str(value)), text)
                elif column.kind is Kind.DAY:
                    sheet.write_datetime(line, place, value, formats[column.kind])
                else:
                    sheet.write_number(line, place, _number(column.kind, value), formats[column.kind])
    book.close()
    return target.getvalue()


def _number(kind: Kind, value: int | Decimal) -> float:
    if kind is Kind.HOURS:
        return float(Decimal(value) / 100)
    return float(Decimal(value) / 10_000) if kind is Kind.SHARE else float(value)


def reading_sheet(rows: Sequence[tuple[str, str | int]]) -> Sheet:
    """The first sheet: what the file holds, under which filters, and what was left out."""
    return Sheet(name="Lecture", columns=(Column("Quoi", width=28), Column("Valeur", width=80)), rows=rows)


def download(content: bytes, name: str) -> Response[bytes]:
    """The file as an attachment; `name` is ASCII, without extension."""
    headers = {"content-disposition": f'attachment; filename="{name}.xlsx"', "cache-control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)
