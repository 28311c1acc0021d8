"""The territory's eligibility grid: read a version, make the next one, its effect shown before it is kept."""

from litestar.di import NamedDependency
from litestar.response import Redirect

from service.forms import Form, whole_number
from service.grids.actions import save_version
from service.grids.compare import changes
from service.grids.entry import STATES, form_of_grid, read_grid_form, rows_of
from service.grids.read import open_periods, read_grid
from service.grids.views import GridFormView, GridView
from service.ledger.grids import OWN, read_grids
from service.page import AppRequest, Page, done
from service.web import get, post


@get("/grilles", name="grids.file")
def file_page(request: AppRequest) -> Page[GridView]:
    asked = request.query_params.get("version", "")
    with request.database.read() as db:
        view = read_grid(db, request.account, whole_number(asked))
    return Page(view, "grids/file.html")


@get("/grilles/modifier", name="grids.edit")
def edit_page(request: AppRequest) -> Page[GridFormView]:
    with request.database.read() as db:
        current = read_grids(db, request.account.territory_id).all[-1]
    return _form_page(request, form_of_grid(current, request.account.today))


@post("/grilles/modifier", name="grids.edit.act")
def edit_act(request: AppRequest, form: NamedDependency[Form]) -> Page[GridFormView] | Redirect:
    """First shows what would change; keeps it when what was shown is confirmed."""
    account = request.account
    with request.database.read() as db:
        current = read_grids(db, account.territory_id).all[-1]
        running = open_periods(db, account, account.today)
    typed = read_grid_form(form, current)
    if typed is None:
        return _form_page(request, form)
    if not form.flag("confirm") or form.raw("seen") != typed.fingerprint:
        told = changes(current, typed.grid, running) or ("Aucun critère ne change.",)
        return _form_page(request, form, told, typed.fingerprint)
    with request.database.write() as db:
        save_version(db, account, typed)
    sentence = (
        f"La version {typed.grid.version} est enregistrée. Les lots gardent la leur : "
        "changez-la sur la page de chaque lot."
    )
    return done(f"/grilles?version={typed.grid.version}", sentence)


def _form_page(
    request: AppRequest, form: Form, told: tuple[str, ...] | None = None, fingerprint: str = ""
) -> Page[GridFormView]:
    with request.database.read() as db:
        current = read_grids(db, request.account.territory_id).all[-1]
    view = GridFormView(
        label=current.label,
        version=current.version,
        own=current.id == OWN,
        rows=rows_of(form),
        changes=told,
        fingerprint=fingerprint,
    )
    return Page(view, "grids/form.html", form=form, extra={"states": STATES})


HANDLERS = [file_page, edit_page, edit_act]
