"""The territory's likely pairs, less those that somebody set apart; and setting one apart."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.duplicates.compare import MergeLine, recent_merges
from service.duplicates.find import Firm, Known, pairs_of_firms, pairs_of_persons
from service.errors import NotFound
from service.participants.identity_match import Identity
from service.reference_pages.communes import label_of
from service.tables import DistinctRow, OrganisationRow, PersonRow, SpellRow
from service.trace import record_act
from service.vocabulary import Labelled, OrganisationKind

# A page for people to read through: the rest comes as the first ones are settled.
SHOWN = 50


class Kind(Labelled):
    PERSON = "personne", "deux personnes"
    FIRM = "entreprise", "deux entreprises"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two. `address`: empty when the reader may not open its file."""

    id: str
    name: str
    born_on: date | None
    told: str
    address: str


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    one: Side
    other: Side
    why: str


class DuplicatesView(msgspec.Struct, frozen=True, kw_only=True):
    """At most fifty pairs of each; the totals count them all."""

    persons: tuple[Pair, ...]
    persons_total: int
    firms: tuple[Pair, ...]
    firms_total: int
    merges: tuple[MergeLine, ...]
    time_zone: str


def likely_duplicates(db: Session, account: Account) -> DuplicatesView:
    """A fixed number of queries, whatever the number of records."""
    rows = db.execute(
        sa.select(col(DistinctRow.kind), col(DistinctRow.one), col(DistinctRow.other)).where(
            col(DistinctRow.territory_id) == account.territory_id
        )
    )
    apart = {(kind, one, other) for kind, one, other in rows}
    followed = set(
        db.scalars(
            sa.select(col(PersonRow.public_id))
            .join(SpellRow, col(SpellRow.person_id) == col(PersonRow.id))
            .where(col(SpellRow.territory_id) == account.territory_id)
        )
    )
    persons = [
        Pair(one=_person(one, followed), other=_person(other, followed), why=why.sentence)
        for one, other, why in pairs_of_persons(_people(db, account))
        if (Kind.PERSON.value, one.id, other.id) not in apart
    ]
    firms = [
        Pair(one=_firm(one), other=_firm(other), why=why)
        for one, other, why in pairs_of_firms(_firms(db, account))
        if (Kind.FIRM.value, one.id, other.id) not in apart
    ]
    return DuplicatesView(
        persons=tuple(persons[:SHOWN]),
        persons_total=len(persons),
        firms=tuple(firms[:SHOWN]),
        firms_total=len(firms),
        merges=recent_merges(db, account),
        time_zone=account.time_zone,
    )


def set_apart(db: Session, account: Account, kind: Kind, one: str, other: str) -> None:
    """« Ce sont deux personnes ». Doing it twice changes nothing; NotFound for what is not here."""
    first, second = sorted((one, other))
    table = PersonRow if kind is Kind.PERSON else OrganisationRow
    known = db.scalars(
        sa.select(col(table.public_id)).where(
            col(table.territory_id) == account.territory_id, col(table.public_id).in_((first, second))
        )
    ).all()
    if len(known) != 2:
        raise NotFound
    row = DistinctRow(
        territory_id=account.territory_id, kind=kind.value, one=first, other=second, author_id=account.id
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        return
    record_act(db, account, "duplicates.distinct.act", kind.value, first, f"Doublon écarté : {kind.label}")


def _people(db: Session, account: Account) -> list[Known]:
    fields = Identity.__struct_fields__
    rows = db.execute(
        sa.select(col(PersonRow.public_id), *(col(getattr(PersonRow, name)) for name in fields)).where(
            col(PersonRow.territory_id) == account.territory_id
        )
    )
    return [
        Known(id=public_id, identity=Identity(**dict(zip(fields, values, strict=True))))
        for public_id, *values in rows
    ]


def _firms(db: Session, account: Account) -> list[Firm]:
    rows = db.execute(
        sa.select(
            col(OrganisationRow.public_id),
            col(OrganisationRow.name),
            col(OrganisationRow.siret),
            col(OrganisationRow.insee),
        ).where(
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.kind) == OrganisationKind.FIRM,
        )
    )
    return [Firm(id=one, name=name, siret=siret, insee=insee) for one, name, siret, insee in rows]


def _person(known: Known, followed: set[str]) -> Side:
    who = known.identity
    return Side(
        id=known.id,
        name=f"{who.first_name} {who.last_name}",
        born_on=who.birth_date,
        told=f"née ou né {who.birth_name}" if who.birth_name else "",
        address=f"/participants/{known.id}" if known.id in followed else "",
    )


def _firm(firm: Firm) -> Side:
    told = " · ".join(one for one in (firm.siret and f"SIRET {firm.siret}", label_of(firm.insee)) if one)
    return Side(id=firm.id, name=firm.name, born_on=None, told=told, address=f"/employeurs/{firm.id}")
