"""`/imports`: a file is sent, read, shown; then « Importer les N lignes ». Nothing is written before that."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.bilans.workbook import Column, Sheet, download, workbook
from service.errors import Invalid
from service.forms import Form
from service.imports import staging
from service.imports.report import FileRefused
from service.imports.screen_views import (
    ImportsView,
    ImportView,
    import_view,
    list_imports,
    to_correct,
)
from service.imports.sent_file import LARGEST, read_sent
from service.imports.staging import ALIASES, KINDS
from service.listing import Listing
from service.page import AppRequest, Page, done
from service.vocabulary import ImportKind
from service.web import get, post

SECONDS = 8.0
"""How long one request works on a long file: what is left waits for the next click, nothing is lost."""


@get("/imports", name="imports.list")
def list_page(request: AppRequest) -> Page[ImportsView]:
    return _list(request, Form())


def _list(request: AppRequest, form: Form) -> Page[ImportsView]:
    listing = Listing.read(request, sorts=("date",), default="-date")
    with request.database.read() as db:
        view = list_imports(db, request.account, listing)
    return Page(view, "imports/list.html", form=form)


@post("/imports", name="imports.new.act")
def send_file(request: AppRequest, form: NamedDependency[Form]) -> Page[ImportsView] | Redirect:
    kind = form.one_of("kind", "Contenu", [one.value for one in KINDS[request.account.role]])
    sent: Any = form.files.get("file")
    if sent is None or not sent.filename:
        form.fault("file", "Fichier : choisissez un fichier CSV ou XLSX.")
    referent = form.email("referent", "Référent")
    if form.faults or kind is None:
        return _list(request, form)
    try:
        file = read_sent(sent.file.read(LARGEST + 1), ALIASES[ImportKind(kind)])
    except FileRefused as refusal:
        form.fault("file", f"Fichier : {refusal}")
        return _list(request, form)
    with request.database.write() as db:
        batch = staging.stage(
            db, request.account, ImportKind(kind), file, referent=referent, replaces=form.flag("replaces")
        )
        import_id = batch.public_id
    _work(request, import_id, staging.read_block)
    return done(f"/imports/{import_id}")


@get("/imports/{import_id:str}", name="imports.file")
def file_page(request: AppRequest, import_id: FromPath[str]) -> Page[ImportView]:
    return _file(request, import_id, Form())


def _file(request: AppRequest, import_id: str, form: Form) -> Page[ImportView]:
    listing = Listing.read(request, sorts=("ligne",), default="ligne", filters=("issue",))
    with request.database.read() as db:
        view = import_view(db, request.account, import_id, listing)
    if not form.faults:
        form = Form.of({f"c-{place}": name for place, name in enumerate(view.columns)})
    return Page(view, "imports/file.html", form=form)


@post("/imports/{import_id:str}/colonnes", name="imports.columns.act")
def columns(
    request: AppRequest, import_id: FromPath[str], form: NamedDependency[Form]
) -> Page[ImportView] | Redirect:
    with request.database.read() as db:
        batch = staging.find_batch(db, request.account, import_id)
        kind, places = batch.kind, len(batch.titles)
    names = ["", *ALIASES[kind].values()]
    chosen = tuple(form.one_of(f"c-{place}", "Colonne", names) or "" for place in range(places))
    if fault := staging.columns_fault(kind, chosen):
        form.fault("", fault)
    if form.faults:
        return _file(request, import_id, form)
    with request.database.write() as db:
        staging.match_columns(db, request.account, import_id, chosen)
    _work(request, import_id, staging.read_block)
    return done(f"/imports/{import_id}")


@post("/imports/{import_id:str}/lire", name="imports.read.act")
def read_on(request: AppRequest, import_id: FromPath[str]) -> Redirect:
    _work(request, import_id, staging.read_block)
    return done(f"/imports/{import_id}")


@post("/imports/{import_id:str}/importer", name="imports.store.act")
def store(request: AppRequest, import_id: FromPath[str]) -> Redirect:
    left = _work(request, import_id, staging.store_block)
    if left:
        return done(f"/imports/{import_id}", "Une partie est importée ; continuez avec le reste.")
    return done(f"/imports/{import_id}", "C’est importé.")


@post("/imports/{import_id:str}/retirer", name="imports.drop.act")
def drop(request: AppRequest, import_id: FromPath[str]) -> Redirect:
    with request.database.write() as db:
        staging.drop(db, request.account, import_id)
    return done("/imports", "Le fichier déposé est retiré ; ce qui a été importé reste.")


@get("/imports/{import_id:str}/a-reprendre", name="imports.faults.sheet")
def faults_sheet(request: AppRequest, import_id: FromPath[str]) -> Response[Any]:
    """The rows to take up again, to correct and to send again: the last column says why."""
    with request.database.read() as db:
        batch, rows = to_correct(db, request.account, import_id)
        titles = batch.titles
    if request.wants_json:
        return Response({"titles": titles, "rows": rows})
    if not rows:
        raise Invalid({"": "Aucune ligne n’est à reprendre."})
    columns = tuple(Column(title, width=22) for title in (*titles, "motif"))
    today = request.account.today
    sheet = Sheet(name="À reprendre", columns=columns, rows=rows)
    return download(workbook([sheet], today), f"a-reprendre-{today.isoformat()}")


def _work(request: AppRequest, import_id: str, step: Callable[[Session, Account, str], bool]) -> bool:
    """Block after block, each its own transaction, while the request may last. Whether some are left."""
    end = monotonic() + SECONDS
    left = True
    while left and monotonic() < end:
        with request.database.write() as db:
            left = step(db, request.account, import_id)
    return left


HANDLERS = [list_page, send_file, file_page, columns, read_on, store, drop, faults_sheet]
