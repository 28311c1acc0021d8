from decimal import Decimal
from fractions import Fraction

import pytest

from clauses import (
    Bracket,
    Brackets,
    Fixed,
    Formula,
    Method,
    PerAmount,
    PercentOfHoursWorked,
    ProrataNewStaff,
)
from clauses.calibration import AmountBasis
from clauses.method import Amounts, Missing, exact_hours, explain

CSF = (
    Bracket(at_least=Decimal(0), hours=15000),
    Bracket(at_least=Decimal(100_000), hours=30000),
    Bracket(at_least=Decimal(200_000), hours=45000),
    Bracket(at_least=Decimal(400_000), hours=90000),
)


def hours(method: Brackets | Formula | PerAmount | Fixed, **amounts: object) -> Fraction:
    result = exact_hours(method, Amounts(**amounts))  # type: ignore[arg-type]
    assert isinstance(result, Fraction)
    return result / 100


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(99_999, 150), (100_000, 300), (199_999, 300), (200_000, 450), (400_000, 900), (5_000_000, 900)],
)
def test_hours_by_bracket_of_the_firm_amount(amount: int, expected: int) -> None:
    assert hours(Brackets(amount=Decimal(amount), brackets=CSF)) == expected


def test_a_reconduction_does_not_change_the_bracket_an_avenant_does() -> None:
    method = Brackets(amount=Decimal(90_000), brackets=CSF)
    assert hours(method, reconducted=Decimal(500_000)) == 150
    assert hours(method, added=Decimal(20_000)) == 300


def test_below_the_first_bracket_nothing_is_due() -> None:
    assert hours(Brackets(amount=Decimal(50_000), brackets=CSF[1:])) == 0


def test_the_amount_ordered_may_be_the_basis() -> None:
    method = PerAmount(tranche=Decimal(2000), hours_per_tranche=100, basis=AmountBasis.ORDERED)
    assert hours(method, ordered=Decimal(10_000), invoiced=Decimal(4_000)) == 5


def test_nothing_is_rounded_before_the_end() -> None:
    method = Formula(
        amount=Decimal(1_000_000), labour_share=Decimal("0.5"), rate=Decimal("0.05"), hourly_cost=Decimal(30)
    )
    assert hours(method) == Fraction(2500, 3)


def test_a_cost_of_zero_or_a_tranche_of_zero_makes_the_due_unknown() -> None:
    free = Formula(amount=Decimal(1), labour_share=Decimal(1), rate=Decimal(1), hourly_cost=Decimal(0))
    assert isinstance(exact_hours(free, Amounts()), Missing)
    none = PerAmount(tranche=Decimal(0), hours_per_tranche=100, basis=AmountBasis.INVOICED)
    assert isinstance(exact_hours(none, Amounts()), Missing)


def test_hours_added_by_an_avenant_join_any_method() -> None:
    assert hours(Fixed(hours=10000), hours_added=2550) == Fraction("125.5")


@pytest.mark.parametrize(
    ("method", "amounts", "sentence"),
    [
        (
            Brackets(amount=Decimal(150_000), brackets=CSF),
            Amounts(),
            (
                "150\u202f000\u202f€ (période ferme, hors reconductions)\u202f: "
                "barème à partir de 100\u202f000\u202f€, 300\u202fh."
            ),
        ),
        (
            Brackets(amount=Decimal(50_000), brackets=CSF[1:]),
            Amounts(),
            "50\u202f000\u202f€ est en dessous de la première tranche du barème\u202f: 0\u202fh.",
        ),
        (
            PercentOfHoursWorked(rate=Decimal("0.05")),
            Amounts(labour_hours=1_200_000),
            "12\u202f000\u202fh travaillées × 5\u202f% = 600\u202fh.",
        ),
        (
            ProrataNewStaff(base_hours=120000, new_staff=3, all_staff=8),
            Amounts(),
            "1\u202f200\u202fh × 3 personnes nouvelles ÷ 8 = 450\u202fh.",
        ),
    ],
)
def test_each_method_explains_itself(method: Method, amounts: Amounts, sentence: str) -> None:
    assert explain(method, amounts) == (sentence,)
