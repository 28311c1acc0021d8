"""CSV files of figures read line by line: a line that cannot be read is numbered, the others serve."""

import csv
from collections.abc import Callable, Iterable

from matching.errors import MatchingError

Faults = list[tuple[int, str]]


def read_rows(
    lines: Iterable[str],
    columns: tuple[str, ...],
    most: int,
    take: Callable[[list[str]], None],
    refusal: type[MatchingError],
) -> Faults:
    """Give ``take`` the cells of each line; (number, sentence) for those where it raises ``refusal``.

    Raises ``refusal`` for another header or for more than ``most`` lines.
    """
    numbered = enumerate(lines, start=1)
    header = next((_cells(line) for _, line in numbered), [])
    if tuple(header) != columns:
        raise refusal(f"l’en-tête attendu est « {','.join(columns)} »")
    faults: Faults = []
    for number, line in numbered:
        if number > most:
            raise refusal(f"le fichier dépasse {most} lignes")
        if not line.strip():
            continue
        try:
            cells = _cells(line)
            if len(cells) != len(columns):
                raise refusal(f"{len(columns)} cellules sont attendues, la ligne en a {len(cells)}")
            take(cells)
        except refusal as fault:
            faults.append((number, str(fault)))
        except csv.Error:
            faults.append((number, "la ligne n’est pas du CSV"))
    return faults


def _cells(line: str) -> list[str]:
    """The cells of one line, without spaces around: quotes never run on to the next one."""
    return [cell.strip() for cell in next(csv.reader([line.strip("\r\n")]), [])]
