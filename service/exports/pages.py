"""« Exporter (XLSX) » of the long lists: the right, the territory and the fields are those of the list.

A GET: it changes nothing but the read journal, when the file names persons.
"""

from typing import Any

import sqlalchemy as sa
from litestar import Response
from sqlmodel import col

from service.beneficiaries import listing as beneficiaries
from service.declarations import files as declarations
from service.employers import read as employers
from service.exports import columns
from service.exports.send import Table, persons, send, whole
from service.ledger.clock import territory_now
from service.listing import Listing
from service.marches import listing as marches
from service.marches.portfolio import lines_of, read_portfolio
from service.marches.scope import visible_to as visible_marches
from service.names_in_lists import read_by_name
from service.offers import list_view as offers
from service.organisations import pages as organisations
from service.page import AppRequest
from service.participants.list_view import list_view, listed_people, read_listing
from service.proposals.lists import list_proposals, proposed_people, read_proposals_listing
from service.review import queue as review
from service.tables import MarcheRow
from service.vocabulary import Role
from service.web import get


@get("/participants/tableur", name="participants.sheet")
def participants_sheet(request: AppRequest) -> Response[Any]:
    account, listing = request.account, whole(read_listing(request))
    with request.database.read() as db:
        view = list_view(db, account, listing)
    people = listed_people(account, listing)
    # What no chip says: the list leaves out those whose parcours is over unless it is asked for them.
    open_only = [] if listing.filter("etat") or listing.filter("sorti") else ["Parcours ouverts"]
    if view.structure:
        table = Table(name="Structure", columns=columns.COLLEAGUES, lines=view.colleagues)
        return send(
            request,
            view,
            [table],
            name="participants",
            filters=["Participants de la structure", *open_only],
            people=people,
        )
    hers = account.role is Role.REFERENT
    shown = columns.PARTICIPANTS if hers else (*columns.PARTICIPANTS, columns.REFERENT)
    table = Table(name="Participants", columns=shown, lines=view.rows)
    filters = [*(["Mes participants"] if hers else []), *open_only]
    return send(request, view, [table], name="participants", filters=filters, people=people)


@get("/offres/tableur", name="offers.sheet")
def offers_sheet(request: AppRequest) -> Response[Any]:
    listing = Listing.read(request, sorts=tuple(offers.SORTS), default="-publication", filters=offers.FILTERS)
    with request.database.read() as db:
        view = offers.list_offers(db, request.account, whole(listing))
    table = Table(name="Offres", columns=columns.OFFERS, lines=view.offers)
    return send(request, view, [table], name="offres")


@get("/employeurs/tableur", name="employers.sheet")
def employers_sheet(request: AppRequest) -> Response[Any]:
    listing = read_by_name(request, sorts=tuple(employers.SORTS), default="nom", filters=employers.FILTERS)
    with request.database.read() as db:
        view = employers.list_employers(db, request.account, whole(listing))
    table = Table(name="Employeurs", columns=columns.EMPLOYERS, lines=view.employers)
    return send(request, view, [table], name="employeurs")


@get("/propositions/tableur", name="proposals.sheet")
def proposals_sheet(request: AppRequest) -> Response[Any]:
    account, listing = request.account, whole(read_proposals_listing(request))
    with request.database.read() as db:
        view = list_proposals(db, account, listing)
    table = Table(name="Propositions", columns=columns.PROPOSALS, lines=view.rows)
    tab = [tab.label for tab in view.tabs if tab.current]
    return send(
        request, view, [table], name="propositions", filters=tab, people=proposed_people(account, listing)
    )


@get("/marches/tableur", name="marches.sheet")
def marches_sheet(request: AppRequest) -> Response[Any]:
    """The marchés of the list, and their lots on a second sheet."""
    account = request.account
    listing = Listing.read(request, sorts=marches.SORTS, default="urgence", filters=marches.FILTERS)
    known_at = territory_now(account)
    with request.database.read() as db:
        view = marches.list_marches(db, account, whole(listing), known_at)
        ids = sa.select(col(MarcheRow.id)).where(
            visible_marches(account), col(MarcheRow.public_id).in_([one.id for one in view.marches])
        )
        lots = lines_of(read_portfolio(db, account, ids), account.today, known_at)
    tables = [
        Table(name="Marchés", columns=columns.MARCHES, lines=view.marches),
        Table(name="Lots", columns=columns.LOTS, lines=lots),
    ]
    return send(request, view, tables, name="marches")


@get("/controle/tableur", name="review.sheet")
def review_sheet(request: AppRequest) -> Response[Any]:
    listing = Listing.read(request, sorts=review.SORTS, default="envoi", filters=review.FILTERS)
    with request.database.read() as db:
        view = review.queue(db, request.account, whole(listing))
    shown = (*columns.DECLARATIONS, columns.sent_on(view.time_zone))
    table = Table(name="Déclarations", columns=shown, lines=view.rows)
    waiting = [] if listing.filter("etat") else ["État : à contrôler"]
    return send(request, view, [table], name="declarations", filters=waiting)


@get("/mes-declarations/tableur", name="declarations.sheet")
def declarations_sheet(request: AppRequest) -> Response[Any]:
    listing = Listing.read(
        request, sorts=declarations.SORTS, default="-periode", filters=declarations.FILTERS
    )
    with request.database.read() as db:
        view = declarations.list_declarations(db, request.account, whole(listing))
    shown = columns.own_declarations(request.account.organisation_name, view.time_zone)
    return send(
        request, view, [Table(name="Déclarations", columns=shown, lines=view.rows)], name="declarations"
    )


@get("/beneficiaires/tableur", name="beneficiaries.sheet")
def beneficiaries_sheet(request: AppRequest) -> Response[Any]:
    listing = read_by_name(request, sorts=beneficiaries.SORTS, default="nom", filters=beneficiaries.FILTERS)
    with request.database.read() as db:
        view = beneficiaries.list_beneficiaries(db, request.account, whole(listing))
    table = Table(name="Bénéficiaires", columns=columns.BENEFICIARIES, lines=view.beneficiaries)
    people = persons([one.id for one in view.beneficiaries], request.account)
    return send(request, view, [table], name="beneficiaires", people=people)


@get("/organisations/tableur", name="organisations.sheet")
def organisations_sheet(request: AppRequest) -> Response[Any]:
    listing = Listing.read(request, sorts=tuple(organisations.SORTS), default="nom", filters=("q", "nature"))
    with request.database.read() as db:
        view = organisations.list_organisations(db, request.account, whole(listing))
    table = Table(name="Organisations", columns=columns.ORGANISATIONS, lines=view.organisations)
    return send(request, view, [table], name="organisations")


HANDLERS = [
    participants_sheet,
    offers_sheet,
    employers_sheet,
    proposals_sheet,
    marches_sheet,
    review_sheet,
    declarations_sheet,
    beneficiaries_sheet,
    organisations_sheet,
]
