"""The companies of a lot: who joins, who leaves."""

from datetime import date
from typing import Any

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from clauses import EmployerKind, Party, PartyRole, TransferMode
from service.errors import Invalid, NotFound
from service.forms import Form
from service.ledger.load import load_lot
from service.ledger.lot_file import LotFile
from service.lots.parties import add_party, end_party, read_party
from service.lots.party_corrections import correct_party, party_of, read_correction
from service.lots.scope import find_lot
from service.lots.views import LotNamed
from service.marches.pages import organisations_of
from service.page import AppRequest, Page, done
from service.vocabulary import OrganisationKind
from service.web import get, post


class PartyFormView(LotNamed, frozen=True, kw_only=True):
    """`since`: when hours may begin on the lot; `alone`: it has no company yet."""

    since: date
    alone: bool


@get("/lots/{lot_id:str}/entreprises/nouvelle", name="lots.party")
def party_page(request: AppRequest, lot_id: FromPath[str]) -> Page[PartyFormView]:
    return _party_page(request, lot_id, None)


@post("/lots/{lot_id:str}/entreprises/nouvelle", name="lots.party.act")
def party_act(
    request: AppRequest, lot_id: FromPath[str], form: NamedDependency[Form]
) -> Page[PartyFormView] | Redirect:
    typed = read_party(form)
    if typed is None:
        return _party_page(request, lot_id, form)
    try:
        with request.database.write() as db:
            name = add_party(db, request.account, lot_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        return _party_page(request, lot_id, form)
    return done(f"/lots/{lot_id}#entreprises", f"{name} est enregistrée sur le lot.")


@post("/lots/{lot_id:str}/entreprises/{party_id:str}/fin", name="lots.party.end.act")
def end_act(
    request: AppRequest, lot_id: FromPath[str], party_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    on = form.day("ends_on", "Dernier jour", required=True)
    if on is None:
        raise Invalid(form.faults)
    with request.database.write() as db:
        name = end_party(db, request.account, lot_id, party_id, on)
    return done(f"/lots/{lot_id}#entreprises", f"{name} reste sur le lot jusqu’au {on:%d/%m/%Y}.")


class CorrectionView(msgspec.Struct, frozen=True, kw_only=True):
    lot_id: str
    party_id: str
    number: str
    reference: str
    company: str
    role: str
    below: bool


@get("/lots/{lot_id:str}/entreprises/{party_id:str}/corriger", name="lots.party.correct")
def correct_page(request: AppRequest, lot_id: FromPath[str], party_id: FromPath[str]) -> Page[CorrectionView]:
    return _correct_page(request, lot_id, party_id, None)


@post("/lots/{lot_id:str}/entreprises/{party_id:str}/corriger", name="lots.party.correct.act")
def correct_act(
    request: AppRequest, lot_id: FromPath[str], party_id: FromPath[str], form: NamedDependency[Form]
) -> Page[CorrectionView] | Redirect:
    try:
        with request.database.write() as db:
            party = _known(load_lot(db, find_lot(db, request.account, lot_id).id), party_id)
            typed = read_correction(form, party)
            if typed is not None:
                name = correct_party(db, request.account, lot_id, party_id, typed)
    except Invalid as refusal:
        form.faults.update(refusal.faults)
    if form.faults:
        return _correct_page(request, lot_id, party_id, form)
    return done(
        f"/lots/{lot_id}#entreprises", f"{name} est corrigée ; l’ancienne valeur reste à l’historique."
    )


def _correct_page(request: AppRequest, lot_id: str, party_id: str, form: Form | None) -> Page[CorrectionView]:
    with request.database.read() as db:
        file = load_lot(db, find_lot(db, request.account, lot_id).id)
    party = _known(file, party_id)
    key = "" if party.key_share is None else f"{party.key_share.normalize():f}".replace(".", ",")
    view = CorrectionView(
        lot_id=lot_id,
        party_id=party_id,
        number=file.lot.number,
        reference=file.marche.reference,
        company=file.companies[party.company_id].name,
        role=party.role.label,
        below=party.role is PartyRole.SOUS_TRAITANT,
    )
    stored = {
        "starts_on": party.starts_on,
        "ends_on": party.ends_on,
        "key_share": key,
        "acte_special": party.acte_special,
        "from_on": max(party.starts_on, min(request.account.today, party.ends_on or request.account.today)),
    }
    return Page(view, "lots/party_correction.html", form=form or Form.of(stored))


def _known(file: LotFile, party_id: str) -> Party:
    party = party_of(file, party_id)
    if party is None:
        raise NotFound
    return party


def _party_page(request: AppRequest, lot_id: str, form: Form | None) -> Page[PartyFormView]:
    with request.database.read() as db:
        file = load_lot(db, find_lot(db, request.account, lot_id).id)
        firms = organisations_of(db, request.account, OrganisationKind.FIRM)
    if form is None:
        alone = not file.parties
        role = PartyRole.MANDATAIRE if alone else PartyRole.SOUS_TRAITANT
        form = Form.of({"role": role, "starts_on": file.lot.starts_on if alone else None})
    view = PartyFormView(
        since=file.lot.starts_on,
        alone=not file.parties,
        lot_id=lot_id,
        number=file.lot.number,
        title=file.lot.title,
        reference=file.marche.reference,
    )
    extra: dict[str, Any] = {
        "firms": firms,
        "kinds": [(k.value, k.label) for k in EmployerKind],
        "roles": [(r.value, r.label) for r in PartyRole],
        "parents": [
            (p.id, f"{file.companies[p.company_id].name}, {p.role.label.lower()}") for p in file.parties
        ],
        "transfers": [(m.value, m.label.capitalize()) for m in TransferMode],
    }
    return Page(view, "lots/party.html", form=form, extra=extra)


HANDLERS = [party_page, party_act, end_act, correct_page, correct_act]
