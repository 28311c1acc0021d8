"""Leaving a caseload to a colleague, ending it before its day, and who has whose today."""

from datetime import date, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Invalid, NotFound
from service.formats import day
from service.ledger.clock import territory_now
from service.tables import AbsenceRow, UserRow
from service.trace import record_act
from service.vocabulary import Role

LONGEST = timedelta(days=366)


class AbsenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """`given`: the reader is away; `received`: she stands in; `running`: today is one of its days."""

    id: str
    referent: str
    delegate: str
    from_on: date
    until_on: date
    running: bool
    given: bool
    received: bool
    may_stop: bool


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


class AbsencesView(msgspec.Struct, frozen=True, kw_only=True):
    """`referents`: empty for a référent, who leaves her own caseload."""

    absences: tuple[AbsenceLine, ...]
    referents: tuple[Colleague, ...]
    delegates: tuple[Colleague, ...]


def visible_to(account: Account) -> sa.ColumnElement[bool]:
    here = col(AbsenceRow.territory_id) == account.territory_id
    if account.role is Role.REFERENT:
        mine = sa.or_(col(AbsenceRow.referent_id) == account.id, col(AbsenceRow.delegate_id) == account.id)
        return sa.and_(here, mine)
    return here if account.role is Role.COORDINATOR else sa.false()


def absences(db: Session, account: Account) -> tuple[AbsenceLine, ...]:
    """Those of today and to come that the account may know of, the soonest first."""
    away, stands_in = aliased(UserRow), aliased(UserRow)
    rows = db.execute(
        sa.select(AbsenceRow, col(away.name), col(stands_in.name))
        .join(away, col(away.id) == col(AbsenceRow.referent_id))
        .join(stands_in, col(stands_in.id) == col(AbsenceRow.delegate_id))
        .where(
            visible_to(account),
            col(AbsenceRow.stopped_at).is_(None),
            col(AbsenceRow.until_on) >= account.today,
        )
        .order_by(col(AbsenceRow.from_on), col(AbsenceRow.id))
        .limit(100)
    )
    return tuple(
        AbsenceLine(
            id=row.public_id,
            referent=referent,
            delegate=delegate,
            from_on=row.from_on,
            until_on=row.until_on,
            running=row.from_on <= account.today,
            given=row.referent_id == account.id,
            received=row.delegate_id == account.id,
            may_stop=account.role is Role.COORDINATOR or row.referent_id == account.id,
        )
        for row, referent, delegate in rows
    )


def absences_view(db: Session, account: Account) -> AbsencesView:
    own = account.role is Role.REFERENT
    people = _referents(db, account)
    return AbsencesView(
        absences=absences(db, account),
        referents=() if own else tuple(Colleague(id=one.public_id, name=one.name) for one in people),
        delegates=tuple(
            Colleague(id=one.public_id, name=one.name)
            for one in people
            if not own or (one.id != account.id and one.organisation_id == account.organisation_id)
        ),
    )


def _referents(db: Session, account: Account) -> list[UserRow]:
    query = sa.select(UserRow).where(
        col(UserRow.territory_id) == account.territory_id,
        col(UserRow.role) == Role.REFERENT,
        col(UserRow.active).is_(True),
    )
    return list(db.scalars(query.order_by(col(UserRow.name), col(UserRow.id))))


def leave(
    db: Session, account: Account, *, referent: str, delegate: str, from_on: date, until_on: date
) -> str:
    """Leave a caseload; the sentence to show. `referent`: empty for one’s own. Raises Invalid."""
    people = {one.public_id: one for one in _referents(db, account)}
    away = people.get(account.public_id if account.role is Role.REFERENT else referent)
    stands_in = people.get(delegate)
    if away is None:
        raise Invalid({"referent": "Référent·e absent·e : choisissez-en un·e de la liste."})
    if stands_in is None or stands_in.id == away.id or stands_in.organisation_id != away.organisation_id:
        raise Invalid({"delegate": "Remplaçant·e : choisissez un·e collègue de la même structure."})
    if until_on < from_on or until_on < account.today:
        raise Invalid({"until_on": "Jusqu’au : ce jour est passé, ou tombe avant le début."})
    if until_on - from_on > LONGEST:
        raise Invalid({"until_on": "Jusqu’au : un an au plus ; au-delà, changez le référent des parcours."})
    # Two people at once on one référent: the second waits, then finds the first's.
    db.execute(sa.select(col(UserRow.id)).where(col(UserRow.id) == away.id).with_for_update())
    other = db.scalar(
        sa.select(AbsenceRow)
        .where(
            col(AbsenceRow.referent_id) == away.id,
            col(AbsenceRow.stopped_at).is_(None),
            col(AbsenceRow.from_on) <= until_on,
            col(AbsenceRow.until_on) >= from_on,
        )
        .limit(1)
    )
    if other is not None:
        told = f"Du : une absence est déjà notée du {day(other.from_on)} au {day(other.until_on)}."
        raise Invalid({"from_on": told})
    row = AbsenceRow(
        territory_id=account.territory_id,
        referent_id=away.id,
        delegate_id=stands_in.id,
        from_on=from_on,
        until_on=until_on,
        author_id=account.id,
        made_at=territory_now(account),
    )
    db.add(row)
    db.flush()
    told = f"Du {day(from_on)} au {day(until_on)}, {stands_in.name} remplace {away.name}."
    record_act(db, account, "absences.new.act", "absence", row.public_id, told)
    return told


def stop(db: Session, account: Account, absence_id: str) -> None:
    """End it now. The one who stands in may not: the caseload would be nobody’s. Raises NotFound."""
    query: Any = sa.select(AbsenceRow).where(
        visible_to(account), col(AbsenceRow.public_id) == absence_id, col(AbsenceRow.stopped_at).is_(None)
    )
    row = db.scalar(query.with_for_update())
    if row is None or (account.role is Role.REFERENT and row.referent_id != account.id):
        raise NotFound
    row.stopped_at = territory_now(account)
    record_act(db, account, "absences.stop.act", "absence", row.public_id, "Absence terminée avant son jour.")
