"""Accounts of a territory: list, invite, change, close; the administrator never sees a password."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.accounts.sign_in import make_link, revoke_sessions
from service.accounts.views import AccountFile, AccountLine, OrganisationChoice
from service.errors import Conflict, Invalid, NotFound
from service.listing import Listing, fetch
from service.tables.accounts import OrganisationRow, SignInRow, UserRow
from service.tables.columns import now_utc
from service.trace import record_act
from service.vocabulary import LinkPurpose, Role

SORTS = {"nom": col(UserRow.name), "adresse": col(UserRow.email), "role": col(UserRow.role)}


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    """The accounts that an administrator looks after: those of her territory."""
    return col(UserRow.territory_id) == account.territory_id


def list_accounts(db: Session, account: Account, listing: Listing) -> tuple[int, tuple[AccountLine, ...]]:
    query = sa.select(UserRow, col(OrganisationRow.name)).join(
        OrganisationRow, col(OrganisationRow.id) == col(UserRow.organisation_id)
    )
    query = query.where(visible_to(account))
    if listing.filter("role") in [role.value for role in Role]:
        query = query.where(col(UserRow.role) == Role(listing.filter("role")))
    if text := listing.filter("q"):
        query = query.where(
            col(UserRow.name).icontains(text, autoescape=True)
            | col(UserRow.email).icontains(text, autoescape=True)
        )
    total, rows = fetch(db, query, listing, columns=SORTS, tie=col(UserRow.id))
    return total, tuple(_line(user, organisation) for user, organisation in rows)


def _line(user: UserRow, organisation: str) -> AccountLine:
    if not user.active:
        state = "closed"
    elif user.locked_until is not None and user.locked_until > now_utc():
        state = "locked"
    else:
        state = "active" if user.password_hash else "invited"
    return AccountLine(
        id=user.public_id,
        name=user.name,
        email=user.email,
        role=user.role,
        organisation=organisation,
        state=state,
    )


def find(db: Session, account: Account, user_id: str, *, lock: bool = False) -> UserRow:
    query = sa.select(UserRow).where(visible_to(account), col(UserRow.public_id) == user_id)
    user = db.scalar(query.with_for_update() if lock else query)
    if user is None:
        raise NotFound
    return user


def account_file(db: Session, account: Account, user_id: str | None, link: str = "") -> AccountFile:
    """An account with the organisations it may belong to; `user_id` None: the form of a new one."""
    organisations = tuple(
        OrganisationChoice(id=public_id, name=name, kind=kind)
        for public_id, name, kind in db.execute(
            sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name), col(OrganisationRow.kind))
            .where(col(OrganisationRow.territory_id) == account.territory_id)
            .order_by(col(OrganisationRow.name))
        )
    )
    if user_id is None:
        return AccountFile(
            account=None, organisations=organisations, created_at=None, open_sessions=0, link="", is_me=False
        )
    user = find(db, account, user_id)
    place = db.get_one(OrganisationRow, user.organisation_id)
    return AccountFile(
        account=_line(user, place.name),
        organisations=organisations,
        created_at=user.created_at,
        open_sessions=count_sessions(db, user.id),
        link=link,
        is_me=user.id == account.id,
    )


def count_sessions(db: Session, user_id: int) -> int:
    return (
        db.scalar(
            sa.select(sa.func.count())
            .select_from(SignInRow)
            .where(
                col(SignInRow.user_id) == user_id,
                col(SignInRow.revoked_at).is_(None),
                col(SignInRow.expires_at) > now_utc(),
            )
        )
        or 0
    )


def organisation_of(db: Session, account: Account, public_id: str) -> int:
    found = db.scalar(
        sa.select(col(OrganisationRow.id)).where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.public_id) == public_id,
        )
    )
    if found is None:
        raise Invalid({"organisation": "Organisation : choisissez-en une de la liste."})
    return found


def invite(
    db: Session, account: Account, *, name: str, email: str, role: Role, organisation: str
) -> tuple[str, str]:
    """A new account and its invitation: (public id, token to show once)."""
    user = UserRow(
        territory_id=account.territory_id,
        organisation_id=organisation_of(db, account, organisation),
        name=name,
        email=email,
        role=role,
    )
    db.add(user)
    try:
        db.flush()
    except IntegrityError as clash:
        raise Invalid({"email": f"Adresse e-mail : {email} a déjà un compte."}) from clash
    token = make_link(db, user.id, LinkPurpose.INVITATION, account.id)
    record_act(
        db, account, "accounts.new.act", "compte", user.public_id, f"Compte créé : {name} ({role.label})."
    )
    return user.public_id, token


def change(
    db: Session, account: Account, user_id: str, *, name: str, role: Role, organisation: str, active: bool
) -> None:
    """Change an account; rights fall with the role: every open session is closed when it matters."""
    user = find(db, account, user_id, lock=True)
    if user.id == account.id and (not active or role is not user.role):
        raise Conflict(
            "On ne ferme pas son propre compte, ni ne change son propre rôle : demandez à un collègue."
        )
    place = organisation_of(db, account, organisation)
    if (user.role, user.organisation_id, user.active) != (role, place, active):
        revoke_sessions(db, user.id)
    user.name, user.role, user.organisation_id, user.active = name, role, place, active
    state = "" if active else ", fermé"
    record_act(
        db,
        account,
        "accounts.edit.act",
        "compte",
        user.public_id,
        f"Compte modifié : {name} ({role.label}{state}).",
    )


def renew_link(db: Session, account: Account, user_id: str) -> str:
    user = find(db, account, user_id, lock=True)
    if not user.active:
        raise Conflict("Ce compte est fermé : rouvrez-le avant de lui remettre un lien.")
    record_act(
        db, account, "accounts.link.make.act", "compte", user.public_id, f"Nouveau lien remis à {user.name}."
    )
    purpose = LinkPurpose.PASSWORD if user.password_hash else LinkPurpose.INVITATION
    return make_link(db, user.id, purpose, account.id)


def revoke(db: Session, account: Account, user_id: str) -> None:
    user = find(db, account, user_id, lock=True)
    revoke_sessions(db, user.id)
    record_act(
        db, account, "accounts.revoke.act", "compte", user.public_id, f"Sessions fermées : {user.name}."
    )


def as_form(db: Session, account: Account, user_id: str) -> dict[str, Any]:
    """An account as the values of its form."""
    user = find(db, account, user_id)
    place = db.get_one(OrganisationRow, user.organisation_id)
    return {
        "name": user.name,
        "email": user.email,
        "role": user.role.value,
        "organisation": place.public_id,
        "active": "1" if user.active else "",
    }
