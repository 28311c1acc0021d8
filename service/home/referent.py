"""The référent's first page: what waits for her, person by person, soonest first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.absences.actions import AbsenceLine, absences
from service.accounts.account import Account
from service.participants.file_view import JOBS, full_name
from service.participants.list_view import data_missing, last_contact, next_contact, without_contact_since
from service.participants.scope import current_spell, visible_to
from service.participants.tasks import ENDING_DAYS, WITHOUT_CONTACT_DAYS, follow_ups_due
from service.tables import ContactRow, PersonRow, ProposalRow, SpellRow, StepRow
from service.vocabulary import ProposalState, SpellState, StepState

# Contacts agreed for the coming week are shown with those of today.
COMING_DAYS = 7
# What the page shows of a long list; the rest is one link away.
SHOWN = 8


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One person for whom something waits."""

    id: str
    name: str
    words: str
    on: date | None
    late: bool


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of thing that waits: the first ones, and how many there are."""

    count: int
    first: tuple[Waiting, ...]


class ReferentHome(msgspec.Struct, frozen=True, kw_only=True):
    today: date
    followed: int
    contacts: Waits
    silent: Waits
    follow_ups: Waits
    ending: Waits
    missing: Waits
    proposals: int
    absences: tuple[AbsenceLine, ...]


def referent_home(db: Session, account: Account) -> ReferentHome:
    """Seven queries, whatever the caseload."""
    on = account.today
    people = _caseload(db, account)
    return ReferentHome(
        today=on,
        followed=len(people),
        contacts=_waits(_contacts_due(people, on)),
        silent=_waits(_silent(people)),
        follow_ups=_waits(_follow_ups(db, account, people)),
        ending=_waits(_ending(db, account)),
        missing=_waits([_waiting(one, "", None, False) for one in people if one.missing]),
        proposals=_proposals(db, account),
        absences=absences(db, account),
    )


def _waits(found: list[Waiting]) -> Waits:
    ordered = sorted(found, key=lambda one: (one.on or date.max, one.name, one.id))
    return Waits(count=len(ordered), first=tuple(ordered[:SHOWN]))


def _waiting(row: Any, words: str, on: date | None, late: bool) -> Waiting:
    return Waiting(
        id=row.public_id, name=full_name(row.first_name, row.last_name), words=words, on=on, late=late
    )


def _open_caseload(account: Account) -> sa.ColumnElement[bool]:
    return sa.and_(visible_to(account), col(SpellRow.exited_on).is_(None))


def _caseload(db: Session, account: Account) -> Sequence[Any]:
    return db.execute(
        sa.select(
            col(PersonRow.public_id),
            col(PersonRow.first_name),
            col(PersonRow.last_name),
            col(SpellRow.id).label("spell"),
            col(SpellRow.state),
            sa.func.coalesce(col(SpellRow.entered_on), col(SpellRow.prescribed_on)).label("since"),
            last_contact().label("last_contact"),
            next_contact().label("next_contact"),
            data_missing().label("missing"),
            without_contact_since(account.today, WITHOUT_CONTACT_DAYS).label("silent"),
        )
        .select_from(PersonRow)
        .join(SpellRow, current_spell())
        .where(_open_caseload(account))
    ).all()


def _contacts_due(people: Sequence[Any], on: date) -> list[Waiting]:
    soon = on + timedelta(days=COMING_DAYS)
    return [
        _waiting(one, "", one.next_contact, one.next_contact < on)
        for one in people
        if one.next_contact is not None and one.next_contact <= soon
    ]


def _silent(people: Sequence[Any]) -> list[Waiting]:
    return [
        _waiting(
            one,
            "dernier contact" if one.last_contact else "aucun contact depuis l’arrivée",
            one.last_contact or one.since,
            True,
        )
        for one in people
        if one.silent
    ]


def _follow_ups(db: Session, account: Account, people: Sequence[Any]) -> list[Waiting]:
    followed = [one for one in people if one.state is SpellState.JOB_FOLLOW_UP]
    own = (
        sa.select(col(SpellRow.id))
        .join(PersonRow, current_spell())
        .where(_open_caseload(account), col(SpellRow.state) == SpellState.JOB_FOLLOW_UP)
    )
    hired = dict(
        db.execute(
            sa.select(col(StepRow.spell_id), sa.func.max(col(StepRow.starts_on)))
            .where(
                col(StepRow.spell_id).in_(own),
                col(StepRow.kind).in_(JOBS),
                col(StepRow.starts_on) <= account.today,
            )
            .group_by(col(StepRow.spell_id))
        ).all()
    )
    contacts: dict[int, list[date]] = defaultdict(list)
    for spell, on in db.execute(
        sa.select(col(ContactRow.spell_id), col(ContactRow.on)).where(col(ContactRow.spell_id).in_(own))
    ):
        contacts[spell].append(on)
    return [
        _waiting(one, f"{months}{'er' if months == 1 else 'e'} mois dans l’emploi", due, due < account.today)
        for one in followed
        if one.spell in hired
        for months, due in follow_ups_due(hired[one.spell], contacts[one.spell], account.today)
    ]


def _ending(db: Session, account: Account) -> list[Waiting]:
    rows: Sequence[Any] = db.execute(
        sa.select(
            col(PersonRow.public_id),
            col(PersonRow.first_name),
            col(PersonRow.last_name),
            col(StepRow.label),
            col(StepRow.planned_ends_on),
        )
        .select_from(PersonRow)
        .join(SpellRow, current_spell())
        .join(StepRow, col(StepRow.spell_id) == col(SpellRow.id))
        .where(
            _open_caseload(account),
            col(StepRow.state).in_((StepState.PLANNED, StepState.ONGOING)),
            col(StepRow.ended_on).is_(None),
            col(StepRow.planned_ends_on) <= account.today + timedelta(days=ENDING_DAYS),
        )
    ).all()
    return [
        _waiting(one, one.label, one.planned_ends_on, one.planned_ends_on < account.today) for one in rows
    ]


def _proposals(db: Session, account: Account) -> int:
    """Proposals that wait for the référent's answer, in her caseload."""
    query = (
        sa.select(sa.func.count())
        .select_from(ProposalRow)
        .join(PersonRow, col(PersonRow.id) == col(ProposalRow.person_id))
        .join(SpellRow, current_spell())
        .where(
            _open_caseload(account),
            col(ProposalRow.state) == ProposalState.PROPOSED,
            col(ProposalRow.agreed_on).is_(None),
        )
    )
    return db.scalar(query) or 0
