"""Proposals: to propose, the list, one proposal, the answers; for the liaison and the référent."""

import re
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.errors import Conflict, Invalid
from service.formats import plural
from service.forms import Form
from service.page import AppRequest, Page, done
from service.proposals import actions
from service.proposals.files import read_for_liaison, read_for_referent
from service.proposals.lists import list_proposals, read_proposals_listing
from service.proposals.propose import Proposed, propose
from service.proposals.states import Motive
from service.proposals.views import LiaisonFile, ProposalList, ReferentFile
from service.trace import journal_reading
from service.vocabulary import ProposalState, Role, SharedFact, StepKind
from service.web import get, post


@get("/propositions", name="proposals.list")
def list_page(request: AppRequest) -> Page[ProposalList]:
    with request.database.read() as db:
        view = list_proposals(db, request.account, read_proposals_listing(request))
    states = [(state.value, state.label) for state in ProposalState]
    form = Form.of(view.listing.filters)
    return Page(view, "proposals/list.html", form=form, extra={"states": states})


@post("/propositions", name="proposals.new.act")
def new(request: AppRequest, form: NamedDependency[Form]) -> Redirect:
    offer_id, people = form.raw("offre"), form.raw_list("personne")
    back = f"/offres/{offer_id}/candidats" if re.fullmatch("[0-9a-z]{1,12}", offer_id) else "/propositions"
    if not people:
        return done(back, "Cochez d’abord au moins une personne à proposer.")
    with request.database.write() as db:
        made = propose(db, request.account, offer_id, people)
    return done(back, told(made))


def told(made: Proposed) -> str:
    """What became of a batch, in a sentence or three."""
    words = []
    if made.made:
        count = plural(len(made.made), "personne est proposée", "personnes sont proposées")
        words.append(f"{count} à son référent." if len(made.made) == 1 else f"{count} à leur référent.")
    if made.already:
        count = plural(made.already, "personne l’était déjà", "personnes l’étaient déjà")
        words.append(f"{count} : sa proposition est dans la liste, avec son histoire.")
    if made.set_aside:
        count = plural(made.set_aside, "personne n’est pas proposée", "personnes ne sont pas proposées")
        words.append(f"{count} : son référent a écarté cette offre.")
    return " ".join(words)


@get("/propositions/{proposal_id:str}", name="proposals.file")
def file_page(request: AppRequest, proposal_id: FromPath[str]) -> Page[LiaisonFile] | Page[ReferentFile]:
    account = request.account
    if account.role is Role.LIAISON:
        with request.database.read() as db:
            view, key = read_for_liaison(db, account, proposal_id, request.settings.base_url)
        journal_reading(request.database, account, key, "proposition")
        return Page(view, "proposals/liaison_file.html", form=Form())
    with request.database.read() as db:
        file, key = read_for_referent(db, account, proposal_id)
    journal_reading(request.database, account, key, "proposition")
    form = Form.of({"kind": file.step_kind, "starts_on": file.step_starts_on, "ends_on": file.step_ends_on})
    return Page(file, "proposals/referent_file.html", form=form)


@post("/propositions/{proposal_id:str}/accord", name="proposals.agree.act")
def agree(request: AppRequest, proposal_id: FromPath[str], form: NamedDependency[Form]) -> Redirect:
    shared = form.choices("shared", "Ce que la personne laisse dire", SharedFact)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        actions.agree(db, request.account, proposal_id, shared)
    return done(f"/propositions/{proposal_id}", "Accord noté : la liaison peut présenter la candidature.")


@post("/propositions/{proposal_id:str}/reponse", name="proposals.answer.act")
def answer(request: AppRequest, proposal_id: FromPath[str], form: NamedDependency[Form]) -> Redirect:
    seen = form.choice("vu", "État affiché", ProposalState)
    target = form.choice("etat", "Réponse", ProposalState)
    motive = form.choice("motif", "Motif", Motive, required=False)
    if form.faults or seen is None or target is None:
        raise Invalid(form.faults)
    with request.database.write() as db:
        actions.answer(db, request.account, proposal_id, seen, target, motive)
    return done(f"/propositions/{proposal_id}", f"C’est noté : {target.label.lower()}.")


@post("/propositions/{proposal_id:str}/etape", name="proposals.step.act")
def open_step(request: AppRequest, proposal_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    kind = form.one_of("kind", "Durée de l’emploi", (StepKind.JOB.value, StepKind.SHORT_JOB.value))
    starts_on = form.day("starts_on", "Début", required=True)
    ends_on = form.day("ends_on", "Fin prévue")
    if starts_on and ends_on and ends_on < starts_on:
        form.fault("ends_on", "Fin prévue : elle tombe avant le début.")
    if form.faults or kind is None or starts_on is None:
        with request.database.read() as db:
            view, _ = read_for_referent(db, request.account, proposal_id)
        if not view.may_open_step:
            raise Conflict("L’étape de cette embauche ne peut pas être ouverte.")
        return Page(view, "proposals/referent_file.html", form=form)
    with request.database.write() as db:
        person_id = actions.open_step(db, request.account, proposal_id, StepKind(kind), starts_on, ends_on)
    return done(f"/participants/{person_id}", "L’étape d’emploi est ouverte dans le parcours.")


HANDLERS = [list_page, new, file_page, agree, answer, open_step]
