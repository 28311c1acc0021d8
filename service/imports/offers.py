"""A file of offers, whatever its kind, into a territory."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from service.imports.csv_offers import ALIASES, REQUIRED, read_csv_offer
from service.imports.csv_rows import open_table, read_rows
from service.imports.files import read_text
from service.imports.france_travail import read_offer
from service.imports.json_rows import read_objects
from service.imports.offer_record import OfferRecord
from service.imports.report import Report, RowRefused
from service.imports.store_offers import record_import, store_offers
from service.tables.session import Database

Progress = Callable[[int], None]


def import_offers(database: Database, territory_id: int, path: Path, progress: Progress) -> Report:
    """Read the file and store what can be read. Raises FileRefused when nothing of it can.

    `progress(line)` is told of each row.
    """
    text, notes = read_text(path)
    report = Report(notes=notes)
    rows = _json(text, report) if text.lstrip()[:1] in ("{", "[") else _csv(text, report)

    def told() -> Iterator[tuple[int, OfferRecord]]:
        for line, record in rows:
            progress(line)
            yield line, record

    store_offers(database, territory_id, told(), report)
    with database.write() as db:
        record_import(
            db,
            territory_id,
            f"Import d’offres : {report.added} ajoutées, {report.changed} modifiées, "
            f"{report.same} inchangées, {report.refused} illisibles",
        )
    return report


def _json(text: str, report: Report) -> Iterator[tuple[int, OfferRecord]]:
    for row in read_objects(text):
        if row.fault:
            report.refuse(row.line, "", row.fault)
            continue
        try:
            record = read_offer(row.value, partial(report.remark, row.line))
        except RowRefused as refusal:
            report.refuse(row.line, refusal.column, refusal.sentence)
            continue
        yield row.line, record


def _csv(text: str, report: Report) -> Iterator[tuple[int, OfferRecord]]:
    table = open_table(text, ALIASES, REQUIRED)
    if table.unknown:
        report.notes.append(f"Colonnes laissées de côté : {', '.join(table.unknown)}.")
    for row in read_rows(table):
        if row.fault:
            report.refuse(row.line, "", row.fault)
            continue
        try:
            record = read_csv_offer(row.cells)
        except RowRefused as refusal:
            report.refuse(row.line, refusal.column, refusal.sentence)
            continue
        yield row.line, record
