"""The file of a list: a first sheet that says what it holds, then the rows; or the whole view as JSON."""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from litestar import Response
from sqlmodel import col

from service.accounts.account import Account
from service.bilans.workbook import Sheet, download, reading_sheet, workbook
from service.errors import Refused
from service.exports.columns import Told
from service.formats import day, integer
from service.ledger.clock import territory_now
from service.listing import Listing
from service.page import AppRequest
from service.tables import PersonRow, ReadJournalRow

MOST_ROWS = 20_000
"""Rows of a file: more is no longer a list that somebody reads, and would hold a thread for long."""
NOTHING_LEFT_OUT = "aucune : le fichier a les colonnes de la liste"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    columns: tuple[Told, ...]
    lines: Sequence[Any]


def whole(listing: Listing) -> Listing:
    """The same filters and order, all pages in one."""
    return msgspec.structs.replace(listing, page=1, size=MOST_ROWS)


def send(
    request: AppRequest,
    view: Any,
    tables: Sequence[Table],
    *,
    name: str,
    filters: Sequence[str] = (),
    people: sa.Select[Any] | None = None,
) -> Response[Any]:
    """`view` is the list's own, read with `whole`; `filters` are words that its chips do not say;
    `people` selects the ids of those whom the file names, for the read journal.

    Raises Refused when the list is longer than a file may be.
    """
    listing: Listing = view.listing
    if listing.total > MOST_ROWS:
        raise Refused(
            f"Cette liste compte {integer(listing.total)} lignes, pour {integer(MOST_ROWS)} au plus dans un "
            "fichier. Ajoutez un filtre, puis exportez de nouveau."
        )
    if people is not None:
        _journal(request, people)
    if request.wants_json:
        return Response(view)
    account = request.account
    told = [*filters, *(chip.label for chip in listing.chips)]
    reading = reading_sheet(
        [
            ("Liste", tables[0].name),
            ("Territoire", account.territory_name),
            ("Exporté le", day(account.today)),
            ("Exporté par", f"{account.name} ({account.role.label})"),
            ("Lignes", listing.total),
            *([("Filtre", one) for one in told] or [("Filtre", "aucun")]),
            ("Colonnes laissées", NOTHING_LEFT_OUT),
        ]
    )
    sheets = [
        Sheet(
            name=table.name,
            columns=tuple(one.column for one in table.columns),
            rows=[[one.value(line) for one in table.columns] for line in table.lines],
        )
        for table in tables
    ]
    return download(workbook([reading, *sheets], account.today), f"{name}-{account.today.isoformat()}")


def _journal(request: AppRequest, people: sa.Select[Any]) -> None:
    """A line in the read journal for each person of the file."""
    account: Account = request.account
    columns = ["territory_id", "at", "user_id", "person_id", "screen"]
    ids = people.order_by(None).distinct().subquery().c[0]
    at = ReadJournalRow.__table__.c.at.type  # type: ignore[attr-defined]
    lines = sa.select(
        sa.literal(account.territory_id),
        sa.literal(territory_now(account), at),
        sa.literal(account.id),
        ids,
        sa.literal("export"),
    )
    with request.database.write() as db:
        db.execute(sa.insert(ReadJournalRow).from_select(columns, lines))


def persons(public_ids: Sequence[str], account: Account) -> sa.Select[Any]:
    """The row ids of persons told by their public ids."""
    return sa.select(col(PersonRow.id)).where(
        col(PersonRow.territory_id) == account.territory_id, col(PersonRow.public_id).in_(public_ids)
    )
