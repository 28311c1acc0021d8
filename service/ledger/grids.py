"""The eligibility grids of a territory: the one shipped, and its own in all its versions."""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from clauses import Grid, default_grid
from service.ledger.read_lots import LotIds, grouped
from service.tables import GridVersionRow, LotGridRow, LotRow

OWN = "territoire"
"""The id of a territory's own grid: it has one, whose versions follow one another."""


class Grids(msgspec.Struct, frozen=True, kw_only=True):
    """`own`: the versions of the territory's grid, the first one first."""

    own: tuple[Grid, ...]

    @property
    def all(self) -> tuple[Grid, ...]:
        return (default_grid(), *self.own)

    def of(self, grid_id: str, version: int) -> Grid:
        """The version named; the shipped grid when it names none of ours."""
        return next((g for g in self.own if (g.id, g.version) == (grid_id, version)), default_grid())

    def in_force(self, on: date) -> Grid:
        """The one that a new lot follows, and that judges an eligibility asked for no lot."""
        return next((g for g in reversed(self.own) if g.in_force_from <= on), default_grid())

    def labels(self) -> dict[str, str]:
        """The criteria ever told, by code, in their latest words."""
        return {c.code: c.label for grid in self.all for c in grid.criteria}


def read_grids(db: Session, territory_id: int) -> Grids:
    """One query."""
    query = (
        sa.select(col(GridVersionRow.grid))
        .where(col(GridVersionRow.territory_id) == territory_id)
        .order_by(col(GridVersionRow.version))
    )
    return Grids(own=tuple(db.scalars(query)))


def read_followed(db: Session, lot_row_ids: LotIds) -> dict[int, tuple[tuple[date, Grid], ...]]:
    """By lot, the grids that dated acts made it follow, each from its day. Two queries."""
    territories = sa.select(col(LotRow.territory_id)).where(col(LotRow.id).in_(lot_row_ids))
    told = sa.select(GridVersionRow).where(col(GridVersionRow.territory_id).in_(territories))
    own = {(row.territory_id, row.grid_id, row.version): row.grid for row in db.scalars(told)}
    acts = (
        sa.select(LotGridRow)
        .where(col(LotGridRow.lot_id).in_(lot_row_ids))
        .order_by(col(LotGridRow.from_on), col(LotGridRow.id))
    )
    return grouped(
        (row.lot_id, (row.from_on, own.get((row.territory_id, row.grid_id, row.version), default_grid())))
        for row in db.scalars(acts)
    )


def grid_of_lot(db: Session, lot: LotRow, on: date) -> Grid:
    """The grid that a lot follows on a day. Two queries."""
    acts = read_followed(db, [lot.id]).get(lot.id, ())
    return next((grid for first, grid in reversed(acts) if first <= on), default_grid())
