"""Documents: attach one to a marché, a lot, an event or a penalty; read its facts, take it, withdraw it."""

from typing import Any

import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from service.accounts.account import Account
from service.documents.actions import attach, find_event, hand_out, withdraw
from service.documents.entry import read_document as read_typed
from service.documents.media import MIMES
from service.documents.read import read_document, readers_of
from service.documents.views import DocumentFormView, DocumentView
from service.errors import Invalid
from service.formats import day
from service.forms import Form
from service.marches.scope import find_marche
from service.page import AppRequest, Page, done
from service.penalties.scope import find_penalty
from service.tables import LotRow
from service.vocabulary import DocumentKind
from service.web import get, post

EVENT_KINDS: dict[type[clauses.Event], DocumentKind] = {
    clauses.PurchaseOrder: DocumentKind.PURCHASE_ORDER,
    clauses.TrancheAffirmed: DocumentKind.TRANCHE,
    clauses.Avenant: DocumentKind.AVENANT,
}


@get("/marches/{marche_id:str}/documents/nouveau", name="documents.new")
def new_page(request: AppRequest, marche_id: FromPath[str]) -> Page[DocumentFormView]:
    asked = request.query_params
    form = Form.of(
        {"lot": asked.get("lot"), "event": asked.get("evenement"), "penalty": asked.get("penalite")}
    )
    return _form_page(request, marche_id, form)


@post("/marches/{marche_id:str}/documents/nouveau", name="documents.new.act")
def new_act(
    request: AppRequest, marche_id: FromPath[str], form: NamedDependency[Form]
) -> Page[DocumentFormView] | Redirect:
    account = request.account
    with request.database.read() as db:
        lots = [public_id for public_id, _ in _lots(db, account, marche_id)]
    typed = read_typed(form, lots, account.today)
    if typed is None:
        return _form_page(request, marche_id, form)
    try:
        with request.database.write() as db:
            document_id = attach(db, account, marche_id, typed, form.raw("event"), form.raw("penalty"))
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _form_page(request, marche_id, form)
    return done(f"/documents/{document_id}", f"« {typed.label} » est joint au marché.")


@get("/documents/{document_id:str}", name="documents.file")
def file_page(request: AppRequest, document_id: FromPath[str]) -> Page[DocumentView]:
    with request.database.read() as db:
        view = read_document(db, request.account, document_id)
    return Page(view, "documents/file.html", form=Form())


@post("/documents/{document_id:str}/telecharger", name="documents.download.act")
def download(request: AppRequest, document_id: FromPath[str]) -> Response[bytes]:
    """A file that leaves the service is an act. It is never shown in the page: always an attachment."""
    with request.database.write() as db:
        row, content = hand_out(db, request.account, document_id)
        name, media = f"{row.kind.value}-{row.public_id}.{row.media.value}", row.media
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "no-store",
    }
    return Response(content, media_type=MIMES[media], headers=headers)


@post("/documents/{document_id:str}/retirer", name="documents.withdraw.act")
def withdraw_act(
    request: AppRequest, document_id: FromPath[str], form: NamedDependency[Form]
) -> Page[DocumentView] | Redirect:
    reason = form.text("reason", "Motif du retrait", required=True, longest=300)
    if form.faults:
        with request.database.read() as db:
            view = read_document(db, request.account, document_id)
        return Page(view, "documents/file.html", form=form)
    with request.database.write() as db:
        withdraw(db, request.account, document_id, reason)
    return done(f"/documents/{document_id}", "Le document est retiré. La trace de ce qu’il était reste.")


def _lots(db: Session, account: Account, marche_id: str) -> list[tuple[str, str]]:
    """The lots of the marché to choose from. Raises NotFound when the account may not see it."""
    marche = find_marche(db, account, marche_id)
    query = (
        sa.select(col(LotRow.public_id), col(LotRow.number), col(LotRow.title))
        .where(col(LotRow.marche_id) == marche.id)
        .order_by(col(LotRow.number), col(LotRow.id))
    )
    return [(public_id, f"Lot {number}, {title}") for public_id, number, title in db.execute(query)]


def _form_page(request: AppRequest, marche_id: str, form: Form) -> Page[DocumentFormView]:
    account = request.account
    back, about = f"/marches/{marche_id}#documents", ""
    with request.database.read() as db:
        marche = find_marche(db, account, marche_id)
        lots = _lots(db, account, marche_id)
        reference, title = marche.reference, marche.title
        if penalty_id := form.raw("penalty"):
            penalty = find_penalty(db, account, penalty_id)
            back, about = f"/penalites/{penalty_id}", f"Pénalité arrêtée au {day(penalty.on)}"
            kind = DocumentKind.PENALTY_DECISION
        elif event_id := form.raw("event"):
            row = find_event(db, account, event_id)
            lot = db.get_one(LotRow, row.lot_id)
            back = f"/lots/{lot.public_id}#documents"
            about = f"{clauses.EVENT_LABELS[type(row.event)]} du {day(row.on)}, lot {lot.number}"
            kind = EVENT_KINDS.get(type(row.event), DocumentKind.OTHER)
        else:
            kind = DocumentKind.CCAP
            if form.raw("lot"):
                back = f"/lots/{form.raw('lot')}#documents"
    if not form.raw("kind") and not form.faults:
        form = Form.of({**{name: form.raw(name) for name in form.names()}, "kind": kind})
    view = DocumentFormView(
        marche_id=marche_id,
        reference=reference,
        title=title,
        event=form.raw("event"),
        penalty=form.raw("penalty"),
        about=about,
        back=back,
    )
    extra: dict[str, Any] = {
        "lots": lots,
        "kinds": [(k.value, k.label) for k in DocumentKind],
        "readers": [
            (who, ", ".join(k.label for k in DocumentKind if readers_of(k) == who))
            for who in dict.fromkeys(readers_of(k) for k in DocumentKind)
        ],
    }
    return Page(view, "documents/form.html", form=form, extra=extra)


HANDLERS = [new_page, new_act, file_page, download, withdraw_act]
