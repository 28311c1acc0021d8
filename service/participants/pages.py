"""« Mes participants », a participant's file, who read it, and the agreement to share the name."""

from typing import Any

import sqlalchemy as sa
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.duplicates.gone import TOLD, kept_instead
from service.errors import NotFound
from service.formats import instant
from service.forms import Form
from service.listing import Listing, fetch
from service.names_in_lists import filter_act
from service.page import AppRequest, Page, done
from service.participants.actions import share_name
from service.participants.file_view import head_of, own_file, shared_file
from service.participants.list_view import FILTERS, list_view, read_listing
from service.participants.scope import find_person
from service.participants.views import ListView, ReadingLine, ReadingsView
from service.tables import OrganisationRow, PersonRow, ReadJournalRow, UserRow
from service.trace import journal_reading
from service.vocabulary import Role
from service.web import get, post

SCREENS = {
    "fiche": "Fiche",
    "identite": "Identité",
    "contraintes": "Situation et contraintes",
    "projet": "Projet",
    "parcours": "Parcours",
    "eligibilite": "Éligibilité",
    "suggestions": "Suggestions",
    "export": "Export d’une liste",
    "doublons": "Comparaison de deux fiches",
}


@get("/participants", name="participants.list")
def list_page(request: AppRequest) -> Page[ListView]:
    listing = read_listing(request)
    with request.database.read() as db:
        view = list_view(db, request.account, listing)
    return Page(view, "participants/list.html")


@get("/participants/{person_id:str}", name="participants.file")
def file_page(request: AppRequest, person_id: FromPath[str]) -> Page[Any] | Redirect:
    with request.database.read() as db:
        try:
            person, spell = find_person(db, request.account, person_id)
        except NotFound:
            kept = kept_instead(db, request.account, person_id)
            if not kept:
                raise
            find_person(db, request.account, kept)
            return done(f"/participants/{kept}", TOLD)
        read = person.id
        if request.account.role is Role.REFERENT:
            view: Any = own_file(db, request.account, person, spell)
            template = "participants/file.html"
        else:
            view = shared_file(db, request.account, person, spell)
            template = "participants/file_shared.html"
    journal_reading(request.database, request.account, read, "fiche")
    form = Form.of({"on": request.account.today, "kind": "entretien"})
    return Page(view, template, form=form)


@get("/participants/{person_id:str}/lectures", name="participants.readings")
def readings_page(request: AppRequest, person_id: FromPath[str]) -> Page[ReadingsView]:
    listing = Listing.read(request, sorts=("date",), default="-date")
    with request.database.read() as db:
        person, _ = find_person(db, request.account, person_id)
        total, rows = _readings(db, request.account, person, listing)
        view = ReadingsView(head=head_of(person), listing=listing.with_total(total), rows=rows)
    return Page(view, "participants/readings.html")


def _readings(
    db: Session, account: Account, person: PersonRow, listing: Listing
) -> tuple[int, tuple[ReadingLine, ...]]:
    query: Any = (
        sa.select(
            col(ReadJournalRow.at),
            col(UserRow.name),
            col(UserRow.role),
            col(OrganisationRow.name).label("organisation"),
            col(ReadJournalRow.screen),
        )
        .join(UserRow, col(UserRow.id) == col(ReadJournalRow.user_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(UserRow.organisation_id))
        .where(
            col(ReadJournalRow.person_id) == person.id,
            col(ReadJournalRow.territory_id) == account.territory_id,
        )
    )
    tie = col(ReadJournalRow.id).desc()
    total, rows = fetch(db, query, listing, columns={"date": col(ReadJournalRow.at)}, tie=tie)
    return total, tuple(
        ReadingLine(
            at=instant(row.at, account.time_zone),
            reader=row.name,
            role=row.role.label,
            organisation=row.organisation,
            screen=SCREENS.get(row.screen, row.screen),
        )
        for row in rows
    )


@post("/participants/{person_id:str}/nom", name="participants.share_name.act")
def share_name_act(request: AppRequest, person_id: FromPath[str], form: NamedDependency[Form]) -> Redirect:
    with request.database.write() as db:
        person, spell = find_person(db, request.account, person_id, lock=True)
        sentence = share_name(db, request.account, person, spell, form.flag("shared"))
    return done(f"/participants/{person_id}", sentence)


HANDLERS = [
    list_page,
    file_page,
    readings_page,
    share_name_act,
    filter_act("/participants", name="participants.filter.act", filters=FILTERS),
]
