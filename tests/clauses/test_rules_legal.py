from datetime import date

import msgspec
import pytest

from clauses import (
    FOR_THE_FACILITATOR,
    Ceiling,
    Context,
    DayHours,
    Declaration,
    Effect,
    Finding,
    HourKind,
    LineEntry,
)
from tests.clauses.personas import AWA, COLAS, context, declared, line, other, placement


def found(version: Declaration, rule_id: str) -> list[Finding]:
    return [f for f in version.findings if f.rule_id == rule_id]


def judged(*lines: LineEntry, **changes: object) -> Declaration:
    ctx: Context = context(**changes)
    return declared(*lines, with_context=ctx)


def test_more_than_208_hours_over_all_employers_is_held_and_the_firm_is_told_of_no_other() -> None:
    # 140 h here + 90 h at Rénov = 230 h.
    version = judged(line(14000), others=(other(9000),))
    finding = found(version, "R05")[0]
    assert (finding.effect, finding.waivable) == (Effect.HOLD, True)
    assert finding.firm == FOR_THE_FACILITATOR
    assert "230\u202fh tous employeurs confondus" in finding.facilitator
    assert "208\u202fh par mois" in finding.facilitator


def test_a_firm_over_the_month_by_itself_reads_its_own_figures() -> None:
    # 140 h here + 80 h on its own other lot = 220 h.
    version = judged(line(14000), others=(other(8000, COLAS),))
    assert "220\u202fh" in found(version, "R05")[0].firm


def test_208_hours_are_not_above_208() -> None:
    assert not found(judged(line(20800)), "R05")
    assert found(judged(line(20801)), "R05")


def test_a_month_between_190_67_and_208_is_only_a_warning() -> None:
    version = judged(line(19068))
    assert found(version, "R06")[0].effect is Effect.WARN
    assert not found(version, "R05")
    assert not found(judged(line(19067)), "R06")


def test_a_day_above_ten_hours_shows_over_all_employers() -> None:
    # Tuesday 12/01: 6 h here, 5 h elsewhere.
    elsewhere = other(500, days=(DayHours(day=date(2027, 1, 12), hours=500),))
    version = judged(line(600, days={12: 600}), others=(elsewhere,))
    finding = found(version, "R07")[0]
    assert finding.firm == FOR_THE_FACILITATOR
    assert "11\u202fh tous employeurs confondus (le 12/01/2027)" in finding.facilitator


def test_a_week_above_48_hours_may_straddle_two_months() -> None:
    # Week of Monday 01/02/2027 holds no day of January; week of 25/01: 25 to 29/01 at 9 h = 45 h,
    # and Saturday 30/01 elsewhere, 4 h: 49 h.
    elsewhere = other(400, days=(DayHours(day=date(2027, 1, 30), hours=400),))
    version = judged(line(4500, days=dict.fromkeys(range(25, 30), 900)), others=(elsewhere,))
    finding = found(version, "R08")[0]
    assert "49\u202fh tous employeurs confondus (semaine du 25/01/2027)" in finding.facilitator


def test_an_excess_is_held_where_its_hours_stand_and_nowhere_else() -> None:
    # Elsewhere 11 h on Tuesday 12/01 and 5 × 10 h from 18 to 22/01 (50 h); here 2 h on Wednesday 13/01:
    # neither that day nor its week (11 + 2 = 13 h) is in excess. On the 12th (11 + 2 h) the day is; on the
    # 22nd (10 + 2 h), the day and the week (52 h) are.
    days = [DayHours(day=date(2027, 1, 12), hours=1100)]
    days += [DayHours(day=date(2027, 1, on), hours=1000) for on in range(18, 23)]
    elsewhere = other(6100, days=tuple(days))
    minor = {AWA: date(2009, 6, 1)}
    for on, rules in ((13, set()), (12, {"R07", "R22"}), (22, {"R07", "R08", "R22"})):
        version = judged(line(200, days={on: 200}), others=(elsewhere,), birth_dates=minor)
        assert {f.rule_id for f in version.findings} & {"R07", "R08", "R22"} == rules


def test_without_daily_detail_days_and_weeks_are_not_verifiable() -> None:
    version = judged(line(14000))
    assert {n.rule_id for n in version.not_verifiable} >= {"R07", "R08"}
    assert not found(version, "R07")


@pytest.mark.parametrize(("hours", "speaks"), [(11555, False), (11556, True)])
def test_a_part_time_exceeded_by_a_third_is_a_warning(hours: int, speaks: bool) -> None:
    # 20 h × 52 ÷ 12 × 4 ÷ 3 = 115,555… h
    version = judged(line(hours), placements=(placement(weekly_hours=2000),))
    assert bool(found(version, "R11")) is speaks


def test_unknown_weekly_hours_are_said_to_be_unknown() -> None:
    version = judged(line(14000), placements=(placement(weekly_hours=None),))
    assert "R11" in {n.rule_id for n in version.not_verifiable}


def test_more_hours_than_the_payslip_is_a_warning_work_and_training_together() -> None:
    ceiling = Ceiling(placement_id=f"emploi-{AWA}", month=date(2027, 1, 1), hours=14000)
    version = judged(line(13000), line(2000, kind=HourKind.TRAINING), ceilings=(ceiling,))
    assert "150\u202fh déclarées, 140\u202fh sur la paie" in found(version, "R12")[0].firm


def test_a_minor_above_eight_hours_a_day_is_held() -> None:
    # Awa would be 18 on 01/06/2027.
    version = judged(line(900, days={12: 900}), birth_dates={AWA: date(2009, 6, 1)})
    assert found(version, "R22")[0].effect is Effect.HOLD


def test_a_minor_above_thirty_five_hours_a_week_is_held() -> None:
    # 11 to 15/01 at 7h30 = 37,5 h.
    version = judged(line(3750, days=dict.fromkeys(range(11, 16), 750)), birth_dates={AWA: date(2009, 6, 1)})
    assert "semaine du 11/01/2027" in found(version, "R22")[0].firm


def test_a_person_of_eighteen_is_no_longer_a_minor_from_her_birthday() -> None:
    # 18 on 12/01/2027: 9 h on the 12th are no matter; the same on the 11th are held.
    born = {AWA: date(2009, 1, 12)}
    assert not found(judged(line(900, days={12: 900}), birth_dates=born), "R22")
    assert found(judged(line(900, days={11: 900}), birth_dates=born), "R22")


def test_a_minor_without_daily_record_is_not_verifiable() -> None:
    version = judged(line(14000), birth_dates={AWA: date(2009, 6, 1)})
    assert "R22" in {n.rule_id for n in version.not_verifiable}


def test_an_hour_too_many_in_one_month_is_told_once_for_two_lines() -> None:
    training = msgspec.structs.replace(line(2000), id="f", kind=HourKind.TRAINING)
    assert len(found(judged(line(20000), training), "R05")) == 1
