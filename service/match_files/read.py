"""Files of lines read one by one: a line that cannot be read is told with its number, the others go on."""

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

import msgspec

from matching import MatchingError
from matching.bounds import fault_of, unknown_fields

T = TypeVar("T")
# Nobody's profile is that long: a line beyond is not one of ours. Nor is a file past these.
LONGEST_LINE = 1_000_000
MOST_LINES = 3_000_000
MOST_BYTES = 4_000_000_000
STANDARD = "-"


class BadLine(msgspec.Struct, frozen=True):
    """A line that was left out, and why, in a French sentence."""

    number: int
    sentence: str


class ReadFile(msgspec.Struct, Generic[T]):
    """What a file held, in its order. aside: fields that are not known, and the first line of each."""

    found: dict[str, T]
    bad: list[BadLine]
    aside: dict[str, int]


class Unreadable(Exception):
    """A file that cannot be used at all; the message is a French sentence without its stop."""


def read_lines(path: str, kind: type[T]) -> ReadFile[T]:
    """Participants or offers, by id; `-` is the standard input, `.gz` is unpacked. Raises Unreadable."""
    read = ReadFile[T]({}, [], {})
    first_seen: dict[str, int] = {}
    decoder, plain = msgspec.json.Decoder(kind), msgspec.json.Decoder()
    with _opened(path) as file:
        for number, line in _numbered(file):
            try:
                if len(line) > LONGEST_LINE:
                    raise msgspec.ValidationError(f"la ligne dépasse {LONGEST_LINE} octets")
                value: Any = decoder.decode(line)
                if fault := fault_of(value):
                    raise msgspec.ValidationError(fault)
                if value.id in first_seen:
                    raise msgspec.ValidationError(
                        f"l’identifiant « {value.id} » est déjà celui de la ligne {first_seen[value.id]}"
                    )
                for name in unknown_fields(plain.decode(line), value):
                    read.aside.setdefault(name, number)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
                read.bad.append(BadLine(number, sentence_of(fault)))
            else:
                read.found[value.id] = value
                first_seen[value.id] = number
    return read


def read_table(
    path: str, reader: Callable[[Iterable[str]], tuple[T, list[tuple[int, str]]]]
) -> tuple[T, list[BadLine]]:
    """What ``reader`` finds in a CSV file, and the lines that it left out. Raises Unreadable."""
    with _opened(path) as file:
        try:
            found, faults = reader(_texts(file))
        except MatchingError as fault:
            raise Unreadable(f"{path} : {fault}") from fault
    return found, [BadLine(number, sentence) for number, sentence in faults]


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    try:
        if path == STANDARD:
            yield sys.stdin.buffer
        elif path.endswith(".gz"):
            with gzip.open(path, "rb") as packed:
                yield cast("IO[bytes]", packed)
        else:
            with Path(path).open("rb") as file:
                yield file
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise Unreadable(f"{path} n’est pas une archive gzip entière") from fault
    except OSError as fault:
        raise Unreadable(f"impossible d’ouvrir {path} : {why(fault)}") from fault


def why(fault: OSError) -> str:
    """What the disk refused, in French."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return "ce fichier ou ce dossier n’existe pas"
    if isinstance(fault, PermissionError):
        return "l’accès est refusé"
    return (
        "c’est un dossier" if isinstance(fault, IsADirectoryError) else fault.strerror or "le disque échoue"
    )


def _numbered(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines that hold something, numbered from 1 as an editor does; one too long is cut, never held whole."""
    number = size = 0
    while line := file.readline(LONGEST_LINE + 2):
        number, size = number + 1, size + len(line)
        told = line
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
            size += len(line)
            if size > MOST_BYTES:
                break
        if number > MOST_LINES or size > MOST_BYTES:
            raise Unreadable(f"le fichier dépasse {MOST_LINES} lignes ou {MOST_BYTES} octets")
        if text := (told.removeprefix(b"\xef\xbb\xbf") if number == 1 else told).strip():
            yield number, text


def _texts(file: IO[bytes]) -> Iterator[str]:
    """Every line as text, blank ones too: what cannot be read as UTF-8 will be read as no figure."""
    before = 0
    for number, line in _numbered(file):
        yield from [""] * (number - before - 1)
        yield line[:10_000].decode(errors="replace")
        before = number


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
    if isinstance(fault, RecursionError):
        return "la ligne emboîte trop d’objets"
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
    if found := re.fullmatch(r"Invalid (?:enum )?value (.+)", told, re.DOTALL):
        return f"valeur inconnue : {found[1][:60]}"
    if told.startswith("Invalid RFC3339 encoded date"):
        return "la date n’existe pas, ou ne s’écrit pas AAAA-MM-JJ"
    if told.startswith("Number out of range"):
        return "ce nombre est trop grand"
    if told.startswith(("Expected", "Invalid", "Object")):
        return f"valeur refusée ({told})"
    return told


def _types(told: str) -> str:
    return " ou ".join(_TYPES.get(one, one) for one in told.split(" | "))
