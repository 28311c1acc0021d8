"""What surrounds a territory's matching: the figures, the likeness of trades, the school holidays.

Built once per process, zone and weights. A zone without a published calendar in the package (Martinique,
Corse…) gives none: matching then judges every kind of week, which never promises what may not hold.
"""

from datetime import timedelta
from functools import cache, lru_cache
from itertools import pairwise

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col
from vacances_scolaires_france import SchoolHolidayDates

from matching import (
    FitWeights,
    HolidayStretch,
    WishWeights,
    World,
    default_parameters,
    make_world,
    weighed,
)
from matching.world import NO_AFFINITY, Affinity
from service.reference.affinity import current_affinity
from service.tables import TerritoryRow, WeightsRow

FIRST_YEAR = 2020


@cache
def school_holidays(zone: str) -> tuple[HolidayStretch, ...] | None:
    """The stretches without school of a zone (A, B, C), in order; None for a zone without a calendar."""
    if zone not in SchoolHolidayDates.SUPPORTED_ZONES:
        return None
    calendar = SchoolHolidayDates()
    days = sorted(
        day
        for year in range(FIRST_YEAR, calendar.max_year + 1)
        for day in calendar.holidays_for_year_and_zone(year, zone)
    )
    breaks = [rank + 1 for rank, (one, two) in enumerate(pairwise(days)) if two - one > timedelta(days=1)]
    bounds = pairwise([0, *breaks, len(days)])
    return tuple(HolidayStretch(first=days[first], last=days[last - 1]) for first, last in bounds)


class Weights(msgspec.Struct, frozen=True):
    """The weights of a territory under their number; 0: as shipped."""

    number: int
    fit: FitWeights
    wish: WishWeights

    @property
    def version(self) -> str:
        """The version of all the figures, as it is kept with each suggestion."""
        shipped = default_parameters().version
        return f"{shipped}/p{self.number}" if self.number else shipped


def shipped_weights() -> Weights:
    figures = default_parameters()
    return Weights(0, figures.fit, figures.wish)


@lru_cache(maxsize=64)
def world_with(zone: str, weights: Weights, affinity: Affinity = NO_AFFINITY) -> World:
    """The World of every territory of a school zone that weighs so, with the likeness of trades in force."""
    figures = weighed(default_parameters(), weights.fit, weights.wish, weights.version)
    return make_world(parameters=figures, affinity=affinity, school_holidays=school_holidays(zone))


def chosen_by(db: Session, territory_id: int) -> tuple[str, Weights]:
    """A territory's school zone and weights in force, in one query."""
    zone, number, fit, wish = db.execute(
        sa.select(
            col(TerritoryRow.school_zone), col(WeightsRow.number), col(WeightsRow.fit), col(WeightsRow.wish)
        )
        .outerjoin(WeightsRow, col(WeightsRow.territory_id) == col(TerritoryRow.id))
        .where(col(TerritoryRow.id) == territory_id)
        .order_by(sa.func.coalesce(col(WeightsRow.number), 0).desc())
        .limit(1)
    ).one()
    return zone, shipped_weights() if number is None else Weights(number, fit, wish)


def world_of(db: Session, territory_id: int) -> World:
    """The World of a territory, in one query; the same object as long as nothing in it changes."""
    return world_with(*chosen_by(db, territory_id), current_affinity())
