from datetime import date

import msgspec

from clauses import (
    Allocation,
    Context,
    Declaration,
    Move,
    Refused,
    Rules,
    SurplusPolicy,
    Window,
    accept,
    allocate,
    cancel,
    lot_balance,
    moved_hours,
    restated,
)
from clauses.decision import Accept, LineDecision
from tests.clauses.personas import ON, at, codes, context, declared, line, lot, period, validated

SAME = Rules(surplus_policy=SurplusPolicy.SAME_BUYER)
POOL = Rules(surplus_policy=SurplusPolicy.POOL)


def giving(rules: Rules = SAME) -> Context:
    return context(lot=lot(rules=rules))


def receiving(rules: Rules = SAME, **changes: object) -> Context:
    lot_changes: dict[str, object] = {"id": "lot-2", "number": "2", "rules": rules}
    for name in ("buyer_id",):
        if name in changes:
            lot_changes[name] = changes.pop(name)
    return context(lot=lot(**lot_changes), **changes)


def january(hours: int = 14000) -> Declaration:
    return validated(declared(line(hours)))


def move(hours: int, move_id: str = "partage-1", consents: frozenset[str] = frozenset()) -> Move:
    return Move(
        id=move_id,
        line_id=line().id,
        hours=hours,
        consents=consents,
        author_id="ines",
        at=at(ON),
    )


def given(result: Allocation | Refused) -> Allocation:
    assert isinstance(result, Allocation), result
    return result


def test_hours_are_shared_between_lots_of_one_buyer() -> None:
    allocation = given(allocate(move(4000), january(), giving(), receiving(), ()))
    assert (allocation.from_lot_id, allocation.to_lot_id, allocation.hours) == ("lot-1", "lot-2", 4000)
    assert lot_balance("lot-1", (allocation,)) == (0, 4000)
    assert lot_balance("lot-2", (allocation,)) == (4000, 0)


def test_an_hour_is_given_once() -> None:
    # 140 h: 100 are given, 40 are left; 40,01 is too much.
    first = given(allocate(move(10000), january(), giving(), receiving(), ()))
    third = receiving()
    third = msgspec.structs.replace(third, lot=msgspec.structs.replace(third.lot, id="lot-3"))
    assert codes(allocate(move(4001, "p2"), january(), giving(), third, (first,))) == {"R21"}
    assert given(allocate(move(4000, "p2"), january(), giving(), third, (first,))).hours == 4000


def test_a_cancelled_sharing_gives_the_hours_back() -> None:
    first = given(allocate(move(14000), january(), giving(), receiving(), ()))
    assert codes(cancel(first, at(ON), "")) == {"sans_motif"}
    back = given(cancel(first, at(ON), "Erreur de lot"))
    assert moved_hours(back.line_id, (back,)) == 0
    assert given(allocate(move(14000, "p2"), january(), giving(), receiving(), (back,))).hours == 14000
    assert codes(cancel(back, at(ON), "Encore")) == {"etat"}


def test_the_receiving_lot_judges_by_its_own_dates() -> None:
    # The other lot begins on 13/01: it takes 13 of 19 days, 95,78 h of 140.
    late = receiving(window=Window(starts_on=date(2027, 1, 13), ends_on=date(2027, 12, 31)))
    assert codes(allocate(move(9579), january(), giving(), late, ())) == {"lot_receveur"}
    assert given(allocate(move(9578), january(), giving(), late, ())).hours == 9578


def test_the_receiving_lot_judges_by_its_own_grid() -> None:
    without_rsa = receiving(periods=(period(criterion="CRITERE_LOCAL"),))
    assert "lot_receveur" in codes(allocate(move(100), january(), giving(), without_rsa, ()))


def test_policies_are_those_of_both_lots() -> None:
    assert codes(allocate(move(100), january(), giving(Rules()), receiving(), ())) == {"politique"}
    assert codes(allocate(move(100), january(), giving(), receiving(Rules()), ())) == {"politique"}
    elsewhere = receiving(buyer_id="departement")
    assert codes(allocate(move(100), january(), giving(), elsewhere, ())) == {"politique"}


def test_a_pool_asks_for_the_consent_of_both_buyers() -> None:
    there = receiving(POOL, buyer_id="departement")
    one = move(100, consents=frozenset({"ville"}))
    assert codes(allocate(one, january(), giving(POOL), there, ())) == {"accord"}
    both = move(100, consents=frozenset({"ville", "departement"}))
    assert given(allocate(both, january(), giving(POOL), there, ())).hours == 100


def test_hours_that_wait_are_not_shared() -> None:
    assert codes(allocate(move(100), declared(line(14000)), giving(), receiving(), ())) == {"non_validee"}


def test_only_accepted_hours_are_shared() -> None:
    version = declared(line(14000))
    decision = LineDecision(line_id=version.lines[0].id, accepted=5000, reason="Absence")
    accepted = accept(version, Accept(author_id="ines", at=at(ON), lines=(decision,)))
    assert isinstance(accepted, Declaration)
    assert "R21" in codes(allocate(move(5001), accepted, giving(), receiving(), ()))


def test_a_correction_takes_back_the_last_sharing_first() -> None:
    # 140 h, shared 60 then 50; corrected to 100 h: 110 is too much, the 50 go back.
    version = january()
    first = given(allocate(move(6000, "p1"), version, giving(), receiving(), ()))
    second = given(allocate(move(5000, "p2"), version, giving(), receiving(), (first,)))
    corrected = january(10000)
    kept = restated(version, corrected, (first, second), at(date(2027, 3, 1)))
    assert [(a.id, a.cancelled_at is None) for a in kept] == [("p1", True), ("p2", False)]
    assert moved_hours(corrected.lines[0].id, kept) == 6000


def test_a_sharing_follows_its_line_into_the_correction_or_is_cancelled_with_it() -> None:
    version = january()
    shared = given(allocate(move(6000), version, giving(), receiving(), ()))
    renamed = msgspec.structs.replace(line(12000), id="ligne-v2")
    (kept,) = restated(version, validated(declared(renamed)), (shared,), at(ON))
    assert (kept.line_id, kept.cancelled_at) == ("ligne-v2", None)
    (gone,) = restated(version, validated(declared(nothing=True)), (shared,), at(ON))
    assert gone.cancelled_at == at(ON)
