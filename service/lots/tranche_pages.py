"""The tranches of a lot: announce one, give one up. Affirming it is an event of the ledger."""

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.errors import Invalid
from service.forms import Form
from service.lots.scope import find_lot
from service.lots.tranches import add_tranche, drop_tranche, read_tranche
from service.lots.views import LotNamed
from service.page import AppRequest, Page, done
from service.tables import MarcheRow
from service.web import get, post


@get("/lots/{lot_id:str}/tranches/nouvelle", name="lots.tranche")
def tranche_page(request: AppRequest, lot_id: FromPath[str]) -> Page[LotNamed]:
    return _page(request, lot_id, Form())


@post("/lots/{lot_id:str}/tranches/nouvelle", name="lots.tranche.act")
def tranche_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[LotNamed] | Redirect:
    typed = read_tranche(form)
    if typed is None:
        return _page(request, lot_id, form)
    try:
        with request.database.write() as db:
            add_tranche(db, request.account, lot_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _page(request, lot_id, form)
    return done(
        f"/lots/{lot_id}#commandes",
        f"{typed.label} est attendue : rien n’est dû tant qu’elle n’est pas affermie.",
    )


@post("/lots/{lot_id:str}/tranches/{tranche_id:str}/abandon", name="lots.tranche.drop.act")
def drop_act(
    request: AppRequest, lot_id: FromPath[str], tranche_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    reason = form.text("reason", "Motif", required=True, longest=300)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        label = drop_tranche(db, request.account, lot_id, tranche_id, reason)
    return done(
        f"/lots/{lot_id}#commandes", f"{label} est abandonnée. Elle reste dans la liste, avec le motif."
    )


def _page(request: AppRequest, lot_id: str, form: Form) -> Page[LotNamed]:
    with request.database.read() as db:
        row = find_lot(db, request.account, lot_id)
        reference = db.get_one(MarcheRow, row.marche_id).reference
        view = LotNamed(lot_id=lot_id, number=row.number, title=row.title, reference=reference)
    return Page(view, "lots/tranche.html", form=form)


HANDLERS = [tranche_page, tranche_act, drop_act]
