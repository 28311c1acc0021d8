"""The administrator's first page: the accounts that need her, and the last acts of the territory."""

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.accounts.actions import visible_to
from service.accounts.views import ActLine
from service.tables.accounts import AuditRow, OneTimeLinkRow, OrganisationRow, TerritoryCommuneRow, UserRow
from service.tables.columns import now_utc
from service.vocabulary import Role

SHOWN = 10


class AccountWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """An account that cannot sign in: `until` is the end of its link, or of its lock; None, no link left."""

    id: str
    name: str
    role: Role
    organisation: str
    until: datetime | None


class AdminHome(msgspec.Struct, frozen=True, kw_only=True):
    """The lists hold their first rows; the counts are those of the whole lists.

    `communes`: of the territory; none on its first day, when it is to be described.
    """

    territory: str
    communes: int
    active: int
    closed: int
    invited_count: int
    invited: tuple[AccountWaiting, ...]
    locked_count: int
    locked: tuple[AccountWaiting, ...]
    acts: tuple[ActLine, ...]


def admin_home(db: Session, account: Account) -> AdminHome:
    """Four queries, whatever the number of accounts and acts."""
    now = now_utc()
    is_open = col(UserRow.active).is_(True)
    locked = sa.and_(is_open, col(UserRow.locked_until) > now)
    invited = sa.and_(
        is_open,
        col(UserRow.password_hash).is_(None),
        sa.or_(col(UserRow.locked_until).is_(None), col(UserRow.locked_until) <= now),
    )
    counts = db.execute(
        sa.select(
            *(sa.func.sum(sa.case((one, 1), else_=0)) for one in (is_open, invited, locked)),
            sa.func.count(),
            sa.select(sa.func.count())
            .select_from(TerritoryCommuneRow)
            .where(col(TerritoryCommuneRow.territory_id) == account.territory_id)
            .scalar_subquery(),
        )
        .select_from(UserRow)
        .where(visible_to(account))
    ).one()
    active, invited_count, locked_count = (number or 0 for number in counts[:3])
    return AdminHome(
        territory=account.territory_name,
        communes=counts[4],
        active=active - invited_count - locked_count,
        closed=counts[3] - active,
        invited_count=invited_count,
        invited=_accounts(db, account, invited, _link_end(now)),
        locked_count=locked_count,
        locked=_accounts(db, account, locked, col(UserRow.locked_until)),
        acts=_last_acts(db, account),
    )


def _link_end(now: datetime) -> sa.ScalarSelect[datetime]:
    """Until when the latest unused link of an account can be followed."""
    return (
        sa.select(sa.func.max(col(OneTimeLinkRow.expires_at)))
        .where(
            col(OneTimeLinkRow.user_id) == col(UserRow.id),
            col(OneTimeLinkRow.used_at).is_(None),
            col(OneTimeLinkRow.expires_at) > now,
        )
        .correlate(UserRow)
        .scalar_subquery()
    )


def _accounts(
    db: Session,
    account: Account,
    where: sa.ColumnElement[bool],
    until: Any,
) -> tuple[AccountWaiting, ...]:
    rows = db.execute(
        sa.select(
            col(UserRow.public_id),
            col(UserRow.name),
            col(UserRow.role),
            col(OrganisationRow.name),
            until,
        )
        .join(OrganisationRow, col(OrganisationRow.id) == col(UserRow.organisation_id))
        .where(visible_to(account), where)
        .order_by(col(UserRow.created_at), col(UserRow.id))
        .limit(SHOWN)
    )
    return tuple(
        AccountWaiting(id=public_id, name=name, role=role, organisation=organisation, until=end)
        for public_id, name, role, organisation, end in rows
    )


def _last_acts(db: Session, account: Account) -> tuple[ActLine, ...]:
    rows = db.execute(
        sa.select(
            col(AuditRow.at),
            col(UserRow.name),
            col(AuditRow.sentence),
            col(AuditRow.noun),
            col(AuditRow.noun_id),
        )
        .outerjoin(UserRow, col(UserRow.id) == col(AuditRow.user_id))
        .where(col(AuditRow.territory_id) == account.territory_id)
        .order_by(col(AuditRow.at).desc(), col(AuditRow.id).desc())
        .limit(SHOWN)
    )
    return tuple(
        ActLine(at=at, who=who or "Hors session", sentence=sentence, noun=noun, noun_id=noun_id)
        for at, who, sentence, noun, noun_id in rows
    )
