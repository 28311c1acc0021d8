"""How the liaison calls a person: by her public id, and by her name once her référent has agreed.

A name that is not shared does not leave the database.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import person_key
from service.accounts.account import Account
from service.suggestions.liaison_views import Found
from service.tables import PersonRow, SpellRow

MOST_FOUND = 10


def label_columns() -> tuple[sa.ColumnElement[str], sa.ColumnElement[str]]:
    """First and last name, empty until shared; over PersonRow joined to its open SpellRow."""
    shared = col(SpellRow.name_shared_on).is_not(None)
    return (
        sa.case((shared, col(PersonRow.first_name)), else_=""),
        sa.case((shared, col(PersonRow.last_name)), else_=""),
    )


def label(public_id: str, first_name: str | None, last_name: str | None) -> str:
    """« Amina Benali », or « Personne 3f8k2mtx9a »."""
    return f"{first_name} {last_name}" if first_name or last_name else f"Personne {public_id}"


def labels_of(db: Session, account: Account, ids: Iterable[str]) -> dict[str, str]:
    """The label of each of these people of the territory, in one query."""
    rows = db.execute(
        sa.select(col(PersonRow.public_id), *label_columns())
        .join(SpellRow, _open_spell())
        .where(col(PersonRow.territory_id) == account.territory_id, col(PersonRow.public_id).in_(sorted(ids)))
    ).all()
    return {public_id: label(public_id, first, last) for public_id, first, last in rows}


def find_by_name(db: Session, account: Account, typed: str) -> tuple[Found, ...]:
    """People of the territory with that name, only among those whose référent has agreed."""
    words = person_key(typed).split()
    if not words:
        return ()
    rows = db.execute(
        sa.select(col(PersonRow.public_id), *label_columns())
        .join(SpellRow, _open_spell())
        .where(
            col(PersonRow.territory_id) == account.territory_id,
            col(SpellRow.name_shared_on).is_not(None),
            *(col(PersonRow.name_key).contains(word, autoescape=True) for word in words),
        )
        .order_by(col(PersonRow.name_key), col(PersonRow.id))
        .limit(MOST_FOUND)
    ).all()
    return tuple(Found(id=one, label=label(one, first, last)) for one, first, last in rows)


def followed(db: Session, account: Account, public_id: str) -> int | None:
    """The person of the territory with an open parcours and this public id, for the reading journal."""
    return db.scalar(
        sa.select(col(PersonRow.id))
        .join(SpellRow, _open_spell())
        .where(col(PersonRow.public_id) == public_id, col(PersonRow.territory_id) == account.territory_id)
    )


def _open_spell() -> sa.ColumnElement[bool]:
    return sa.and_(col(SpellRow.person_id) == col(PersonRow.id), col(SpellRow.exited_on).is_(None))
