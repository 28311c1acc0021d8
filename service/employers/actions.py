"""Acts on employers: one register with the organisations, one row a SIRET."""

import hashlib

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind
from service.accounts.account import Account
from service.employers.scope import find_employer
from service.errors import Conflict, Invalid
from service.forms import Form
from service.tables import OrganisationRow
from service.trace import record_act
from service.vocabulary import OrganisationKind

CHANGED_MEANWHILE = (
    "Cette fiche a été modifiée par quelqu’un d’autre pendant que vous la remplissiez. Rien de ce que vous "
    "avez saisi n’est perdu : enregistrez de nouveau si votre version doit la remplacer."
)


class EmployerTyped(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that a person fills."""

    name: str
    siret: str | None
    employer_kind: EmployerKind
    naf: str | None
    street: str
    insee: str | None
    contact_name: str
    phone: str
    email: str


class EmployerChanged(Conflict):
    """Somebody saved the firm first; `version` is the one to save over."""

    def __init__(self, version: str) -> None:
        super().__init__(CHANGED_MEANWHILE)
        self.version = version


def read_employer(form: Form, insee: str | None) -> EmployerTyped | None:
    """The values typed; None when there are faults. The commune is read before, by `read_commune`."""
    typed = EmployerTyped(
        name=form.text("name", "Nom", required=True, longest=160),
        siret=form.siret("siret"),
        employer_kind=form.choice("employer_kind", "Nature", EmployerKind) or EmployerKind.ENTREPRISE,
        naf=form.text("naf", "Code NAF", longest=6) or None,
        street=form.text("street", "Adresse"),
        insee=insee,
        contact_name=form.text("contact_name", "Contact", longest=120),
        phone=form.text("phone", "Téléphone", longest=30),
        email=form.email("email", "Adresse e-mail"),
    )
    return None if form.faults else typed


def create_employer(db: Session, account: Account, typed: EmployerTyped) -> str:
    """The new firm's public id. Raises Invalid when the SIRET is in the register already."""
    row = OrganisationRow(
        territory_id=account.territory_id, kind=OrganisationKind.FIRM, **msgspec.structs.asdict(typed)
    )
    _refuse_known_siret(db, account, typed.siret, None)
    db.add(row)
    _flush(db)
    record_act(db, account, "employers.new", "organisation", row.public_id, f"Employeur créé : {row.name}")
    return row.public_id


def change_employer(
    db: Session, account: Account, public_id: str, typed: EmployerTyped, version: str
) -> None:
    """Raises EmployerChanged when it was saved since `version`, Invalid when the SIRET is another's."""
    row = find_employer(db, account, public_id, lock=True)
    if version_of(row) != version:
        raise EmployerChanged(version_of(row))
    _refuse_known_siret(db, account, typed.siret, row.id)
    for name, value in msgspec.structs.asdict(typed).items():
        setattr(row, name, value)
    _flush(db)
    record_act(db, account, "employers.edit", "organisation", public_id, f"Employeur modifié : {row.name}")


def version_of(row: OrganisationRow) -> str:
    """A digest of what the page was made from: the table keeps no date of change."""
    held = [str(getattr(row, name)) for name in EmployerTyped.__struct_fields__]
    return hashlib.sha256("\x1f".join(held).encode()).hexdigest()[:16]


def _refuse_known_siret(db: Session, account: Account, siret: str | None, but: int | None) -> None:
    if siret is None:
        return
    known = db.scalar(
        sa.select(col(OrganisationRow.name)).where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.siret) == siret,
            col(OrganisationRow.id) != (but or 0),
        )
    )
    if known is not None:
        raise Invalid({"siret": f"SIRET : déjà au registre, sous le nom « {known} »."})


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as fault:
        raise Invalid({"siret": "SIRET : une autre fiche vient de le prendre ; cherchez-la."}) from fault
