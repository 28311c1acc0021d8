"""Which persons the facilitation may open: those of the clauses (placed, eligible, or known for them)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.participants.scope import with_eligibility_open_to
from service.tables import PersonRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """The condition of `participants.scope`, for the facilitation only: caseloads are not its affair."""
    if account.role is not Role.FACILITATOR:
        return sa.false()
    return with_eligibility_open_to(account)


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
