"""Public holidays of a territory: the core is given them, since Martinique's differ from the mainland's."""

from datetime import date
from functools import cache

import holidays

# Names of `TerritoryRow.holiday_region` -> subdivisions of the library; the mainland has none.
SUBDIVISIONS: dict[str, str | None] = {
    "metropole": None,
    "alsace": "6AE",
    "moselle": "57",
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "reunion": "974",
    "mayotte": "976",
    "saint-barthelemy": "BL",
    "saint-martin": "MF",
    "saint-pierre-et-miquelon": "PM",
}


@cache
def _of_year(region: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=SUBDIVISIONS.get(region, region), years=year))


def public_holidays(region: str, first: date, last: date) -> frozenset[date]:
    """The public holidays of the years from `first` to `last`.

    Raises NotImplementedError for a region that neither SUBDIVISIONS nor the library knows.
    """
    return frozenset[date]().union(*(_of_year(region, year) for year in range(first.year, last.year + 1)))
