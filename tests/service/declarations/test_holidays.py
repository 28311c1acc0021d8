"""Public holidays by territory."""

from datetime import date

from service.declarations.holidays import public_holidays


def test_martinique_keeps_the_abolition_of_slavery_and_the_mainland_does_not() -> None:
    # 22 May in Martinique; 1 and 8 May everywhere.
    may = (date(2026, 5, 1), date(2026, 5, 31))
    mainland, martinique = public_holidays("metropole", *may), public_holidays("martinique", *may)
    assert {date(2026, 5, 1), date(2026, 5, 8)} <= mainland & martinique
    assert date(2026, 5, 22) in martinique - mainland


def test_alsace_keeps_good_friday() -> None:
    # Easter 2026 is on 5 April.
    april = (date(2026, 4, 1), date(2026, 4, 30))
    assert date(2026, 4, 3) in public_holidays("alsace", *april) - public_holidays("metropole", *april)


def test_a_period_over_the_new_year_has_both_years() -> None:
    found = public_holidays("metropole", date(2025, 12, 1), date(2026, 1, 31))
    assert {date(2025, 12, 25), date(2026, 1, 1)} <= found
