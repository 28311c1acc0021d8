"""A table of a case, read strictly: each key is asked by name, what was not asked is an unknown key.

All the faults of a file are gathered, each with its place: one reads them once and mends the whole file.
"""

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

import msgspec

from clauses.case_values import Misread, Written, quoted
from clauses.wording import NNBSP, day

T = TypeVar("T")

SPAN = {"debut": "du", "fin": "au"}
SAID_OTHERWISE: dict[str, dict[str, str]] = {
    "attendu": {"date": "le"},
    "decision": {"date": "le"},
    "partage": {"date": "le"},
    "declaration": {"date": "envoyee_le"},
    "eligibilite": SPAN,
    "entreprise": SPAN,
    "parcours": SPAN,
    "mise_a_l_emploi": {"contrat": "emploi", "fin": "fin_prevue"},
}
"""Other names of the keys of some blocks, as one naturally writes them."""


class CaseFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file cannot be read: the place (« evenement n° 2, montant ») and a French sentence."""

    where: str
    sentence: str


class Sheet:
    """One table of the file, with its place in it; faults go to the list shared by the whole file."""

    def __init__(self, held: dict[str, Written], where: str, faults: list[CaseFault]) -> None:
        self.held, self.where, self.faults = held, where, faults
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self.held

    def fault(self, key: str, sentence: str) -> None:
        where = ", ".join(part for part in (self.where, key) if part) or "fichier"
        self.faults.append(CaseFault(where=where, sentence=sentence))

    def get(self, key: str, read: Callable[[Written], T], default: T) -> T:
        """The value of a key, or the default when it is absent or unreadable (then a fault is told)."""
        self._asked.add(key)
        if key not in self.held:
            return default
        try:
            return read(self.held[key])
        except Misread as misread:
            self.fault(key, f"{misread}.")
            return default

    def maybe(self, key: str, read: Callable[[Written], T]) -> T | None:
        """The value of an optional key, None when it is absent."""
        self._asked.add(key)
        if key not in self.held:
            return None
        try:
            return read(self.held[key])
        except Misread as misread:
            self.fault(key, f"{misread}.")
            return None

    def need(self, key: str, read: Callable[[Written], T], stand_in: T) -> T:
        """The value of a mandatory key; `stand_in` lets the reading go on when it is missing."""
        if key not in self.held:
            self._asked.add(key)
            self.fault("", f"il manque la clé «{NNBSP}{key}{NNBSP}».")
            return stand_in
        return self.get(key, read, stand_in)

    def in_order(self, first: date | None, key: str, last: date | None) -> None:
        """Tell an end (under `key`) that falls before its beginning."""
        if first is not None and last is not None and last < first and self.has(key):
            self.fault(key, f"le {day(last)} tombe avant le début, le {day(first)}.")

    def child(self, key: str) -> "Sheet | None":
        """The table of a key, None when it is absent."""
        self._asked.add(key)
        held = self.held.get(key)
        if held is None:
            return None
        if not isinstance(held, dict):
            self.fault(key, f"un tableau est attendu, pas {quoted(held)}.")
            return None
        return Sheet(held, ", ".join(p for p in (self.where, key) if p), self.faults)

    def children(self, key: str) -> list["Sheet"]:
        """The tables of a key told several times ([[evenement]]), or once."""
        self._asked.add(key)
        held = self.held.get(key, [])
        tables = [held] if isinstance(held, dict) else held
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(key, f"écrivez des blocs [[{key}]].")
            return []
        prefix = f"{self.where}, " if self.where else ""
        return [
            Sheet(_with_own_keys(table, key), f"{prefix}{key} n°{NNBSP}{number}", self.faults)
            for number, table in enumerate(tables, 1)
        ]

    def close(self) -> None:
        """Tell every key that nobody asked for."""
        for key in self.held:
            if key not in self._asked:
                near = get_close_matches(key, sorted(self._asked), n=1)
                hint = f" (vouliez-vous dire «{NNBSP}{near[0]}{NNBSP}»{NNBSP}?)" if near else ""
                self.fault("", f"clé inconnue «{NNBSP}{key}{NNBSP}»{hint}.")


def _with_own_keys(table: dict[str, Written], block: str) -> dict[str, Written]:
    """The table with the keys of the format; a key told under both its names stays an unknown one."""
    names = SAID_OTHERWISE.get(block, {})
    return {names[k] if k in names and names[k] not in table else k: value for k, value in table.items()}
