"""Bilans of a quarter: the list, freezing, a bilan, its spreadsheet."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.accounts.account import Account
from service.bilans.actions import freeze_lot, freeze_quarter
from service.bilans.file import read_bilan, read_shared
from service.bilans.listing import FILTERS, SORTS, STATES, BilansView, list_bilans
from service.bilans.quarters import Quarter, read_quarter
from service.bilans.sheets import bilan_workbook, shared_workbook
from service.bilans.views import BilanView, SharedBilanView
from service.bilans.workbook import download
from service.errors import Invalid
from service.formats import plural
from service.forms import Form
from service.listing import Listing
from service.page import AppRequest, Page, done
from service.trace import record_act
from service.vocabulary import Role
from service.web import get, post

BUYER_COPY = "acheteur"


@get("/bilans", name="bilans.list")
def list_page(request: AppRequest) -> Page[BilansView]:
    listing = Listing.read(request, sorts=SORTS, default="lot", filters=FILTERS)
    with request.database.read() as db:
        view = list_bilans(db, request.account, listing)
    return Page(view, "bilans/list.html", extra={"states": list(STATES.items())})


@post("/bilans/arreter", name="bilans.freeze_all.act")
def freeze_all(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
    quarter = _quarter(form)
    with request.database.write() as db:
        count = freeze_quarter(db, request.account, quarter)
    sentence = f"{plural(count, 'bilan arrêté', 'bilans arrêtés')}, {quarter.label}."
    return done(f"/bilans?trimestre={quarter.code}", sentence)


@post("/lots/{lot_id:str}/bilans", name="bilans.freeze.act")
def freeze(request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]) -> Redirect:
    quarter = _quarter(form)
    with request.database.write() as db:
        bilan_id = freeze_lot(db, request.account, lot_id, quarter)
    return done(f"/bilans/{bilan_id}", f"Le bilan du {quarter.label} est arrêté : il ne changera plus.")


def _quarter(form: Form) -> Quarter:
    quarter = read_quarter(form.raw("quarter"))
    if quarter is None:
        raise Invalid({"quarter": "Trimestre : choisissez un trimestre de la liste."})
    return quarter


@get("/bilans/{bilan_id:str}", name="bilans.file")
def file_page(request: AppRequest, bilan_id: FromPath[str]) -> Page[BilanView] | Page[SharedBilanView]:
    """The facilitation reads names, or the buyer's copy when she asks for it; the coordination the latter."""
    if not _shared(request.account, str(request.query_params.get("exemplaire", ""))):
        with request.database.read() as db:
            view = read_bilan(db, request.account, bilan_id)
        return Page(view, "bilans/file.html")
    with request.database.read() as db:
        shared = read_shared(db, request.account, bilan_id)
    return Page(shared, "bilans/shared.html")


@post("/bilans/{bilan_id:str}/tableur", name="bilans.sheet.act")
def sheet(request: AppRequest, bilan_id: FromPath[str], form: NamedDependency[Form]) -> Response[bytes]:
    """A file that leaves the service is an act: who took it is written down."""
    shared = _shared(request.account, form.raw("exemplaire"))
    with request.database.write() as db:
        view = (read_shared if shared else read_bilan)(db, request.account, bilan_id)
        copy = "à partager" if shared else "complet"
        sentence = f"Tableur {copy} : {view.head.reference}, lot {view.head.number}, {view.head.quarter}"
        record_act(db, request.account, "bilans.sheet.act", "bilan", bilan_id, sentence)
    content = shared_workbook(view) if isinstance(view, SharedBilanView) else bilan_workbook(view)
    return download(content, f"bilan-{bilan_id}")


def _shared(account: Account, asked: str) -> bool:
    return account.role is not Role.FACILITATOR or asked == BUYER_COPY


HANDLERS = [list_page, freeze_all, freeze, file_page, sheet]
