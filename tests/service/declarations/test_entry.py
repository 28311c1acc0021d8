"""Small readings of the month's page, worked by hand."""

from datetime import date

from service.declarations.entry import month_of, plain, read_back
from service.forms import Form


def test_hours_are_written_as_one_types_them() -> None:
    assert [plain(h) for h in (0, 700, 750, 15167, 124550)] == ["0", "7", "7,50", "151,67", "1245,50"]


def test_the_value_read_is_shown_only_when_it_is_written_otherwise() -> None:
    form = Form.of({"a": "7h30", "b": "7,50", "c": "7", "d": "bonjour", "e": "", "f": "7.5"})
    # 7 h 30 is 7,50 h; « 7.5 » too.
    assert read_back(form, "a") == "7,50\u202fh"
    assert [read_back(form, name) for name in "bcde"] == ["", "", "", ""]
    assert read_back(form, "f") == "7,50\u202fh"


def test_a_month_is_read_or_is_none() -> None:
    assert month_of("2026-01") == date(2026, 1, 1)
    assert [month_of(text) for text in ("", "2026", "2026-13", "2026-01-01", "janvier")] == [None] * 5
