"""/exposition: the report of a year; the year is in the address."""

from service.exposure.actions import YEARS, load, report
from service.exposure.views import Exposure
from service.forms import Form
from service.page import AppRequest, Page
from service.web import get


@get("/exposition", name="exposure.page")
def exposure_page(request: AppRequest) -> Page[Exposure]:
    """A year that is not offered is the current one. Whole years only: two periods that overlap could be
    subtracted from one another, and tell of the few people between them."""
    today, typed = request.account.today, str(request.query_params.get("annee", ""))
    offered = {str(year): year for year in range(today.year - YEARS + 1, today.year + 1)}
    year = offered.get(typed, today.year)
    with request.database.read() as db:
        loaded = load(db, request.account, year)
    view = report(loaded, request.account, year)
    years = [(one, str(one)) for one in view.years]
    return Page(view, "exposure/page.html", form=Form.of({"annee": year}), extra={"years": years})


HANDLERS = [exposure_page]
