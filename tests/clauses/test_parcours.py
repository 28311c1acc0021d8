from datetime import date

import msgspec

from clauses import (
    Accept,
    Declaration,
    LineDecision,
    Spell,
    Step,
    StepChange,
    StepChangeKind,
    accept,
    rebuild_steps,
    record,
    step_hours,
)
from tests.clauses.personas import (
    AWA,
    HOLIDAYS,
    ON,
    at,
    context,
    declared,
    line,
    period,
    placement,
    validated,
)

STAY = Spell(id="parcours-awa", person_id=AWA, starts_on=date(2026, 9, 1), ends_on=None)


def steps_of(changes: tuple[StepChange, ...]) -> tuple[Step, ...]:
    return tuple(c.step for c in changes)


def recorded(
    version: Declaration, *, spells: tuple[Spell, ...] = (STAY,), steps: tuple[Step, ...] = ()
) -> tuple[StepChange, ...]:
    return record(version, (placement(),), spells, steps, HOLIDAYS)


def february(hours: int = 12000) -> Declaration:
    month = date(2027, 2, 1)
    ctx = context(on=date(2027, 3, 4))
    version = declared(
        line(hours, month=month), period_start=month, declaration_id="d-02", id="v-02", with_context=ctx
    )
    return validated(version, date(2027, 3, 10))


def test_the_first_validated_hours_open_a_step() -> None:
    (change,) = recorded(validated(declared(line(14000))))
    assert change.kind is StepChangeKind.OPENED
    assert (change.step.starts_on, change.step.ends_on) == (date(2027, 1, 5), date(2027, 6, 30))
    assert (change.hours_before, change.hours_after) == (0, 14000)
    assert change.sentence == "Étape de clause ouverte le 05/01/2027, avec 140\u202fh."


def test_a_declaration_that_waits_makes_no_step() -> None:
    assert recorded(declared(line(14000))) == ()


def test_the_next_month_extends_the_same_step() -> None:
    steps = steps_of(recorded(validated(declared(line(14000)))))
    (change,) = recorded(february(), steps=steps)
    assert change.kind is StepChangeKind.EXTENDED
    assert change.step.id == steps[0].id
    assert (change.hours_before, change.hours_after) == (14000, 26000)


def test_recording_twice_changes_nothing() -> None:
    version = validated(declared(line(14000)))
    assert recorded(version, steps=steps_of(recorded(version))) == ()


def test_a_month_of_nothing_breaks_no_step() -> None:
    steps = steps_of(recorded(validated(declared(line(14000)))))
    ctx = context(on=date(2027, 3, 4))
    empty = declared(nothing=True, period_start=date(2027, 2, 1), declaration_id="d-02", with_context=ctx)
    assert recorded(validated(empty), steps=steps) == ()


def test_a_correction_restates_the_step() -> None:
    first = validated(declared(line(12000)))
    steps = steps_of(recorded(first))
    ctx = context(history=(first,))
    second = validated(declared(line(10200), id="v2", reason="Relevé erroné", with_context=ctx))
    (change,) = recorded(second, steps=steps)
    assert change.kind is StepChangeKind.RESTATED
    assert (change.hours_before, change.hours_after) == (12000, 10200)


def test_a_correction_to_nothing_withdraws_the_step() -> None:
    first = validated(declared(line(12000)))
    ctx = context(history=(first,))
    none = validated(declared(nothing=True, id="v2", reason="Autre salarié", with_context=ctx))
    (change,) = recorded(none, steps=steps_of(recorded(first)))
    assert change.kind is StepChangeKind.WITHDRAWN
    assert step_hours(change.step) == 0


def test_hours_before_entry_into_the_plie_make_no_step() -> None:
    later = msgspec.structs.replace(STAY, starts_on=date(2027, 2, 1))
    assert recorded(validated(declared(line(14000))), spells=(later,)) == ()


def test_the_month_of_entry_is_shared_by_weekdays() -> None:
    # Enters on 13/01: 13 of the 19 weekdays worked from the 5th. 14 000 × 13 ÷ 19 = 9 578,9 -> 9 578.
    entry = msgspec.structs.replace(STAY, starts_on=date(2027, 1, 13))
    (change,) = recorded(validated(declared(line(14000))), spells=(entry,))
    assert change.hours_after == 9578
    assert change.step.starts_on == date(2027, 1, 13)


def test_the_month_of_entry_follows_the_daily_record_when_there_is_one() -> None:
    entry = msgspec.structs.replace(STAY, starts_on=date(2027, 1, 13))
    version = validated(declared(line(2200, days={12: 700, 13: 800, 14: 700})))
    (change,) = recorded(version, spells=(entry,))
    assert change.hours_after == 1500


def test_hours_already_cut_by_eligibility_are_not_cut_twice() -> None:
    # Eligible and entered on the same 13th: the 95,78 h that count all lie within the stay.
    entry = msgspec.structs.replace(STAY, starts_on=date(2027, 1, 13))
    ctx = context(periods=(period(starts_on=date(2027, 1, 13)),))
    (change,) = recorded(validated(declared(line(14000), with_context=ctx)), spells=(entry,))
    assert change.hours_after == 9578


def test_leaving_and_coming_back_makes_two_steps() -> None:
    # Out on 15/01 (5-8, 11-15: 9 of 19), back on 25/01 (25-29: 5 of 19). 19 000 -> 9 000 and 5 000.
    out = msgspec.structs.replace(STAY, ends_on=date(2027, 1, 15))
    back = Spell(id="parcours-awa-2", person_id=AWA, starts_on=date(2027, 1, 25), ends_on=None)
    changes = recorded(validated(declared(line(19000))), spells=(out, back))
    assert [c.hours_after for c in changes] == [9000, 5000]
    assert changes[0].step.ends_on == date(2027, 1, 15)


def test_only_the_hours_accepted_reach_the_step() -> None:
    version = declared(line(14000))
    decision = LineDecision(line_id=version.lines[0].id, accepted=10000, reason="Absence")
    accepted = accept(version, Accept(author_id="ines", at=at(ON), lines=(decision,)))
    assert isinstance(accepted, Declaration)
    assert recorded(accepted)[0].hours_after == 10000


def test_someone_who_is_no_participant_has_no_step() -> None:
    assert recorded(validated(declared(line(14000))), spells=()) == ()


def test_a_placement_of_week_ends_is_shared_by_its_days() -> None:
    # Saturday 16 and Sunday 17/01; enters on the 17th: 1 day of 2.
    person = placement(starts_on=date(2027, 1, 16), planned_ends_on=date(2027, 1, 17))
    version = validated(declared(line(1600), with_context=context(placements=(person,))))
    entry = msgspec.structs.replace(STAY, starts_on=date(2027, 1, 17))
    (change,) = record(version, (person,), (entry,), (), HOLIDAYS)
    assert change.hours_after == 800


def test_steps_are_rebuilt_from_the_versions_that_stand() -> None:
    january, after = validated(declared(line(14000))), february()
    steps = steps_of(recorded(january))
    steps = steps_of(recorded(after, steps=steps))
    assert rebuild_steps((after, january), (placement(),), (STAY,), HOLIDAYS) == steps
