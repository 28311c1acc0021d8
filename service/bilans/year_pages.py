"""The bilan of a year: the page, its spreadsheet."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar.di import NamedDependency

from service.accounts.account import Account
from service.bilans.cells import FEWEST
from service.bilans.workbook import Column, Kind, Sheet, download, reading_sheet, workbook
from service.bilans.year import DIVISORS, FullYearView, Part, YearView, read_year, shared
from service.errors import Invalid
from service.formats import day, integer
from service.forms import Form
from service.marches.pages import organisations_of
from service.page import AppRequest, Page
from service.trace import record_act
from service.vocabulary import OrganisationKind, Role
from service.web import get, post

YEARS_BACK = 8


@get("/bilans/annuel", name="bilans.year")
def year_page(request: AppRequest) -> Page[FullYearView] | Page[YearView]:
    account = request.account
    with request.database.read() as db:
        view = _read(db, account, request.query_params)
        buyers = organisations_of(db, account, OrganisationKind.BUYER)
    extra = {
        "years": [(str(y), str(y)) for y in _years(account)],
        "divisors": [(str(d), f"{integer(d)} h par an") for d in DIVISORS],
        "buyers": buyers,
    }
    if isinstance(view, FullYearView):
        return Page(view, "bilans/year.html", extra=extra)
    return Page(view, "bilans/year.html", extra=extra)


@post("/bilans/annuel/tableur", name="bilans.year.sheet.act")
def year_sheet(request: AppRequest, form: NamedDependency[Form]) -> Response[bytes]:
    """All the tables under the filters of the page; who took them is written down."""
    account = request.account
    with request.database.write() as db:
        view = _read(db, account, {name: form.raw(name) for name in ("annee", "etp", "acheteur")})
        sentence = f"Tableur du bilan de l’année {view.year}"
        record_act(db, account, "bilans.year.sheet.act", "territoire", account.territory_public_id, sentence)
    return download(year_workbook(view, account), f"bilan-{view.year}")


def _read(db: Any, account: Account, asked: Mapping[str, Any]) -> FullYearView | YearView:
    """The year under the filters asked; what does not read is refused with a sentence."""
    year = str(asked.get("annee") or account.today.year)
    divisor = str(asked.get("etp") or DIVISORS[0])
    if not year.isdigit() or int(year) not in _years(account):
        raise Invalid({"annee": "Année : choisissez une année de la liste."})
    if not divisor.isdigit() or int(divisor) not in DIVISORS:
        raise Invalid({"etp": "Heures par an : choisissez une valeur de la liste."})
    view = read_year(db, account, int(year), int(divisor), str(asked.get("acheteur") or "")[:12])
    return view if account.role is Role.FACILITATOR else shared(view)


def _years(account: Account) -> range:
    return range(account.today.year, account.today.year - YEARS_BACK, -1)


def year_workbook(view: YearView, account: Account) -> bytes:
    """One sheet a dimension; the filters, the divisor and what is left out on the first."""
    left_out = "noms des personnes"
    if not isinstance(view, FullYearView):
        left_out += f", motifs d’éligibilité, mesures sur moins de {FEWEST} personnes"
    reading = reading_sheet(
        [
            ("Bilan", f"Année {view.year}, {account.territory_name}"),
            ("Filtre : année", view.year),
            ("Filtre : acheteur", view.buyer or "tous"),
            ("Heures par an pour un ETP", view.divisor),
            ("Heures comptées", "validées, versions en vigueur, mois de l’année"),
            ("Fait le", day(account.today)),
            ("Colonnes laissées", left_out),
        ]
    )
    tables = [
        ("Total", (view.total,)),
        ("Acheteurs", view.by_buyer),
        ("Entreprises", view.by_firm),
        *([("Publics", view.by_public)] if isinstance(view, FullYearView) else []),
        ("Modalités", view.by_modality),
        ("Emplois", view.by_employment),
    ]
    return workbook([reading, *(_sheet(name, parts) for name, parts in tables)], account.today)


def _sheet(name: str, parts: tuple[Part, ...]) -> Sheet:
    columns = (
        Column(name, width=44),
        Column("Heures validées", Kind.HOURS),
        Column("Personnes", Kind.WHOLE),
        Column("ETP", Kind.DECIMAL),
        Column("Note", width=26),
    )
    rows = [
        (p.label, p.hours, p.people, p.etp, f"moins de {FEWEST} personnes" if p.people is None else None)
        for p in parts
    ]
    return Sheet(name=name, columns=columns, rows=rows)


HANDLERS = [year_page, year_sheet]
