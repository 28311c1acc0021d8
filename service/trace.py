"""The two journals: who changed what (with the act), and who read whose file (apart)."""

from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.ledger.clock import territory_now
from service.tables.accounts import AuditRow, ReadJournalRow
from service.tables.session import Database


def record_act(db: Session, account: Account, act: str, noun: str, noun_id: str, sentence: str) -> None:
    """Write the act in its own transaction, so that neither exists without the other.

    `act` is the route's name (`offers.edit`), `noun_id` the public id. The sentence is French, without
    the name of a participant: « Offre modifiée : Agent·e d’entretien ».
    """
    db.add(
        AuditRow(
            territory_id=account.territory_id,
            at=territory_now(account),
            user_id=account.id,
            act=act,
            noun=noun,
            noun_id=noun_id,
            sentence=sentence[:400],
        )
    )


def journal_reading(database: Database, account: Account, person_id: int, screen: str) -> None:
    """One append in its own short transaction: the single write that a GET may make (semantics.md).

    Call it after the read session is closed.
    """
    with database.write() as db:
        db.add(
            ReadJournalRow(
                territory_id=account.territory_id,
                at=territory_now(account),
                user_id=account.id,
                person_id=person_id,
                screen=screen,
            )
        )
