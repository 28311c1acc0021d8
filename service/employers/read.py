"""The list of employers and one firm's file, in a fixed number of queries."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind
from service.accounts.account import Account
from service.employers.duplicates import alike_firms
from service.employers.scope import find_employer, visible_to
from service.employers.views import EmployerFile, EmployerLine, EmployerOffer, EmployersView
from service.held_words import holds_words
from service.listing import Listing, fetch
from service.offers.scope import territory_communes
from service.offers.words import TONES
from service.reference.communes import current_communes
from service.reference_pages.communes import label_of
from service.reference_pages.resolve import candidates
from service.tables import OfferRow, OrganisationRow, PartyRow
from service.tables.folded import folded
from service.vocabulary import OfferState

FILTERS = ("q", "commune", "nature", "offres")
SHOWN_OFFERS = 50


def _count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(col(OfferRow.id)))
        .where(col(OfferRow.employer_id) == col(OrganisationRow.id), *where)
        .correlate(OrganisationRow)
        .scalar_subquery()
    )


OPEN_OFFERS = _count(col(OfferRow.state) == OfferState.OPEN)
SORTS: dict[str, Any] = {
    "nom": folded(col(OrganisationRow.name)),
    "siret": sa.func.coalesce(col(OrganisationRow.siret), ""),
    "offres": OPEN_OFFERS,
}


def list_employers(db: Session, account: Account, listing: Listing) -> EmployersView:
    labels: dict[str, str] = {}
    query = sa.select(
        col(OrganisationRow.public_id),
        col(OrganisationRow.name),
        col(OrganisationRow.employer_kind),
        col(OrganisationRow.siret),
        col(OrganisationRow.insee),
        col(OrganisationRow.contact_name),
        col(OrganisationRow.phone),
        OPEN_OFFERS.label("open_offers"),
        _count().label("offers"),
    ).where(visible_to(account), *_filters(db, account, listing, labels))
    total, rows = fetch(db, query, listing, columns=SORTS, tie=col(OrganisationRow.id))
    return EmployersView(
        listing=listing.with_total(total, labels),
        employers=tuple(
            EmployerLine(
                id=row.public_id,
                name=row.name,
                kind=row.employer_kind.label,
                siret=row.siret,
                commune=label_of(row.insee),
                contact_name=row.contact_name,
                phone=row.phone,
                open_offers=row.open_offers,
                offers=row.offers,
            )
            for row in rows
        ),
    )


def _filters(
    db: Session, account: Account, listing: Listing, labels: dict[str, str]
) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if text := listing.filter("q"):
        labels["q"] = f"Recherche : {text}"
        found = [
            holds_words(text, col(OrganisationRow.name), col(OrganisationRow.contact_name)),
        ]
        if digits := text.replace(" ", "") if text.replace(" ", "").isdigit() else "":
            found.append(col(OrganisationRow.siret).startswith(digits, autoescape=True))
        where.append(sa.or_(*found))
    if typed := listing.filter("commune"):
        here = territory_communes(db, account.territory_id)
        communes = candidates(current_communes(), typed)
        codes = [one.insee for one in communes if one.insee in here] or [one.insee for one in communes]
        labels["commune"] = f"Commune : {label_of(codes[0]) if len(codes) == 1 else typed}"
        where.append(col(OrganisationRow.insee).in_(codes[:50]))
    if (asked := listing.filter("nature")) in set(EmployerKind):
        kind = EmployerKind(asked)
        labels["nature"] = f"Nature : {kind.label}"
        where.append(col(OrganisationRow.employer_kind) == kind)
    if listing.filter("offres"):
        labels["offres"] = "Avec une offre ouverte"
        where.append(OPEN_OFFERS > 0)
    return where


def employer_file(db: Session, account: Account, public_id: str) -> EmployerFile:
    """The firm, its latest offers, on how many lots it works. Raises NotFound."""
    row = find_employer(db, account, public_id)
    offers = db.execute(
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OfferRow.state),
            col(OfferRow.place_label),
            col(OfferRow.published_on),
            col(OfferRow.closes_on),
        )
        .where(col(OfferRow.employer_id) == row.id, col(OfferRow.territory_id) == account.territory_id)
        .order_by(sa.case((col(OfferRow.state) == OfferState.OPEN, 0), else_=1), col(OfferRow.id).desc())
        .limit(SHOWN_OFFERS)
    ).all()
    offers_total = db.scalar(
        sa.select(sa.func.count(col(OfferRow.id))).where(col(OfferRow.employer_id) == row.id)
    )
    lots = db.scalar(
        sa.select(sa.func.count(sa.distinct(col(PartyRow.lot_id)))).where(
            col(PartyRow.company_id) == row.id, col(PartyRow.territory_id) == account.territory_id
        )
    )
    return EmployerFile(
        id=row.public_id,
        name=row.name,
        kind=row.employer_kind.label,
        siret=row.siret,
        naf=row.naf,
        street=row.street,
        commune=label_of(row.insee),
        contact_name=row.contact_name,
        phone=row.phone,
        email=row.email,
        lots=lots or 0,
        offers=tuple(
            EmployerOffer(
                id=offer.public_id,
                title=offer.title,
                state=offer.state.label,
                tone=TONES[offer.state],
                place=offer.place_label,
                published_on=offer.published_on,
                closes_on=offer.closes_on,
            )
            for offer in offers
        ),
        offers_total=offers_total or 0,
        alike=alike_firms(db, account.territory_id, row.name, row.insee, but=row.id),
    )
