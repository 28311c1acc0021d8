import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.hours import HoursError, format_hours, format_number, parse_hours, short_hours

NNBSP = "\u202f"


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("7h30", 750),
        ("7h", 700),
        ("7H05", 708),  # 5 min = 8,33 hundredths -> 8
        ("7:30", 750),
        ("7,5", 750),
        ("7.5", 750),
        ("7", 700),
        ("0", 0),
        ("151,67", 15167),
        ("1 245,50", 124550),
        ("1\u00a0245,50", 124550),
        ("1\u202f245,50", 124550),
        ("  8 h 15  ", 825),
        (f"1{NNBSP}245,50{NNBSP}h", 124550),
    ],
)
def test_the_ways_people_write_hours_are_read(text: str, hundredths: int) -> None:
    assert parse_hours(text) == hundredths


def test_minutes_go_half_up_to_the_hundredth() -> None:
    # 10 min = 16,666… -> 17; 20 min = 33,333… -> 33; 9 min = 15 exactly; 1 min = 1,666… -> 2.
    assert [parse_hours(f"1h{m}") for m in ("10", "20", "09", "01")] == [117, 133, 115, 102]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "7h5",
        "7:5",
        "7h60",
        "7h300",
        "7,555",
        "-3",
        "−3",
        "abc",
        "12 34",
        "7:",
        "1.245,50",
        "7h30m",
        "١٢",
        "9" * 5000,
        "-" + "9" * 5000,
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str) -> None:
    result = parse_hours(text)
    assert isinstance(result, HoursError)
    assert result.text == text
    assert result.sentence.endswith((".", f"{NNBSP}»."))


def test_one_digit_of_minutes_is_refused_with_both_readings() -> None:
    result = parse_hours("7h5")
    assert isinstance(result, HoursError)
    assert "7h05" in result.sentence
    assert "7,5" in result.sentence


def test_a_slip_of_the_keyboard_is_bounded() -> None:
    assert isinstance(parse_hours("99999999999"), HoursError)


def test_hours_are_shown_with_narrow_no_break_spaces() -> None:
    assert format_hours(124550) == f"1{NNBSP}245,50{NNBSP}h"
    assert format_number(-1800) == "−18,00"
    assert short_hours(14000) == f"140{NNBSP}h"
    assert short_hours(9578) == f"95,78{NNBSP}h"


@given(st.integers(min_value=0, max_value=10_000_000))
def test_what_is_shown_can_be_typed_back(value: int) -> None:
    assert parse_hours(format_hours(value)) == value
    assert parse_hours(format_number(value)) == value
    assert parse_hours(short_hours(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    result = parse_hours(text)
    assert isinstance(result, HoursError) or result >= 0
