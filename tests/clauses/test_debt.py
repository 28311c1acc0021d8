from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses import (
    BadGroup,
    Event,
    Fixed,
    Party,
    PartyRole,
    Replacement,
    Rounding,
    TransferMode,
    groupement_debts,
    split_by_key,
    titulaire_debts,
)
from tests.clauses.personas import COLAS, PEINTRE, RENOV, at, notification, party


def member(company_id: str, key: str, role: PartyRole = PartyRole.COTRAITANT, **changes: object) -> Party:
    return party(company_id, role=role, key_share=Decimal(key), **changes)


def test_the_debt_is_split_by_key_to_the_hundredth_by_largest_remainder() -> None:
    # 100,00 h by 1/3 each: 33,33 + 33,33 + 33,33 = 99,99; the hundredth left goes to the first by id.
    third = Decimal(1)
    assert split_by_key(10000, {"c": third, "a": third, "b": third}) == {"a": 3334, "b": 3333, "c": 3333}


def test_the_largest_remainder_gets_the_hundredth() -> None:
    # 10,01 h by 60 / 40: 6,006 and 4,004: remainders 0,6 and 0,4.
    assert split_by_key(1001, {"a": Decimal(40), "b": Decimal(60)}) == {"a": 400, "b": 601}


@given(
    st.integers(min_value=0, max_value=10**9),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 10**6), min_size=1, max_size=9),
)
def test_the_parts_always_add_up(total: int, keys: dict[str, int]) -> None:
    parts = split_by_key(total, {c: Decimal(k) for c, k in keys.items()})
    assert sum(parts.values()) == total
    assert min(parts.values()) >= 0


@pytest.mark.parametrize("keys", [{}, {"a": Decimal(0)}, {"a": Decimal(1), "b": Decimal(-1)}])
def test_keys_that_share_nothing_are_a_fault(keys: dict[str, Decimal]) -> None:
    with pytest.raises(BadGroup):
        split_by_key(100, keys)


def test_when_a_member_leaves_it_owes_what_it_did_and_the_others_share_the_rest() -> None:
    # 1 000 h; keys 50/30/20. Peintre (20) leaves on 30/06 after 80 h: 920 h by 50/30.
    # 920 × 50 ÷ 80 = 575 h; 920 × 30 ÷ 80 = 345 h.
    group = (
        member(COLAS, "50", PartyRole.MANDATAIRE),
        member(RENOV, "30"),
        member(PEINTRE, "20", ends_on=date(2027, 6, 30)),
    )
    done = {COLAS: 30000, PEINTRE: 8000}
    before = groupement_debts(group, 100000, done, date(2027, 6, 30))
    assert {d.company_id: d.due for d in before} == {COLAS: 50000, RENOV: 30000, PEINTRE: 20000}
    after = {d.company_id: d for d in groupement_debts(group, 100000, done, date(2027, 7, 1))}
    assert {c: d.due for c, d in after.items()} == {COLAS: 57500, RENOV: 34500, PEINTRE: 8000}
    assert sum(d.due for d in after.values()) == 100000
    assert (after[COLAS].remaining, after[PEINTRE].remaining) == (27500, 0)


def test_a_sole_titulaire_owes_all_without_a_key() -> None:
    (debt,) = groupement_debts((party(),), 83300, {COLAS: 90000}, date(2027, 1, 1))
    assert (debt.due, debt.remaining, debt.surplus) == (83300, 0, 6700)


def replaced(mode: TransferMode) -> tuple[Event, ...]:
    """365 h over the 365 days of 2026; Colas leaves to Rénov on 14/03 (73rd day)."""
    change = Replacement(
        id="r",
        on=date(2026, 3, 14),
        known_at=at(date(2026, 3, 14)),
        leaving_company_id=COLAS,
        joining_company_id=RENOV,
        mode=mode,
    )
    return (notification(Fixed(hours=36500), Rounding.HUNDREDTH), change)


@pytest.mark.parametrize(
    ("mode", "parts"),
    [
        # All to the new one: Colas owes the 50 h it did, Rénov the rest.
        (TransferMode.ALL_TO_NEW, {COLAS: 5000, RENOV: 31500}),
        # Split by date: 365 × 73 ÷ 365 = 73 h were expected of Colas; it did 50: 23 are missing.
        (TransferMode.SPLIT_BY_DATE, {COLAS: 7300, RENOV: 29200}),
    ],
)
def test_a_replacement_moves_the_debt_and_leaves_the_hours_done(
    mode: TransferMode, parts: dict[str, int]
) -> None:
    debts = titulaire_debts(replaced(mode), COLAS, {COLAS: 5000}, date(2026, 6, 1), at(date(2026, 6, 1)))
    assert debts is not None
    assert {d.company_id: d.due for d in debts} == parts
    assert debts[0].done == 5000
