"""The list of offers: its filters, its order, a fixed number of queries."""

from datetime import date, timedelta
from math import cos, radians
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.week import HoursNotTold
from service.accounts.account import Account
from service.held_words import holds_words
from service.listing import Listing, fetch
from service.offers.scope import territory_communes, visible_to
from service.offers.views import OfferLine, OffersView
from service.offers.words import TONES, schedule_words
from service.reference.communes import current_communes
from service.reference_pages.communes import commune_label
from service.reference_pages.occupations import find_occupations, occupation_name
from service.reference_pages.resolve import candidates
from service.tables import OfferRow, OrganisationRow, ProposalRow
from service.tables.folded import folded
from service.vocabulary import OfferState, ProposalState

FILTERS = ("q", "etat", "metier", "commune", "rayon", "sans_candidat", "horaires", "ferme")
SOON = timedelta(days=14)
# What the liaison’s first page counts as closing this week.
THIS_WEEK = timedelta(days=7)
LONG_AGO, FAR_AHEAD = date(1900, 1, 1), date(9999, 12, 31)
RADII = ("5", "10", "20", "40")
KM_PER_DEGREE = 111.2
LIVE = tuple(state for state in ProposalState if state not in (ProposalState.REFUSED, ProposalState.DECLINED))

SORTS: dict[str, Any] = {
    "titre": folded(col(OfferRow.title)),
    "employeur": folded(sa.func.coalesce(col(OrganisationRow.name), "")),
    "lieu": folded(col(OfferRow.place_label)),
    "etat": col(OfferRow.state),
    # Databases place nulls differently: a date stands for « not told ».
    "publication": sa.func.coalesce(col(OfferRow.published_on), LONG_AGO),
    "cloture": sa.func.coalesce(col(OfferRow.closes_on), FAR_AHEAD),
}


def proposals_made() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(col(ProposalRow.id)))
        .where(col(ProposalRow.offer_id) == col(OfferRow.id))
        .correlate(OfferRow)
        .scalar_subquery()
    )


def list_offers(db: Session, account: Account, listing: Listing) -> OffersView:
    where, labels = _filters(db, account, listing)
    query: sa.Select[Any] = (
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OrganisationRow.name).label("employer"),
            col(OfferRow.place_label),
            col(OfferRow.state),
            col(OfferRow.schedule),
            col(OfferRow.weekly_hours),
            col(OfferRow.published_on),
            col(OfferRow.closes_on),
            proposals_made().label("proposals"),
        )
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(visible_to(account), *where)
    )
    total, rows = fetch(db, query, listing, columns=SORTS, tie=col(OfferRow.id))
    return OffersView(
        listing=listing.with_total(total, labels), offers=tuple(_line(row, account.today) for row in rows)
    )


def _line(row: Any, today: date) -> OfferLine:
    return OfferLine(
        id=row.public_id,
        title=row.title,
        employer=row.employer or "",
        place=row.place_label,
        state=row.state.label,
        tone=TONES[row.state],
        hours=schedule_words(row.schedule),
        hours_known=not isinstance(row.schedule, HoursNotTold),
        weekly_hours=row.weekly_hours,
        published_on=row.published_on,
        closes_on=row.closes_on,
        closes_soon=row.state is OfferState.OPEN and bool(row.closes_on) and row.closes_on <= today + SOON,
        proposals=row.proposals,
    )


def _filters(
    db: Session, account: Account, listing: Listing
) -> tuple[list[sa.ColumnElement[bool]], dict[str, str]]:
    """The conditions, and the words of each one's chip. What cannot be read is left out, without a chip."""
    where: list[sa.ColumnElement[bool]] = []
    labels: dict[str, str] = {}
    if text := listing.filter("q"):
        labels["q"] = f"Recherche : {text}"
        where.append(
            sa.or_(
                holds_words(text, col(OfferRow.title), col(OrganisationRow.name)),
                col(OfferRow.source_id) == text,
            )
        )
    if (asked := listing.filter("etat")) in set(OfferState):
        state = OfferState(asked)
        labels["etat"] = f"État : {state.label.lower()}"
        where.append(col(OfferRow.state) == state)
    if listing.filter("metier"):
        _by_occupation(listing.filter("metier"), where, labels)
    if listing.filter("commune"):
        _by_place(territory_communes(db, account.territory_id), listing, where, labels)
    if listing.filter("sans_candidat"):
        labels["sans_candidat"] = "Sans candidat"
        live = sa.select(col(ProposalRow.offer_id)).where(
            col(ProposalRow.territory_id) == account.territory_id, col(ProposalRow.state).in_(LIVE)
        )
        where.append(col(OfferRow.id).not_in(live))
    if listing.filter("horaires"):
        labels["horaires"] = "Horaires inconnus"
        where.append(col(OfferRow.schedule) == HoursNotTold())
    if listing.filter("ferme"):
        ahead = THIS_WEEK if listing.filter("ferme") == str(THIS_WEEK.days) else SOON
        labels["ferme"] = f"Ferme dans les {ahead.days} jours"
        where += [
            col(OfferRow.state) == OfferState.OPEN,
            col(OfferRow.closes_on).between(account.today, account.today + ahead),
        ]
    return where, labels


def _by_occupation(typed: str, where: list[sa.ColumnElement[bool]], labels: dict[str, str]) -> None:
    """Offers that hold one of the likeliest occupations of what was typed, in any rank."""
    codes = [one.code for one in find_occupations(typed, 3)]
    labels["metier"] = f"Métier : {occupation_name(codes[0]) if len(codes) == 1 else typed}"
    where.append(
        sa.or_(*(sa.cast(col(OfferRow.rome), sa.Text).contains(f'"rome":"{code}"') for code in codes))
        if codes
        else sa.false()
    )


def _by_place(
    here: frozenset[str], listing: Listing, where: list[sa.ColumnElement[bool]], labels: dict[str, str]
) -> None:
    """One commune, or a distance around it as the crow flies."""
    found = candidates(current_communes(), listing.filter("commune"))
    near = [one for one in found if one.insee in here] or found
    if not near:
        labels["commune"] = f"Commune inconnue : {listing.filter('commune')}"
        where.append(sa.false())
        return
    commune = near[0]
    radius = listing.filter("rayon")
    if radius not in RADII or commune.latitude is None or commune.longitude is None:
        labels["commune"] = f"Commune : {commune_label(commune)}"
        where.append(col(OfferRow.insee) == commune.insee)
        return
    labels["commune"] = f"À {radius} km de {commune_label(commune)}"
    # On such distances the earth is flat: a degree of longitude shrinks with the latitude.
    north = (col(OfferRow.latitude) - commune.latitude) * KM_PER_DEGREE
    east = (col(OfferRow.longitude) - commune.longitude) * (KM_PER_DEGREE * cos(radians(commune.latitude)))
    where.append(north * north + east * east <= float(int(radius) ** 2))
