"""School holidays by zone, and zones without a calendar."""

import itertools
from datetime import date

from service.suggestions.around import school_holidays, world_of_zone


def test_the_christmas_holidays_of_2026_are_one_stretch() -> None:
    """Arrêté of the calendar 2026-2027: from Saturday 19 December 2026 to Sunday 3 January 2027."""
    found = school_holidays("B")
    assert found is not None
    christmas = next(one for one in found if one.first <= date(2026, 12, 25) <= one.last)
    assert (christmas.first, christmas.last) == (date(2026, 12, 19), date(2027, 1, 3))


def test_stretches_follow_one_another_without_touching() -> None:
    found = school_holidays("A")
    assert found is not None
    assert all((two.first - one.last).days > 1 for one, two in itertools.pairwise(found))


def test_a_zone_without_a_calendar_judges_every_kind_of_week() -> None:
    assert school_holidays("Martinique") is None
    assert world_of_zone("Martinique").school_holidays is None
