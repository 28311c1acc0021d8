"""Offers by hand: new, edit, duplicate. Helps (« ajouter une semaine ») save nothing."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

from matching.french import upper_first
from matching.reasons import DEMANDS, EMPLOYMENT_KINDS
from matching.terms import LanguageLevel
from service.accounts.account import Account
from service.errors import Invalid
from service.formats import WEEKDAYS
from service.forms import Form
from service.offers.actions import OfferChanged, change_offer, create_offer
from service.offers.entry import LICENCES, SHUTTLE_STOPS, read_offer
from service.offers.folds import folds
from service.offers.schedule_form import SLOTS, weeks_typed, with_help
from service.offers.scope import find_offer, territory_communes
from service.offers.views import OfferFormView
from service.offers.words import ANSWERS
from service.offers.written import new_offer, written_offer
from service.page import AppRequest, Page, done
from service.reference.reading import Reading
from service.reference_pages.communes import label_of
from service.tables import OfferRow, OrganisationRow
from service.vocabulary import OfferState, OrganisationKind
from service.web import get, post

TEMPLATE = "offers/form.html"
NEW = OfferFormView(id=None, title="", copied_from="")
STOPS_SHOWN = 2


def form_page(
    db: Session, account: Account, view: OfferFormView, form: Form, status_code: int | None = None
) -> Page[OfferFormView]:
    """The form with the lists it chooses from."""
    return Page(view, TEMPLATE, form=form, status_code=status_code, extra=_options(db, account, form))


def _options(db: Session, account: Account, form: Form) -> dict[str, Any]:
    employers = db.execute(
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name), col(OrganisationRow.insee))
        .where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.kind) == OrganisationKind.FIRM,
        )
        .order_by(sa.func.lower(col(OrganisationRow.name)), col(OrganisationRow.id))
    )
    filled = [
        n + 1
        for n in range(SHUTTLE_STOPS)
        if form.raw(f"shuttle{n}_commune") or form.raw(f"shuttle{n}_minutes")
    ]
    return {
        "employers": [
            (key, f"{name} · {label_of(insee)}" if insee else name) for key, name, insee in employers
        ],
        "employment_kinds": [(kind.value, upper_first(words)) for kind, words in EMPLOYMENT_KINDS.items()],
        "languages": [(level.value, level.value) for level in LanguageLevel],
        "licences": [(one, one) for one in LICENCES],
        "demands": [(demand.value, upper_first(words)) for demand, words in DEMANDS.items()],
        "answers": [(answer.value, words) for answer, words in ANSWERS.items()],
        "first_states": [(one.value, one.label) for one in (OfferState.OPEN, OfferState.DRAFT)],
        "folds": folds(form),
        "weekdays": WEEKDAYS,
        "slots": SLOTS,
        "weeks": weeks_typed(form),
        "stops": min(SHUTTLE_STOPS, max(filled, default=0) + STOPS_SHOWN),
    }


@get("/offres/nouvelle", name="offers.new")
def new_page(request: AppRequest) -> Page[OfferFormView]:
    form = new_offer(request.account.today)
    employer = str(request.query_params.get("employeur", ""))
    if employer:
        form = Form.of({**{name: form.raw(name) for name in form.names()}, "employer": employer})
    with request.database.read() as db:
        return form_page(db, request.account, NEW, form)


@get("/offres/{offer_id:str}/dupliquer", name="offers.duplicate")
def duplicate_page(request: AppRequest, offer_id: FromPath[str]) -> Page[OfferFormView]:
    """A new offer filled from another; nothing is made until it is saved."""
    with request.database.read() as db:
        row = find_offer(db, request.account, offer_id)
        values = written_offer(row, _employer_of(db, row))
        values |= {
            "published_on": request.account.today,
            "closes_on": "",
            "starts_on": "",
            "ends_on": "",
            "state": OfferState.OPEN,
            "version": "",
        }
        view = OfferFormView(id=None, title="", copied_from=row.title)
        return form_page(db, request.account, view, Form.of(values))


@post("/offres/nouvelle", name="offers.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Page[OfferFormView] | Redirect:
    helped = with_help(form, form.raw("aide"))
    with request.database.read() as db:
        if helped is not None:
            return form_page(db, request.account, NEW, helped)
        typed = read_offer(form, prefer=territory_communes(db, request.account.territory_id))
        state = form.one_of("state", "État", (OfferState.OPEN, OfferState.DRAFT)) or OfferState.OPEN
        if typed is None or form.faults:
            return form_page(db, request.account, NEW, form)
    try:
        with request.database.write() as db:
            public_id = create_offer(db, request.account, typed, OfferState(state))
    except Invalid as refusal:
        return _again(request, NEW, form, refusal.faults.items())
    return done(f"/offres/{public_id}", "L’offre est enregistrée.")


@get("/offres/{offer_id:str}/modifier", name="offers.edit")
def edit_page(request: AppRequest, offer_id: FromPath[str]) -> Page[OfferFormView]:
    with request.database.read() as db:
        row = find_offer(db, request.account, offer_id)
        form = Form.of(written_offer(row, _employer_of(db, row)))
        return form_page(db, request.account, _editing(row), form)


@post("/offres/{offer_id:str}/modifier", name="offers.edit.act")
def edit(
    request: AppRequest, offer_id: FromPath[str], form: NamedDependency[Form]
) -> Page[OfferFormView] | Redirect:
    helped = with_help(form, form.raw("aide"))
    with request.database.read() as db:
        row = find_offer(db, request.account, offer_id)
        view = _editing(row)
        if helped is not None:
            return form_page(db, request.account, view, helped)
        prefer = territory_communes(db, request.account.territory_id)
        typed = read_offer(
            form, prefer=prefer, stored=Reading(text=row.title, source=row.rome_source, rome=row.rome)
        )
        if typed is None:
            return form_page(db, request.account, view, form)
    try:
        with request.database.write() as db:
            change_offer(db, request.account, offer_id, typed, form.raw("version"))
    except OfferChanged as faster:
        return _again(request, view, _over(form, faster.version), [("", faster.sentence)], 409)
    except Invalid as refusal:
        return _again(request, view, form, refusal.faults.items())
    return done(f"/offres/{offer_id}", "L’offre est modifiée.")


def _again(
    request: AppRequest,
    view: OfferFormView,
    form: Form,
    faults: Iterable[tuple[str, str]],
    status_code: int | None = None,
) -> Page[OfferFormView]:
    for name, sentence in faults:
        form.fault(name, sentence)
    with request.database.read() as db:
        return form_page(db, request.account, view, form, status_code)


def _over(form: Form, version: str) -> Form:
    """All that was typed, to be saved over the newer version if the person still wants it."""
    return Form.of({**{name: form.raw_list(name) for name in form.names()}, "version": version})


def _editing(row: OfferRow) -> OfferFormView:
    return OfferFormView(id=row.public_id, title=row.title, copied_from="")


def _employer_of(db: Session, row: OfferRow) -> str:
    return (
        db.scalar(sa.select(col(OrganisationRow.public_id)).where(col(OrganisationRow.id) == row.employer_id))
        or ""
    )


HANDLERS = [new_page, duplicate_page, create, edit_page, edit]
