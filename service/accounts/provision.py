"""Accounts made from the command line: the first administrator of a territory comes from here."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.sign_in import make_link, record_access
from service.tables.accounts import OrganisationRow, TerritoryRow, UserRow
from service.vocabulary import LinkPurpose, OrganisationKind, Role


def add_user(
    db: Session, *, email: str, name: str, role: Role, territory: str, organisation: str
) -> str | None:
    """A new account with its invitation's token; None when the address has an account already."""
    email = email.strip().lower()
    if db.scalar(select(UserRow).where(col(UserRow.email) == email)) is not None:
        return None
    where = db.scalar(select(TerritoryRow).where(col(TerritoryRow.name) == territory))
    if where is None:
        where = TerritoryRow(name=territory)
        db.add(where)
        db.flush()
    place = db.scalar(
        select(OrganisationRow).where(
            col(OrganisationRow.territory_id) == where.id, col(OrganisationRow.name) == organisation
        )
    )
    if place is None:
        place = OrganisationRow(territory_id=where.id, name=organisation, kind=OrganisationKind.PLIE)
        db.add(place)
        db.flush()
    user = UserRow(territory_id=where.id, organisation_id=place.id, email=email, name=name, role=role)
    db.add(user)
    db.flush()
    record_access(db, user, "accounts.new.act", f"Compte créé ({role.label})")
    return make_link(db, user.id, LinkPurpose.INVITATION, None)


def new_link(db: Session, email: str) -> str | None:
    """A new link for an existing account, which also unlocks it when used; None when there is none."""
    user = db.scalar(select(UserRow).where(col(UserRow.email) == email.strip().lower()))
    if user is None:
        return None
    record_access(db, user, "accounts.link.make.act", "Nouveau lien remis")
    return make_link(db, user.id, LinkPurpose.PASSWORD, None)
