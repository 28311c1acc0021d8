"""The portfolio: marchés with the health of their worst lot and who must act next; filters in the URL."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Buyer, Health, Lot, Marche, missing_mandatory_fields
from service.accounts.account import Account
from service.ledger.read_lots import marche_of
from service.listing import Listing
from service.marches.portfolio import lines_of, read_portfolio
from service.marches.scope import visible_to
from service.marches.views import (
    TONES,
    WORST_FIRST,
    LotLine,
    MarcheLine,
    MarchesView,
    most_pressing,
    total,
    worst,
)
from service.tables import MarcheRow, OrganisationRow, UserRow

SORTS = ("urgence", "reference", "intitule", "acheteur", "fin", "reste")
FILTERS = ("q", "sante", "acheteur", "facilitateur")
FAR = date(9999, 1, 1)
BUYER = (OrganisationRow, col(OrganisationRow.id) == col(MarcheRow.buyer_id))


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A marché as the query tells it."""

    marche: Marche
    facilitator: str


def list_marches(db: Session, account: Account, listing: Listing, known_at: datetime) -> MarchesView:
    """A page of the portfolio. Health is computed, so lists are cut after it: the queries stay eight."""
    where, labels = _filters(account, listing)
    known = _known(db, account, where, labels)
    files = read_portfolio(db, account, sa.select(col(MarcheRow.id)).join(*BUYER).where(*where))
    lots: dict[str, list[Lot]] = defaultdict(list)
    for file in files:
        lots[file.marche.id].append(file.lot)
    lines: dict[str, list[LotLine]] = defaultdict(list)
    for line in lines_of(files, account.today, known_at):
        lines[line.marche_id].append(line)
    found = [
        marche_line(
            k, tuple(lines[k.marche.id]), missing_mandatory_fields(k.marche, tuple(lots[k.marche.id]))
        )
        for k in known
    ]
    if (asked := listing.filter("sante")) in set(Health):
        labels["sante"] = f"État : {Health(asked).label}"
        found = [m for m in found if m.health == asked]
    found.sort(key=lambda m: m.id)
    found.sort(key=_ORDERS[listing.sort], reverse=listing.descending)
    counted = listing.with_total(len(found), labels)
    first = (counted.page - 1) * counted.size
    return MarchesView(listing=counted, marches=tuple(found[first : first + counted.size]))


_ORDERS: dict[str, Callable[[MarcheLine], Any]] = {
    "urgence": lambda m: (
        m.action.before if m.action else FAR,
        WORST_FIRST.index(Health(m.health)),
        m.reference,
    ),
    "reference": lambda m: m.reference,
    "intitule": lambda m: m.title.casefold(),
    "acheteur": lambda m: m.buyer.casefold(),
    "fin": lambda m: m.ends_on or FAR,
    "reste": lambda m: -1 if m.remaining is None else m.remaining,
}


def _filters(account: Account, listing: Listing) -> tuple[list[sa.ColumnElement[bool]], dict[str, str]]:
    """The conditions of the SQL filters, and the words of their chips."""
    where, labels = [visible_to(account)], {}
    if text := listing.filter("q"):
        labels["q"] = f"Recherche : {text}"
        named = (col(MarcheRow.reference), col(MarcheRow.title), col(OrganisationRow.name))
        where.append(sa.or_(*(column.icontains(text, autoescape=True) for column in named)))
    if buyer := listing.filter("acheteur"):
        labels["acheteur"] = "Acheteur choisi"
        where.append(col(OrganisationRow.public_id) == buyer)
    if listing.filter("facilitateur") == "moi":
        labels["facilitateur"] = "Mes marchés"
        where.append(col(MarcheRow.facilitator_id) == account.id)
    return where, labels


def _known(
    db: Session, account: Account, where: list[sa.ColumnElement[bool]], labels: dict[str, str]
) -> list[Known]:
    """The marchés that the filters keep."""
    query = (
        sa.select(MarcheRow, col(OrganisationRow.public_id), col(OrganisationRow.name), col(UserRow.name))
        .join(*BUYER)
        .outerjoin(UserRow, col(UserRow.id) == col(MarcheRow.facilitator_id))
        .where(*where)
        .order_by(col(MarcheRow.id))
    )
    found = []
    for row, buyer_id, buyer_name, facilitator in db.execute(query):
        marche = marche_of(row, account.territory_public_id, Buyer(id=buyer_id, name=buyer_name), ())
        found.append(Known(marche=marche, facilitator=facilitator or ""))
        if "acheteur" in labels:
            labels["acheteur"] = f"Acheteur : {buyer_name}"
    return found


def marche_line(known: Known, lots: tuple[LotLine, ...], missing: tuple[str, ...]) -> MarcheLine:
    health = worst(lots)
    return MarcheLine(
        id=known.marche.id,
        reference=known.marche.reference,
        title=known.marche.title,
        buyer=known.marche.buyer.name,
        facilitator=known.facilitator,
        lots=len(lots),
        due=total([lot.due for lot in lots]) if lots else None,
        validated=sum(lot.validated for lot in lots),
        remaining=total([lot.remaining for lot in lots]) if lots else None,
        ends_on=max((lot.ends_on for lot in lots), default=None),
        health=health.value,
        health_label=health.label,
        tone=TONES[health],
        action=most_pressing(lots),
        missing=missing,
    )


def buyers_here(db: Session, account: Account) -> list[tuple[str, str]]:
    """The buyers of the marchés that the account may see, for the filter."""
    query = (
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name))
        .join(MarcheRow, col(MarcheRow.buyer_id) == col(OrganisationRow.id))
        .where(visible_to(account))
        .distinct()
        .order_by(col(OrganisationRow.name))
    )
    return [(public_id, name) for public_id, name in db.execute(query)]
