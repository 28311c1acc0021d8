"""Entry by hand: a new participant (after a look at who is already known), identity, duplicate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import NotFound
from service.forms import Form
from service.page import AppRequest, Page, done
from service.parcours.spell_form import SpellValues, read_spell
from service.participants import choices
from service.participants.actions import (
    create_person,
    last_end,
    open_spell,
    territory_communes,
    update_identity,
)
from service.participants.duplicate import duplicate_profile, typed_copy
from service.participants.file_view import commune_name, full_name, head_of
from service.participants.identity_form import IdentityValues, read_identity, typed_identity
from service.participants.identity_match import Alike, find_alike
from service.participants.scope import current_spell, find_person
from service.participants.versions import fingerprint, was_changed
from service.participants.views import AlikeLine, IdentityView
from service.tables import OrganisationRow, PersonRow, SpellRow, UserRow
from service.trace import journal_reading, record_act
from service.vocabulary import SpellState
from service.web import get, post

NEW = "participants/new.html"
KNOWN = "Des personnes proches sont déjà connues sur le territoire : dites s’il s’agit de la même."


@get("/participants/nouveau", name="participants.new")
def new_page(request: AppRequest) -> Page[IdentityView]:
    form = Form.of({"state": SpellState.PRESCRIBED.value})
    return Page(_new_view(()), NEW, form=form)


@post("/participants/nouveau", name="participants.new.act")
def new_act(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        identity = read_identity(form, account.today, territory_communes(db, account))
        spell = read_spell(form, account.today)
        source = _source(db, account, form)
        if form.faults:
            return Page(_new_view((), source), NEW, form=form)
        alike = find_alike(db, account.territory_id, identity.identity)
        decision = form.raw("decision")
        if decision == "new" or not alike:
            person = create_person(db, account, identity, spell)
            if source is not None:
                duplicate_profile(db, account, source, person)
            return done(f"/participants/{person.public_id}", "La fiche est créée.")
        if decision:
            return _reopen(db, account, form, alike, decision, spell)
        form.fault("", KNOWN)
        view = _new_view(_alike_lines(db, account, alike), source)
    return Page(view, NEW, form=form)


def _reopen(
    db: Session, account: Account, form: Form, alike: list[Alike], decision: str, spell: SpellValues
) -> Response[Any]:
    """« C’est la même personne »: a new spell on the known person; her identity is left as it is."""
    same = next((one for one in alike if one.public_id == decision), None)
    if same is None:
        raise NotFound
    person = db.get_one(PersonRow, same.person_id)
    ended = last_end(db, person.id)
    read_spell(form, account.today, after=ended)
    if form.faults:
        return Page(_new_view(_alike_lines(db, account, alike)), NEW, form=form)
    open_spell(db, account, person, spell)
    record_act(db, account, "participants.new", "participant", person.public_id, "Nouveau parcours ouvert")
    sentence = (
        "Un nouveau parcours est ouvert ; l’histoire d’avant est gardée."
        if ended
        else "Le parcours est ouvert."
    )
    return done(f"/participants/{person.public_id}", sentence)


def _new_view(alike: tuple[AlikeLine, ...], source: PersonRow | None = None) -> IdentityView:
    return IdentityView(
        options=choices.IDENTITY,
        head=None,
        version="new",
        alike=alike,
        copied_from=source.public_id if source is not None else "",
    )


def _source(db: Session, account: Account, form: Form) -> PersonRow | None:
    """The participant whose constraints and projects are copied, when the form came from « Dupliquer »."""
    if not form.raw("copied_from"):
        return None
    return find_person(db, account, form.raw("copied_from"))[0]


def _alike_lines(db: Session, account: Account, alike: list[Alike]) -> tuple[AlikeLine, ...]:
    """The known people in words: who accompanies them, never what their file says. One query."""
    found: Sequence[Any] = db.execute(
        sa.select(
            col(PersonRow.id),
            col(PersonRow.first_name),
            col(PersonRow.last_name),
            col(PersonRow.birth_date),
            col(PersonRow.insee),
            col(SpellRow.id).label("spell"),
            col(SpellRow.exited_on),
            col(SpellRow.referent_id),
            col(UserRow.name).label("referent"),
            col(OrganisationRow.name).label("operator"),
        )
        .select_from(PersonRow)
        .outerjoin(SpellRow, current_spell())
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(SpellRow.operator_id))
        .where(
            col(PersonRow.id).in_([one.person_id for one in alike]),
            col(PersonRow.territory_id) == account.territory_id,
        )
    ).all()
    rows = {row.id: row for row in found}
    return tuple(_alike_line(account, one, rows[one.person_id]) for one in alike)


def _alike_line(account: Account, one: Alike, row: Any) -> AlikeLine:
    return AlikeLine(
        id=one.public_id,
        name=full_name(row.first_name, row.last_name),
        birth_date=row.birth_date,
        commune=commune_name(row.insee),
        why=one.likeness.sentence,
        standing=_standing(row.spell, row.exited_on, row.referent, row.operator),
        may_open=row.spell is None or row.exited_on is not None,
        mine=row.referent_id == account.id,
    )


def _standing(spell: int | None, exited_on: date | None, referent: str | None, operator: str | None) -> str:
    if spell is None:
        return "connue du territoire, sans parcours dans le PLIE"
    if exited_on is not None:
        return f"parcours terminé le {exited_on:%d/%m/%Y}"
    who = ", ".join(one for one in (referent, operator) if one)
    return f"accompagnée par {who}" if who else "parcours ouvert, sans référent"


@get("/participants/{person_id:str}/identite", name="participants.identity")
def identity_page(request: AppRequest, person_id: FromPath[str]) -> Page[IdentityView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        read = person.id
        view, form = _identity_view(person), typed_identity(person)
    journal_reading(request.database, request.account, read, "identite")
    return Page(view, "participants/identity.html", form=form)


def _identity_view(person: PersonRow, alike: tuple[AlikeLine, ...] = ()) -> IdentityView:
    return IdentityView(
        options=choices.IDENTITY,
        head=head_of(person),
        version=fingerprint(person),
        alike=alike,
        copied_from="",
    )


@post("/participants/{person_id:str}/identite", name="participants.identity.act")
def identity_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    account = request.account
    with request.database.write() as db:
        person, _ = find_person(db, account, person_id, lock=True)
        if was_changed(form, person):
            return Page(_identity_view(person), "participants/identity.html", form=form, status_code=409)
        values = read_identity(form, account.today, territory_communes(db, account))
        alike = _newly_alike(db, account, person, values, form)
        if form.faults or alike:
            if alike:
                form.fault("", KNOWN)
            return Page(_identity_view(person, alike), "participants/identity.html", form=form)
        update_identity(db, account, person, values)
    return done(f"/participants/{person_id}", "L’identité et les coordonnées sont enregistrées.")


def _newly_alike(
    db: Session, account: Account, person: PersonRow, values: IdentityValues, form: Form
) -> tuple[AlikeLine, ...]:
    """Who else bears the name that was just typed, unless she said that they are two people."""
    renamed = (values.name_key, values.birth_date) != (person.name_key, person.birth_date)
    if form.faults or not renamed or form.raw("decision") == "new":
        return ()
    found = find_alike(db, account.territory_id, values.identity, but=person.id)
    return _alike_lines(db, account, found) if found else ()


@get("/participants/{person_id:str}/dupliquer", name="participants.duplicate")
def duplicate_page(request: AppRequest, person_id: FromPath[str]) -> Page[IdentityView]:
    with request.database.read() as db:
        person, spell = find_person(db, request.account, person_id)
        form = typed_copy(spell, request.account.today)
        view = _new_view((), person)
    return Page(view, NEW, form=form)


HANDLERS = [new_page, new_act, identity_page, identity_act, duplicate_page]
