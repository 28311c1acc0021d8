"""All handlers of the application, one line a feature: the map of the product."""

from litestar.types import ControllerRouterHandler

from service.absences import pages as absences
from service.accounts import admin_pages, journal_pages
from service.accounts import pages as accounts
from service.beneficiaries import pages as beneficiaries
from service.bilans import pages as bilans
from service.bilans import year_pages
from service.declarations import pages as declarations
from service.documents import pages as documents
from service.duplicates import pages as duplicates
from service.employers import pages as employers
from service.exports import pages as exports
from service.exposure import pages as exposure
from service.grids import lot_pages as lot_grid
from service.grids import pages as grids
from service.home import pages as home
from service.imports import pages as imports
from service.lots import ledger_pages, party_pages, tranche_pages
from service.lots import pages as lots
from service.marches import pages as marches
from service.offers import pages as offers
from service.organisations import pages as organisations
from service.participants import routes as participants
from service.penalties import pages as penalties
from service.placements import confirm_pages
from service.placements import pages as placements
from service.proposals import pages as proposals
from service.reference_pages import pages as reference_pages
from service.review import pages as review
from service.search import pages as search
from service.sharing import pages as sharing
from service.suggestions import pages as candidates
from service.suggestions import referent_pages as suggestions
from service.weights import pages as weights


def route_handlers() -> list[ControllerRouterHandler]:
    return [
        *home.HANDLERS,
        *accounts.HANDLERS,
        *admin_pages.HANDLERS,
        *journal_pages.HANDLERS,
        *reference_pages.HANDLERS,
        *search.HANDLERS,
        *participants.HANDLERS,
        *offers.HANDLERS,
        *employers.HANDLERS,
        *duplicates.HANDLERS,
        *candidates.HANDLERS,
        *suggestions.HANDLERS,
        *proposals.HANDLERS,
        *weights.HANDLERS,
        *exposure.HANDLERS,
        *organisations.HANDLERS,
        *marches.HANDLERS,
        *lots.HANDLERS,
        *ledger_pages.HANDLERS,
        *party_pages.HANDLERS,
        *tranche_pages.HANDLERS,
        *placements.HANDLERS,
        *confirm_pages.HANDLERS,
        *beneficiaries.HANDLERS,
        *sharing.HANDLERS,
        *review.HANDLERS,
        *declarations.HANDLERS,
        *bilans.HANDLERS,
        *year_pages.HANDLERS,
        *penalties.HANDLERS,
        *documents.HANDLERS,
        *grids.HANDLERS,
        *lot_grid.HANDLERS,
        *exports.HANDLERS,
        *imports.HANDLERS,
        *absences.HANDLERS,
    ]
