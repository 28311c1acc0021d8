"""The firm's pages: the month, the recap, the receipt, its declarations, its people, its lots."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.exc import IntegrityError

from clauses import Declared
from service.accounts.account import Account
from service.declarations import actions, newcomer, recall, visa
from service.declarations.desk import Desk, own_desk
from service.declarations.drafts import read_drafts
from service.declarations.entry import month_of
from service.declarations.files import (
    FILTERS,
    SORTS,
    DeclarationsView,
    DeclarationView,
    declaration_file,
    list_declarations,
)
from service.declarations.lot_page import FirmLotView, firm_lot
from service.declarations.month import Month, judge, load_month, read_entries
from service.declarations.month_view import filled_form, month_view, recap_view
from service.declarations.newcomer import NewcomerView
from service.declarations.people import PeopleView, list_people
from service.declarations.receipt import receipt
from service.declarations.views import ReceiptView
from service.declarations.visa import VisasView
from service.errors import Conflict, NotFound
from service.forms import Form
from service.home.contractor import contractor_home
from service.listing import Listing
from service.names_in_lists import filter_act, read_by_name
from service.page import AppRequest, Page, done
from service.pictures.pace import draw
from service.tables.session import Database
from service.web import get, post

PEOPLE_FILTERS = ("q", "present")
GIVE_UP = "abandonner-"
ALREADY = (
    "La déclaration de ce mois vient d’être envoyée par une autre personne de votre entreprise. "
    "Rien n’a été envoyé une seconde fois : ouvrez « Mes déclarations » pour la voir."
)


# --- the month, for the firm or for the facilitator in its place ------------------------------------------


def show_month(database: Database, account: Account, desk: Desk, request: AppRequest) -> Response[Any]:
    """The month with what is kept of it: the draft and what the core says of the draft; with `relire`, the
    recap of the draft. « Back » after sending comes here, and finds a month already sent."""
    query = request.query_params
    asked = month_of(str(query.get("mois", "")))
    if query.get("mois") and asked is None:
        raise NotFound
    with database.read() as db:
        month = load_month(db, account, desk, asked, query.getall("corriger", []))
        drafts = read_drafts(db, desk, month.files, {s.first for s in month.sheets})
        month = _corrected_by_draft(db, account, desk, month, drafts)
        if query.get("relire"):
            form = filled_form(month, drafts, only_drafts=True)
            checked = actions.examine(db, account, month, form)
            if form.faults:
                return Redirect(desk.month_link(month.month), status_code=303)
            return Page(recap_view(checked, form), "declarations/recap.html", status_code=200)
        form = filled_form(month, drafts)
        entries = read_entries(form, month)
        verdicts = judge(db, account, month, entries) if drafts and not form.faults else {}
        told = {lot: v for lot, v in verdicts.items() if isinstance(v, Declared)}
        view = month_view(month, form, told, drafts, str(query.get("jours", "")))
    return Page(view, "declarations/month.html", form=form, status_code=200)


def _corrected_by_draft(db: Any, account: Account, desk: Desk, month: Month, drafts: dict[Any, Any]) -> Month:
    """A correction begun and kept as a draft is open again when the month is."""
    begun = {
        s.lot_id for s in month.sheets if (s.file.row_id, s.first) in drafts and s.mode.value == "acceptee"
    }
    if not begun:
        return month
    open_now = {s.lot_id for s in month.sheets if s.mode.value == "correction"}
    return load_month(db, account, desk, month.month, begun | open_now)


def act_on_month(database: Database, account: Account, desk: Desk, form: Form) -> Response[Any]:
    """« Enregistrer le brouillon », « Copier et modifier », « Abandonner cette correction », « Vérifier avant
    d’envoyer »; « Même chose que le mois précédent » copies and goes straight to what will be sent."""
    month = month_of(form.raw("mois"))
    if month is None:
        raise NotFound
    correcting = {"corriger": lots[0]} if len(lots := form.raw_list("corriger")) == 1 else {}
    try:
        with database.write() as db:
            if form.raw("acte").startswith(GIVE_UP):
                actions.give_up(db, account, desk, month, form, form.raw("acte").removeprefix(GIVE_UP))
                return done(
                    desk.month_link(month), "Correction abandonnée : la déclaration acceptée ne change pas."
                )
            if form.raw("acte") == "comme_avant":
                form = actions.as_before(db, account, desk, month, form)
            elif form.raw("acte") != "verifier":
                copy = form.raw("acte") == "copier"
                actions.keep_draft(db, account, desk, month, form, copy=copy)
                said = "Mois précédent copié : relisez chaque ligne." if copy else "Brouillon enregistré."
                return done(desk.month_link(month, **correcting), said)
            checked = actions.check(db, account, desk, month, form)
            if not form.faults:
                return done(desk.month_link(month, relire="1"))
            view = month_view(checked.month, form, {})
    except IntegrityError as error:
        raise Conflict(ALREADY) from error
    return Page(view, "declarations/month.html", form=form)


def send_month(database: Database, account: Account, desk: Desk, form: Form) -> Response[Any] | str:
    """Send; the receipt's number when it is sent, else the page again with its faults."""
    month = month_of(form.raw("mois"))
    if month is None:
        raise NotFound
    try:
        with database.write() as db:
            outcome = actions.send(db, account, desk, month, form)
            if isinstance(outcome, actions.Sent):
                return outcome.receipt
            view = month_view(outcome.month, form, {})
    except IntegrityError as error:
        raise Conflict(ALREADY) from error
    return Page(view, "declarations/month.html", form=form)


@get("/mes-declarations/mois", name="declarations.month")
def month_page(request: AppRequest) -> Response[Any]:
    return show_month(request.database, request.account, own_desk(request.account), request)


@post("/mes-declarations/mois", name="declarations.month.act")
def month_act(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    return act_on_month(request.database, request.account, own_desk(request.account), form)


@post("/mes-declarations/envoyer", name="declarations.send.act")
def send_act(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    outcome = send_month(request.database, request.account, own_desk(request.account), form)
    if isinstance(outcome, str):
        return done(f"/mes-declarations/recu/{outcome}", "Déclaration envoyée. Voici votre reçu.")
    return outcome


# --- what was sent ----------------------------------------------------------------------------------------


@get("/mes-declarations/recu/{number:str}", name="declarations.receipt")
def receipt_page(request: AppRequest, number: FromPath[str]) -> Page[ReceiptView]:
    with request.database.read() as db:
        view = receipt(db, request.account, number)
        waiting = contractor_home(db, request.account).to_do
    return Page(view, "declarations/receipt.html", extra={"waiting": waiting})


@get("/mes-declarations", name="declarations.list")
def list_page(request: AppRequest) -> Page[DeclarationsView]:
    listing = Listing.read(request, sorts=SORTS, default="-periode", filters=FILTERS)
    with request.database.read() as db:
        view = list_declarations(db, request.account, listing)
    return Page(view, "declarations/list.html")


@get("/mes-declarations/{declaration_id:str}", name="declarations.file")
def file_page(request: AppRequest, declaration_id: FromPath[str]) -> Page[DeclarationView]:
    with request.database.read() as db:
        view = declaration_file(db, request.account, declaration_id)
    return Page(view, "declarations/file.html")


@post("/mes-declarations/{declaration_id:str}/reprendre", name="declarations.recall.act")
def recall_act(
    request: AppRequest, declaration_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    with request.database.write() as db:
        said, where = recall.recall(db, request.account, declaration_id, form.raw("version"))
    return done(where, said)


@get("/mes-salaries", name="declarations.people")
def people_page(request: AppRequest) -> Page[PeopleView]:
    listing = read_by_name(request, sorts=("nom", "lot"), default="nom", filters=PEOPLE_FILTERS)
    with request.database.read() as db:
        view = list_people(db, request.account, listing)
    return Page(view, "declarations/people.html")


@get("/mes-lots/{lot_id:str}", name="firm.lot")
def lot_page(request: AppRequest, lot_id: FromPath[str]) -> Page[FirmLotView]:
    with request.database.read() as db:
        view = firm_lot(db, request.account, lot_id)
    return Page(view, "firm/lot.html", extra={"drawing": draw(view.points)})


# --- a newcomer -------------------------------------------------------------------------------------------


@get("/mes-declarations/nouveau-salarie", name="declarations.newcomer")
def newcomer_page(request: AppRequest, mois: FromQuery[str] = "") -> Page[NewcomerView]:
    with request.database.read() as db:
        view = newcomer.newcomer_view(db, request.account, mois if month_of(mois) else "")
    form = Form.of({"employer": request.account.organisation_public_id})
    return Page(view, "declarations/newcomer.html", form=form)


@post("/mes-declarations/nouveau-salarie", name="declarations.newcomer.act")
def newcomer_act(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    mois = form.raw("mois") if month_of(form.raw("mois")) else ""
    with request.database.write() as db:
        newcomer.add_newcomer(db, request.account, form)
        if form.faults:
            view = newcomer.newcomer_view(db, request.account, mois)
            return Page(view, "declarations/newcomer.html", form=form)
    where = f"/mes-declarations/mois?mois={mois}" if mois else "/mes-salaries"
    return done(where, "Personne ajoutée. Votre interlocuteur clauses confirmera son éligibilité.")


# --- the mandataire's visa --------------------------------------------------------------------------------


@get("/mes-declarations/visas", name="declarations.visas")
def visas_page(request: AppRequest) -> Page[VisasView]:
    with request.database.read() as db:
        view = visa.list_visas(db, request.account)
    return Page(view, "declarations/visas.html", form=Form())


@post("/mes-declarations/visas/{version_id:str}/viser", name="declarations.visa.act")
def visa_act(request: AppRequest, version_id: FromPath[str]) -> Response[Any]:
    with request.database.write() as db:
        sentence = visa.sign(db, request.account, version_id)
    return done("/mes-declarations/visas", sentence)


@post("/mes-declarations/visas/{version_id:str}/rendre", name="declarations.visa.back.act")
def visa_back_act(
    request: AppRequest, version_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    name = f"reason-{version_id}"
    reason = form.text(name, "Motif", required=True, longest=1000, lines=True)
    if form.faults:
        with request.database.read() as db:
            view = visa.list_visas(db, request.account)
        return Page(view, "declarations/visas.html", form=form)
    with request.database.write() as db:
        sentence = visa.hand_back(db, request.account, version_id, reason)
    return done("/mes-declarations/visas", sentence)


HANDLERS = [
    month_page,
    month_act,
    send_act,
    receipt_page,
    list_page,
    file_page,
    recall_act,
    people_page,
    lot_page,
    newcomer_page,
    newcomer_act,
    visas_page,
    visa_act,
    visa_back_act,
    filter_act("/mes-salaries", name="declarations.people.filter.act", filters=PEOPLE_FILTERS),
]
