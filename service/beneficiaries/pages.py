"""Beneficiaries: list, entry, file, and their eligibility under the grid of a lot."""

from typing import Any

import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Grid, Rules
from service.accounts.account import Account
from service.beneficiaries.actions import convert_to_cdi, create_beneficiary, read_identity
from service.beneficiaries.file import read_beneficiary
from service.beneficiaries.listing import (
    AT_WORK,
    ELIGIBILITIES,
    FILTERS,
    FOLLOWED,
    SORTS,
    list_beneficiaries,
)
from service.beneficiaries.scope import find_beneficiary
from service.beneficiaries.views import (
    AlikeView,
    BeneficiariesView,
    BeneficiaryView,
    EligibilityFormView,
    NewView,
    ProofChoice,
)
from service.duplicates.gone import TOLD, kept_instead
from service.errors import Invalid, NotFound
from service.forms import Form
from service.ledger.clock import territory_now
from service.ledger.grids import grid_of_lot, read_grids
from service.lots.scope import find_lot
from service.lots.scope import visible_to as visible_lots
from service.names_in_lists import filter_act, read_by_name
from service.page import AppRequest, Page, done
from service.participants.eligibility import keep_period, read_opening, revoke_period
from service.participants.identity_match import Alike, find_alike
from service.review.steps import hold_lots_of
from service.tables import LotRow, MarcheRow, PersonRow
from service.trace import journal_reading
from service.web import get, post

NOBODY = NewView(alike=())


@get("/beneficiaires", name="beneficiaries.list")
def list_page(request: AppRequest) -> Page[BeneficiariesView]:
    listing = read_by_name(request, sorts=SORTS, default="nom", filters=FILTERS)
    with request.database.read() as db:
        view = list_beneficiaries(db, request.account, listing)
    extra = {"followed": FOLLOWED, "eligibilities": ELIGIBILITIES, "at_work": AT_WORK}
    return Page(view, "beneficiaries/list.html", extra=extra)


@get("/beneficiaires/nouveau", name="beneficiaries.new")
def new_page(request: AppRequest) -> Page[NewView]:
    return Page(NOBODY, "beneficiaries/new.html", form=Form())


@post("/beneficiaires/nouveau", name="beneficiaries.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Page[NewView] | Redirect:
    """A known person is shown before a second record of her is made."""
    who = read_identity(form)
    if who is None:
        return Page(NOBODY, "beneficiaries/new.html", form=form)
    answer = form.raw("same_as")
    with request.database.write() as db:
        alike = find_alike(db, request.account.territory_id, who)
        if answer in {one.public_id for one in alike}:
            return done(f"/placements/nouveau?personne={answer}")
        if alike and answer != "nobody":
            view = NewView(alike=_alike(db, alike))
            return Page(view, "beneficiaries/new.html", form=form, status_code=422)
        public_id = create_beneficiary(db, request.account, who)
    return done(
        f"/beneficiaires/{public_id}", "La personne est enregistrée. Il reste à valider son éligibilité."
    )


@get("/beneficiaires/{person_id:str}", name="beneficiaries.file")
def file_page(request: AppRequest, person_id: FromPath[str]) -> Page[BeneficiaryView] | Redirect:
    with request.database.read() as db:
        try:
            person = find_beneficiary(db, request.account, person_id)
        except NotFound:
            kept = kept_instead(db, request.account, person_id)
            if not kept:
                raise
            find_beneficiary(db, request.account, kept)
            return done(f"/beneficiaires/{kept}", TOLD)
        row_id = person.id
        view = read_beneficiary(db, request.account, person, territory_now(request.account))
    journal_reading(request.database, request.account, row_id, "fiche des clauses")
    return Page(view, "beneficiaries/file.html", form=Form())


@get("/beneficiaires/{person_id:str}/eligibilite", name="beneficiaries.eligibility")
def eligibility_page(request: AppRequest, person_id: FromPath[str]) -> Page[EligibilityFormView]:
    form = Form.of({"asked_from": request.account.today, "lot": request.query_params.get("lot", "")})
    with request.database.read() as db:
        person = find_beneficiary(db, request.account, person_id)
        row_id = person.id
        page = _eligibility_page(db, request.account, person, form)
    journal_reading(request.database, request.account, row_id, "éligibilité")
    return page


@post("/beneficiaires/{person_id:str}/eligibilite", name="beneficiaries.eligibility.act")
def eligibility_act(
    request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]
) -> Page[EligibilityFormView] | Redirect:
    account = request.account
    with request.database.write() as db:
        person = find_beneficiary(db, account, person_id, lock=True)
        grid, rules = _policy(db, account, form)
        override = form.text("override", "Motif pour admettre un justificatif tardif", longest=300)
        period = read_opening(form, person_id, grid, rules.late_proof_grace_days, override)
        if period is None:
            return _eligibility_page(db, account, person, form)
        keep_period(db, account, person, period)
    until = f" au {period.ends_on:%d/%m/%Y}" if period.ends_on else ""
    moved = form.day("asked_from", "Début") != period.starts_on
    why = " Le justificatif est daté d’après : l’éligibilité commence plus tard que demandé." if moved else ""
    return done(
        f"/beneficiaires/{person_id}", f"Éligibilité validée du {period.starts_on:%d/%m/%Y}{until}.{why}"
    )


@post(
    "/beneficiaires/{person_id:str}/eligibilite/{period_id:str}/revoquer",
    name="beneficiaries.eligibility.revoke.act",
)
def revoke_act(
    request: AppRequest, person_id: FromPath[str], period_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    on = form.day("revoked_on", "Révoquée à partir du", required=True)
    reason = form.text("revoked_reason", "Motif", required=True, longest=300)
    if on is None or form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        person = find_beneficiary(db, request.account, person_id, lock=True)
        revoke_period(db, request.account, person, period_id, on, reason)
    return done(f"/beneficiaires/{person_id}", f"L’éligibilité est révoquée à partir du {on:%d/%m/%Y}.")


@post(
    "/beneficiaires/{person_id:str}/eligibilite/{period_id:str}/cdi",
    name="beneficiaries.eligibility.cdi.act",
)
def cdi_act(
    request: AppRequest, person_id: FromPath[str], period_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    on = form.day("cdi_hired_on", "Embauche en CDI", required=True)
    if on is None:
        raise Invalid(form.faults)
    with request.database.write() as db:
        hold_lots_of(db, [find_beneficiary(db, request.account, person_id).id])
        person = find_beneficiary(db, request.account, person_id, lock=True)
        changed = convert_to_cdi(db, request.account, person, period_id, on)
    told = f" {changed} placement passe en CDI ce jour-là." if changed == 1 else ""
    told = f" {changed} placements passent en CDI ce jour-là." if changed > 1 else told
    return done(f"/beneficiaires/{person_id}", f"Embauche en CDI au {on:%d/%m/%Y} enregistrée.{told}")


def _alike(db: Session, found: list[Alike]) -> tuple[AlikeView, ...]:
    """Names of those already known, the surest first."""
    why = {one.public_id: one.likeness.sentence for one in found}
    query = sa.select(
        col(PersonRow.public_id),
        col(PersonRow.first_name),
        col(PersonRow.last_name),
        col(PersonRow.birth_date),
    ).where(col(PersonRow.public_id).in_(list(why)))
    known = {row.public_id: row for row in db.execute(query)}
    return tuple(
        AlikeView(
            id=public_id,
            name=f"{known[public_id].last_name} {known[public_id].first_name}",
            birth_date=known[public_id].birth_date,
            why=sentence,
        )
        for public_id, sentence in why.items()
    )


def _policy(db: Session, account: Account, form: Form) -> tuple[Grid, Rules]:
    """The grid and the policy on late proofs: those of the lot chosen, else the default ones."""
    chosen = form.text("lot", "Lot", longest=12)
    if chosen and "lot" not in form.faults:
        lot = find_lot(db, account, chosen)
        return grid_of_lot(db, lot, account.today), lot.rules
    return read_grids(db, account.territory_id).in_force(account.today), Rules()


def _eligibility_page(
    db: Session, account: Account, person: PersonRow, form: Form
) -> Page[EligibilityFormView]:
    grid, rules = _policy(db, account, form)
    grace = rules.late_proof_grace_days
    view = EligibilityFormView(
        id=person.public_id,
        name=f"{person.last_name} {person.first_name}",
        grid=f"{grid.label}, version {grid.version}",
        months=grid.period_months,
        grace="au plus tôt le jour du justificatif"
        if grace is None
        else f"jusqu’à {grace} jours avant le justificatif",
        proofs=tuple(
            ProofChoice(criterion=c.label, label=p.label, valid_months=p.valid_months)
            for c in grid.criteria
            for p in c.proofs
        ),
    )
    extra: dict[str, Any] = {
        "criteria": [(c.code, f"{c.label} ({c.code})") for c in grid.criteria if not c.historic],
        "lots": lot_options(db, account),
        "proof_labels": sorted({p.label for c in grid.criteria for p in c.proofs}),
    }
    return Page(view, "beneficiaries/eligibility.html", form=form, extra=extra)


def lot_options(db: Session, account: Account) -> list[tuple[str, str]]:
    """The open lots, to choose from."""
    query = (
        sa.select(col(LotRow.public_id), col(MarcheRow.reference), col(LotRow.number), col(LotRow.title))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .where(visible_lots(account), col(LotRow.closed_on).is_(None))
        .order_by(col(MarcheRow.reference), col(LotRow.number))
    )
    return [
        (public_id, f"{reference}, lot {number} : {title}")
        for public_id, reference, number, title in db.execute(query)
    ]


HANDLERS = [
    list_page,
    new_page,
    create,
    file_page,
    eligibility_page,
    eligibility_act,
    revoke_act,
    cdi_act,
    filter_act("/beneficiaires", name="beneficiaries.filter.act", filters=FILTERS),
]
