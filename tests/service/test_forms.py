"""Reading amounts and whole numbers: what Python takes for a number and nobody means is refused."""

from decimal import Decimal

import pytest

from service.forms import Form, whole_number


@pytest.mark.parametrize(
    "typed", ["1e400", "1e5", "1_000", "NaN", "Infinity", "²", "٣", ".", "-", "0x10", "9" * 5000, "-0,01"]
)
def test_an_amount_that_nobody_would_write_is_a_fault(typed: str) -> None:
    form = Form({"amount": typed})
    assert form.decimal("amount", "Montant") is None
    assert form.faults


def test_an_amount_is_read_with_its_spaces_comma_and_sign() -> None:
    form = Form({"a": "1 245,50 €", "b": "+3", "c": ",5", "d": "12."})
    read = [form.decimal(name, "Montant") for name in "abcd"]
    assert read == [Decimal("1245.50"), Decimal(3), Decimal("0.5"), Decimal(12)]
    assert not form.faults


def test_three_decimals_are_one_too_many() -> None:
    form = Form({"amount": "1,005"})
    assert form.cents("amount", "Montant") is None
    assert form.faults == {"amount": "Montant\u202f: 2 décimales au plus."}


def test_a_whole_number_is_of_ascii_digits_and_bounded() -> None:
    assert [whole_number(text) for text in ("0", "12", "²", "٣", "-1", "", "9" * 10)] == [
        *(0, 12),
        *(None, None, None, None, None),
    ]
