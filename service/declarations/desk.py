"""Who declares for which firm, and at which addresses: the firm itself, or the facilitator in its place."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Provenance
from service.accounts.account import Account
from service.declarations.scope import lots_of
from service.errors import NotFound
from service.tables import OrganisationRow


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """The firm declared for. `act` and `send_act` are the routes' names written with the acts."""

    company_row_id: int
    company_id: str
    company_name: str
    provenance: Provenance
    month_address: str
    send_address: str
    newcomer_address: str
    act: str
    send_act: str

    @property
    def for_firm(self) -> bool:
        """The facilitator types for the firm."""
        return self.provenance is Provenance.FACILITATOR

    def month_link(self, month: date, **more: str) -> str:
        extra = "".join(f"&{name}={value}" for name, value in more.items())
        return f"{self.month_address}?mois={month:%Y-%m}{extra}"


def own_desk(account: Account) -> Desk:
    """The desk of a firm's own user."""
    return Desk(
        company_row_id=account.organisation_id,
        company_id=account.organisation_public_id,
        company_name=account.organisation_name,
        provenance=Provenance.FIRM,
        month_address="/mes-declarations/mois",
        send_address="/mes-declarations/envoyer",
        newcomer_address="/mes-declarations/nouveau-salarie",
        act="declarations.month.act",
        send_act="declarations.send.act",
    )


def desk_for(db: Session, account: Account, company_id: str) -> Desk:
    """The facilitator's desk for a firm of her territory that has a lot. Raises NotFound."""
    found = db.execute(
        sa.select(col(OrganisationRow.id), col(OrganisationRow.name)).where(
            col(OrganisationRow.public_id) == company_id,
            col(OrganisationRow.territory_id) == account.territory_id,
        )
    ).one_or_none()
    if found is None or not db.scalar(sa.select(lots_of(account.territory_id, found.id).exists())):
        raise NotFound
    address = f"/controle/saisie/{company_id}"
    return Desk(
        company_row_id=found.id,
        company_id=company_id,
        company_name=found.name,
        provenance=Provenance.FACILITATOR,
        month_address=address,
        send_address=f"{address}/envoyer",
        newcomer_address="",
        act="review.enter.act",
        send_act="review.enter.send.act",
    )
