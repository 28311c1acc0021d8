"""Firms that may be the same: one SIRET is one firm; a like name near is shown, not refused."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from matching import firm_key
from service.tables import OrganisationRow
from service.vocabulary import OrganisationKind


class AlikeFirm(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    siret: str | None


def alike_firms(
    db: Session, territory_id: int, name: str, insee: str | None, *, but: int | None = None
) -> tuple[AlikeFirm, ...]:
    """Firms of the same folded name, in the same commune or in one not told. One query.

    Two different SIRET are two establishments: they are not alike. `but`: the firm itself.
    """
    own = db.scalar(sa.select(col(OrganisationRow.siret)).where(col(OrganisationRow.id) == (but or 0)))
    same_place = sa.or_(
        col(OrganisationRow.insee).is_(None),
        sa.true() if insee is None else col(OrganisationRow.insee) == insee,
    )
    rows = db.execute(
        sa.select(col(OrganisationRow.public_id), col(OrganisationRow.name), col(OrganisationRow.siret))
        .where(
            col(OrganisationRow.territory_id) == territory_id,
            col(OrganisationRow.kind) == OrganisationKind.FIRM,
            col(OrganisationRow.id) != (but or 0),
            same_place,
        )
        .order_by(col(OrganisationRow.id))
    )
    key = firm_key(name)
    return tuple(
        AlikeFirm(id=public_id, name=other, siret=siret)
        for public_id, other, siret in rows
        if firm_key(other) == key and not (own and siret)
    )
