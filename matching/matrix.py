"""Imported travel times, commune to commune: ``from,to,mode,departure,minutes``.

``from``, ``to``: INSEE codes, one way each. ``departure``: ``7:35`` for a timed service, empty when the
duration holds at any hour. An imported line stands over the computed duration.
"""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from matching.csv_lines import Faults, read_rows
from matching.errors import BadMatrix
from matching.terms import Mode
from matching.week import DAY

_Wait = Callable[["Service", int], int]

COLUMNS = ("from", "to", "mode", "departure", "minutes")
# A PLIE of 300 communes, by five modes, with some services of public transport.
MOST_LINES = 2_000_000
# The stops of the employer's shuttle are told with the offer.
_MODES = [mode.value for mode in Mode if mode is not Mode.SHUTTLE]


class Service(Struct, frozen=True, kw_only=True):
    """One duration: ``departure`` in minutes of the day, or None at any hour."""

    departure: int | None
    minutes: int


class Matrix:
    """The imported services, by (from, to, mode). Immutable once built."""

    def __init__(self, services: dict[tuple[str, str, Mode], tuple[Service, ...]]) -> None:
        self._services = services

    def services(self, start: str, end: str, mode: Mode) -> tuple[Service, ...]:
        """The services of one mode between two communes, in this direction; () when nothing is imported."""
        return self._services.get((start, end, mode), ())

    def __len__(self) -> int:
        return sum(len(services) for services in self._services.values())


NO_MATRIX = Matrix({})


def arriving_by(services: tuple[Service, ...], minute: int, max_wait: int) -> int | None:
    """Least minutes between leaving and ``minute``, wait at the post included; None: no service then."""
    return _least(services, max_wait, lambda service, left: (minute - left - service.minutes) % DAY)


def leaving_at(services: tuple[Service, ...], minute: int, max_wait: int) -> int | None:
    """Least minutes between ``minute`` and arriving, wait at the stop included; None: no service then."""
    return _least(services, max_wait, lambda _, left: (left - minute) % DAY)


def _least(services: tuple[Service, ...], max_wait: int, wait_of: _Wait) -> int | None:
    durations = []
    for service in services:
        wait = 0 if service.departure is None else wait_of(service, service.departure)
        if wait <= max_wait:
            durations.append(service.minutes + wait)
    return min(durations, default=None)


def read_matrix(lines: Iterable[str]) -> Matrix:
    """A matrix from CSV lines with a header. Raises BadMatrix with the number of the faulty line."""
    found, faults = read_what_can_be(lines)
    for number, sentence in faults:
        raise BadMatrix(f"ligne {number} : {sentence}")
    return found


def read_what_can_be(lines: Iterable[str]) -> tuple[Matrix, Faults]:
    """The matrix of the lines that can be read, and (number, sentence) for each of the others.

    Raises BadMatrix for another header or for too many lines.
    """
    services: dict[tuple[str, str, Mode], list[Service]] = {}

    def take(cells: list[str]) -> None:
        start, end, mode, departure, minutes = cells
        key = _commune(start), _commune(end), _mode(mode)
        service = Service(departure=_departure(departure), minutes=_minutes(minutes))
        services.setdefault(key, []).append(service)

    faults = read_rows(lines, COLUMNS, MOST_LINES, take, BadMatrix)
    return Matrix({key: tuple(found) for key, found in services.items()}), faults


def _commune(text: str) -> str:
    if not re.fullmatch(r"\d[\dAB]\d{3}", text, re.ASCII):
        raise BadMatrix(f"« {text[:20]} » n’est pas le code INSEE d’une commune")
    return text


def _mode(text: str) -> Mode:
    if text not in _MODES:
        raise BadMatrix(f"le mode « {text[:20]} » n’est pas connu (au choix : {', '.join(_MODES)})")
    return Mode(text)


def _departure(text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})[:h](\d{2})", text, re.ASCII)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadMatrix(f"l’heure de départ « {text[:20]} » ne se lit pas (exemple : 7:35)")
    return int(found[1]) * 60 + int(found[2])


def _minutes(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or int(text) > DAY:
        raise BadMatrix(f"la durée « {text[:20]} » n’est pas un nombre de minutes, de 0 à {DAY}")
    return int(text)
