from datetime import date

from clauses import TRANSITIONS, Declaration, State, accepted_at, can_become, latest, supersede
from tests.clauses.personas import at, context, declared, line, validated


def test_every_state_is_worded_for_each_reader() -> None:
    assert [s.firm_label for s in (State.BROUILLON, State.SOUMISE, State.A_CORRIGER)] == [
        "À compléter",
        "Envoyée",
        "À corriger",
    ]
    assert all(s.firm_label and s.facilitator_label for s in State)
    assert set(TRANSITIONS) == set(State)


def test_what_is_rejected_or_replaced_moves_no_more_and_a_return_is_only_undone() -> None:
    for state in (State.REJETEE, State.RECTIFIEE):
        assert not TRANSITIONS[state]
    assert TRANSITIONS[State.A_CORRIGER] == {State.SOUMISE}
    assert can_become(State.VALIDEE, State.RECTIFIEE)
    assert not can_become(State.VALIDEE, State.A_CORRIGER)


def test_the_version_that_stood_at_a_time_is_found_again() -> None:
    first = validated(declared(line(12000)), date(2027, 2, 10))
    ctx = context(history=(first,))
    second = validated(declared(line(10200), id="v2", reason="Erreur", with_context=ctx), date(2027, 3, 10))
    replaced = supersede(first)
    assert isinstance(replaced, Declaration)
    both = (second, replaced)
    assert accepted_at(both, at(date(2027, 2, 9))) == ()
    assert accepted_at(both, at(date(2027, 2, 28))) == (replaced,)
    assert accepted_at(both, at(date(2027, 3, 31))) == (second,)
    assert latest(both) == (second,)
