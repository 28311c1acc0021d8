"""Passwords, session tokens and one-time links: what is secret is kept as a hash."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Refused
from service.formats import typographic
from service.keeping import forget_files
from service.ledger.clock import now_on
from service.tables.accounts import (
    AuditRow,
    OneTimeLinkRow,
    OrganisationRow,
    SignInRow,
    TerritoryRow,
    UserRow,
)
from service.tables.columns import now_utc
from service.vocabulary import LinkPurpose

# RFC 9106's second recommended option needs 64 MiB; the library's defaults are that profile.
_hasher = PasswordHasher()


@cache
def _dummy_hash() -> str:
    """What an unknown address is checked against; made at the first sign-in, not at start-up."""
    return _hasher.hash("un mot de passe que personne n’a")


MAX_FAILURES = 5
LOCK = timedelta(minutes=15)
LINK_LIFE = timedelta(days=3)
MIN_PASSWORD = 12


class SignInRefused(Refused):
    """One sentence for an unknown address, a wrong password, a locked account and a closed one."""

    status = 401


def hash_password(password: str, *, salt: bytes | None = None) -> str:
    """A salt is given for the demo's published password alone, so that two demos are the same to the byte."""
    return _hasher.hash(password, salt=salt)


def password_fault(password: str) -> str | None:
    """A French sentence when the password cannot be accepted (CNIL 2022-100: 12 characters with lockout)."""
    if len(password) < MIN_PASSWORD:
        return f"Choisissez au moins {MIN_PASSWORD} caractères ; une phrase courte convient très bien."
    if len(password) > 200:
        return "Ce mot de passe dépasse 200 caractères."
    if len(set(password)) < 5:
        return "Ce mot de passe répète trop les mêmes caractères."
    return None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(db: Session, email: str, password: str, hours: int) -> str | SignInRefused:
    """Check a password and open a session: the token for the cookie, or the refusal.

    The refusal is returned, not raised, so that the count of failures is committed with the act.
    """
    user = db.scalar(select(UserRow).where(col(UserRow.email) == email.strip().lower()).with_for_update())
    now = now_utc()
    locked = user is not None and user.locked_until is not None and user.locked_until > now
    # The same work and the same words whatever the address: nobody learns which ones have an account.
    right = _verify(user.password_hash if user and user.active and not locked else None, password)
    if not right or user is None:
        if user is not None and not locked:
            user.failed_sign_ins += 1
            if user.failed_sign_ins >= MAX_FAILURES:
                user.locked_until = now + LOCK
                record_access(db, user, "accounts.sign_in.act", "Compte bloqué après des essais manqués")
                user.failed_sign_ins = 0
        return SignInRefused(
            "Adresse ou mot de passe incorrect, ou compte bloqué. Vérifiez les majuscules ; après "
            f"{MAX_FAILURES} essais, un compte reste bloqué 15 min. "
            "L’administration peut vous remettre un lien."
        )
    user.failed_sign_ins = 0
    user.locked_until = None
    territory = db.get_one(TerritoryRow, user.territory_id)
    forget_files(db, territory.id, now_on(territory.time_zone, local_today(territory)))
    return start_session(db, user.id, now, hours)


def start_session(db: Session, user_id: int, now: datetime, hours: int) -> str:
    token = secrets.token_urlsafe(32)
    db.add(
        SignInRow(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=now,
            expires_at=now + timedelta(hours=hours),
        )
    )
    return token


def _verify(password_hash: str | None, password: str) -> bool:
    # An unknown address costs the same time as a known one.
    try:
        return _hasher.verify(password_hash or _dummy_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def account_of(db: Session, token: str) -> Account | None:
    """The account behind a session token, in one query; None when expired, revoked or closed."""
    found = db.execute(
        select(UserRow, SignInRow, TerritoryRow, OrganisationRow)
        .join(SignInRow, col(SignInRow.user_id) == UserRow.id)
        .join(TerritoryRow, col(TerritoryRow.id) == UserRow.territory_id)
        .join(OrganisationRow, col(OrganisationRow.id) == UserRow.organisation_id)
        .where(
            col(SignInRow.token_hash) == token_hash(token),
            col(SignInRow.revoked_at).is_(None),
            col(SignInRow.expires_at) > now_utc(),
            col(UserRow.active).is_(True),
        )
    ).one_or_none()
    if found is None:
        return None
    user, sign_in, territory, organisation = found
    return Account(
        id=user.id,
        public_id=user.public_id,
        name=user.name,
        role=user.role,
        territory_id=territory.id,
        territory_public_id=territory.public_id,
        territory_name=territory.name,
        time_zone=territory.time_zone,
        today=local_today(territory),
        is_demo=territory.is_demo,
        organisation_id=organisation.id,
        organisation_public_id=organisation.public_id,
        organisation_name=organisation.name,
        sign_in_id=sign_in.id,
    )


def local_today(territory: TerritoryRow) -> date:
    """ "Today" is the territory's local date; the demo's is stored."""
    return territory.stored_today or datetime.now(ZoneInfo(territory.time_zone)).date()


def record_access(db: Session, user: UserRow, act: str, sentence: str, by: int | None = None) -> None:
    """A line of the journal for what gives or takes access without an administrator's session."""
    territory = db.get_one(TerritoryRow, user.territory_id)
    db.add(
        AuditRow(
            territory_id=territory.id,
            at=now_on(territory.time_zone, local_today(territory)),
            user_id=by,
            act=act,
            noun="compte",
            noun_id=user.public_id,
            sentence=typographic(f"{sentence} : {user.name}."),
        )
    )


def revoke_sessions(db: Session, user_id: int) -> None:
    """Close every open session of a user: effective at the next request."""
    for row in db.scalars(
        select(SignInRow).where(col(SignInRow.user_id) == user_id, col(SignInRow.revoked_at).is_(None))
    ):
        row.revoked_at = now_utc()


def make_link(db: Session, user_id: int, purpose: LinkPurpose, created_by: int | None) -> str:
    """A one-time link's token, shown once to whoever asked for it; the earlier ones stop working."""
    for row in db.scalars(
        select(OneTimeLinkRow).where(
            col(OneTimeLinkRow.user_id) == user_id, col(OneTimeLinkRow.used_at).is_(None)
        )
    ):
        row.used_at = now_utc()
    token = secrets.token_urlsafe(32)
    db.add(
        OneTimeLinkRow(
            token_hash=token_hash(token),
            user_id=user_id,
            purpose=purpose,
            expires_at=now_utc() + LINK_LIFE,
            created_by=created_by,
        )
    )
    return token


def user_of_link(db: Session, token: str) -> tuple[UserRow, OneTimeLinkRow] | None:
    """Whom a link is for, while it is unused and not expired. Reading it does not use it."""
    found = db.execute(
        select(UserRow, OneTimeLinkRow)
        .join(OneTimeLinkRow, col(OneTimeLinkRow.user_id) == UserRow.id)
        .where(
            col(OneTimeLinkRow.token_hash) == token_hash(token),
            col(OneTimeLinkRow.used_at).is_(None),
            col(OneTimeLinkRow.expires_at) > now_utc(),
            col(UserRow.active).is_(True),
        )
        .with_for_update()
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def use_link(db: Session, token: str, password: str, hours: int) -> str:
    """Set the password a link allows, close other sessions, and open one; returns its token."""
    found = user_of_link(db, token)
    if found is None:
        raise Refused("Ce lien a déjà servi ou a expiré. Demandez-en un nouveau à l’administration.")
    user, link = found
    user.password_hash = hash_password(password)
    user.failed_sign_ins = 0
    user.locked_until = None
    link.used_at = now_utc()
    record_access(db, user, "accounts.link.act", "Mot de passe choisi par un lien", by=user.id)
    revoke_sessions(db, user.id)
    return start_session(db, user.id, now_utc(), hours)


def change_password(db: Session, user_id: int, present: str, wanted: str, hours: int) -> str | None:
    """A new password, if the present one is right: other sessions close; returns the new session's token."""
    user = db.scalars(select(UserRow).where(col(UserRow.id) == user_id).with_for_update()).one()
    if not _verify(user.password_hash, present):
        return None
    user.password_hash = hash_password(wanted)
    record_access(db, user, "accounts.mine.act", "Mot de passe changé", by=user.id)
    revoke_sessions(db, user.id)
    return start_session(db, user.id, now_utc(), hours)
