"""A marché's file: its facts, what is missing, its lots and where they stand."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clauses import Buyer, missing_mandatory_fields
from service.accounts.account import Account
from service.documents.read import documents_of_marche
from service.errors import NotFound
from service.ledger.read_lots import marche_of
from service.marches.portfolio import lines_of, read_portfolio
from service.marches.scope import visible_to
from service.marches.views import BasisView, MarcheView, total
from service.tables import MarcheRow, OrganisationRow, UserRow


def read_marche_file(db: Session, account: Account, public_id: str, known_at: datetime) -> MarcheView:
    """Nine queries. Raises NotFound."""
    buyer, ordering = aliased(OrganisationRow), aliased(OrganisationRow)
    query = (
        sa.select(MarcheRow, col(buyer.public_id), col(buyer.name), col(ordering.name), col(UserRow.name))
        .join(buyer, col(buyer.id) == col(MarcheRow.buyer_id))
        .outerjoin(ordering, col(ordering.id) == col(MarcheRow.ordering_entity_id))
        .outerjoin(UserRow, col(UserRow.id) == col(MarcheRow.facilitator_id))
        .where(col(MarcheRow.public_id) == public_id, visible_to(account))
    )
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound
    row, buyer_id, buyer_name, ordering_name, facilitator = found
    marche = marche_of(row, account.territory_public_id, Buyer(id=buyer_id, name=buyer_name), ())
    files = read_portfolio(db, account, sa.select(col(MarcheRow.id)).where(col(MarcheRow.id) == row.id))
    lots = tuple(lines_of(files, account.today, known_at))
    return MarcheView(
        id=marche.id,
        reference=marche.reference,
        title=marche.title,
        buyer=buyer_name,
        ordering_entity=ordering_name or "",
        legal_bases=tuple(
            BasisView(label=basis.label, article=basis.article, alias=basis.alias)
            for basis in marche.legal_bases
        ),
        groupement=marche.groupement.label,
        calendar=marche.calendar.label,
        perimeter=marche.perimeter,
        facilitator=facilitator or "",
        facilitator_contact=marche.facilitator_contact,
        eligible_profiles=marche.eligible_profiles,
        exemption=marche.exemption.label if marche.exemption else "",
        exemption_note=marche.exemption_note,
        notified_on=row.notified_on,
        missing=missing_mandatory_fields(marche, tuple(file.lot for file in files)),
        due=total([lot.due for lot in lots]) if lots else None,
        validated=sum(lot.validated for lot in lots),
        remaining=total([lot.remaining for lot in lots]) if lots else None,
        lots=lots,
        documents=documents_of_marche(db, account, row.id),
    )
