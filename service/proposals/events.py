"""The history of a proposal: one row a change, with its author, its day and its reason."""

from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.tables import ProposalEventRow, ProposalRow

# The reason that marks the référent's agreement: the state stays « proposée ».
AGREED = "accord"


def add_event(db: Session, account: Account, row: ProposalRow, reason: str) -> None:
    db.add(
        ProposalEventRow(
            proposal_id=row.id, on=account.today, author_id=account.id, state=row.state, reason=reason
        )
    )
