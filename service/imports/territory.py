"""Into which territory a command imports."""

import sqlalchemy as sa
from sqlmodel import col

from service.imports.report import FileRefused
from service.tables import TerritoryRow
from service.tables.session import Database


def territory_named(database: Database, name: str | None) -> int:
    """Its database id: the one named, or the only one. Raises FileRefused otherwise."""
    with database.read() as db:
        query = sa.select(col(TerritoryRow.id), col(TerritoryRow.name)).order_by(col(TerritoryRow.name))
        known = [(row_id, one) for row_id, one in db.execute(query)]
    names = ", ".join(f"« {one} »" for _, one in known)
    if not known:
        raise FileRefused("aucun territoire n’existe ; créez d’abord un compte : passerelle user add …")
    if name is None:
        if len(known) > 1:
            raise FileRefused(f"plusieurs territoires existent ; choisissez avec --territory : {names}.")
        return known[0][0]
    for row_id, one in known:
        if one == name:
            return row_id
    raise FileRefused(f"le territoire « {name} » n’existe pas ; il y a : {names}.")
