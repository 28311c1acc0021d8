from datetime import date

import msgspec

from clauses import Bilan
from clauses.bilan_alerts import bilan_alerts
from tests.clauses.personas import at

END = date(2027, 12, 31)


def picture(**changes: object) -> Bilan:
    """Halfway, half done: 50 h of 100, all counted."""
    base = Bilan(
        lot_id="lot-1",
        on=date(2027, 6, 30),
        known_at=at(date(2027, 7, 15)),
        due=10000,
        forecast=10000,
        declared=5000,
        countable=5000,
        validated=5000,
        time_share=5000,
        hours_share=5000,
        lines=(),
    )
    return msgspec.structs.replace(base, **changes)


def alerts(end: date = END, **changes: object) -> str:
    return " ".join(bilan_alerts(picture(**changes), end, 25)).replace("\u202f", " ")


def test_a_lot_on_time_alerts_nobody() -> None:
    assert alerts() == ""
    assert alerts(hours_share=2500) == ""  # 50 − 25 = 25 points: not more than 25


def test_time_ahead_of_hours_is_told() -> None:
    assert alerts(hours_share=2400) == "50 % du temps écoulé pour 24 % des heures dues."


def test_hours_left_after_the_end_are_told_once() -> None:
    # 100 − 50 = 50 h.
    told = alerts(end=date(2027, 5, 31), hours_share=1000)
    assert told == "Le lot a pris fin le 31/05/2027 : 50 h non réalisées."


def test_hours_not_counted_and_hours_beyond_the_due_are_told() -> None:
    # 60 − 50 = 10 h not counted; 120 − 100 = 20 h beyond.
    assert alerts(declared=6000) == "10 h déclarées n’ont pas été comptées."
    assert alerts(declared=12000, validated=12000) == "20 h au-delà du dû."


def test_an_unknown_due_is_told_as_unknown() -> None:
    assert alerts(due=None, hours_share=None) == "L’obligation n’est pas connue à cette date."
