"""What has already happened around an offer: who was proposed on it, refused there, set aside, and how often
each person is being proposed elsewhere. Each is one query, whatever the number of people.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.formats import day, plural
from service.suggestions.liaison_views import Mark
from service.tables import OfferRow, PersonRow, ProposalRow, SetAsideRow
from service.vocabulary import ProposalState

ONGOING = (ProposalState.PROPOSED, ProposalState.PRESENTED, ProposalState.ACCEPTED)
TONES = {
    ProposalState.PROPOSED: "wait",
    ProposalState.PRESENTED: "wait",
    ProposalState.ACCEPTED: "ok",
    ProposalState.REFUSED: "stop",
    ProposalState.DECLINED: "quiet",
    ProposalState.HIRED: "ok",
}


class Marks:
    """The marks of everybody on one offer, read once."""

    def __init__(self, db: Session, account: Account, offer_id: str) -> None:
        here = col(ProposalRow.territory_id) == account.territory_id
        proposals = (
            sa.select(
                col(PersonRow.public_id),
                col(ProposalRow.public_id),
                col(ProposalRow.state),
                col(ProposalRow.since),
            )
            .select_from(ProposalRow)
            .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
            .join(OfferRow, col(OfferRow.id) == col(ProposalRow.offer_id))
        )
        self._on_this = {
            person: (proposal, state, since)
            for person, proposal, state, since in db.execute(
                proposals.where(here, col(OfferRow.public_id) == offer_id)
            ).all()
        }
        employer = (
            sa.select(col(OfferRow.employer_id))
            .where(col(OfferRow.public_id) == offer_id, col(OfferRow.territory_id) == account.territory_id)
            .scalar_subquery()
        )
        self._refused_by_employer = set(
            db.scalars(
                proposals.with_only_columns(col(PersonRow.public_id)).where(
                    here,
                    col(ProposalRow.state) == ProposalState.REFUSED,
                    col(OfferRow.employer_id) == employer,
                    col(OfferRow.public_id) != offer_id,
                )
            )
        )
        self._ongoing: dict[str, int] = {
            row[0]: row[1]
            for row in db.execute(
                proposals.with_only_columns(col(PersonRow.public_id), sa.func.count())
                .where(here, col(ProposalRow.state).in_(ONGOING), col(OfferRow.public_id) != offer_id)
                .group_by(col(PersonRow.public_id))
            ).all()
        }
        self._set_aside = set(
            db.scalars(
                sa.select(col(PersonRow.public_id))
                .select_from(SetAsideRow)
                .join(PersonRow, col(PersonRow.id) == col(SetAsideRow.person_id))
                .join(OfferRow, col(OfferRow.id) == col(SetAsideRow.offer_id))
                .where(
                    col(SetAsideRow.territory_id) == account.territory_id,
                    col(OfferRow.public_id) == offer_id,
                )
            )
        )

    def may_propose(self, person_id: str) -> bool:
        """Neither proposed here yet, nor set aside by her référent."""
        return person_id not in self._on_this and person_id not in self._set_aside

    def of(self, person_id: str) -> tuple[Mark, ...]:
        found = []
        if person_id in self._on_this:
            proposal, state, since = self._on_this[person_id]
            found.append(
                Mark(
                    text=f"Déjà dans les propositions : {state.label}, {day(since)}",
                    tone=TONES[state],
                    address=f"/propositions/{proposal}",
                )
            )
        if person_id in self._set_aside:
            found.append(
                Mark(text="Son référent ne souhaite pas proposer cette offre", tone="stop", address="")
            )
        if person_id in self._refused_by_employer:
            found.append(
                Mark(text="Déjà refusée par cet employeur sur une autre offre", tone="warn", address="")
            )
        if person_id in self._ongoing:
            told = plural(
                self._ongoing[person_id], "autre proposition en cours", "autres propositions en cours"
            )
            found.append(Mark(text=told, tone="quiet", address=""))
        return tuple(found)
