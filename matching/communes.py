"""The communes of France: where they are, how precisely that is known, and how to find one by typing.

The table ships with the package (`matching/data`, built by `fixtures/build_communes.py`). It is read once,
when first asked for (about 20 ms); rows become `Commune` values only when they leave.
"""

import gzip
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import msgspec

from matching.normalise import fold_place

KINDS = ("named", "former", "postcode", "epci", "departement", "none", "imported")


class Commune(msgspec.Struct, frozen=True):
    """`precision_m`: how far the point may be from the town hall, in metres; `kind`: why.

    named: the commune's own point; former: mean of its former communes; postcode, epci, departement: mean
    of its neighbours there (approximate: say so); none: no point at all; imported: the official file.
    """

    insee: str
    name: str
    postcodes: tuple[str, ...]
    departement: str
    latitude: float | None
    longitude: float | None
    population: int
    precision_m: int | None
    kind: str


def parse_row(line: str) -> Commune:
    """One row of the table: nine fields between tabs."""
    insee, name, postcodes, departement, latitude, longitude, population, precision_m, kind = line.split("\t")
    return Commune(
        insee=insee,
        name=name,
        postcodes=tuple(postcodes.split("|")) if postcodes else (),
        departement=departement,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population),
        precision_m=int(precision_m) if precision_m else None,
        kind=kind,
    )


class Communes:
    """Every commune, found by INSEE code, by postcode, or by what someone types."""

    def __init__(self, lines: Iterable[str], former: dict[str, str] | None = None) -> None:
        self._rows = {line.split("\t", 1)[0]: line for line in lines}
        self._former = former or {}
        self._of_postcode: dict[str, list[str]] | None = None
        self._names: list[tuple[str, str]] | None = None

    def with_rows(self, lines: Iterable[str]) -> "Communes":
        """This table with some rows replaced or added: an official file laid over the shipped one."""
        return Communes(
            {**self._rows, **{line.split("\t", 1)[0]: line for line in lines}}.values(), self._former
        )

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Commune]:
        return map(parse_row, self._rows.values())

    def get(self, insee: str) -> Commune | None:
        """The commune of this code; a former commune's code gives the one that replaced it."""
        line = self._rows.get(insee) or self._rows.get(self._former.get(insee, ""))
        return parse_row(line) if line else None

    def by_postcode(self, postcode: str) -> list[Commune]:
        """Communes served by a postcode, the most populated first."""
        if self._of_postcode is None:
            index: dict[str, list[str]] = {}
            for insee, line in self._rows.items():
                for one in line.split("\t", 3)[2].split("|"):
                    index.setdefault(one, []).append(insee)
            self._of_postcode = index
        return _biggest_first(self._rows[insee] for insee in self._of_postcode.get(postcode.strip(), ()))

    def search(self, text: str, limit: int = 10) -> list[Commune]:
        """What a person may mean by `text`: a postcode's first digits, else the start of a name or a word.

        Whole names come first, then names that begin so, then names with a word that begins so; in each
        group, the most populated first.
        """
        typed = fold_place(text)
        if not typed or limit < 1:
            return []
        if typed.replace(" ", "").isdigit():
            return self._by_digits(typed.replace(" ", ""), limit)
        found = list(dict.fromkeys(self._starting(typed)))
        groups = (
            [insee for name, insee in found if name == typed],
            [insee for name, insee in found if name != typed and name.startswith(typed)],
            [insee for name, insee in found if not name.startswith(typed)],
        )
        ordered = [one for group in groups for one in _biggest_first(self._rows[insee] for insee in group)]
        return list(dict.fromkeys(ordered))[:limit]

    def _by_digits(self, digits: str, limit: int) -> list[Commune]:
        exact = self.get(digits)
        by_code = [exact] if exact else []
        self.by_postcode("")
        index = self._of_postcode or {}
        codes = [code for code in index if code.startswith(digits)] if len(digits) < 5 else [digits]
        insee = {one for code in codes for one in index.get(code, ())}
        found = _biggest_first(self._rows[one] for one in insee)
        return list(dict.fromkeys([*found, *by_code]))[:limit]

    def _starting(self, typed: str) -> Iterator[tuple[str, str]]:
        """(folded name, INSEE) of the names with a word that begins with `typed`."""
        if self._names is None:
            self._names = sorted(
                (fold_place.__wrapped__(line.split("\t", 2)[1]), insee) for insee, line in self._rows.items()
            )
        at = bisect_left(self._names, (typed, ""))
        while at < len(self._names) and self._names[at][0].startswith(typed):
            yield self._names[at]
            at += 1
        inside = f" {typed}"
        yield from (pair for pair in self._names if inside in pair[0])


def _biggest_first(lines: Iterable[str]) -> list[Commune]:
    return sorted(map(parse_row, lines), key=lambda one: (-one.population, one.insee))


def _table(name: str) -> list[str]:
    packed = files("matching").joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode().splitlines()[1:]


@lru_cache(maxsize=1)
def load_communes() -> Communes:
    """The shipped table, read once a process."""
    former = {
        code: current for code, _, current in (line.split("\t") for line in _table("former_communes.tsv.gz"))
    }
    return Communes(_table("communes.tsv.gz"), former)
