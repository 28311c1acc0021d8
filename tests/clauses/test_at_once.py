import msgspec

from clauses import LineDecision, State, acceptable_at_once
from tests.clauses.personas import COLAS, context, declared, line, other, placement, validated

NOBODY: frozenset[str] = frozenset()


def test_a_declaration_without_a_hold_is_acceptable_at_once() -> None:
    assert acceptable_at_once(declared(line()), (), NOBODY)


def test_a_draft_or_one_decided_is_not() -> None:
    sent = declared(line())
    assert not acceptable_at_once(msgspec.structs.replace(sent, state=State.BROUILLON), (), NOBODY)
    assert not acceptable_at_once(validated(sent), (), NOBODY)


def test_hours_over_the_legal_month_everywhere_are_looked_at_one_by_one() -> None:
    held = declared(line(), with_context=context(others=(other(14000),)))
    assert not acceptable_at_once(held, (), NOBODY)


def test_a_newcomer_is_confirmed_first_unless_none_of_his_hours_count() -> None:
    sent = declared(line())
    mine = frozenset({placement().id})
    assert not acceptable_at_once(sent, (), mine)
    cut = msgspec.structs.replace(
        sent, lines=tuple(msgspec.structs.replace(x, countable=0) for x in sent.lines)
    )
    assert acceptable_at_once(cut, (), mine)


def test_hours_refused_before_are_read_again_when_a_correction_asks_for_them() -> None:
    sent = declared(line())
    decision = LineDecision(line_id=sent.lines[0].id, accepted=10000, reason="Absence le 12")
    former = validated(sent, lines=(decision,))
    assert former.company_id == COLAS
    assert not acceptable_at_once(msgspec.structs.replace(sent, id="version-2"), (former,), NOBODY)
    elsewhere = msgspec.structs.replace(former, declaration_id="autre")
    assert acceptable_at_once(sent, (elsewhere,), NOBODY)
