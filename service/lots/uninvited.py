"""Firms that have a part in a lot and nobody to declare: no account is open for them; and who may invite."""

from urllib.parse import quote

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.formats import typographic
from service.tables import LotRow, MarcheRow, OrganisationRow, PartyRow, UserRow
from service.vocabulary import Role


class Uninvited(msgspec.Struct, frozen=True, kw_only=True):
    """A firm without an account. `lots` name those where it is present; `ask` writes to who may invite."""

    company_id: str
    company: str
    lots: str
    ask: str


class Inviter(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    email: str


def uninvited(
    db: Session, account: Account, lot_row_id: int | None = None
) -> tuple[tuple[Uninvited, ...], tuple[Inviter, ...]]:
    """The firms present today on open lots (or on one lot) without an active account, and the
    administrators of the territory. Two queries."""
    has_account = sa.exists().where(
        col(UserRow.organisation_id) == col(PartyRow.company_id),
        col(UserRow.role) == Role.CONTRACTOR,
        col(UserRow.active),
    )
    query = (
        sa.select(
            col(OrganisationRow.public_id),
            col(OrganisationRow.name),
            col(MarcheRow.reference),
            col(LotRow.number),
        )
        .join(PartyRow, col(PartyRow.company_id) == col(OrganisationRow.id))
        .join(LotRow, col(LotRow.id) == col(PartyRow.lot_id))
        .join(MarcheRow, col(MarcheRow.id) == col(LotRow.marche_id))
        .where(
            col(PartyRow.territory_id) == account.territory_id,
            col(LotRow.closed_on).is_(None),
            sa.or_(col(PartyRow.ends_on).is_(None), col(PartyRow.ends_on) >= account.today),
            ~has_account,
        )
        .distinct()
        .order_by(col(OrganisationRow.name), col(MarcheRow.reference), col(LotRow.number))
    )
    if lot_row_id is not None:
        query = query.where(col(LotRow.id) == lot_row_id)
    lots: dict[tuple[str, str], list[str]] = {}
    for company_id, name, reference, number in db.execute(query):
        lots.setdefault((company_id, name), []).append(f"{reference}, lot {number}")
    inviters = _inviters(db, account) if lots else ()
    return (
        tuple(
            Uninvited(
                company_id=company_id,
                company=name,
                lots=" ; ".join(named[:3]) + (f" et {len(named) - 3} autres" if len(named) > 3 else ""),
                ask=_letter(inviters, name, named[0]),
            )
            for (company_id, name), named in lots.items()
        ),
        inviters,
    )


def _inviters(db: Session, account: Account) -> tuple[Inviter, ...]:
    rows = db.execute(
        sa.select(col(UserRow.name), col(UserRow.email))
        .where(
            col(UserRow.territory_id) == account.territory_id,
            col(UserRow.role) == Role.ADMIN,
            col(UserRow.active),
        )
        .order_by(col(UserRow.name))
        .limit(3)
    )
    return tuple(Inviter(name=row.name, email=row.email) for row in rows)


def _letter(inviters: tuple[Inviter, ...], firm: str, lot: str) -> str:
    """A mail to write, ready; empty when nobody may invite."""
    if not inviters:
        return ""
    subject = typographic(f"Inviter {firm} dans Passerelle")
    body = typographic(
        f"Bonjour,\n\n{firm} doit déclarer ses heures d’insertion ({lot}) et n’a pas de compte. Merci de "
        "créer un compte « Entreprise » à la personne suivante et de me transmettre son lien :\n\n"
        "Nom :\nE-mail :\n"
    )
    return f"mailto:{inviters[0].email}?subject={quote(subject)}&body={quote(body)}"
