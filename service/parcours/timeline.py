"""The parcours as a time line: entries and exits, steps, contacts; the latest first."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from service.accounts.account import Account
from service.parcours.sensitive import sensitive_words
from service.tables import ContactRow, OrganisationRow, PlacementRow, SpellRow, StepRow, UserRow
from service.vocabulary import ContactKind, SpellState, StepKind, StepState

ENDING = timedelta(days=30)
E = TypeVar("E")


class SpellLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    state: str
    state_label: str
    prescriber: str
    prescribed_on: date | None
    entered_on: date | None
    exited_on: date | None
    exit_reason: str
    referent: str
    operator: str


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step. `clause`: it came from validated hours, in hundredths, at `firm`; nobody types it."""

    id: str
    kind: StepKind
    kind_label: str
    label: str
    firm: str
    starts_on: date
    planned_ends_on: date | None
    ended_on: date | None
    state: StepState
    state_label: str
    hours: int | None
    clause: bool

    @property
    def is_open(self) -> bool:
        return self.ended_on is None and self.state in (StepState.PLANNED, StepState.ONGOING)

    def ends_soon(self, on: date) -> bool:
        return self.is_open and self.planned_ends_on is not None and self.planned_ends_on <= on + ENDING


class ContactLine(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as the team reads it."""

    id: str
    kind_label: str
    on: date
    author: str
    shared_note: str
    next_on: date | None


class OwnContactLine(ContactLine, frozen=True, kw_only=True):
    """A contact as the référent of the caseload reads it. `sensitive`: words to move to the working note."""

    working_note: str
    sensitive: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One point of the time line; exactly one of `step`, `contact`, `words` is told."""

    on: date
    step: StepLine | None
    contact: ContactLine | None
    words: str


class OwnEntry(Entry, frozen=True, kw_only=True):
    """The same, for the référent of the caseload."""

    contact: OwnContactLine | None


def read_spells(db: Session, account: Account, person_id: int) -> tuple[SpellLine, ...]:
    """All stays of the person, the latest first."""
    rows: Sequence[Any] = db.execute(
        sa.select(
            col(SpellRow.public_id).label("id"),
            col(SpellRow.state),
            col(SpellRow.prescriber),
            col(SpellRow.prescribed_on),
            col(SpellRow.entered_on),
            col(SpellRow.exited_on),
            col(SpellRow.exit_reason),
            sa.func.coalesce(col(UserRow.name), "").label("referent"),
            sa.func.coalesce(col(OrganisationRow.name), "").label("operator"),
        )
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(SpellRow.operator_id))
        .where(col(SpellRow.person_id) == person_id, col(SpellRow.territory_id) == account.territory_id)
        .order_by(col(SpellRow.id).desc())
    ).all()
    return tuple(
        SpellLine(**{**row._mapping, "state": row.state.value, "state_label": SpellState(row.state).label})
        for row in rows
    )


def read_steps(db: Session, account: Account, person_id: int) -> tuple[StepLine, ...]:
    firm = aliased(OrganisationRow)
    rows: Sequence[Any] = db.execute(
        sa.select(
            col(StepRow.public_id).label("id"),
            col(StepRow.kind),
            col(StepRow.label),
            sa.func.coalesce(col(firm.name), col(OrganisationRow.name), "").label("firm"),
            col(StepRow.starts_on),
            col(StepRow.planned_ends_on),
            col(StepRow.ended_on),
            col(StepRow.state),
            col(StepRow.hours),
        )
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(StepRow.organisation_id))
        .outerjoin(PlacementRow, col(PlacementRow.id) == col(StepRow.placement_id))
        .outerjoin(firm, col(firm.id) == col(PlacementRow.user_company_id))
        .where(col(StepRow.person_id) == person_id, col(StepRow.territory_id) == account.territory_id)
        .order_by(col(StepRow.starts_on).desc(), col(StepRow.id).desc())
    ).all()
    return tuple(
        StepLine(
            **row._mapping,
            kind_label=row.kind.label,
            state_label=row.state.label,
            clause=row.kind is StepKind.CLAUSE,
        )
        for row in rows
    )


def read_contacts(db: Session, account: Account, person_id: int, spell_id: int) -> tuple[OwnContactLine, ...]:
    """For the référent: working notes of the current spell, and her own; of the others, the shared note."""
    mine = sa.or_(col(ContactRow.spell_id) == spell_id, col(ContactRow.author_id) == account.id)
    working = sa.case((mine, col(ContactRow.working_note)), else_="")
    return tuple(
        OwnContactLine(
            **_shared(row), working_note=row.working_note, sensitive=sensitive_words(row.shared_note)
        )
        for row in _contact_rows(db, account, person_id, working.label("working_note"))
    )


def read_shared_contacts(db: Session, account: Account, person_id: int) -> tuple[ContactLine, ...]:
    """For the coordination: working notes are not even read."""
    return tuple(ContactLine(**_shared(row)) for row in _contact_rows(db, account, person_id))


def _contact_rows(db: Session, account: Account, person_id: int, *more: sa.Label[str]) -> Sequence[Any]:
    return db.execute(
        sa.select(
            col(ContactRow.public_id),
            col(ContactRow.kind),
            col(ContactRow.on),
            col(UserRow.name).label("author"),
            col(ContactRow.shared_note),
            col(ContactRow.next_on),
            *more,
        )
        .join(UserRow, col(UserRow.id) == col(ContactRow.author_id))
        .where(col(ContactRow.person_id) == person_id, col(ContactRow.territory_id) == account.territory_id)
        .order_by(col(ContactRow.on).desc(), col(ContactRow.id).desc())
    ).all()


def _shared(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "kind_label": ContactKind(row.kind).label,
        "on": row.on,
        "author": row.author,
        "shared_note": row.shared_note,
        "next_on": row.next_on,
    }


def time_line(
    spells: Iterable[SpellLine], steps: Iterable[StepLine], contacts: Iterable[ContactLine]
) -> tuple[Entry, ...]:
    """All of it in one line for the coordination, the latest first."""
    return _ordered(
        _entries(spells, steps)
        + [(one.on, 2, Entry(on=one.on, step=None, contact=one, words="")) for one in contacts]
    )


def own_time_line(
    spells: Iterable[SpellLine], steps: Iterable[StepLine], contacts: Iterable[OwnContactLine]
) -> tuple[OwnEntry, ...]:
    """All of it in one line for the référent, the latest first."""
    told = [
        (on, rank, OwnEntry(on=on, step=one.step, contact=None, words=one.words))
        for on, rank, one in _entries(spells, steps)
    ]
    return _ordered(
        told + [(one.on, 2, OwnEntry(on=one.on, step=None, contact=one, words="")) for one in contacts]
    )


def _ordered(found: list[tuple[date, int, E]]) -> tuple[E, ...]:
    """The latest first; on one day, what closes comes above what opens."""
    return tuple(entry for _, _, entry in sorted(found, key=lambda item: item[:2], reverse=True))


def _entries(spells: Iterable[SpellLine], steps: Iterable[StepLine]) -> list[tuple[date, int, Entry]]:
    found = []
    for spell in spells:
        if spell.exited_on:
            reason = f" : {spell.exit_reason}" if spell.exit_reason else ""
            found.append(
                (spell.exited_on, 3, _words(spell.exited_on, f"{spell.state_label} du PLIE{reason}"))
            )
        if spell.entered_on:
            found.append((spell.entered_on, 0, _words(spell.entered_on, "Entrée dans le PLIE")))
        elif spell.prescribed_on:
            who = f" par {spell.prescriber}" if spell.prescriber else ""
            found.append((spell.prescribed_on, 0, _words(spell.prescribed_on, f"Prescription{who}")))
    return found + [
        (step.starts_on, 1, Entry(on=step.starts_on, step=step, contact=None, words="")) for step in steps
    ]


def _words(on: date, words: str) -> Entry:
    return Entry(on=on, step=None, contact=None, words=words)
