from datetime import date

import msgspec

from clauses import CutPolicy, Interval, Rules
from tests.clauses.personas import context, declared, line, lot, party, period, placement, rules_of

NNBSP = "\u202f"
FROM_THE_13TH = (period(starts_on=date(2027, 1, 13)),)


def test_a_month_partly_eligible_is_shared_by_weekdays_and_floored_with_its_fraction() -> None:
    # Placement from Tuesday 05/01/2027. Weekdays to the end of January: 5-8 (4), 11-15 (5), 18-22 (5),
    # 25-29 (5) = 19. From Wednesday 13: 13-15 (3) + 5 + 5 = 13.
    # 14 000 × 13 ÷ 19 = 182 000 ÷ 19 = 9 578,94… -> 9 578: 95,78 h.
    version = declared(line(14000), with_context=context(periods=FROM_THE_13TH))
    judged = version.lines[0]
    assert (judged.hours, judged.countable) == (14000, 9578)
    assert (judged.days_kept, judged.days_all) == (13, 19)
    assert judged.reason == f"éligible à partir du 13{NNBSP}: 13 jours sur 19"
    assert rules_of(version) == ["R02"]
    assert version.findings[0].cut == 14000 - 9578


def test_a_daily_record_counts_the_very_days() -> None:
    # 11/01 and 12/01 are before the 13th: 7 h + 8 h lost of 30 h.
    entry = line(3000, days={11: 700, 12: 800, 13: 750, 14: 750})
    judged = declared(entry, with_context=context(periods=FROM_THE_13TH)).lines[0]
    assert judged.countable == 1500
    assert (judged.days_kept, judged.days_all) == (2, 4)


def test_a_public_holiday_is_not_a_day_to_share() -> None:
    # March 2027: 23 weekdays, less Easter Monday 29/03: 22. Eligible from the 15th: 15-19 (5), 22-26 (5),
    # 30, 31 (2) = 12. 11 000 × 12 ÷ 22 = 6 000.
    ctx = context(periods=(period(starts_on=date(2027, 3, 15)),), on=date(2027, 4, 5))
    month = date(2027, 3, 1)
    version = declared(line(11000, month=month), with_context=ctx, period_start=month)
    assert version.lines[0].countable == 6000


def test_a_marche_may_ask_for_a_daily_record() -> None:
    rules = lot(rules=Rules(cut_policy=CutPolicy.DAILY_REQUIRED))
    judged = declared(line(14000), with_context=context(lot=rules, periods=FROM_THE_13TH)).lines[0]
    assert judged.countable == 0
    assert "un relevé journalier est demandé" in judged.reason


def test_a_marche_may_count_whole_months_only() -> None:
    rules = lot(rules=Rules(cut_policy=CutPolicy.ALL_OR_NOTHING))
    assert (
        declared(line(14000), with_context=context(lot=rules, periods=FROM_THE_13TH)).lines[0].countable == 0
    )
    assert declared(line(14000), with_context=context(lot=rules)).lines[0].countable == 14000


def test_two_causes_keep_only_the_days_that_both_allow() -> None:
    # Eligible from the 13th (13 of 19); the party leaves on the 22nd: 13-15 (3) + 18-22 (5) = 8 of 19.
    # 14 000 × 8 ÷ 19 = 5 894,7 -> 5 894.
    ctx = context(periods=FROM_THE_13TH, parties=(party(ends_on=date(2027, 1, 22)),))
    version = declared(line(14000), with_context=ctx)
    assert version.lines[0].countable == 5894
    assert rules_of(version) == ["R02", "R03"]
    assert sum(f.cut for f in version.findings) == 14000 - 5894
    assert version.lines[0].covered == (Interval(first=date(2027, 1, 13), last=date(2027, 1, 22)),)


def test_an_eligibility_that_begins_on_a_sunday_cuts_nothing() -> None:
    # The placement begins on Monday 11/01; eligible from Sunday 10/01.
    ctx = context(
        placements=(placement(starts_on=date(2027, 1, 9)),), periods=(period(starts_on=date(2027, 1, 10)),)
    )
    version = declared(line(10000), with_context=ctx)
    assert version.lines[0].countable == 10000
    assert rules_of(version) == []


def test_a_placement_of_week_ends_is_shared_by_all_its_days() -> None:
    # Saturday 16 and Sunday 17/01 only; eligible from the 17th: 1 day of 2.
    ctx = context(
        placements=(placement(starts_on=date(2027, 1, 16), planned_ends_on=date(2027, 1, 17)),),
        periods=(period(starts_on=date(2027, 1, 17)),),
    )
    assert declared(line(1600), with_context=ctx).lines[0].countable == 800


def test_the_total_typed_stands_when_all_the_days_count() -> None:
    # Three days of 7h20 read 7,33 each: 21,99; the total typed is 22 h, and it stands.
    entry = line(2200, days={11: 733, 12: 733, 13: 733})
    assert declared(entry).lines[0].countable == 2200


def test_a_line_out_of_the_placement_counts_nothing_and_is_held() -> None:
    ctx = context(placements=(msgspec.structs.replace(placement(), starts_on=date(2027, 2, 1)),))
    version = declared(line(14000), with_context=ctx)
    assert version.lines[0].countable == 0
    assert rules_of(version) == ["R10"]


def test_a_day_without_hours_in_the_record_is_not_covered_for_all_that() -> None:
    # Eligible from the 13th, hours from the 13th only: nothing is cut, and the 11th is still not covered.
    version = declared(
        line(1500, days={11: 0, 13: 750, 14: 750}), with_context=context(periods=FROM_THE_13TH)
    )
    judged = version.lines[0]
    assert (judged.countable, rules_of(version)) == (1500, [])
    assert judged.covered[0].first == date(2027, 1, 13)
