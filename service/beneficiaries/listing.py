"""The list of beneficiaries: who is eligible until when, who is at work; filters in the URL."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

import clauses
from matching import fold
from service.accounts.account import Account
from service.beneficiaries.scope import visible_to
from service.beneficiaries.views import BeneficiariesView, BeneficiaryLine
from service.listing import Listing, fetch
from service.tables import EligibilityRow, OrganisationRow, PersonRow, PlacementRow, SpellRow

SORTS = ("nom", "fin")
FILTERS = ("q", "parcours", "eligibilite", "travail")
ELIGIBILITIES = (("valide", "En cours"), ("bientot", "Finit bientôt"), ("aucune", "Aucune en cours"))
FOLLOWED = (("oui", "Suivi par le PLIE"), ("non", "Clauses seulement"))
AT_WORK = (("oui", "Au travail"), ("non", "Pas au travail"))
FAR = date(9999, 12, 31)


def eligible_until(on: date) -> sa.ScalarSelect[Any]:
    """The last day of the person's running period; FAR when it has no end, null when there is none."""
    ends = sa.func.coalesce(col(EligibilityRow.ends_on), FAR)
    return (
        sa.select(sa.func.max(ends, type_=sa.Date()))
        .where(
            col(EligibilityRow.person_id) == col(PersonRow.id),
            col(EligibilityRow.starts_on) <= on,
            sa.or_(col(EligibilityRow.ends_on).is_(None), col(EligibilityRow.ends_on) >= on),
            sa.or_(col(EligibilityRow.revoked_on).is_(None), col(EligibilityRow.revoked_on) > on),
        )
        .correlate(PersonRow)
        .scalar_subquery()
    )


def running(on: date) -> sa.ColumnElement[bool]:
    """Over PlacementRow: at work that day."""
    end = sa.func.coalesce(col(PlacementRow.ended_on), col(PlacementRow.planned_ends_on), FAR)
    return sa.and_(col(PlacementRow.starts_on) <= on, end >= on)


def list_beneficiaries(db: Session, account: Account, listing: Listing) -> BeneficiariesView:
    """A page of the list: two queries."""
    on = account.today
    soon = on + timedelta(days=clauses.figure("expiry_notice_days", on))
    until = eligible_until(on).label("until")
    followed = sa.exists().where(col(SpellRow.person_id) == col(PersonRow.id)).correlate(PersonRow)
    placed = sa.and_(col(PlacementRow.person_id) == col(PersonRow.id))
    at_work = sa.exists().where(placed, running(on)).correlate(PersonRow)
    count = (
        sa.select(sa.func.count())
        .select_from(PlacementRow)
        .where(placed)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    employer = (
        sa.select(sa.func.min(col(OrganisationRow.name)))
        .join(PlacementRow, col(PlacementRow.legal_employer_id) == col(OrganisationRow.id))
        .where(placed, running(on))
        .correlate(PersonRow)
        .scalar_subquery()
    )
    query = sa.select(
        col(PersonRow.id),
        col(PersonRow.public_id),
        col(PersonRow.first_name),
        col(PersonRow.last_name),
        col(PersonRow.birth_date),
        followed.label("followed"),
        until,
        count.label("placements"),
        at_work.label("at_work"),
        employer.label("employer"),
    ).where(visible_to(account))
    labels = {}
    if text := listing.filter("q"):
        labels["q"] = f"Recherche : {text}"
        for word in fold(text).split():
            query = query.where(col(PersonRow.name_key).contains(word, autoescape=True))
    if (asked := listing.filter("parcours")) in dict(FOLLOWED):
        labels["parcours"] = dict(FOLLOWED)[asked]
        query = query.where(followed if asked == "oui" else sa.not_(followed))
    if (asked := listing.filter("travail")) in dict(AT_WORK):
        labels["travail"] = dict(AT_WORK)[asked]
        query = query.where(at_work if asked == "oui" else sa.not_(at_work))
    if (asked := listing.filter("eligibilite")) in dict(ELIGIBILITIES):
        labels["eligibilite"] = f"Éligibilité : {dict(ELIGIBILITIES)[asked].lower()}"
        wanted = {"valide": until.is_not(None), "bientot": until < soon, "aucune": until.is_(None)}
        query = query.where(wanted[asked])
    columns = {"nom": col(PersonRow.last_name), "fin": sa.func.coalesce(until, FAR)}
    total, rows = fetch(db, query, listing, columns=columns, tie=col(PersonRow.id))
    return BeneficiariesView(
        listing=listing.with_total(total, labels),
        beneficiaries=tuple(_line(row, soon) for row in rows),
    )


def _line(row: sa.Row[Any], soon: date) -> BeneficiaryLine:
    until = row.until
    return BeneficiaryLine(
        id=row.public_id,
        name=f"{row.last_name} {row.first_name}",
        birth_date=row.birth_date,
        followed=bool(row.followed),
        eligible=until is not None,
        eligible_until=None if until in (None, FAR) else until,
        ends_soon=until is not None and until < soon,
        placements=row.placements,
        at_work=bool(row.at_work),
        employer=row.employer or "",
    )
