"""Acts on offers: create, change, change of state, confirm the occupation. Each raises the offers' stamp."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from service.accounts.account import Account
from service.errors import Conflict, Invalid
from service.offers.entry import OfferTyped
from service.offers.scope import find_offer, raise_offers_stamp
from service.offers.written import version_of
from service.reference.reading import confirmed
from service.reference_pages.occupations import occupation_label
from service.tables import OfferRow, OrganisationRow
from service.tables.columns import now_utc
from service.trace import record_act
from service.vocabulary import OccupationSource, OfferSource, OfferState, OrganisationKind

CHANGED_MEANWHILE = (
    "Cette offre a été modifiée par quelqu’un d’autre pendant que vous la remplissiez. Rien de ce que vous "
    "avez saisi n’est perdu : regardez sa fiche, puis enregistrez de nouveau si votre version doit "
    "la remplacer."
)
PLACE = ("insee", "latitude", "longitude", "precision_m", "place_label")


class OfferChanged(Conflict):
    """Somebody saved the offer first; `version` is the one to save over."""

    def __init__(self, version: str) -> None:
        super().__init__(CHANGED_MEANWHILE)
        self.version = version


def create_offer(db: Session, account: Account, typed: OfferTyped, state: OfferState) -> str:
    """The new offer's public id. Raises Invalid when the employer is not one of the territory's."""
    row = OfferRow(
        territory_id=account.territory_id,
        state=state,
        source=OfferSource.TYPED,
        **_columns(db, account, typed),
    )
    db.add(row)
    db.flush()
    raise_offers_stamp(db, account.territory_id)
    record_act(db, account, "offers.new", "offer", row.public_id, f"Offre créée : {row.title}")
    return row.public_id


def change_offer(db: Session, account: Account, public_id: str, typed: OfferTyped, version: str) -> None:
    """Raises OfferChanged when it was saved since `version`."""
    row = find_offer(db, account, public_id, lock=True)
    if version_of(row) != version:
        raise OfferChanged(version_of(row))
    columns = _columns(db, account, typed)
    if typed.place is None and not typed.place_label and row.insee is None:
        # An imported place that is no commune of the table is not lost because its field shows nothing.
        columns = {name: value for name, value in columns.items() if name not in PLACE}
    for name, value in columns.items():
        setattr(row, name, value)
    row.updated_at = now_utc()
    raise_offers_stamp(db, account.territory_id)
    record_act(db, account, "offers.edit", "offer", public_id, f"Offre modifiée : {row.title}")


def change_state(
    db: Session, account: Account, public_id: str, *, known: OfferState, asked: OfferState, reason: str
) -> None:
    """From the state that the reader saw to another. Raises Conflict when it has moved meanwhile."""
    row = find_offer(db, account, public_id, lock=True)
    if row.state is not known:
        raise Conflict(
            f"L’état de l’offre a changé entre-temps : elle est « {row.state.label} ». "
            "Rechargez sa fiche, puis recommencez si besoin."
        )
    row.state = asked
    row.updated_at = now_utc()
    raise_offers_stamp(db, account.territory_id)
    why = f" ({reason})" if reason else ""
    record_act(db, account, "offers.state", "offer", public_id, f"Offre « {asked.label} »{why} : {row.title}")


def confirm_occupation(db: Session, account: Account, public_id: str, code: str) -> str:
    """Put one of the proposed occupations first, for certain; its label. The others stay beside it."""
    row = find_offer(db, account, public_id, lock=True)
    if code not in {one.rome for one in row.rome}:
        raise Conflict("Ce métier n’est plus parmi ceux proposés pour l’offre ; rechargez sa fiche.")
    row.rome = confirmed(row.rome, code)
    row.rome_source = OccupationSource.CONFIRMED
    row.updated_at = now_utc()
    raise_offers_stamp(db, account.territory_id)
    label = occupation_label(code)
    record_act(
        db, account, "offers.occupation", "offer", public_id, f"Métier confirmé : {label}, {row.title}"
    )
    return label


def _columns(db: Session, account: Account, typed: OfferTyped) -> dict[str, Any]:
    columns = {
        name: getattr(typed, name)
        for name in typed.__struct_fields__
        if name not in ("employer", "place", "place_label")
    }
    place = typed.place
    return {
        **columns,
        "employer_id": _employer(db, account, typed.employer),
        "place_label": typed.place_label,
        "insee": place.insee if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision_m": place.precision_m if place else None,
    }


def _employer(db: Session, account: Account, public_id: str) -> int | None:
    if not public_id:
        return None
    found = db.scalar(
        sa.select(col(OrganisationRow.id)).where(
            col(OrganisationRow.public_id) == public_id,
            col(OrganisationRow.territory_id) == account.territory_id,
            col(OrganisationRow.kind) == OrganisationKind.FIRM,
        )
    )
    if found is None:
        raise Invalid({"employer": "Employeur : choisissez-le dans la liste."})
    return found
