"""Offers: list, file, change of state, occupation confirmed. Entry by hand is in `entry_pages`."""

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.errors import Invalid
from service.forms import Form
from service.listing import Listing
from service.offers.actions import change_state, confirm_occupation
from service.offers.entry_pages import HANDLERS as ENTRY
from service.offers.file_view import offer_file
from service.offers.list_view import FILTERS, RADII, SORTS, list_offers
from service.offers.scope import find_offer
from service.offers.views import OfferFile, OffersView
from service.offers.words import week_pictures
from service.page import AppRequest, Page, done
from service.vocabulary import OfferState
from service.web import get, post

STATES = [(state.value, state.label) for state in OfferState]
NEXT_STATES = {
    OfferState.DRAFT: (OfferState.OPEN, OfferState.CLOSED),
    OfferState.OPEN: (OfferState.FILLED, OfferState.CLOSED, OfferState.DRAFT),
    OfferState.FILLED: (OfferState.OPEN, OfferState.CLOSED),
    OfferState.CLOSED: (OfferState.OPEN,),
}


@get("/offres", name="offers.list")
def list_page(request: AppRequest) -> Page[OffersView]:
    listing = Listing.read(request, sorts=tuple(SORTS), default="-publication", filters=FILTERS)
    with request.database.read() as db:
        view = list_offers(db, request.account, listing)
    return Page(
        view, "offers/list.html", extra={"states": STATES, "radii": [(km, f"{km} km") for km in RADII]}
    )


def show_file(
    request: AppRequest, offer_id: str, form: Form, status_code: int | None = None
) -> Page[OfferFile]:
    with request.database.read() as db:
        view, schedule = offer_file(db, request.account, offer_id)
    next_states = [(state.value, state.label) for state in NEXT_STATES[OfferState(view.state)]]
    return Page(
        view,
        "offers/file.html",
        form=form,
        status_code=status_code,
        extra={
            "pictures": week_pictures(schedule),
            "next_states": next_states,
            "time_zone": request.account.time_zone,
        },
    )


@get("/offres/{offer_id:str}", name="offers.file")
def file_page(request: AppRequest, offer_id: FromPath[str]) -> Page[OfferFile]:
    return show_file(request, offer_id, Form())


@post("/offres/{offer_id:str}/etat", name="offers.state.act")
def move(
    request: AppRequest, offer_id: FromPath[str], form: NamedDependency[Form]
) -> Page[OfferFile] | Redirect:
    with request.database.read() as db:
        find_offer(db, request.account, offer_id)
    known = form.choice("known", "État", OfferState)
    asked = form.choice("state", "Nouvel état", OfferState)
    leaves = asked in (OfferState.FILLED, OfferState.CLOSED)
    reason = form.text("reason", "Motif", longest=200, required=leaves)
    if known and asked and asked not in NEXT_STATES[known]:
        form.fault("state", f"Nouvel état : une offre « {known.label} » ne devient pas « {asked.label} ».")
    if form.faults or known is None or asked is None:
        return show_file(request, offer_id, form)
    with request.database.write() as db:
        change_state(db, request.account, offer_id, known=known, asked=asked, reason=reason)
    return done(f"/offres/{offer_id}", f"L’offre est maintenant « {asked.label} ».")


@post("/offres/{offer_id:str}/metier", name="offers.occupation.act")
def confirm(request: AppRequest, offer_id: FromPath[str], form: NamedDependency[Form]) -> Redirect:
    code = form.text("code", "Métier", required=True, longest=5)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        label = confirm_occupation(db, request.account, offer_id, code)
    return done(f"/offres/{offer_id}", f"Métier confirmé : {label}.")


HANDLERS = [list_page, file_page, move, confirm, *ENTRY]
