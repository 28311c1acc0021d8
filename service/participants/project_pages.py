"""The projects of a participant: what she looks for, several at once if she likes."""

from typing import Any

import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session
from sqlmodel import col

from service.errors import Invalid, NotFound
from service.forms import Form
from service.page import AppRequest, Page, done
from service.participants import choices
from service.participants.actions import confirm_wanted, save_project
from service.participants.file_view import head_of
from service.participants.project_form import (
    ProjectValues,
    read_project,
    readings_of,
    typed_project,
    wanted_shown,
)
from service.participants.scope import find_person
from service.participants.versions import fingerprint, was_changed
from service.participants.views import ProjectView
from service.tables import PersonRow, ProjectRow
from service.trace import journal_reading
from service.web import get, post

TEMPLATE = "participants/project.html"


@get("/participants/{person_id:str}/projets/nouveau", name="participants.project.new")
def new_page(request: AppRequest, person_id: FromPath[str]) -> Page[ProjectView]:
    form = Form()
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        view = _view(person, None, form)
    return Page(view, TEMPLATE, form=form)


@post("/participants/{person_id:str}/projets/nouveau", name="participants.project.new.act")
def new_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    with request.database.write() as db:
        person, _ = find_person(db, request.account, person_id, lock=True)
        values = read_project(form)
        if form.faults:
            return Page(_view(person, None, form), TEMPLATE, form=form)
        save_project(db, request.account, person, None, values)
    return done(f"/participants/{person_id}", f"Le projet est ajouté.{_left(values)}")


@get("/participants/{person_id:str}/projets/{project_id:str}", name="participants.project.edit")
def edit_page(request: AppRequest, person_id: FromPath[str], project_id: FromPath[str]) -> Page[ProjectView]:
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        read = person.id
        row = _find(db, person, project_id)
        form = typed_project(row)
        view = _view(person, row, form)
    journal_reading(request.database, request.account, read, "projet")
    return Page(view, TEMPLATE, form=form)


@post("/participants/{person_id:str}/projets/{project_id:str}", name="participants.project.edit.act")
def edit_act(
    request: AppRequest,
    person_id: FromPath[str],
    project_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[Any]:
    with request.database.write() as db:
        person, _ = find_person(db, request.account, person_id, lock=True)
        row = _find(db, person, project_id)
        if was_changed(form, row):
            return Page(_view(person, row, form), TEMPLATE, form=form, status_code=409)
        values = read_project(form, readings_of(row))
        if form.faults:
            return Page(_view(person, row, form), TEMPLATE, form=form)
        save_project(db, request.account, person, row, values)
    return done(f"/participants/{person_id}", f"Le projet est enregistré.{_left(values)}")


@post(
    "/participants/{person_id:str}/projets/{project_id:str}/metier",
    name="participants.project.occupation.act",
)
def confirm_act(
    request: AppRequest,
    person_id: FromPath[str],
    project_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[Any]:
    text = form.text("text", "Métier", required=True)
    code = form.text("code", "Métier", required=True, longest=5)
    if form.faults:
        raise Invalid(form.faults)
    with request.database.write() as db:
        person, _ = find_person(db, request.account, person_id, lock=True)
        label = confirm_wanted(db, request.account, person, _find(db, person, project_id), text, code)
    return done(f"/participants/{person_id}", f"Métier confirmé : {label}.")


def _left(values: ProjectValues) -> str:
    """What the saved project still asks of the référent."""
    asked = any(not one.certain for one in values.readings)
    return " Un métier reste à confirmer, dans la fiche." if asked else ""


def _find(db: Session, person: PersonRow, project_id: str) -> ProjectRow:
    row = db.scalar(
        sa.select(ProjectRow).where(
            col(ProjectRow.public_id) == project_id,
            col(ProjectRow.person_id) == person.id,
            col(ProjectRow.territory_id) == person.territory_id,
        )
    )
    if row is None:
        raise NotFound
    return row


def _view(person: PersonRow, row: ProjectRow | None, form: Form) -> ProjectView:
    return ProjectView(
        options=choices.PROJECT,
        head=head_of(person),
        version=fingerprint(row),
        project_id=row.public_id if row else "",
        fields=wanted_shown(form),
    )


HANDLERS = [new_page, new_act, edit_page, edit_act, confirm_act]
