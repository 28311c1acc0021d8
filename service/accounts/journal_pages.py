"""/journal: who changed what, who read whose file; /territoire: the frame of the territory."""

from typing import Any

import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from sqlmodel import col

from service.accounts import territory
from service.accounts.views import ActLine, ActsView, ReadingLine, ReadingsView, TerritoryView
from service.forms import Form
from service.listing import fetch
from service.names_in_lists import filter_act, read_by_name
from service.page import AppRequest, Page, done
from service.tables.accounts import AuditRow, ReadJournalRow, UserRow
from service.tables.people import PersonRow
from service.web import get, post


@get("/journal", name="journal.acts")
def acts(request: AppRequest) -> Page[ActsView]:
    """The acts of the territory, latest first."""
    listing = read_by_name(request, sorts=("date",), default="-date", filters=("q",))
    query = (
        sa.select(
            col(AuditRow.at),
            col(UserRow.name),
            col(AuditRow.sentence),
            col(AuditRow.noun),
            col(AuditRow.noun_id),
        )
        .outerjoin(UserRow, col(UserRow.id) == col(AuditRow.user_id))
        .where(col(AuditRow.territory_id) == request.account.territory_id)
    )
    if text := listing.filter("q"):
        query = query.where(
            col(AuditRow.sentence).icontains(text, autoescape=True)
            | col(UserRow.name).icontains(text, autoescape=True)
            | (col(AuditRow.noun_id) == text)
        )
    with request.database.read() as db:
        total, rows = fetch(
            db, query, listing, columns={"date": col(AuditRow.at)}, tie=col(AuditRow.id).desc()
        )
    lines = tuple(
        ActLine(at=at, who=who or "Hors session", sentence=sentence, noun=noun, noun_id=noun_id)
        for at, who, sentence, noun, noun_id in rows
    )
    listing = listing.with_total(total, {"q": f"Texte : {listing.filter('q')}"})
    return Page(ActsView(listing=listing, lines=lines), "accounts/acts.html", form=Form.of(listing.typed))


@get("/journal/lectures", name="journal.readings")
def readings(request: AppRequest) -> Page[ReadingsView]:
    """Who opened which file; persons by public id only."""
    listing = read_by_name(request, sorts=("date",), default="-date", filters=("q",))
    query = (
        sa.select(
            col(ReadJournalRow.at),
            col(UserRow.name),
            col(UserRow.role),
            col(PersonRow.public_id),
            col(ReadJournalRow.screen),
        )
        .join(UserRow, col(UserRow.id) == col(ReadJournalRow.user_id))
        .join(PersonRow, col(PersonRow.id) == col(ReadJournalRow.person_id))
        .where(col(ReadJournalRow.territory_id) == request.account.territory_id)
    )
    if text := listing.filter("q"):
        query = query.where(
            col(UserRow.name).icontains(text, autoescape=True) | (col(PersonRow.public_id) == text)
        )
    with request.database.read() as db:
        total, rows = fetch(
            db, query, listing, columns={"date": col(ReadJournalRow.at)}, tie=col(ReadJournalRow.id).desc()
        )
    lines = tuple(
        ReadingLine(at=at, who=who, role=role.label, person=person, screen=screen)
        for at, who, role, person, screen in rows
    )
    listing = listing.with_total(total, {"q": f"Texte : {listing.filter('q')}"})
    return Page(
        ReadingsView(listing=listing, lines=lines), "accounts/readings.html", form=Form.of(listing.typed)
    )


@get("/territoire", name="territory.file")
def territory_page(request: AppRequest) -> Page[TerritoryView]:
    with request.database.read() as db:
        view = territory.read(db, request.account)
    return Page(
        view, "accounts/territory.html", form=Form.of(territory.as_form(view)), extra=territory.OPTIONS
    )


@post("/territoire", name="territory.edit.act")
def change_territory(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    wanted = territory.read_form(form)
    if form.faults:
        with request.database.read() as db:
            view = territory.read(db, request.account)
        return Page(view, "accounts/territory.html", form=form, extra=territory.OPTIONS)
    with request.database.write() as db:
        territory.change(db, request.account, wanted)
    return done("/territoire", "Territoire enregistré.")


HANDLERS = [
    acts,
    readings,
    territory_page,
    change_territory,
    filter_act("/journal", name="journal.acts.filter.act", filters=("q",)),
    filter_act("/journal/lectures", name="journal.readings.filter.act", filters=("q",)),
]
