"""What the one search box finds, by role; each noun through its own `visible_to`: rights are theirs."""

import re
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import fold
from service.accounts.account import Account
from service.employers.scope import visible_to as employers_of
from service.held_words import holds_words
from service.lots.scope import visible_to as lots_of
from service.marches.scope import visible_to as marches_of
from service.offers.scope import visible_to as offers_of
from service.organisations.scope import visible_to as organisations_of
from service.participants.scope import current_spell
from service.participants.scope import visible_to as persons_of
from service.tables import LotRow, MarcheRow, OfferRow, OrganisationRow, PersonRow, SpellRow
from service.vocabulary import Role

SHOWN = 10
SHORTEST = 2


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """`address` is empty when there is no page to open for this reader."""

    label: str
    detail: str
    address: str


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """`more`: there are others; the words should be made narrower."""

    title: str
    hits: tuple[Hit, ...]
    more: bool


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    query: str
    too_short: bool
    groups: tuple[Group, ...]


def search(db: Session, account: Account, typed: str, *, by_name: bool) -> SearchView:
    """Groups with at least one hit, in the order of the role's work. `by_name`: whether people are, too."""
    if len(typed) < SHORTEST:
        return SearchView(query=typed, too_short=bool(typed), groups=())
    finders = {
        Role.REFERENT: (_participants, _offers),
        Role.LIAISON: (_offers, _employers, _agreed_people),
        Role.FACILITATOR: (_marches, _lots, _organisations),
        Role.CONTRACTOR: (_firm_lots,),
        Role.COORDINATOR: (_participants, _offers, _employers, _marches),
        Role.ADMIN: (_organisations,),
    }[account.role]
    groups = [find(db, account, typed, by_name) for find in finders]
    return SearchView(query=typed, too_short=False, groups=tuple(group for group in groups if group.hits))


def _group(db: Session, title: str, query: sa.Select[*tuple[Any, ...]], make: Any) -> Group:
    rows = db.execute(query.limit(SHOWN + 1)).all()
    return Group(title=title, hits=tuple(make(row) for row in rows[:SHOWN]), more=len(rows) > SHOWN)


def _is_meant(typed: str, by_name: bool) -> sa.ColumnElement[bool]:
    """The public id; by name, every word typed begins a word of the folded name, whatever the order."""
    by_id = col(PersonRow.public_id) == typed.lower()
    words = fold(typed).split() if by_name else []
    if not words:
        return by_id
    key = sa.literal(" ").concat(col(PersonRow.name_key))
    return sa.or_(by_id, sa.and_(*(key.contains(f" {word}", autoescape=True) for word in words)))


def _participants(db: Session, account: Account, typed: str, by_name: bool) -> Group:
    query = (
        sa.select(col(PersonRow.public_id), col(PersonRow.first_name), col(PersonRow.last_name))
        .join(SpellRow, current_spell())
        .where(persons_of(account), _is_meant(typed, by_name))
        .order_by(col(PersonRow.last_name), col(PersonRow.first_name), col(PersonRow.id))
    )
    title = "Mes participants" if account.role is Role.REFERENT else "Participants"
    return _group(
        db,
        title,
        query,
        lambda row: Hit(
            label=f"{row.last_name.upper()} {row.first_name}",
            detail="",
            address=f"/participants/{row.public_id}",
        ),
    )


def _agreed_people(db: Session, account: Account, typed: str, by_name: bool) -> Group:
    """Liaison: by public id, or by name once the référent agreed to share it (semantics.md, Rights)."""
    shared = col(SpellRow.name_shared_on).is_not(None)
    query = (
        sa.select(
            col(PersonRow.public_id),
            sa.case((shared, col(PersonRow.first_name)), else_="").label("first_name"),
            sa.case((shared, col(PersonRow.last_name)), else_="").label("last_name"),
        )
        .join(SpellRow, col(SpellRow.person_id) == col(PersonRow.id))
        .where(
            col(PersonRow.territory_id) == account.territory_id,
            col(SpellRow.territory_id) == account.territory_id,
            col(SpellRow.exited_on).is_(None),
            sa.or_(col(PersonRow.public_id) == typed.lower(), sa.and_(shared, _is_meant(typed, by_name))),
        )
        .order_by(col(PersonRow.public_id))
    )
    return _group(
        db,
        "Participants",
        query,
        lambda row: Hit(
            label=f"{row.first_name} {row.last_name}".strip() or f"Participant {row.public_id}",
            detail=f"identifiant {row.public_id} ; ouvrez une offre, puis « Pourquoi pas elle ? »",
            address="",
        ),
    )


def _offers(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            col(OfferRow.public_id),
            col(OfferRow.title),
            col(OfferRow.state),
            col(OfferRow.place_label),
            col(OrganisationRow.name).label("employer"),
        )
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(OfferRow.employer_id))
        .where(
            offers_of(account),
            sa.or_(
                holds_words(typed, col(OfferRow.title), col(OrganisationRow.name)),
                col(OfferRow.source_id) == typed.upper(),
                col(OfferRow.public_id) == typed.lower(),
            ),
        )
        .order_by(sa.func.lower(col(OfferRow.title)), col(OfferRow.id))
    )
    return _group(
        db,
        "Offres",
        query,
        lambda row: Hit(
            label=row.title,
            detail=" · ".join(part for part in (row.employer, row.place_label, row.state.label) if part),
            address=f"/offres/{row.public_id}",
        ),
    )


def _firms(where: sa.ColumnElement[bool], typed: str) -> sa.Select[*tuple[Any, ...]]:
    digits = re.sub(r"\s", "", typed)
    by_siret = (
        col(OrganisationRow.siret).startswith(digits, autoescape=True) if digits.isdigit() else sa.false()
    )
    found: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            col(OrganisationRow.public_id),
            col(OrganisationRow.name),
            col(OrganisationRow.siret),
            col(OrganisationRow.kind),
        )
        .where(where, sa.or_(holds_words(typed, col(OrganisationRow.name)), by_siret))
        .order_by(sa.func.lower(col(OrganisationRow.name)), col(OrganisationRow.id))
    )
    return found


def _employers(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    return _group(
        db,
        "Employeurs",
        _firms(employers_of(account), typed),
        lambda row: Hit(
            label=row.name,
            detail=f"SIRET {row.siret}" if row.siret else "",
            address=f"/employeurs/{row.public_id}",
        ),
    )


def _organisations(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    return _group(
        db,
        "Organisations",
        _firms(organisations_of(account), typed),
        lambda row: Hit(
            label=row.name,
            detail=row.kind.label + (f" · SIRET {row.siret}" if row.siret else ""),
            address=f"/organisations/{row.public_id}/modifier",
        ),
    )


def _marches(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    query = (
        sa.select(col(MarcheRow.public_id), col(MarcheRow.reference), col(MarcheRow.title))
        .where(
            marches_of(account),
            sa.or_(
                col(MarcheRow.reference).icontains(typed, autoescape=True),
                holds_words(typed, col(MarcheRow.title)),
            ),
        )
        .order_by(col(MarcheRow.reference), col(MarcheRow.id))
    )
    return _group(
        db,
        "Marchés",
        query,
        lambda row: Hit(
            label=f"{row.reference} · {row.title}", detail="", address=f"/marches/{row.public_id}"
        ),
    )


def _lot_query(account: Account, typed: str) -> sa.Select[*tuple[Any, ...]]:
    found: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            col(LotRow.public_id),
            col(LotRow.number),
            col(LotRow.title),
            col(MarcheRow.reference).label("marche"),
            col(MarcheRow.title).label("marche_title"),
        )
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .where(
            lots_of(account),
            sa.or_(
                col(MarcheRow.reference).icontains(typed, autoescape=True),
                holds_words(typed, col(LotRow.title), col(MarcheRow.title)),
            ),
        )
        .order_by(col(MarcheRow.reference), col(LotRow.number), col(LotRow.id))
    )
    return found


def _lot_hit(row: Any, address: str) -> Hit:
    return Hit(
        label=f"Lot {row.number} · {row.title}",
        detail=f"marché {row.marche} · {row.marche_title}",
        address=f"{address}/{row.public_id}",
    )


def _lots(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    return _group(db, "Lots", _lot_query(account, typed), lambda row: _lot_hit(row, "/lots"))


def _firm_lots(db: Session, account: Account, typed: str, _by_name: bool) -> Group:
    return _group(db, "Mes lots", _lot_query(account, typed), lambda row: _lot_hit(row, "/mes-lots"))
