"""The lots themselves: marché, buyers, rules, grid; their companies, parties and events."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import Buyer, Event, Lot, Marche, OrderingEntity, Party
from service.ledger.lot_file import Company
from service.tables import (
    DeclarationRow,
    LotEventRow,
    LotRow,
    MarcheRow,
    OrganisationRow,
    PartyRow,
    PlacementRow,
    TerritoryRow,
)

T = TypeVar("T")
LotIds = Sequence[int] | sa.Select[int]
"""Row ids, or the query that gives them: a territory may have more lots than a statement has parameters."""
KEY_UNIT = Decimal(10_000)
"""Internal keys are kept in ten-thousandths."""
# Made once: a new alias maps every column of its table again.
_BUYER, _ORDERING = aliased(OrganisationRow), aliased(OrganisationRow)
_PARENT, _LOT = aliased(PartyRow), aliased(LotRow)


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """What one query tells of a lot."""

    marche_row_id: int
    territory_row_id: int
    zone: ZoneInfo
    holiday_region: str
    closed: bool
    marche: Marche
    lot: Lot


def read_bases(db: Session, lot_row_ids: LotIds) -> dict[int, Base]:
    """Lots by row id, in the order of their numbers."""
    buyer, ordering = _BUYER, _ORDERING
    query = (
        sa.select(
            LotRow,
            MarcheRow,
            TerritoryRow,
            col(buyer.public_id),
            col(buyer.name),
            col(ordering.public_id),
            col(ordering.name),
        )
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(TerritoryRow, col(TerritoryRow.id) == col(LotRow.territory_id))
        .join(buyer, col(buyer.id) == col(MarcheRow.buyer_id))
        .outerjoin(ordering, col(ordering.id) == col(MarcheRow.ordering_entity_id))
        .where(col(LotRow.id).in_(lot_row_ids))
        .order_by(col(LotRow.marche_id), col(LotRow.number), col(LotRow.id))
    )
    return {
        lot.id: Base(
            marche_row_id=marche.id,
            territory_row_id=territory.id,
            zone=ZoneInfo(territory.time_zone),
            holiday_region=territory.holiday_region,
            closed=lot.closed_on is not None,
            marche=marche_of(
                marche,
                territory.public_id,
                Buyer(id=buyer_id, name=buyer_name),
                () if ordering_id is None else (OrderingEntity(id=ordering_id, name=ordering_name),),
            ),
            lot=lot_of(lot, marche.public_id, buyer_id),
        )
        for lot, marche, territory, buyer_id, buyer_name, ordering_id, ordering_name in db.execute(query)
    }


def marche_of(
    row: MarcheRow, territory_id: str, buyer: Buyer, ordering: tuple[OrderingEntity, ...]
) -> Marche:
    return Marche(
        id=row.public_id,
        territory_id=territory_id,
        reference=row.reference,
        title=row.title,
        buyer=buyer,
        ordering_entities=ordering,
        legal_bases=row.legal_bases,
        groupement=row.groupement,
        calendar=row.calendar,
        perimeter=row.perimeter,
        facilitator_contact=row.facilitator_contact,
        eligible_profiles=row.eligible_profiles,
        exemption=row.exemption,
        exemption_note=row.exemption_note,
    )


def lot_of(row: LotRow, marche_id: str, buyer_id: str) -> Lot:
    return Lot(
        id=row.public_id,
        marche_id=marche_id,
        buyer_id=buyer_id,
        number=row.number,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        volume=row.volume,
        grid_id=row.grid_id,
        rules=row.rules,
    )


def read_companies(db: Session, lot_row_ids: LotIds) -> dict[int, Company]:
    """Every company that is a party, an employer or a declarant of these lots, by row id."""
    named = sa.union(
        sa.select(col(PartyRow.company_id)).where(col(PartyRow.lot_id).in_(lot_row_ids)),
        sa.select(col(PlacementRow.legal_employer_id)).where(col(PlacementRow.lot_id).in_(lot_row_ids)),
        sa.select(col(PlacementRow.user_company_id)).where(col(PlacementRow.lot_id).in_(lot_row_ids)),
        sa.select(col(DeclarationRow.company_id)).where(col(DeclarationRow.lot_id).in_(lot_row_ids)),
    )
    rows = db.execute(
        sa.select(
            col(OrganisationRow.id),
            col(OrganisationRow.public_id),
            col(OrganisationRow.name),
            col(OrganisationRow.siret),
            col(OrganisationRow.employer_kind),
        ).where(col(OrganisationRow.id).in_(named))
    )
    return {row.id: company_of(row) for row in rows}


def company_of(row: Any) -> Company:
    """A stored company, from its row or its columns."""
    return Company(id=row.public_id, row_id=row.id, name=row.name, siret=row.siret, kind=row.employer_kind)


def read_parties(
    db: Session, lot_row_ids: LotIds, companies: dict[int, Company]
) -> dict[int, tuple[Party, ...]]:
    """Parties by lot row id, the groupement first, then by date."""
    parent, lot = _PARENT, _LOT
    rows = db.execute(
        sa.select(PartyRow, col(parent.public_id), col(lot.public_id))
        .join(lot, col(lot.id) == col(PartyRow.lot_id))
        .outerjoin(parent, col(parent.id) == col(PartyRow.parent_id))
        .where(col(PartyRow.lot_id).in_(lot_row_ids))
        .order_by(col(PartyRow.tier), col(PartyRow.starts_on), col(PartyRow.id))
    )
    return grouped(
        (
            row.lot_id,
            Party(
                id=row.public_id,
                lot_id=lot_id,
                company_id=companies[row.company_id].id,
                role=row.role,
                tier=row.tier,
                parent_id=parent_id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                key_share=None if row.key_share is None else Decimal(row.key_share) / KEY_UNIT,
                acte_special=row.acte_special,
            ),
        )
        for row, parent_id, lot_id in rows
    )


def read_events(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[Event, ...]]:
    """The ledger of each lot, in the order in which it became known."""
    rows = db.execute(
        sa.select(col(LotEventRow.lot_id), col(LotEventRow.event))
        .where(col(LotEventRow.lot_id).in_(lot_row_ids))
        .order_by(col(LotEventRow.known_at), col(LotEventRow.id))
    )
    return grouped((lot_id, event) for lot_id, event in rows)


def grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, tuple[T, ...]]:
    """The values of each key, in their order."""
    found: dict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
