"""What a line of a file may hold beyond its types: sizes, codes, and what contradicts itself.

The engine counts in 32-bit integers and trusts what it is given: a number beyond these bounds is a fault of
the file, told with its field, never a wrong answer.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from matching.participant import Participant, Project
from matching.terms import Point

MINUTES = 0, 1440
HUNDREDTHS = 0, 16_800
CENTS = 0, 100_000
# By name of field, wherever it is: least and most, both included.
BOUNDS: dict[str, tuple[int, int]] = {
    "lat": (-90, 90),
    "lon": (-180, 180),
    "precision_m": (0, 100_000),
    "drop_off_minutes": MINUTES,
    "pick_up_minutes": MINUTES,
    "max_travel_minutes": MINUTES,
    "radius_km": (0, 1_000),
    "min_weekly_hours": HUNDREDTHS,
    "max_weekly_hours": HUNDREDTHS,
    "weekly_hours": HUNDREDTHS,
    "min_hourly_wage_cents": CENTS,
    "hourly_wage_cents": CENTS,
    "weight": (1, 10_000),
    "months": (0, 1_200),
    "experience_months": (0, 1_200),
    "positions": (1, 10_000),
    "minutes": MINUTES,
    "start_later_minutes": MINUTES,
    "start_earlier_minutes": MINUTES,
    "end_earlier_minutes": MINUTES,
    "end_later_minutes": MINUTES,
    "start_date_days": (0, 3_660),
    "day": (0, 6),
    "start": MINUTES,
    "end": (0, 2_880),
}
MOST_ITEMS = 500
# By name of field, and what it is in French.
PATTERNS: dict[str, tuple[str, str]] = {
    "id": (r"[^\x00-\x1f\x7f]{1,200}", "un identifiant d’une ligne, de 1 à 200 caractères"),
    "insee": (r"[0-9][0-9AB][0-9]{3}", "un code INSEE de commune (62765)"),
    "rome": (r"[A-N][0-9]{4}", "un code ROME (K2204)"),
    "target_rome": (r"[A-N][0-9]{4}", "un code ROME (K2204)"),
}
_ANY_TEXT = r"[^\x00-\x1f\x7f]{1,300}", "un texte d’une ligne, de 1 à 300 caractères"
_COMPILED = {name: re.compile(pattern) for name, (pattern, _) in PATTERNS.items()}
_TEXT = re.compile(_ANY_TEXT[0])


def fault_of(value: Struct) -> str | None:
    """The first fault of a participant or an offer, with its field, in French; None when there is none."""
    return next(_faults(value, ""), None)


def _faults(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, tuple):
        if len(value) > MOST_ITEMS:
            yield f"{path} : plus de {MOST_ITEMS} éléments"
            return
        for rank, item in enumerate(value):
            yield from _faults_of_field(item, path.rpartition(".")[2], f"{path}[{rank}]")
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _faults_of_field(getattr(value, name), name, f"{path}.{name}".removeprefix("."))
        yield from _contradictions(value, path)


def _faults_of_field(value: Any, name: str, path: str) -> Iterator[str]:
    if isinstance(value, tuple | Struct):
        yield from _faults(value, path)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        least, most = BOUNDS[name]
        if not least <= value <= most:
            yield f"{path} : un nombre de {least} à {most} est attendu, la ligne donne {str(value)[:30]}"
    elif type(value) is str and not _COMPILED.get(name, _TEXT).fullmatch(value):
        yield f"{path} : {PATTERNS.get(name, _ANY_TEXT)[1]} est attendu, la ligne donne « {value[:30]} »"


def _contradictions(value: Struct, path: str) -> Iterator[str]:
    where = f"{path} : " if path else ""
    match value:
        case Point(lat=lat, lon=lon) if (lat is None) != (lon is None):
            yield f"{where}lat et lon vont ensemble"
        case Point(insee=None, lat=None):
            yield f"{where}ni commune ni coordonnées : écrire null à la place du point"
        case Project(min_weekly_hours=int(least), max_weekly_hours=int(most)) if least > most:
            yield f"{where}min_weekly_hours dépasse max_weekly_hours"
        case Participant(projects=projects) if len({one.id for one in projects}) < len(projects):
            yield f"{where}deux projets portent le même identifiant"


# ------------------------------------------------------------------ what the Structs do not know
def unknown_fields(raw: Any, value: Any, path: str = "") -> Iterator[str]:
    """Paths of the fields of ``raw``, as decoded without types, that the Struct has not."""
    if isinstance(value, Struct) and isinstance(raw, dict):
        known = set(value.__struct_fields__)
        tag = value.__struct_config__.tag_field
        for name, told in raw.items():
            if name in known:
                yield from unknown_fields(told, getattr(value, name), f"{path}.{name}".removeprefix("."))
            elif name != tag:
                yield f"{path}.{name}".removeprefix(".")
    elif isinstance(value, tuple) and isinstance(raw, list):
        for told, item in zip(raw, value, strict=True):
            yield from unknown_fields(told, item, f"{path}[]")
