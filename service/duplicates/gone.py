"""The file that an old address now stands for: one that was made into another keeps its visitors."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.tables import MergeRow

TOLD = "Cette adresse était celle d’une fiche en double : la voici, réunie."


def kept_instead(db: Session, account: Account, public_id: str) -> str:
    """The public id of the file that stays, itself perhaps merged since; empty for a file never merged.

    Says nothing of who may open it: the caller asks for it as for any other.
    """
    seen = {public_id}
    while kept := db.scalar(
        sa.select(col(MergeRow.kept))
        .where(
            col(MergeRow.territory_id) == account.territory_id,
            col(MergeRow.gone) == public_id,
            col(MergeRow.undone_at).is_(None),
        )
        .order_by(col(MergeRow.id).desc())
        .limit(1)
    ):
        if kept in seen:
            break
        seen.add(kept)
        public_id = kept
    return public_id if len(seen) > 1 else ""
