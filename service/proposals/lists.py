"""The list of proposals: the liaison's for her territory, the référent's for her caseload."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.held_words import holds_words
from service.listing import Listing, fetch
from service.page import AppRequest
from service.participants.scope import current_spell
from service.proposals.scope import visible_to
from service.proposals.states import is_late, late_before, waits_for
from service.proposals.views import ProposalLine, ProposalList, Tab
from service.suggestions.marks import TONES
from service.suggestions.offer_head import NO_EMPLOYER
from service.suggestions.people import label, label_columns
from service.tables import OfferRow, OrganisationRow, PersonRow, ProposalRow, SpellRow
from service.vocabulary import ProposalState, Role

LABELS = {"etat": "État", "q": "Contient", "offre": "Une offre"}
ALL = "toutes"
WAITING = ("attente", "accord")
TABS = {
    Role.LIAISON: (
        (ALL, "Toutes"),
        ("mes", "Les miennes"),
        ("attente", "En attente depuis plus de 10 jours"),
    ),
    Role.REFERENT: (("accord", "En attente de mon accord"), (ALL, "Toutes")),
}


def _view(account: Account, asked: str) -> str:
    known = [key for key, _ in TABS[account.role]]
    return asked if asked in known else known[0]


def read_proposals_listing(request: AppRequest) -> Listing:
    view = _view(request.account, str(request.query_params.get("vue", "")))
    # What waits is read from the longest awaited, the rest from the latest.
    return Listing.read(
        request,
        sorts=("depuis", "offre", "etat"),
        default="depuis" if view in WAITING else "-depuis",
        filters=("vue", "etat", "q", "offre"),
    )


def proposed_people(account: Account, listing: Listing) -> sa.Select[Any]:
    """The row ids of everybody in the list, all its pages."""
    return _over(account, listing).with_only_columns(col(PersonRow.id))


def _over(account: Account, listing: Listing) -> sa.Select[*tuple[Any, ...]]:
    view = _view(account, listing.filter("vue"))
    return _query(account).where(*_tab(account, view), *_filters(listing))


def list_proposals(db: Session, account: Account, listing: Listing) -> ProposalList:
    """One page of proposals, in two queries."""
    tabs = TABS[account.role]
    known = [key for key, _ in tabs]
    view = _view(account, listing.filter("vue"))
    query = _over(account, listing)
    columns = {
        "depuis": col(ProposalRow.since),
        "offre": col(OfferRow.title),
        "etat": col(ProposalRow.state),
    }
    total, rows = fetch(db, query, listing, columns=columns, tie=col(ProposalRow.id))
    return ProposalList(
        listing=listing.with_total(total, _chips(listing)),
        tabs=tuple(
            Tab(
                label=words,
                address=listing.address(vue="" if key == known[0] else key, page=""),
                current=key == view,
            )
            for key, words in tabs
        ),
        rows=tuple(_line(account, row) for row in rows),
        mine_only=view != ALL,
    )


def _query(account: Account) -> sa.Select[*tuple[Any, ...]]:
    names = (
        (col(PersonRow.first_name), col(PersonRow.last_name))
        if account.role is Role.REFERENT
        else label_columns()
    )
    return (
        sa.select(
            col(ProposalRow.public_id),
            col(PersonRow.public_id),
            *names,
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OrganisationRow.name),
            col(ProposalRow.state),
            col(ProposalRow.since),
            col(ProposalRow.agreed_on),
        )
        .select_from(ProposalRow)
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .join(SpellRow, current_spell())
        .join(OfferRow, col(OfferRow.id) == col(ProposalRow.offer_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(visible_to(account))
    )


def _tab(account: Account, view: str) -> list[sa.ColumnElement[bool]]:
    waiting = col(ProposalRow.state).in_((ProposalState.PROPOSED, ProposalState.PRESENTED))
    if view == "mes":
        return [col(ProposalRow.created_by) == account.id]
    if view == "attente":
        return [waiting, col(ProposalRow.since) < late_before(account.today)]
    if view == "accord":
        return [col(ProposalRow.state) == ProposalState.PROPOSED, col(ProposalRow.agreed_on).is_(None)]
    return []


def _filters(listing: Listing) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if listing.filter("etat") in {state.value for state in ProposalState}:
        found.append(col(ProposalRow.state) == ProposalState(listing.filter("etat")))
    if listing.filter("offre"):
        found.append(col(OfferRow.public_id) == listing.filter("offre"))
    if listing.filter("q"):
        found.append(holds_words(listing.filter("q"), col(OfferRow.title), col(OrganisationRow.name)))
    return found


def _chips(listing: Listing) -> dict[str, str]:
    states = {state.value: state.label for state in ProposalState}
    worded = {
        "etat": states.get(listing.filter("etat"), ""),
        "q": f"« {listing.filter('q')} »",
        "offre": "une seule",
    }
    return {name: f"{LABELS[name]} : {words}" for name, words in worded.items() if words}


def _line(account: Account, row: sa.Row[*tuple[Any, ...]]) -> ProposalLine:
    public_id, person_id, first, last, offer_id, title, employer, state, since, agreed_on = row
    return ProposalLine(
        id=public_id,
        who=label(person_id, first, last),
        offer_id=offer_id,
        offer=title,
        employer=employer or NO_EMPLOYER,
        state=state.label,
        tone=TONES[state],
        since=since,
        days=(account.today - since).days,
        late=is_late(state, since, account.today),
        waits_for=waits_for(state, account.role, agreed=agreed_on is not None),
    )
