"""A newcomer typed by a firm: who she is, before any of her hours can be validated."""

from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.forms import Form
from service.page import AppRequest, Page, done
from service.participants.identity_match import Identity, find_alike
from service.placements.actions import confirm_placement
from service.placements.scope import find_placement
from service.tables import LotRow, MarcheRow, OrganisationRow, PersonRow, PlacementRow
from service.trace import journal_reading
from service.web import get, post


class KnownView(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    birth_date: date | None
    why: str


class ConfirmView(msgspec.Struct, frozen=True, kw_only=True):
    """A newcomer typed by a firm, and those already known who may be her."""

    id: str
    person: str
    birth_date: date | None
    employer: str
    lot_id: str
    lot: str
    reference: str
    starts_on: date
    alike: tuple[KnownView, ...]


@get("/placements/{placement_id:str}/confirmer", name="placements.confirm")
def confirm_page(request: AppRequest, placement_id: FromPath[str]) -> Page[ConfirmView]:
    with request.database.read() as db:
        row = find_placement(db, request.account, placement_id)
        row_id = row.person_id
        view = _confirm_view(db, request.account, row)
    journal_reading(request.database, request.account, row_id, "placement")
    return Page(view, "placements/confirm.html", form=Form())


@post("/placements/{placement_id:str}/confirmer", name="placements.confirm.act")
def confirm(request: AppRequest, placement_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    with request.database.read() as db:
        view = _confirm_view(db, request.account, find_placement(db, request.account, placement_id))
    known = {one.id for one in view.alike}
    answer = form.one_of("same_as", "Qui est-ce", ["nobody", *known]) if known else "nobody"
    if answer is None or form.faults:
        return Page(view, "placements/confirm.html", form=form)
    with request.database.write() as db:
        confirm_placement(db, request.account, placement_id, "" if answer == "nobody" else answer)
    return done(
        f"/lots/{view.lot_id}#personnes", "La personne est confirmée : ses heures peuvent être validées."
    )


def _confirm_view(db: Session, account: Account, row: PlacementRow) -> ConfirmView:
    person = db.get_one(PersonRow, row.person_id)
    lot = db.get_one(LotRow, row.lot_id)
    typed = Identity(
        first_name=person.first_name,
        last_name=person.last_name,
        birth_name=person.birth_name,
        birth_date=person.birth_date,
        phone=person.phone,
        email=person.email,
        france_travail_id=person.france_travail_id,
    )
    alike = {one.person_id: one for one in find_alike(db, account.territory_id, typed, but=person.id)}
    known = {p.id: p for p in db.scalars(sa.select(PersonRow).where(col(PersonRow.id).in_(list(alike))))}
    return ConfirmView(
        id=row.public_id,
        person=f"{person.last_name} {person.first_name}",
        birth_date=person.birth_date,
        employer=db.get_one(OrganisationRow, row.legal_employer_id).name,
        lot_id=lot.public_id,
        lot=f"Lot {lot.number} : {lot.title}",
        reference=db.get_one(MarcheRow, lot.marche_id).reference,
        starts_on=row.starts_on,
        alike=tuple(
            KnownView(
                id=one.public_id,
                name=f"{known[row_id].last_name} {known[row_id].first_name}",
                birth_date=known[row_id].birth_date,
                why=one.likeness.sentence,
            )
            for row_id, one in alike.items()
        ),
    )


HANDLERS = [confirm_page, confirm]
