"""Two open parcours of one person made into one: what the second was is no exit from the PLIE.

The one in which she has entered stays; of two such, that of the file that is kept. It takes the earliest
dates and the étapes. Interviews come with it, but those whose working note another référent wrote for
herself: these stay with the second parcours, closed as never entered, which no indicator counts.
"""

from datetime import date

import sqlalchemy as sa

from service.duplicates import rows
from service.vocabulary import SpellState

SPELL, CONTACT, STEP = "spell", "contact", "step"
REASON = "Parcours en double, réuni à l’autre"


def one_spell(connection: sa.Connection, kept: int, gone: int, today: date) -> rows.Folded | None:
    """Fold the open spell of one person into that of the other; None when they do not both have one."""
    open_spells = [_open(connection, kept), _open(connection, gone)]
    mine, theirs = open_spells
    if mine is None or theirs is None:
        return None
    second_entered = mine["entered_on"] is None and theirs["entered_on"] is not None
    stays, leaves = (theirs, mine) if second_entered else (mine, theirs)
    _take_dates(connection, stays, leaves)
    contacts = [row["id"] for row in _under(connection, CONTACT, leaves) if _may_move(row, stays)]
    moved = {CONTACT: contacts, STEP: [row["id"] for row in _under(connection, STEP, leaves)]}
    for table, ids in moved.items():
        rows.rehang(connection, table, ids, stays["id"])
    if _under(connection, CONTACT, leaves):
        closed = {"state": SpellState.NOT_ENTERED.value, "exited_on": today, "exit_reason": REASON}
        rows.put_back(connection, SPELL, {**leaves, **closed, "entered_on": None})
    else:
        rows.remove(connection, SPELL, leaves)
    return rows.Folded(stays=stays, leaves=leaves, moved=moved)


def unfold(connection: sa.Connection, folded: rows.Folded) -> None:
    for row in (folded.stays, folded.leaves):
        rows.put_back(connection, SPELL, row)
    for table, ids in folded.moved.items():
        rows.rehang(connection, table, ids, folded.leaves["id"])


def _open(connection: sa.Connection, person: int) -> rows.Row | None:
    return next((row for row in rows.rows_of(connection, SPELL, person) if row["exited_on"] is None), None)


def _under(connection: sa.Connection, table: str, spell: rows.Row) -> list[rows.Row]:
    found = rows.rows_of(connection, table, spell["person_id"])
    return [row for row in found if row["spell_id"] == spell["id"]]


def _may_move(contact: rows.Row, stays: rows.Row) -> bool:
    return not contact["working_note"] or contact["author_id"] == stays["referent_id"]


def _take_dates(connection: sa.Connection, stays: rows.Row, leaves: rows.Row) -> None:
    """The earliest of each date, and who prescribed on it."""
    row = dict(stays)
    for name in ("prescribed_on", "entered_on"):
        row[name] = min((one[name] for one in (stays, leaves) if one[name]), default=None)
    if row["prescribed_on"] != stays["prescribed_on"] or not row["prescriber"]:
        row["prescriber"] = leaves["prescriber"] or row["prescriber"]
    rows.put_back(connection, SPELL, row)
