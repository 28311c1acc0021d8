"""`/recherche`: one box for everyone.

The box posts, so that a person's name is never in an address, a history or a log (semantics.md, Rights);
the same page by GET finds everything but people by name.
"""

from litestar.di import NamedDependency

from service.forms import Form
from service.page import AppRequest, Page
from service.search.find import SearchView, search
from service.web import get, post

LONGEST = 80
TEMPLATE = "search/results.html"


def found(request: AppRequest, typed: str, *, by_name: bool) -> Page[SearchView]:
    words = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    with request.database.read() as db:
        view = search(db, request.account, words, by_name=by_name)
    return Page(view, TEMPLATE)


@get("/recherche", name="search")
def search_page(request: AppRequest) -> Page[SearchView]:
    return found(request, str(request.query_params.get("q", "")), by_name=False)


@post("/recherche", name="search.act")
def search_act(request: AppRequest, form: NamedDependency[Form]) -> Page[SearchView]:
    return found(request, form.raw("q"), by_name=True)


HANDLERS = [search_page, search_act]
