"""Writing marchés: entry, edit, copy."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Invalid
from service.lots.copying import copy_lots
from service.marches.entry import MarcheTyped
from service.marches.scope import find_marche
from service.organisations.chosen import chosen_or_new
from service.tables import MarcheRow, OrganisationRow
from service.trace import record_act
from service.vocabulary import OrganisationKind

SINCE_WHEN = (
    "Groupement : il change, dites à partir de quel jour et par quel acte. L’ancienne forme reste à "
    "l’historique des lots."
)
REFERENCE_TAKEN = "Un marché de ce territoire porte déjà cette référence."


def create_marche(db: Session, account: Account, typed: MarcheTyped, *, copy_of: str = "") -> str:
    """Its public id. `copy_of`: a marché whose lots are copied, without people, events or hours.

    Raises Invalid when the reference is taken.
    """
    row = MarcheRow(territory_id=account.territory_id, reference="", title="", buyer_id=0, legal_bases=())
    _fill(db, account, row, typed)
    db.add(row)
    _flush(db)
    record_act(db, account, "marches.new", "marche", row.public_id, f"Marché créé : {row.reference}")
    if copy_of:
        copy_lots(db, account, find_marche(db, account, copy_of), row)
    return row.public_id


def change_marche(db: Session, account: Account, public_id: str, typed: MarcheTyped) -> None:
    row = find_marche(db, account, public_id, lock=True)
    former = row.groupement
    if typed.groupement is not former and not (typed.groupement_from and typed.groupement_reason):
        raise Invalid(
            {"groupement_from" if typed.groupement_from is None else "groupement_reason": SINCE_WHEN}
        )
    _fill(db, account, row, typed)
    _flush(db)
    record_act(db, account, "marches.edit", "marche", public_id, f"Marché modifié : {row.reference}")
    if row.groupement is not former:
        told = f"Groupement, à partir du {typed.groupement_from:%d/%m/%Y}"
        values = f"{row.groupement.label.lower()} au lieu de {former.label.lower()}"
        sentence = f"{told} : {values}. Motif : {typed.groupement_reason}"
        record_act(db, account, "marches.groupement", "marche", public_id, sentence)


def _fill(db: Session, account: Account, row: MarcheRow, typed: MarcheTyped) -> None:
    # The buyers first: a query writes the row as it is, and a reference that is taken must wait for _flush.
    buyer = chosen_or_new(db, account, typed.buyer, OrganisationKind.BUYER)
    other = typed.ordering_entity
    ordering = chosen_or_new(db, account, other, OrganisationKind.BUYER) if other.told else None
    row.buyer_id = buyer.id
    row.ordering_entity_id = ordering.id if ordering else None
    row.reference = typed.reference
    row.title = typed.title
    row.legal_bases = typed.legal_bases
    row.groupement = typed.groupement
    row.calendar = typed.calendar
    row.notified_on = typed.notified_on
    row.perimeter = typed.perimeter
    row.facilitator_contact = typed.facilitator_contact
    row.eligible_profiles = typed.eligible_profiles
    row.exemption = typed.exemption
    row.exemption_note = typed.exemption_note
    if typed.mine:
        row.facilitator_id = account.id
    elif row.facilitator_id == account.id:
        row.facilitator_id = None


def public_id_of_organisation(db: Session, row_id: int | None) -> str | None:
    if row_id is None:
        return None
    return db.scalar(sa.select(col(OrganisationRow.public_id)).where(col(OrganisationRow.id) == row_id))


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as fault:
        raise Invalid({"reference": REFERENCE_TAKEN}) from fault
