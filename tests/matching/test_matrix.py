"""Imported travel times: timed services, waits, and lines that cannot be read."""

import pytest

from matching.errors import BadMatrix
from matching.matrix import Service, arriving_by, leaving_at, read_matrix, read_what_can_be
from matching.terms import Mode

BUSES = (Service(departure=380, minutes=25), Service(departure=440, minutes=25))


def test_the_wait_at_the_post_counts_in_the_way_out() -> None:
    # Shift at 8 h = 480: the 7 h 20 bus arrives at 7 h 45, 15 min early: 40 in all.
    assert arriving_by(BUSES, 480, 60) == 40


def test_no_bus_early_enough_is_no_service() -> None:
    # Shift at 6 h = 360: the first bus arrives at 6 h 45; yesterday's last is hours before.
    assert arriving_by(BUSES, 360, 60) is None


def test_the_wait_at_the_stop_counts_in_the_way_back() -> None:
    # Out at 7 h 10 = 430, bus at 7 h 20: 10 + 25.
    assert leaving_at(BUSES, 430, 60) == 35


def test_a_service_past_midnight_is_found() -> None:
    assert leaving_at((Service(departure=10, minutes=20),), 1435, 60) == 35


def test_a_matrix_is_read_one_way_at_a_time() -> None:
    found = read_matrix(
        ["from,to,mode,departure,minutes", "62765,59001,transit,7:20,25", "62765,59001,car,,18"]
    )
    assert found.services("62765", "59001", Mode.TRANSIT) == (Service(departure=440, minutes=25),)
    assert found.services("59001", "62765", Mode.CAR) == ()
    assert len(found) == 2


@pytest.mark.parametrize(
    "line",
    [
        "62765,59001,plane,,5",
        "62765,59001,shuttle,,5",
        "62765,59001,car,25:00,5",
        "62765,59001,car,7:60,5",
        "62765,59001,car,,-5",
        "62765,59001,car,,douze",
        "62765,59001,car,,1441",
        "62765,59001,car,,٣",
        "62765,59001,car,,5,6",
        "62765",
        "Saint-Omer,59001,car,,5",
        '62765,59001,car,"7:10',
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line: str) -> None:
    with pytest.raises(BadMatrix, match="ligne 2"):
        read_matrix(["from,to,mode,departure,minutes", line])


def test_another_header_is_refused() -> None:
    with pytest.raises(BadMatrix, match="en-tête"):
        read_matrix(["de,a,mode,minutes"])


def test_the_lines_that_can_be_read_are_kept_and_the_others_numbered() -> None:
    found, faults = read_what_can_be(
        [
            "from,to,mode,departure,minutes\r\n",
            '62765,59001,car,"7:10,5\r\n',
            "\r\n",
            "62765,59001,bike,,40\r\n",
        ]
    )
    assert found.services("62765", "59001", Mode.BIKE) == (Service(departure=None, minutes=40),)
    # The quote that is never closed costs its own line only.
    assert faults == [(2, "5 cellules sont attendues, la ligne en a 4")]
