"""What surrounds a territory's matching: the figures, and the school holidays of its zone.

Built once per process and zone. A zone without a published calendar in the package (Martinique, Corse…)
gives none: matching then judges every kind of week, which never promises what may not hold.
"""

import sys
from datetime import timedelta
from functools import cache
from itertools import pairwise

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.orm import Session
from sqlmodel import col
from vacances_scolaires_france import SchoolHolidayDates

from matching import HolidayStretch, World, default_parameters, make_world
from service.tables import TerritoryRow

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


@cache
def world_of_zone(zone: str) -> World:
    """The World of every territory of a school zone.

    Its near-misses are all kept: a page leaves out those of quite another trade, then cuts the list itself.
    """
    figures = default_parameters()
    whole = replace(figures, near=replace(figures.near, keep=sys.maxsize))
    return make_world(parameters=whole, school_holidays=school_holidays(zone))


def world_of(db: Session, territory_id: int) -> World:
    """The World of a territory, in one query."""
    zone = db.scalar(sa.select(col(TerritoryRow.school_zone)).where(col(TerritoryRow.id) == territory_id))
    assert zone is not None
    return world_of_zone(zone)
