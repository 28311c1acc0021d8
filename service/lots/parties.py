"""The tree of a lot's companies: entry, end, replacement of the titulaire."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from clauses import EmployerKind, PartyRole, TransferMode
from service.accounts.account import Account
from service.errors import Conflict, Invalid, NotFound
from service.forms import Form
from service.ledger.load import load_lot
from service.ledger.read_lots import KEY_UNIT
from service.lots.ledger import append, next_instant
from service.lots.scope import find_lot
from service.organisations.chosen import NewOrganisation, chosen_or_new, read_new_organisation
from service.tables import LotRow, OrganisationRow, PartyRow
from service.tables.columns import new_public_id
from service.trace import record_act
from service.vocabulary import OrganisationKind

REPLACE = (
    "{name} est déjà titulaire à cette date : dites ci-dessous comment l’obligation passe au nouveau "
    "titulaire, ou choisissez un autre rôle."
)

FOLLOWED = (
    "Des sous-traitants sont rattachés au nouveau titulaire : changez d’abord leur rattachement, puis "
    "annulez le remplacement."
)


class PartyTyped(msgspec.Struct, frozen=True, kw_only=True):
    company: NewOrganisation
    role: PartyRole
    parent_id: str
    starts_on: date
    ends_on: date | None
    key_share: Decimal | None
    acte_special: str
    transfer: TransferMode | None


def read_party(form: Form) -> PartyTyped | None:
    """The form's values, or None when it has faults."""
    company = read_new_organisation(form, "company", "Entreprise", required=True)
    kind = form.choice("company_kind", "Type d’employeur", EmployerKind, required=False)
    role = form.choice("role", "Rôle", PartyRole)
    parent = form.text("parent", "Sous-traitant de", longest=12)
    starts_on = form.day("starts_on", "À partir du", required=True)
    ends_on = form.day("ends_on", "Jusqu’au")
    key = form.decimal("key_share", "Clé de répartition", places=4, high=Decimal(100))
    acte = form.text("acte_special", "Acte spécial", longest=60)
    transfer = form.choice("transfer", "Obligation", TransferMode, required=False)
    if role is PartyRole.SOUS_TRAITANT and not parent:
        form.fault("parent", "Sous-traitant de : choisissez l’entreprise qui sous-traite.")
    if starts_on and ends_on and ends_on < starts_on:
        form.fault("ends_on", "Jusqu’au : cette date tombe avant le début.")
    if form.faults or role is None or starts_on is None:
        return None
    return PartyTyped(
        company=msgspec.structs.replace(company, kind=kind or EmployerKind.ENTREPRISE),
        role=role,
        parent_id=parent if role is PartyRole.SOUS_TRAITANT else "",
        starts_on=starts_on,
        ends_on=ends_on,
        key_share=None if role is PartyRole.SOUS_TRAITANT else key,
        acte_special=acte if role is PartyRole.SOUS_TRAITANT else "",
        transfer=transfer if role is PartyRole.MANDATAIRE else None,
    )


def add_party(db: Session, account: Account, lot_id: str, typed: PartyTyped) -> str:
    """The name of the company that joins. Raises Invalid when a titulaire is there and not replaced."""
    lot = find_lot(db, account, lot_id, lock=True)
    company = chosen_or_new(db, account, typed.company, OrganisationKind.FIRM)
    if typed.role is PartyRole.MANDATAIRE:
        _make_room(db, account, lot, company, typed)
    parent = find_party(db, lot, typed.parent_id) if typed.parent_id else None
    row = PartyRow(
        territory_id=lot.territory_id,
        lot_id=lot.id,
        company_id=company.id,
        role=typed.role,
        tier=parent.tier + 1 if parent else 0,
        parent_id=parent.id if parent else None,
        starts_on=typed.starts_on,
        ends_on=typed.ends_on,
        key_share=None if typed.key_share is None else int(typed.key_share * KEY_UNIT),
        acte_special=typed.acte_special or None,
    )
    db.add(row)
    sentence = f"Lot {lot.number} : {company.name}, {typed.role.label.lower()}"
    record_act(db, account, "lots.party", "lot", lot_id, sentence)
    return company.name


def _make_room(
    db: Session, account: Account, lot: LotRow, company: OrganisationRow, typed: PartyTyped
) -> None:
    """One titulaire at a time: the former leaves on the eve, and the ledger says how the debt passes."""
    file = load_lot(db, lot.id)
    head = clauses.mandataire_at(file.parties, typed.starts_on)
    if head is None:
        return
    if typed.transfer is None:
        raise Invalid({"transfer": REPLACE.format(name=file.companies[head.company_id].name)})
    if head.starts_on >= typed.starts_on:
        raise Invalid({"starts_on": "À partir du : l’ancien titulaire doit avoir commencé avant."})
    eve = typed.starts_on - timedelta(days=1)
    find_party(db, lot, head.id).ends_on = eve
    append(
        db,
        account,
        lot,
        clauses.Replacement(
            id=new_public_id(),
            on=eve,
            known_at=next_instant(db, account, lot),
            leaving_company_id=head.company_id,
            joining_company_id=company.public_id,
            mode=typed.transfer,
        ),
    )


def undo_replacement(db: Session, lot: LotRow, event: clauses.Replacement) -> None:
    """Put the tree back as it was before a replacement that is taken back. Raises Conflict when companies
    already depend on the one who joined."""
    before = load_lot(db, lot.id).parties
    after = {party.id: party for party in clauses.restored(before, event)}
    for party in before:
        if party == after.get(party.id):
            continue
        row = find_party(db, lot, party.id)
        if party.id in after:
            row.ends_on = after[party.id].ends_on
        elif any(p.parent_id == party.id for p in before):
            raise Conflict(FOLLOWED)
        else:
            db.delete(row)


def end_party(db: Session, account: Account, lot_id: str, party_id: str, on: date) -> str:
    """The name of the company that leaves. Raises Conflict when the date precedes its start."""
    lot = find_lot(db, account, lot_id, lock=True)
    row = find_party(db, lot, party_id)
    if on < row.starts_on:
        raise Conflict("Cette date tombe avant l’arrivée de l’entreprise sur le lot.")
    row.ends_on = on
    name = db.get_one(OrganisationRow, row.company_id).name
    record_act(
        db, account, "lots.party.end", "lot", lot_id, f"Lot {lot.number} : {name} jusqu’au {on:%d/%m/%Y}"
    )
    return name


def find_party(db: Session, lot: LotRow, public_id: str) -> PartyRow:
    """The row, locked. Raises NotFound."""
    row = db.scalar(
        sa.select(PartyRow)
        .where(col(PartyRow.public_id) == public_id, col(PartyRow.lot_id) == lot.id)
        .with_for_update()
    )
    if row is None:
        raise NotFound
    return row
