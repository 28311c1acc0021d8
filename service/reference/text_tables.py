"""Tab-separated tables given on the command line: UTF-8, a header, one line a row, faults in French."""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

MOST_BYTES = 200 << 20
LONGEST_LINE = 20_000


class TableError(Exception):
    """The whole file cannot be used; the message is a French sentence for the operator."""


class Fault(msgspec.Struct, frozen=True):
    """A line left out: its number (the header is 1) and a French sentence."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"ligne {self.line} : {self.sentence}"


class Table(msgspec.Struct, frozen=True):
    """rows: (line number, the wanted columns in the order they were asked for)."""

    rows: list[tuple[int, tuple[str, ...]]]
    faults: list[Fault]


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Read the wanted columns of a file, or of the standard input for « - »; the rest is ignored.

    Raises TableError when the file cannot be read or lacks a column. A line of another width, with an empty
    wanted cell, a control character or bytes that are not UTF-8 is a fault, and the others are kept.
    """
    lines = _bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n")
    header = _cells(lines[0]) or []
    missing = [column for column in columns if column not in header]
    if missing:
        raise TableError(
            f"{path.name} n’a pas la colonne « {missing[0]} ». La première ligne attendue est : "
            f"{' '.join(f'« {column} »' for column in columns)}, séparées par des tabulations."
        )
    places = [header.index(column) for column in columns]
    table = Table([], [])
    for number, raw in enumerate(lines[1:], start=2):
        if not raw.strip():
            continue
        sentence = _fault(raw, len(header), places, columns)
        if sentence:
            table.faults.append(Fault(number, sentence))
        else:
            cells = _cells(raw) or []
            table.rows.append((number, tuple(cells[place] for place in places)))
    return table


def _bytes(path: Path) -> bytes:
    try:
        if str(path) == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise TableError(f"Le fichier {path} n’existe pas.") from None
    except IsADirectoryError:
        raise TableError(f"{path} est un dossier : un fichier est attendu.") from None
    except PermissionError:
        raise TableError(f"{path} ne peut pas être lu : vérifiez ses droits.") from None
    except OSError as error:
        raise TableError(f"{path} est illisible ({error.strerror}).") from error
    if len(content) > MOST_BYTES:
        raise TableError(f"{path} dépasse {MOST_BYTES >> 20} Mo.")
    return content


def _cells(raw: bytes) -> list[str] | None:
    try:
        return [cell.strip() for cell in raw.decode().rstrip("\r").split("\t")]
    except UnicodeDecodeError:
        return None


def _fault(raw: bytes, width: int, places: Sequence[int], columns: Sequence[str]) -> str:
    if len(raw) > LONGEST_LINE:
        return f"trop longue ({len(raw)} octets, {LONGEST_LINE} au plus)."
    cells = _cells(raw)
    if cells is None:
        return "ce n’est pas de l’UTF-8."
    if len(cells) != width:
        return f"{len(cells)} colonne{'s' if len(cells) > 1 else ''} au lieu de {width}."
    for place, column in zip(places, columns, strict=True):
        if not cells[place]:
            return f"la colonne « {column} » est vide."
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in cells[place]):
            return f"la colonne « {column} » contient un caractère de contrôle."
    return ""
