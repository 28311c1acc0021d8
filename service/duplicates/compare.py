"""The two files side by side: what differs, what hangs on each; and the merges that may still be undone."""

from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.duplicates import rows
from service.duplicates.merge import CHOSEN, UNDO_DAYS, hindrance, undo_refusal
from service.errors import NotFound
from service.formats import day
from service.ledger.clock import territory_now
from service.reference_pages.communes import label_of
from service.tables import MergeRow, PersonRow, SpellRow, UserRow
from service.vocabulary import Sex

LABELS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "birth_name": "Nom de naissance",
    "birth_date": "Date de naissance",
    "sex": "Sexe",
    "phone": "Téléphone",
    "email": "Adresse e-mail",
    "address": "Adresse",
}
COUNTED = {
    "spell": "Parcours",
    "step": "Étapes",
    "contact": "Entretiens",
    "project": "Projets",
    "proposal": "Propositions",
    "eligibility": "Éligibilités",
    "placement": "Mises à l’emploi",
    "declaration_line": "Lignes déclarées",
}


class FieldPair(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    label: str
    one: str
    other: str


class CompareView(msgspec.Struct, frozen=True, kw_only=True):
    """`counts`: (what, how many of the first, of the second). A hindrance is empty when there is none.

    `two_open`: who follows each, when both have an open parcours."""

    one: str
    other: str
    one_name: str
    other_name: str
    fields: tuple[FieldPair, ...]
    counts: tuple[tuple[str, int, int], ...]
    keeping_one: str
    keeping_other: str
    two_open: tuple[str, str] | None
    undo_days: int


class MergeLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kept: str
    gone: str
    author: str
    made_at: datetime
    refusal: str


def compare(db: Session, account: Account, one: str, other: str) -> tuple[CompareView, tuple[int, int]]:
    """The view, and the row ids of the two for the read journal. Raises NotFound."""
    query = sa.select(PersonRow).where(
        col(PersonRow.territory_id) == account.territory_id, col(PersonRow.public_id).in_((one, other))
    )
    found = {row.public_id: row for row in db.scalars(query)}
    if len(found) != 2:
        raise NotFound
    first, second = found[one], found[other]
    connection = db.connection()
    view = CompareView(
        one=one,
        other=other,
        one_name=f"{first.first_name} {first.last_name}",
        other_name=f"{second.first_name} {second.last_name}",
        fields=tuple(
            FieldPair(name=name, label=LABELS[name], one=_told(first, name), other=_told(second, name))
            for name in CHOSEN
        ),
        counts=tuple(
            (
                label,
                len(rows.rows_of(connection, table, first.id)),
                len(rows.rows_of(connection, table, second.id)),
            )
            for table, label in COUNTED.items()
        ),
        keeping_one=hindrance(db, first, second),
        keeping_other=hindrance(db, second, first),
        two_open=_two_open(db, first, second),
        undo_days=UNDO_DAYS,
    )
    return view, (first.id, second.id)


def _two_open(db: Session, first: PersonRow, second: PersonRow) -> tuple[str, str] | None:
    found = db.execute(
        sa.select(col(SpellRow.person_id), col(UserRow.name))
        .outerjoin(UserRow, col(UserRow.id) == col(SpellRow.referent_id))
        .where(col(SpellRow.person_id).in_((first.id, second.id)), col(SpellRow.exited_on).is_(None))
    )
    names = {person: name or "sans référent" for person, name in found}
    return (names[first.id], names[second.id]) if len(names) == 2 else None


def first_choices(view: CompareView) -> dict[str, str]:
    """What the page proposes: a file that may be kept, never an unknown over what the other file knows."""
    chosen = {field.name: view.one if field.one else view.other for field in view.fields}
    return {**chosen, "keep": view.other if view.keeping_one else view.one}


def _told(person: PersonRow, name: str) -> str:
    """Empty when it is not known."""
    if name == "address":
        return ", ".join(one for one in (person.street, label_of(person.insee)) if one)
    if name == "birth_date":
        return day(person.birth_date) if person.birth_date else ""
    if name == "sex":
        return "" if person.sex is Sex.UNKNOWN else person.sex.label
    return str(getattr(person, name))


def recent_merges(db: Session, account: Account) -> tuple[MergeLine, ...]:
    """Those of the last days, the latest first, each with why it can no longer be undone."""
    since = territory_now(account) - timedelta(days=UNDO_DAYS + 1)
    found = db.execute(
        sa.select(MergeRow, col(UserRow.name))
        .join(UserRow, col(UserRow.id) == col(MergeRow.author_id))
        .where(col(MergeRow.territory_id) == account.territory_id, col(MergeRow.made_at) >= since)
        .order_by(col(MergeRow.id).desc())
        .limit(20)
    )
    return tuple(
        MergeLine(
            id=made.public_id,
            kept=made.kept,
            gone=made.gone,
            author=author,
            made_at=made.made_at,
            refusal=undo_refusal(db, account, made),
        )
        for made, author in found
    )
