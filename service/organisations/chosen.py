"""An organisation that a form chooses in a list, or makes on the fly."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import EmployerKind
from service.accounts.account import Account
from service.forms import Form
from service.organisations.actions import flush_organisation
from service.organisations.scope import find_organisation
from service.tables import OrganisationRow
from service.trace import record_act
from service.vocabulary import OrganisationKind


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation chosen by its id, or typed on the fly (name, SIRET); both empty: none."""

    chosen: str
    name: str
    siret: str | None
    kind: EmployerKind = EmployerKind.ENTREPRISE

    @property
    def told(self) -> bool:
        return bool(self.chosen or self.name)


def read_new_organisation(form: Form, name: str, label: str, *, required: bool) -> NewOrganisation:
    """The fields `name`, `name_new` and `name_siret`: a choice, or a new organisation."""
    chosen = form.text(name, label, longest=12)
    typed = form.text(f"{name}_new", f"{label}, nom", longest=160)
    siret = form.siret(f"{name}_siret", f"{label}, SIRET")
    if required and not (chosen or typed):
        form.fault(name, f"{label} : choisissez dans la liste, ou écrivez un nom ci-dessous.")
    if chosen and typed:
        form.fault(name, f"{label} : choisissez dans la liste ou écrivez un nom, pas les deux.")
    if siret and not chosen and not typed:
        form.fault(f"{name}_new", f"{label} : écrivez aussi le nom.")
    return NewOrganisation(chosen=chosen, name=typed, siret=siret)


def chosen_or_new(
    db: Session, account: Account, told: NewOrganisation, kind: OrganisationKind
) -> OrganisationRow:
    """The organisation chosen in a list, else the one of this SIRET, else a new one of this name."""
    if told.chosen:
        return find_organisation(db, account, told.chosen)
    if told.siret is not None:
        query = sa.select(OrganisationRow).where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.siret) == told.siret,
        )
        known = db.scalar(query)
        if known is not None:
            return known
    row = OrganisationRow(
        territory_id=account.territory_id,
        name=told.name,
        siret=told.siret,
        kind=kind,
        employer_kind=told.kind,
    )
    db.add(row)
    flush_organisation(db)
    record_act(
        db, account, "organisations.new", "organisation", row.public_id, f"Organisation créée : {row.name}"
    )
    return row
