"""Which persons answer to whom: territory, operator and caseload, in one place.

The current spell of a person is the open one, else the last that was closed: a référent keeps the file of
somebody who has left until another référent opens a new spell.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.tables import AbsenceRow, PersonRow, SpellRow
from service.vocabulary import Role


def current_spell() -> sa.ColumnElement[bool]:
    """Condition that joins PersonRow to its current SpellRow: one row a person at most."""
    other = aliased(SpellRow)
    latest = (
        sa.select(col(other.id))
        .where(col(other.person_id) == col(PersonRow.id))
        .order_by(
            sa.case((col(other.exited_on).is_(None), 0), else_=1),
            col(other.exited_on).desc(),
            col(other.id).desc(),
        )
        .limit(1)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    return sa.and_(col(SpellRow.person_id) == col(PersonRow.id), col(SpellRow.id) == latest)


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """Over PersonRow joined to its current SpellRow: the files that the account may open.

    Référent: her own caseload, and those left to her today. Coordination: the territory. Nobody else opens a
    participant's file.
    """
    here = sa.and_(
        col(PersonRow.territory_id) == account.territory_id,
        col(SpellRow.territory_id) == account.territory_id,
    )
    if account.role is Role.REFERENT:
        hers = sa.or_(
            col(SpellRow.referent_id) == account.id, col(SpellRow.referent_id).in_(left_to(account))
        )
        return sa.and_(here, hers)
    if account.role is Role.COORDINATOR:
        return here
    return sa.false()


def left_to(account: Account) -> sa.Select[int]:
    """The référents whose caseload this one has today, while they are away."""
    return sa.select(col(AbsenceRow.referent_id)).where(
        col(AbsenceRow.territory_id) == account.territory_id,
        col(AbsenceRow.delegate_id) == account.id,
        col(AbsenceRow.from_on) <= account.today,
        col(AbsenceRow.until_on) >= account.today,
        col(AbsenceRow.stopped_at).is_(None),
    )


def structure_of(account: Account) -> sa.ColumnElement[bool]:
    """The participants of the référent's operator, for the list only: identity and state, no file."""
    return sa.and_(
        col(PersonRow.territory_id) == account.territory_id,
        col(SpellRow.territory_id) == account.territory_id,
        col(SpellRow.operator_id) == account.organisation_id,
    )


def find_person(
    db: Session, account: Account, public_id: str, *, lock: bool = False
) -> tuple[PersonRow, SpellRow]:
    """The person and her current spell. Raises NotFound alike for nobody and for another's."""
    query = (
        sa.select(PersonRow, SpellRow)
        .join(SpellRow, current_spell())
        .where(col(PersonRow.public_id) == public_id, visible_to(account))
    )
    found = db.execute(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]
