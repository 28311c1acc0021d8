"""Référent: the offers suggested to one of her participants; keep one, or no longer suggest it."""

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.errors import Invalid
from service.forms import Form
from service.page import AppRequest, Page, done
from service.proposals.actions import agree
from service.proposals.propose import proposal_of, propose
from service.suggestions.for_person import MOST, STEP, list_suggestions, read_suggestion
from service.suggestions.referent_views import OneSuggestion, PersonSuggestions
from service.suggestions.set_aside import AsideReason, set_aside, take_back
from service.trace import journal_reading
from service.vocabulary import SharedFact
from service.web import get, post

BASE = "/participants/{person_id:str}/suggestions"


@get(BASE, name="participants.suggestions")
def suggestions_page(request: AppRequest, person_id: FromPath[str]) -> Page[PersonSuggestions]:
    typed = str(request.query_params.get("nombre", ""))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else STEP
    with request.database.read() as db:
        view, key = list_suggestions(
            db,
            request.account,
            person_id,
            shown=max(STEP, min(number, MOST)),
            levers="leviers" in request.query_params,
        )
    journal_reading(request.database, request.account, key, "suggestions")
    return Page(view, "suggestions/for_person.html")


@get(BASE + "/{offer_id:str}", name="participants.suggestion")
def suggestion_page(
    request: AppRequest, person_id: FromPath[str], offer_id: FromPath[str]
) -> Page[OneSuggestion]:
    with request.database.read() as db:
        view, key = read_suggestion(db, request.account, person_id, offer_id)
    journal_reading(request.database, request.account, key, "suggestion")
    return Page(view, "suggestions/one_for_person.html", form=Form())


@post(BASE + "/{offer_id:str}/ecarter", name="participants.set_aside.act")
def put_aside(
    request: AppRequest, person_id: FromPath[str], offer_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    reason = form.choice("reason", "Motif", AsideReason)
    if form.faults or reason is None:
        raise Invalid(form.faults)
    with request.database.write() as db:
        set_aside(db, request.account, person_id, offer_id, reason)
    return done(
        f"/participants/{person_id}/suggestions",
        "Cette offre ne lui sera plus proposée. Vous pouvez revenir sur ce choix en bas de page.",
    )


@post(BASE + "/{offer_id:str}/reprendre", name="participants.set_aside.undo.act")
def undo(request: AppRequest, person_id: FromPath[str], offer_id: FromPath[str]) -> Redirect:
    with request.database.write() as db:
        take_back(db, request.account, person_id, offer_id)
    return done(f"/participants/{person_id}/suggestions", "Cette offre peut de nouveau lui être proposée.")


@post(BASE + "/{offer_id:str}/garder", name="participants.keep.act")
def keep(
    request: AppRequest, person_id: FromPath[str], offer_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    """The référent's wish makes a proposal; with the person's agreement, it may be presented at once."""
    shared = form.choices("shared", "Ce que la personne laisse dire", SharedFact)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        made = propose(db, request.account, offer_id, [person_id])
        proposal = proposal_of(db, request.account, offer_id, person_id)
        if made.made and form.flag("agreed"):
            agree(db, request.account, made.made[0], shared)
    if not made.made:
        return done(
            f"/propositions/{proposal}", "Cette offre lui était déjà proposée : voici où elle en est."
        )
    return done(
        f"/propositions/{proposal}",
        "Suggestion gardée : la liaison peut la présenter."
        if form.flag("agreed")
        else "Suggestion gardée. Donnez votre accord quand vous en aurez parlé avec la personne.",
    )


HANDLERS = [suggestions_page, suggestion_page, put_aside, undo, keep]
