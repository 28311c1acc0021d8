"""Imported travel times, commune to commune: ``from,to,mode,departure,minutes``.

``from``, ``to``: INSEE codes, one way each. ``departure``: ``7:35`` for a timed service, empty when the
duration holds at any hour. An imported line stands over the computed duration.
"""

import csv
import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from matching.errors import BadMatrix
from matching.terms import Mode
from matching.week import DAY

_Wait = Callable[["Service", int], int]

COLUMNS = ("from", "to", "mode", "departure", "minutes")


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
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadMatrix(f"l’en-tête attendu est « {','.join(COLUMNS)} »")
    services: dict[tuple[str, str, Mode], list[Service]] = {}
    for row in reader:
        try:
            key = (row["from"].strip(), row["to"].strip(), Mode(row["mode"].strip()))
            service = Service(departure=_departure(row["departure"]), minutes=_minutes(row["minutes"]))
        except (ValueError, AttributeError) as fault:
            raise BadMatrix(f"ligne {reader.line_num} : {fault}") from fault
        services.setdefault(key, []).append(service)
    return Matrix({key: tuple(found) for key, found in services.items()})


def _departure(text: str) -> int | None:
    if not text.strip():
        return None
    found = re.fullmatch(r"(\d{1,2})[:h](\d{2})", text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadMatrix(f"l’heure de départ « {text} » ne se lit pas (exemple : 7:35)")
    return int(found[1]) * 60 + int(found[2])


def _minutes(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text.strip()):
        raise BadMatrix(f"la durée « {text} » n’est pas un nombre de minutes")
    return int(text)
