import pytest

from clauses import RULES, Effect, Rule, Scope, UnknownRule, declare, rule_of
from clauses.declare import Declared
from clauses.rule import registry
from tests.clauses.personas import command, context, line


def test_the_pack_holds_the_twenty_two_rules() -> None:
    assert [r.id for r in RULES if r.id != "R21"] == [f"R{n:02d}" for n in range(1, 23) if n != 21]
    assert rule_of("R21") is not None


def test_effects_are_those_decided_for_the_field() -> None:
    by_effect = {e: {r.id for r in RULES if r.effect is e} for e in Effect}
    assert by_effect[Effect.CUT] == {"R01", "R02", "R03", "R04", "R18"}
    assert by_effect[Effect.HOLD] == {"R05", "R09", "R10", "R20", "R22"}
    assert by_effect[Effect.REFUSE] == {"R21"}


def test_a_cut_is_never_waivable() -> None:
    assert not any(r.waivable for r in RULES if r.effect is Effect.CUT)


def test_a_rule_told_twice_is_a_fault_of_the_pack() -> None:
    twice = Rule("R01", 2, Effect.CUT, False, Scope.LINE, "Encore")
    with pytest.raises(UnknownRule):
        registry(RULES, (twice,))


def test_a_pack_without_a_rule_no_longer_cuts() -> None:
    ctx = context(periods=())
    without = tuple(r for r in RULES if r.id != "R02")
    result = declare(command(line(14000)), ctx, without)
    assert isinstance(result, Declared)
    assert result.version.lines[0].countable == 14000
