"""Penalties of a lot: the history, the simulation and the proposal, the buyer's decision."""

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.errors import Invalid
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.load import load_lot
from service.ledger.standing import brief_standing_of
from service.lots.scope import find_lot
from service.page import AppRequest, Page, done
from service.penalties.actions import decide, propose, simulate
from service.penalties.entry import Mode, mode_of, read_decision, read_penalty
from service.penalties.file import lot_head, read_penalties
from service.penalties.file import read_penalty as read_penalty_file
from service.penalties.views import PenaltiesView, PenaltyView, SimulationView
from service.web import get, post

MODES = [(mode.value, mode.label) for mode in Mode]
PROPOSE = "proposer"


@get("/lots/{lot_id:str}/penalites", name="penalties.list")
def list_page(request: AppRequest, lot_id: FromPath[str]) -> Page[PenaltiesView]:
    with request.database.read() as db:
        view = read_penalties(db, request.account, lot_id)
    return Page(view, "penalties/list.html")


@get("/lots/{lot_id:str}/penalites/nouvelle", name="penalties.new")
def new_page(request: AppRequest, lot_id: FromPath[str]) -> Page[SimulationView]:
    mode = str(request.query_params.get("mode", ""))
    return _form_page(request, lot_id, Form.of({"mode": mode, "on": request.account.today}))


@post("/lots/{lot_id:str}/penalites/nouvelle", name="penalties.new.act")
def new_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[SimulationView] | Redirect:
    """Two buttons: one computes and shows, writing nothing; the other proposes to the buyer."""
    typed = read_penalty(form, request.account.today)
    if typed is None or form.raw("do") != PROPOSE:
        return _form_page(request, lot_id, form, simulated=typed is not None)
    try:
        with request.database.write() as db:
            penalty_id = propose(db, request.account, lot_id, typed)
    except Invalid as refusal:
        for name, sentence in refusal.faults.items():
            form.fault(name, sentence)
        return _form_page(request, lot_id, form)
    return done(f"/penalites/{penalty_id}", "La pénalité est proposée : l’acheteur doit décider.")


def _form_page(
    request: AppRequest, lot_id: str, form: Form, *, simulated: bool = False
) -> Page[SimulationView]:
    account = request.account
    with request.database.read() as db:
        file = load_lot(db, find_lot(db, account, lot_id).id)
    head = lot_head(file, account)
    mode = mode_of(form)
    typed = read_penalty(form, account.today) if simulated else None
    told = None
    if typed is not None:
        try:
            told = simulate(file, account, typed)
        except Invalid as refusal:
            for name, sentence in refusal.faults.items():
                form.fault(name, sentence)
    now = brief_standing_of(file, account.today, territory_now(account)).progress
    view = SimulationView(
        head=head,
        mode=mode.value,
        due=told.due if told else now.due,
        validated=told.validated if told else now.validated,
        missing=told.missing if told else now.remaining or 0,
        on=told.on if told else account.today,
        simulated=told is not None,
        amount=told.cents if told else 0,
        explanation=told.penalty.explanation if told else "",
    )
    return Page(view, "penalties/form.html", form=form, extra={"modes": MODES, "mode_label": mode.label})


@get("/penalites/{penalty_id:str}", name="penalties.file")
def file_page(request: AppRequest, penalty_id: FromPath[str]) -> Page[PenaltyView]:
    return _file_page(request, penalty_id, Form.of({"decided_on": request.account.today}))


@post("/penalites/{penalty_id:str}/decision", name="penalties.decide.act")
def decide_act(
    request: AppRequest, penalty_id: FromPath[str], form: NamedDependency[Form]
) -> Page[PenaltyView] | Redirect:
    typed = read_decision(form, request.account.today)
    if typed is None:
        return _file_page(request, penalty_id, form)
    try:
        with request.database.write() as db:
            sentence = decide(db, request.account, penalty_id, typed)
    except Invalid as refusal:
        for name, fault in refusal.faults.items():
            form.fault(name, fault)
        return _file_page(request, penalty_id, form)
    return done(f"/penalites/{penalty_id}", sentence)


def _file_page(request: AppRequest, penalty_id: str, form: Form) -> Page[PenaltyView]:
    with request.database.read() as db:
        view = read_penalty_file(db, request.account, penalty_id)
    return Page(view, "penalties/file.html", form=form)


HANDLERS = [list_page, new_page, new_act, file_page, decide_act]
