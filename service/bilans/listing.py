"""The quarter's list: the lots that ran in it, each with its bilan or without."""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.bilans.actions import lots_to_freeze, running_in
from service.bilans.frozen import Frozen
from service.bilans.quarters import Quarter, last_over, quarters_over, read_quarter
from service.bilans.scope import visible_to
from service.listing import Listing, fetch
from service.tables import BilanRow, LotRow, MarcheRow, OrganisationRow

SORTS = ("lot", "acheteur", "date")
FILTERS = ("trimestre", "etat", "q")
STATES = {"arrete": "Arrêtés", "a_arreter": "À arrêter"}


class BilanLine(msgspec.Struct, frozen=True, kw_only=True):
    """A lot of the quarter. The figures, in hundredths, are those of its bilan: none before it is frozen."""

    lot_id: str
    reference: str
    number: str
    title: str
    buyer: str
    bilan_id: str | None
    known_at: datetime | None
    health: str
    tone: str
    due: int | None
    validated: int | None
    corrections: int
    time_share: int | None
    hours_share: int | None


class BilansView(msgspec.Struct, frozen=True, kw_only=True):
    """`to_freeze`: the lots of the whole quarter that have no bilan yet."""

    listing: Listing
    quarter: str
    quarter_label: str
    quarters: tuple[tuple[str, str], ...]
    to_freeze: int
    lines: tuple[BilanLine, ...]
    time_zone: str


def list_bilans(db: Session, account: Account, listing: Listing) -> BilansView:
    """Three queries, whatever the number of lots. Without a filter: the last quarter that is over."""
    quarter = read_quarter(listing.filter("trimestre")) or last_over(account.today)
    query = (
        sa.select(
            col(LotRow.public_id),
            col(LotRow.number),
            col(LotRow.title),
            col(MarcheRow.reference),
            col(OrganisationRow.name),
            col(BilanRow.public_id),
            col(BilanRow.known_at),
            col(BilanRow.content),
        )
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(MarcheRow.buyer_id))
        .outerjoin(
            BilanRow,
            sa.and_(col(BilanRow.lot_id) == col(LotRow.id), col(BilanRow.quarter_start) == quarter.first),
        )
        .where(visible_to(account), sa.or_(sa.and_(*running_in(quarter)), col(BilanRow.id).is_not(None)))
    )
    labels = {}
    if listing.filter("trimestre"):
        labels["trimestre"] = f"Trimestre : {quarter.label}"
    if (state := listing.filter("etat")) in STATES:
        labels["etat"] = f"État : {STATES[state]}"
        frozen = col(BilanRow.id).is_not(None)
        query = query.where(frozen if state == "arrete" else ~frozen)
    if words := listing.filter("q"):
        labels["q"] = f"Recherche : {words}"
        named = (col(MarcheRow.reference), col(LotRow.title), col(OrganisationRow.name))
        query = query.where(sa.or_(*(column.icontains(words, autoescape=True) for column in named)))
    columns = {
        "lot": col(MarcheRow.reference),
        "acheteur": col(OrganisationRow.name),
        "date": col(BilanRow.known_at),
    }
    total, rows = fetch(db, query, listing, columns=columns, tie=col(LotRow.id))
    waiting = sa.select(sa.func.count()).select_from(lots_to_freeze(account, quarter).subquery())
    return BilansView(
        listing=listing.with_total(total, labels),
        quarter=quarter.code,
        quarter_label=quarter.label,
        quarters=tuple((q.code, q.label) for q in _offered(account, quarter)),
        to_freeze=db.scalar(waiting) or 0,
        lines=tuple(_line(*row) for row in rows),
        time_zone=account.time_zone,
    )


def _offered(account: Account, shown: Quarter) -> list[Quarter]:
    return sorted({shown, *quarters_over(account.today)}, reverse=True)


def _line(
    lot_id: str,
    number: str,
    title: str,
    reference: str,
    buyer: str,
    bilan_id: str | None,
    known_at: datetime | None,
    content: Frozen | None,
) -> BilanLine:
    bilan = content.bilan if content else None
    return BilanLine(
        lot_id=lot_id,
        reference=reference,
        number=number,
        title=title,
        buyer=buyer,
        bilan_id=bilan_id,
        known_at=known_at,
        health=content.health if content else "À arrêter",
        tone=content.tone if content else "quiet",
        due=bilan.due if bilan else None,
        validated=bilan.validated if bilan else None,
        corrections=sum(d.after - d.before for d in content.differences) if content else 0,
        time_share=bilan.time_share if bilan else None,
        hours_share=bilan.hours_share if bilan else None,
    )
