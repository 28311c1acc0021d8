"""Persons of the tests, written straight into the database: a name, a spell, nothing told unless asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event

from service.participants.identity_match import name_key_of
from service.tables import PersonRow, SpellRow
from service.tables.session import Database
from service.vocabulary import SpellState
from tests.world import Territory


def add_participant(
    database: Database,
    territory: Territory,
    referent: str = "referent",
    *,
    first: str = "Zoé",
    last: str = "Leroy",
    birth: date | None = date(1990, 5, 12),
    state: SpellState = SpellState.ACTIVE,
    entered: date | None = date(2025, 9, 1),
    exited: date | None = None,
    **person: Any,
) -> str:
    """A person with one spell held by this référent; her public id."""
    with database.write() as db:
        row = PersonRow(
            territory_id=territory.id,
            first_name=first,
            last_name=last,
            name_key=name_key_of(first, last, person.get("birth_name", "")),
            birth_date=birth,
            **{"insee": "62765", **person},
        )
        db.add(row)
        db.flush()
        db.add(
            SpellRow(
                territory_id=territory.id,
                person_id=row.id,
                referent_id=territory.users[referent],
                operator_id=territory.organisations["operator"],
                state=state,
                entered_on=entered,
                exited_on=exited,
            )
        )
        return row.public_id


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
