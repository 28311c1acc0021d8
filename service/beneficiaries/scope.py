"""Which persons the facilitation may open: those of the clauses (placed, eligible, or known for them)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import EligibilityRow, PersonRow, PlacementRow, SpellRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """Over PersonRow, for the facilitation only: placed, or with a period, or known for the clauses only.

    A participant who never met a clause is her référent's alone.
    """
    if account.role is not Role.FACILITATOR:
        return sa.false()
    placed = sa.exists().where(col(PlacementRow.person_id) == col(PersonRow.id))
    eligible = sa.exists().where(col(EligibilityRow.person_id) == col(PersonRow.id))
    followed = sa.exists().where(col(SpellRow.person_id) == col(PersonRow.id))
    here = col(PersonRow.territory_id) == account.territory_id
    return sa.and_(here, sa.or_(placed, eligible, sa.not_(followed)))


def find_beneficiary(db: Session, account: Account, public_id: str, *, lock: bool = False) -> PersonRow:
    """The person, or NotFound alike for nobody and for another's."""
    query = sa.select(PersonRow).where(col(PersonRow.public_id) == public_id, visible_to(account))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def find_named(db: Session, account: Account, public_id: str, *, lock: bool = False) -> PersonRow:
    """A person of the territory whose id the facilitator was given by typing her identity: to place her.

    A participant who never met a clause has no file here yet: her first placement opens one.
    """
    query = sa.select(PersonRow).where(
        col(PersonRow.public_id) == public_id, col(PersonRow.territory_id) == account.territory_id
    )
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row
