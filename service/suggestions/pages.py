"""Liaison: the candidates of an offer, one of them, and « pourquoi pas elle ? »."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.errors import NotFound
from service.forms import Form
from service.page import AppRequest, Page, done
from service.suggestions import candidates
from service.suggestions.liaison_views import CandidatePage, Candidates, WhyPage
from service.suggestions.people import followed
from service.trace import journal_reading
from service.web import get, post


def asked_number(request: AppRequest) -> int:
    """How many candidates to show, from the address: 20 by default, 100 at most."""
    typed = str(request.query_params.get("nombre", ""))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else candidates.STEP
    return max(candidates.STEP, min(number, candidates.MOST))


@get("/offres/{offer_id:str}/candidats", name="offers.candidates")
def candidates_page(request: AppRequest, offer_id: FromPath[str]) -> Page[Candidates]:
    compared = request.query_params.getall("comparer", [])
    with request.database.read() as db:
        view = candidates.list_candidates(
            db,
            request.account,
            offer_id,
            shown=asked_number(request),
            compared=compared[:20],
            levers="leviers" in request.query_params,
        )
    return Page(view, "suggestions/candidates.html")


@get("/offres/{offer_id:str}/candidats/{person_id:str}", name="offers.candidate")
def candidate_page(
    request: AppRequest, offer_id: FromPath[str], person_id: FromPath[str]
) -> Page[CandidatePage]:
    with request.database.read() as db:
        view = candidates.read_candidate(db, request.account, offer_id, person_id)
        key = followed(db, request.account, person_id)
    if view is None or key is None:
        raise NotFound
    journal_reading(request.database, request.account, key, "candidature")
    return Page(view, "suggestions/candidate.html")


@get("/offres/{offer_id:str}/pourquoi", name="offers.why")
def why_page(request: AppRequest, offer_id: FromPath[str]) -> Page[WhyPage]:
    person_id = str(request.query_params.get("personne", "")).strip()[:20]
    with request.database.read() as db:
        view = candidates.why(db, request.account, offer_id, person_id)
        key = followed(db, request.account, person_id) if view.candidate else None
    if key is not None:
        journal_reading(request.database, request.account, key, "candidature")
    return Page(view, "suggestions/why.html", form=Form.of({"who": person_id}))


@post("/offres/{offer_id:str}/pourquoi", name="offers.why.find.act")
def find_person(request: AppRequest, offer_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    """A name is sent in a form, never in an address; the answer is an address with a public id."""
    typed = form.text("who", "Identifiant ou nom", required=True)
    with request.database.read() as db:
        if form.faults:
            return Page(candidates.why(db, request.account, offer_id, ""), "suggestions/why.html", form=form)
        if followed(db, request.account, typed.lower()) is not None:
            return done(f"/offres/{offer_id}/pourquoi?personne={typed.lower()}")
        view = candidates.why_by_name(db, request.account, offer_id, typed)
    if len(view.found) == 1:
        return done(f"/offres/{offer_id}/pourquoi?personne={view.found[0].id}")
    return Page(view, "suggestions/why.html", form=form)


HANDLERS = [candidates_page, candidate_page, why_page, find_person]
