"""The calendar that a job meets."""

from datetime import date

import numpy as np

from matching.week import WeekKind
from matching.world import ALL_KINDS, Affinity, AffinityTable, HolidayStretch, kinds_worked, successions

# Zone B, Christmas 2026: 20 December to 3 January.
CHRISTMAS = (HolidayStretch(first=date(2026, 12, 20), last=date(2027, 1, 3)),)


def test_a_job_without_an_end_meets_every_kind_of_week() -> None:
    assert kinds_worked(date(2026, 11, 2), None, CHRISTMAS) == ALL_KINDS
    assert kinds_worked(date(2026, 11, 2), date(2026, 11, 6), None) == ALL_KINDS


def test_a_short_job_in_term_needs_no_care_in_the_holidays() -> None:
    # 2 to 13 November 2026: ISO weeks 45 and 46.
    assert kinds_worked(date(2026, 11, 2), date(2026, 11, 13), CHRISTMAS) == (
        WeekKind.SCHOOL_ODD,
        WeekKind.SCHOOL_EVEN,
    )


def test_one_week_of_holidays_has_one_parity() -> None:
    # Monday 21 December 2026 opens ISO week 52.
    assert kinds_worked(date(2026, 12, 21), date(2026, 12, 25), CHRISTMAS) == (WeekKind.HOLIDAY_EVEN,)


def test_weeks_follow_one_another_as_in_the_calendar() -> None:
    odd, even = WeekKind.SCHOOL_ODD, WeekKind.SCHOOL_EVEN
    # 14 to 20 December 2026 is week 51; week 50 is before, and the holidays' week 52 after.
    around = successions(date(2026, 12, 14), date(2026, 12, 20), CHRISTMAS)
    assert around == {(even, odd), (odd, WeekKind.HOLIDAY_EVEN)}
    always = successions(date(2026, 12, 14), None, CHRISTMAS)
    assert always == {(kind, kind.neighbour) for kind in WeekKind}


def test_a_week_of_both_counts_as_both() -> None:
    autumn = (HolidayStretch(first=date(2026, 11, 5), last=date(2026, 11, 20)),)
    assert kinds_worked(date(2026, 11, 2), date(2026, 11, 6), autumn) == (
        WeekKind.SCHOOL_ODD,
        WeekKind.HOLIDAY_ODD,
    )


def test_a_table_of_affinities_says_the_same_as_its_pairs() -> None:
    table = AffinityTable(("K2204", "N1103"), np.array([[10_000, 1500], [1500, 10_000]], dtype=np.int16))
    pairs = Affinity({("K2204", "N1103"): 1500, ("N1103", "K2204"): 1500})
    for known in ("K2204", "N1103", "J1501"):
        for asked in ("K2204", "N1103", "J1501"):
            assert table.near(known, asked) == pairs.near(known, asked)
    assert table
    assert not AffinityTable((), [])
    assert table.shared("K2204", "N1103") == ()
    told = AffinityTable(("K2204",), [[10_000]], lambda known, asked: (known, asked))
    assert told.shared("K2204", "N1103") == ("K2204", "N1103")


def test_a_job_that_ends_before_it_begins_is_told_as_any_other() -> None:
    assert kinds_worked(date(2026, 11, 16), date(2026, 11, 2), CHRISTMAS) == ALL_KINDS
