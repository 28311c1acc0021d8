"""Which proposals answer to whom: the territory's to the liaison, her caseload's to a référent."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.participants.scope import current_spell
from service.participants.scope import visible_to as person_visible_to
from service.tables import PersonRow, ProposalRow, SpellRow
from service.vocabulary import Role


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """Over ProposalRow joined to PersonRow and her current SpellRow."""
    here = col(ProposalRow.territory_id) == account.territory_id
    if account.role is Role.LIAISON:
        return here
    if account.role is Role.REFERENT:
        return sa.and_(here, person_visible_to(account))
    return sa.false()


def lock_proposal(db: Session, account: Account, public_id: str) -> tuple[ProposalRow, SpellRow]:
    """The proposal, held until the act ends, and the person's current parcours. Raises NotFound."""
    found = db.execute(
        sa.select(ProposalRow, SpellRow)
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .join(SpellRow, current_spell())
        .where(col(ProposalRow.public_id) == public_id, visible_to(account))
        .with_for_update(of=ProposalRow)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]
