"""The liaison's first page: what waits for her, the most urgent first."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.offers.list_view import THIS_WEEK
from service.participants.scope import current_spell
from service.proposals.scope import visible_to
from service.proposals.states import late_before, waits_for
from service.suggestions.asking import Asking, employer_questions
from service.suggestions.marks import ONGOING
from service.suggestions.offer_head import NO_EMPLOYER
from service.suggestions.people import label, label_columns
from service.tables import OfferRow, OrganisationRow, PersonRow, ProposalRow, SpellRow
from service.vocabulary import OfferState, ProposalState

SHOWN = 8


class WaitingOffer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    employer: str
    closes_on: date | None


class AwaitedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    who: str
    offer: str
    waits_for: str
    days: int


class LiaisonHome(msgspec.Struct, frozen=True, kw_only=True):
    """Each list holds its first rows; the counts are those of the whole lists."""

    territory: str
    open_offers: int
    without_count: int
    without: tuple[WaitingOffer, ...]
    late_count: int
    late: tuple[AwaitedAnswer, ...]
    closing_count: int
    closing: tuple[WaitingOffer, ...]
    asking: Asking


def liaison_home(db: Session, account: Account) -> LiaisonHome:
    """What waits for the liaison, in a fixed number of queries."""
    open_now = sa.and_(
        col(OfferRow.territory_id) == account.territory_id,
        col(OfferRow.state) == OfferState.OPEN,
        sa.or_(col(OfferRow.closes_on).is_(None), col(OfferRow.closes_on) >= account.today),
    )
    proposed = sa.exists().where(
        col(ProposalRow.offer_id) == col(OfferRow.id),
        col(ProposalRow.state).in_((*ONGOING, ProposalState.HIRED)),
    )
    without = sa.and_(open_now, sa.not_(proposed))
    closing = sa.and_(open_now, col(OfferRow.closes_on) <= account.today + THIS_WEEK)
    open_count, without_count, closing_count = db.execute(
        sa.select(
            sa.func.count(),
            sa.func.sum(sa.case((without, 1), else_=0)),
            sa.func.sum(sa.case((closing, 1), else_=0)),
        )
        .select_from(OfferRow)
        .where(open_now)
    ).one()
    late_count, late = _late(db, account)
    return LiaisonHome(
        territory=account.territory_name,
        open_offers=open_count,
        without_count=without_count or 0,
        without=_offers(db, without),
        late_count=late_count,
        late=late,
        closing_count=closing_count or 0,
        closing=_offers(db, closing),
        asking=employer_questions(db, account, SHOWN),
    )


def _offers(db: Session, where: sa.ColumnElement[bool]) -> tuple[WaitingOffer, ...]:
    """The first offers of a list: those that close soonest, then the oldest."""
    rows = db.execute(
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OrganisationRow.name),
            col(OfferRow.closes_on),
        )
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(where)
        .order_by(col(OfferRow.closes_on).is_(None), col(OfferRow.closes_on), col(OfferRow.id))
        .limit(SHOWN)
    ).all()
    return tuple(
        WaitingOffer(id=public_id, title=title, employer=employer or NO_EMPLOYER, closes_on=closes_on)
        for public_id, title, employer, closes_on in rows
    )


def _late(db: Session, account: Account) -> tuple[int, tuple[AwaitedAnswer, ...]]:
    """Answers awaited for more than ten days, the longest first."""
    where = (
        visible_to(account),
        col(ProposalRow.state).in_((ProposalState.PROPOSED, ProposalState.PRESENTED)),
        col(ProposalRow.since) < late_before(account.today),
    )
    count = db.scalar(sa.select(sa.func.count()).select_from(ProposalRow).where(*where)) or 0
    rows = db.execute(
        sa.select(
            col(ProposalRow.public_id),
            col(PersonRow.public_id),
            *label_columns(),
            col(OfferRow.title),
            col(ProposalRow.state),
            col(ProposalRow.agreed_on),
            col(ProposalRow.since),
        )
        .select_from(ProposalRow)
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .join(SpellRow, current_spell())
        .join(OfferRow, col(OfferRow.id) == col(ProposalRow.offer_id))
        .where(*where)
        .order_by(col(ProposalRow.since), col(ProposalRow.id))
        .limit(SHOWN)
    ).all()
    return count, tuple(
        AwaitedAnswer(
            id=public_id,
            who=label(person_id, first, last),
            offer=title,
            waits_for=waits_for(state, account.role, agreed=agreed_on is not None),
            days=(account.today - since).days,
        )
        for public_id, person_id, first, last, title, state, agreed_on, since in rows
    )
