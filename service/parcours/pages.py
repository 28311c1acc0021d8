"""The parcours: note an interview, steps by hand, the current spell or a new one."""

from datetime import date
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session

from service.accounts.account import Account
from service.forms import Form
from service.page import AppRequest, Page, done
from service.parcours.actions import (
    find_step,
    move_note,
    note_contact,
    save_spell,
    save_step,
    step_organisations,
)
from service.parcours.contact_form import read_contact
from service.parcours.sensitive import warning_for
from service.parcours.spell_form import read_spell, typed_spell
from service.parcours.step_form import read_step, typed_step
from service.parcours.timeline import read_spells
from service.participants import choices
from service.participants.actions import last_end, open_spell
from service.participants.file_view import head_of, own_file
from service.participants.scope import find_person
from service.participants.versions import fingerprint, was_changed
from service.participants.views import Choice, SpellView, StepView
from service.review.steps import hold_lots_of, restate_steps
from service.tables import PersonRow, SpellRow, StepRow
from service.trace import journal_reading, record_act
from service.vocabulary import SpellState, StepState
from service.web import get, post

STEP = "participants/step.html"
SPELL = "participants/spell.html"


# --- contacts -----------------------------------------------------------------------------------------
@post("/participants/{person_id:str}/contacts", name="participants.contact.act")
def contact_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        person, spell = find_person(db, account, person_id, lock=True)
        values = read_contact(form, account.today)
        if form.faults:
            return Page(own_file(db, account, person, spell), "participants/file.html", form=form)
        note_contact(db, account, person, spell, values)
    return done(
        f"/participants/{person_id}#parcours", f"C’est noté. {warning_for(values.shared_note)}".strip()
    )


@post(
    "/participants/{person_id:str}/contacts/{contact_id:str}/note-de-travail",
    name="participants.contact.move.act",
)
def move_note_act(request: AppRequest, person_id: FromPath[str], contact_id: FromPath[str]) -> Redirect:
    with request.database.write() as db:
        person, _ = find_person(db, request.account, person_id, lock=True)
        move_note(db, request.account, person, contact_id)
    return done(f"/participants/{person_id}#parcours", "La note n’est plus partagée ; vous la gardez.")


# --- steps --------------------------------------------------------------------------------------------
@get("/participants/{person_id:str}/etapes/nouvelle", name="participants.step.new")
def new_step_page(request: AppRequest, person_id: FromPath[str]) -> Page[StepView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        view = _step_view(db, request.account, person, None)
    form = Form.of({"starts_on": request.account.today, "state": StepState.ONGOING.value})
    return Page(view, STEP, form=form)


@post("/participants/{person_id:str}/etapes/nouvelle", name="participants.step.new.act")
def new_step_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    return _save_step(request, person_id, "", form)


@get("/participants/{person_id:str}/etapes/{step_id:str}", name="participants.step.edit")
def edit_step_page(request: AppRequest, person_id: FromPath[str], step_id: FromPath[str]) -> Page[StepView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        read = person.id
        row = find_step(db, person, step_id)
        known = {key: public_id for key, public_id, _ in step_organisations(db, request.account)}
        form = typed_step(row, known.get(row.organisation_id or 0, ""))
        view = _step_view(db, request.account, person, row)
    journal_reading(request.database, request.account, read, "parcours")
    return Page(view, STEP, form=form)


@post("/participants/{person_id:str}/etapes/{step_id:str}", name="participants.step.edit.act")
def edit_step_act(
    request: AppRequest,
    person_id: FromPath[str],
    step_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[Any]:
    return _save_step(request, person_id, step_id, form)


def _save_step(request: AppRequest, person_id: str, step_id: str, form: Form) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        person, spell = find_person(db, account, person_id, lock=True)
        row = find_step(db, person, step_id) if step_id else None
        if row is not None and was_changed(form, row):
            return Page(_step_view(db, account, person, row), STEP, form=form, status_code=409)
        known = {public_id: key for key, public_id, _ in step_organisations(db, account)}
        values = read_step(form, account.today, known)
        if form.faults:
            return Page(_step_view(db, account, person, row), STEP, form=form)
        save_step(db, account, person, spell, row, values)
    sentence = "L’étape est enregistrée." if step_id else "L’étape est ajoutée au parcours."
    return done(f"/participants/{person_id}#parcours", sentence)


def _step_view(db: Session, account: Account, person: PersonRow, row: StepRow | None) -> StepView:
    return StepView(
        options=choices.STEP,
        head=head_of(person),
        version=fingerprint(row),
        step_id=row.public_id if row else "",
        organisations=tuple(
            Choice(public_id, name) for _, public_id, name in step_organisations(db, account)
        ),
    )


# --- the spell ----------------------------------------------------------------------------------------
@get("/participants/{person_id:str}/parcours", name="participants.spell")
def spell_page(request: AppRequest, person_id: FromPath[str]) -> Page[SpellView]:
    with request.database.read() as db:
        person, spell = find_person(db, request.account, person_id)
        read = person.id
        view = _spell_view(
            db, request.account, person, spell, request.query_params.get("entree") == "nouvelle"
        )
        form = _new_spell_form(request.account.today) if view.reopens else typed_spell(spell)
    journal_reading(request.database, request.account, read, "parcours")
    return Page(view, SPELL, form=form)


def _new_spell_form(on: date) -> Form:
    return Form.of({"state": SpellState.PRESCRIBED.value, "prescribed_on": on})


@post("/participants/{person_id:str}/parcours", name="participants.spell.act")
def spell_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        hold_lots_of(db, [find_person(db, account, person_id)[0].id])
        person, spell = find_person(db, account, person_id, lock=True)
        reopens = form.flag("reopens")
        view = _spell_view(db, account, person, spell, reopens)
        if was_changed(form, spell):
            return Page(view, SPELL, form=form, status_code=409)
        after = last_end(db, person.id, None if reopens else spell.id)
        values = read_spell(form, account.today, after=after)
        if form.faults:
            return Page(view, SPELL, form=form)
        if reopens:
            open_spell(db, account, person, values)
            sentence = "Un nouveau parcours est ouvert ; le précédent est gardé."
            record_act(
                db, account, "participants.spell", "participant", person.public_id, "Nouveau parcours ouvert"
            )
        else:
            save_spell(db, account, person, spell, values)
            sentence = "Le parcours est enregistré."
        restate_steps(db, account, [person.id])
    return done(f"/participants/{person_id}", sentence)


def _spell_view(
    db: Session, account: Account, person: PersonRow, spell: SpellRow, reopens: bool
) -> SpellView:
    return SpellView(
        options=choices.IDENTITY,
        head=head_of(person),
        version=fingerprint(spell),
        reopens=reopens and spell.exited_on is not None,
        spells=read_spells(db, account, person.id),
    )


HANDLERS = [
    contact_act,
    move_note_act,
    new_step_page,
    new_step_act,
    edit_step_page,
    edit_step_act,
    spell_page,
    spell_act,
]
