from datetime import date
from decimal import Decimal

import msgspec

from clauses import (
    Calibrated,
    Calibration,
    Fixed,
    Invoice,
    OrderToStart,
    PercentOfHoursWorked,
    Rounding,
    Withdrawal,
    calibration_in_force,
    is_calibrated,
    is_percentage,
    next_calibration_version,
    standing_events,
    standing_notification,
    standing_twin,
)
from tests.clauses.personas import at, notification

JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
LATER = at(date(2030, 1, 1))
BARE = notification(None, calibration=None)


def calibrated(version: int, on: date, method: object = None) -> Calibrated:
    told = Calibration(
        version=version,
        method=method or Fixed(hours=100_00),  # type: ignore[arg-type]
        rounding=Rounding.FLOOR_HOUR,
    )
    return Calibrated(id=f"c{version}", on=on, known_at=at(on), calibration=told)


def back(event_id: str, on: date) -> Withdrawal:
    return Withdrawal(id=f"w-{event_id}", on=on, known_at=at(JUNE), event_id=event_id, reason="Erreur")


def test_what_was_taken_back_does_not_stand_whatever_its_day() -> None:
    future = calibrated(1, date(2029, 1, 1))
    assert standing_events((BARE, future)) == (BARE, future)
    told = (BARE, calibrated(1, MARCH), back("c1", MARCH))
    assert standing_events(told) == (BARE,)
    assert not is_calibrated(told)
    assert is_calibrated(told[:2])
    assert standing_events(()) == ()


def test_a_withdrawal_taken_back_makes_the_entry_stand_again() -> None:
    again = Withdrawal(
        id="w2", on=MARCH, known_at=at(date(2026, 7, 1)), event_id="w-c1", reason="Elle était juste"
    )
    assert is_calibrated((BARE, calibrated(1, MARCH), back("c1", MARCH), again))


def test_dates_told_again_leave_one_notification() -> None:
    second = notification(None, id="n2", known_at=at(MARCH), calibration=None)
    told = (BARE, back("notification", JANUARY), second)
    assert standing_notification(told) == second
    assert standing_notification(()) is None


def test_the_calibration_in_force_is_the_last_one_in_effect_that_day() -> None:
    told = (BARE, calibrated(1, JANUARY), calibrated(2, MARCH))
    first, second = told[1].calibration, told[2].calibration
    assert calibration_in_force(told, date(2026, 2, 28), LATER) == first
    assert calibration_in_force(told, MARCH, LATER) == second
    assert calibration_in_force(told, MARCH, at(date(2026, 2, 1))) == first
    assert calibration_in_force((BARE,), MARCH, LATER) is None


def test_a_percentage_taken_back_needs_no_total_any_more() -> None:
    share = calibrated(1, MARCH, PercentOfHoursWorked(rate=Decimal("0.05")))
    assert is_percentage((BARE, share), JUNE, LATER)
    assert not is_percentage((BARE, share, back("c1", MARCH)), JUNE, LATER)


def test_a_version_number_never_serves_twice() -> None:
    told = (BARE, calibrated(1, MARCH), back("c1", MARCH))
    assert next_calibration_version(told) == 2
    assert next_calibration_version((BARE,)) == 1


def test_the_same_piece_or_the_same_form_sent_twice_is_a_twin() -> None:
    bill = Invoice(id="f1", on=MARCH, known_at=at(MARCH), reference="F1", amount=Decimal(1000))
    corrected = msgspec.structs.replace(bill, id="f2", on=JUNE, amount=Decimal(1200))
    assert standing_twin((bill,), corrected) == bill  # same reference
    assert standing_twin((bill, back("f1", MARCH)), corrected) is None
    start = OrderToStart(id="o1", on=MARCH, known_at=at(MARCH))
    same = msgspec.structs.replace(start, id="o2", known_at=at(JUNE))
    assert standing_twin((start,), same) == start
    assert standing_twin((start,), msgspec.structs.replace(same, on=JUNE)) is None
