"""The offer at the head of a page, and who may have it there."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import EMPLOYMENT_KINDS
from service.accounts.account import Account
from service.errors import NotFound
from service.suggestions.liaison_views import OfferHead
from service.tables import OfferRow, OrganisationRow
from service.vocabulary import OfferState

NO_EMPLOYER = "Employeur non précisé"


def heads_where(db: Session, *where: sa.ColumnElement[bool]) -> dict[str, OfferHead]:
    """The heads of some offers, by public id, in one query."""
    rows = db.execute(
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OrganisationRow.name),
            col(OfferRow.place_label),
            col(OfferRow.state),
            col(OfferRow.employment_kind),
            col(OfferRow.weekly_hours),
            col(OfferRow.starts_on),
            col(OfferRow.closes_on),
            col(OfferRow.positions),
        )
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(*where)
    ).all()
    return {
        public_id: OfferHead(
            id=public_id,
            title=title,
            employer=employer or NO_EMPLOYER,
            place=place,
            state=state.label,
            open=state is OfferState.OPEN,
            employment_kind=EMPLOYMENT_KINDS[kind] if kind else "",
            weekly_hours=hours,
            starts_on=starts_on,
            closes_on=closes_on,
            positions=positions,
        )
        for public_id, title, employer, place, state, kind, hours, starts_on, closes_on, positions in rows
    }


def head_of(db: Session, account: Account, offer_id: str) -> OfferHead:
    """The head of one offer of the territory. Raises NotFound for nobody's and for another's alike."""
    found = heads_where(
        db, col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id
    )
    if not found:
        raise NotFound
    return found[offer_id]
