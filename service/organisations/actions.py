"""Writing organisations: one row a SIRET in each territory."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind
from service.accounts.account import Account
from service.errors import Conflict
from service.forms import Form
from service.organisations.scope import find_organisation
from service.tables import OrganisationRow, TerritoryCommuneRow
from service.trace import record_act
from service.vocabulary import OrganisationKind

SIRET_TAKEN = "Une organisation de ce territoire a déjà ce SIRET : modifiez-la plutôt."


class OrganisationTyped(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as typed, once its faults are mended."""

    name: str
    kind: OrganisationKind
    employer_kind: EmployerKind
    siret: str | None
    naf: str | None
    street: str
    insee: str | None
    contact_name: str
    phone: str
    email: str


def read_organisation(form: Form) -> OrganisationTyped | None:
    """The form's values but the commune, which the reference tables resolve; None when it has faults."""
    name = form.text("name", "Nom", required=True, longest=160)
    kind = form.choice("kind", "Nature", OrganisationKind)
    employer_kind = form.choice("employer_kind", "Type d’employeur", EmployerKind)
    siret = form.siret("siret")
    naf = form.text("naf", "Code NAF", longest=6)
    street = form.text("street", "Adresse")
    contact = form.text("contact_name", "Contact", longest=120)
    phone = form.text("phone", "Téléphone", longest=30)
    email = form.email("email", "Adresse e-mail")
    if form.faults or kind is None or employer_kind is None:
        return None
    return OrganisationTyped(
        name=name,
        kind=kind,
        employer_kind=employer_kind,
        siret=siret,
        naf=naf or None,
        street=street,
        insee=None,
        contact_name=contact,
        phone=phone,
        email=email,
    )


def create_organisation(db: Session, account: Account, typed: OrganisationTyped) -> str:
    """Its public id. Raises Conflict when the SIRET is taken."""
    row = OrganisationRow(territory_id=account.territory_id, **msgspec.structs.asdict(typed))
    db.add(row)
    flush_organisation(db)
    record_act(
        db, account, "organisations.new", "organisation", row.public_id, f"Organisation créée : {row.name}"
    )
    return row.public_id


def change_organisation(db: Session, account: Account, public_id: str, typed: OrganisationTyped) -> None:
    row = find_organisation(db, account, public_id, lock=True)
    for name, value in msgspec.structs.asdict(typed).items():
        setattr(row, name, value)
    flush_organisation(db)
    record_act(
        db, account, "organisations.edit", "organisation", public_id, f"Organisation modifiée : {row.name}"
    )


def communes_here(db: Session, account: Account) -> list[str]:
    """INSEE codes of the territory."""
    query = sa.select(col(TerritoryCommuneRow.insee)).where(
        col(TerritoryCommuneRow.territory_id) == account.territory_id
    )
    return list(db.scalars(query))


def flush_organisation(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as fault:
        raise Conflict(SIRET_TAKEN) from fault
