"""Periods of eligibility for clauses: seen, opened and revoked by the référent, under the default grid. The
facilitation opens those of its own people under the rules of a lot (`beneficiaries.pages`)."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.forms import Form
from service.ledger.grids import read_grids
from service.page import AppRequest, Page, done
from service.participants.eligibility import keep_period, read_opening, read_periods, revoke_period
from service.participants.file_view import head_of
from service.participants.scope import find_person
from service.participants.views import CriterionChoice, EligibilityView
from service.tables import PersonRow
from service.trace import journal_reading
from service.web import get, post

TEMPLATE = "participants/eligibility.html"


@get("/participants/{person_id:str}/eligibilite", name="participants.eligibility")
def eligibility_page(request: AppRequest, person_id: FromPath[str]) -> Page[EligibilityView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        read = person.id
        view = _view(db, request.account, person)
    journal_reading(request.database, request.account, read, "eligibilite")
    return Page(view, TEMPLATE, form=Form.of({"asked_from": request.account.today}))


@post("/participants/{person_id:str}/eligibilite", name="participants.eligibility.act")
def eligibility_act(
    request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]
) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        person, _ = find_person(db, account, person_id, lock=True)
        grid = read_grids(db, account.territory_id).in_force(account.today)
        period = read_opening(form, person_id, grid, None)
        if period is None:
            return Page(_view(db, account, person), TEMPLATE, form=form)
        keep_period(db, account, person, period)
        end = f" au {period.ends_on:%d/%m/%Y}" if period.ends_on else ""
    return done(
        f"/participants/{person_id}/eligibilite",
        f"La période d’éligibilité est ouverte, du {period.starts_on:%d/%m/%Y}{end}.",
    )


@post(
    "/participants/{person_id:str}/eligibilite/{period_id:str}/revocation",
    name="participants.eligibility.revoke.act",
)
def revoke_act(
    request: AppRequest,
    person_id: FromPath[str],
    period_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        person, _ = find_person(db, account, person_id, lock=True)
        on = form.day("revoked_on", "Révoquée à partir du", required=True)
        reason = form.text("revoked_reason", "Motif de la révocation", required=True, longest=300)
        if form.faults or on is None:
            return Page(_view(db, account, person), TEMPLATE, form=form)
        revoke_period(db, account, person, period_id, on, reason)
    return done(
        f"/participants/{person_id}/eligibilite", f"La période est révoquée à partir du {on:%d/%m/%Y}."
    )


def _view(db: Session, account: Account, person: PersonRow) -> EligibilityView:
    grid = read_grids(db, account.territory_id).in_force(account.today)
    return EligibilityView(
        head=head_of(person),
        today=account.today,
        periods=read_periods(db, person),
        choices=tuple(
            CriterionChoice(
                value=one.code,
                label=one.label,
                proofs=tuple(proof.label for proof in one.proofs),
                needs_opinion=one.needs_opinion,
            )
            for one in grid.criteria
            if not one.historic
        ),
        months=grid.period_months,
    )


HANDLERS = [eligibility_page, eligibility_act, revoke_act]
