"""How near occupations are, from a file: ``from,to,affinity``.

``from``: the occupation that is known, ``to``: the one that is asked, ROME codes; ``affinity``: how much of
the second the first brings, in ten-thousandths. One way each; what the file lacks is worth nothing.
"""

import re
from collections.abc import Iterable

from matching.csv_lines import Faults, read_rows
from matching.errors import BadAffinity
from matching.world import Affinity

COLUMNS = ("from", "to", "affinity")
# Every ROME occupation with every other.
MOST_LINES = 3_000_000


def read_affinity(lines: Iterable[str]) -> tuple[Affinity, Faults]:
    """The affinities of the lines that can be read, and (number, sentence) for each of the others.

    Raises BadAffinity for another header or for too many lines.
    """
    pairs: dict[tuple[str, str], int] = {}

    def take(cells: list[str]) -> None:
        known, asked, worth = cells
        for code in (known, asked):
            if not re.fullmatch(r"[A-N][0-9]{4}", code):
                raise BadAffinity(f"« {code[:20]} » n’est pas un code ROME")
        if not re.fullmatch(r"[0-9]{1,5}", worth) or int(worth) > 10_000:
            raise BadAffinity(f"l’affinité « {worth[:20]} » n’est pas un nombre de 0 à 10000")
        pairs[known, asked] = int(worth)

    faults = read_rows(lines, COLUMNS, MOST_LINES, take, BadAffinity)
    return Affinity(pairs), faults
