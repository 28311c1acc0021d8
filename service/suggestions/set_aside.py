"""« Ne plus proposer »: a référent sets an offer aside for a person, with a reason, and may take it back."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Conflict, NotFound
from service.participants.scope import find_person
from service.suggestions.offer_head import NO_EMPLOYER
from service.suggestions.referent_views import SetAsideOffer
from service.tables import OfferRow, OrganisationRow, SetAsideRow, UserRow
from service.trace import record_act
from service.vocabulary import Labelled


class AsideReason(Labelled):
    """A closed list: free text is where what should not be written gets written."""

    NOT_INTERESTED = "pas_interesse", "Le poste ne l’intéresse pas"
    ALREADY_APPLIED = "deja_candidat", "A déjà candidaté par ailleurs"
    EMPLOYER = "employeur", "Ne souhaite pas travailler chez cet employeur"
    CONDITIONS = "conditions", "Les conditions du poste ne lui conviennent pas"
    OTHER_STEP = "autre_etape", "Une autre étape passe avant"


def set_aside(db: Session, account: Account, person_id: str, offer_id: str, reason: AsideReason) -> None:
    """Raises Conflict when it is already done."""
    person, _ = find_person(db, account, person_id)
    offer_key, title = _offer(db, account, offer_id)
    row = SetAsideRow(
        territory_id=account.territory_id,
        person_id=person.id,
        offer_id=offer_key,
        reason=reason.value,
        author_id=account.id,
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        raise Conflict("Cette offre est déjà écartée pour cette personne.") from None
    record_act(
        db, account, "participants.set_aside.act", "participant", person_id, f"Offre écartée : {title}"
    )


def take_back(db: Session, account: Account, person_id: str, offer_id: str) -> None:
    """The offer is suggested again. Taking back what is not set aside changes nothing."""
    person, _ = find_person(db, account, person_id)
    offer_key, title = _offer(db, account, offer_id)
    gone = db.execute(
        sa.delete(SetAsideRow)
        .where(col(SetAsideRow.person_id) == person.id, col(SetAsideRow.offer_id) == offer_key)
        .returning(col(SetAsideRow.id))
    ).all()
    if gone:
        sentence = f"Offre de nouveau suggérée : {title}"
        record_act(db, account, "participants.set_aside.undo.act", "participant", person_id, sentence)


def set_aside_for(db: Session, person_key: int) -> dict[str, SetAsideOffer]:
    """The offers set aside for a person, by public id, in one query."""
    labels = {reason.value: reason.label for reason in AsideReason}
    rows = db.execute(
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OrganisationRow.name),
            col(SetAsideRow.reason),
            col(UserRow.name),
            col(SetAsideRow.at),
        )
        .select_from(SetAsideRow)
        .join(OfferRow, col(OfferRow.id) == col(SetAsideRow.offer_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .join(UserRow, col(UserRow.id) == col(SetAsideRow.author_id))
        .where(col(SetAsideRow.person_id) == person_key)
        .order_by(col(SetAsideRow.id).desc())
    ).all()
    return {
        offer_id: SetAsideOffer(
            offer_id=offer_id,
            title=title,
            employer=employer or NO_EMPLOYER,
            reason=labels.get(reason, reason),
            author=author,
            on=at.date(),
        )
        for offer_id, title, employer, reason, author, at in rows
    }


def _offer(db: Session, account: Account, offer_id: str) -> tuple[int, str]:
    found = db.execute(
        sa.select(col(OfferRow.id), col(OfferRow.title)).where(
            col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
        )
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]
