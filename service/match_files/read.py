"""JSON lines read one by one: a line that cannot be read is told with its number, the others go on."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
# Nobody's profile is that long: a line beyond is not one of ours.
LONGEST_LINE = 1_000_000


class BadLine(msgspec.Struct, frozen=True):
    """A line that was left out, and why, in a French sentence."""

    number: int
    sentence: str


class ReadFile(msgspec.Struct, Generic[T]):
    """What a file held, in its order."""

    found: dict[str, T]
    bad: list[BadLine]


def read_lines(path: Path, kind: type[T]) -> ReadFile[T]:
    """Participants or offers, by id. Raises OSError when the file cannot be opened."""
    decoder = msgspec.json.Decoder(kind)
    found: dict[str, T] = {}
    first_seen: dict[str, int] = {}
    bad: list[BadLine] = []
    for number, line in _numbered(path):
        if len(line) > LONGEST_LINE:
            bad.append(BadLine(number, f"la ligne dépasse {LONGEST_LINE} octets"))
            continue
        try:
            value: Any = decoder.decode(line)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as fault:
            bad.append(BadLine(number, sentence_of(fault)))
            continue
        if value.id in found:
            bad.append(
                BadLine(
                    number, f"l’identifiant « {value.id} » est déjà celui de la ligne {first_seen[value.id]}"
                )
            )
            continue
        found[value.id] = value
        first_seen[value.id] = number
    return ReadFile(found, bad)


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines that hold something, numbered from 1 as an editor does."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if text:
                yield number, text


_TYPES = {
    "int": "un nombre entier",
    "float": "un nombre",
    "str": "un texte",
    "bool": "true ou false",
    "null": "null",
    "object": "un objet",
    "array": "une liste",
    "date": "une date",
}


def sentence_of(fault: Exception) -> str:
    """A fault of msgspec in French, with the path of the field. What our Structs say is French already."""
    message = str(fault)
    if not isinstance(fault, msgspec.ValidationError):
        return "ce n’est pas du JSON en UTF-8"
    told, _, path = message.partition(" - at ")
    where = path.strip("`").removeprefix("$").removeprefix(".")
    return (f"{where} : " if where else "") + _french(told)


def _french(told: str) -> str:
    if found := re.fullmatch(r"Object missing required field `(.+)`", told):
        return f"il manque le champ « {found[1]} »"
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", told):
        return f"on attend {_types(found[1])}, la ligne donne {_types(found[2])}"
    if found := re.fullmatch(r"Invalid enum value (.+)", told):
        return f"valeur inconnue : {found[1]}"
    if found := re.fullmatch(r"Invalid value (.+)", told):
        return f"valeur inconnue : {found[1]}"
    if told.startswith("Invalid RFC3339 encoded date"):
        return "la date s’écrit AAAA-MM-JJ"
    if told.startswith(("Expected", "Invalid", "Object")):
        return f"valeur refusée ({told})"
    return told


def _types(told: str) -> str:
    return " ou ".join(_TYPES.get(one, one) for one in told.split(" | "))
