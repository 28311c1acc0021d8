"""Reading what a person typed: field by field, all faults at once, each a French sentence.

    form = Form(await request.form())
    title = form.text("title", "Intitulé", required=True)
    hours = form.hours("weekly_hours", "Durée hebdomadaire")
    if form.faults: return Page(view, template, form=form)      # nothing typed is lost

Every reader returns a value that is safe to use only when `form.faults` is empty.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import clauses
from service.formats import integer, typographic

E = TypeVar("E", bound=StrEnum)
MAX_FIELDS = 4_000
AMOUNT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
SPACES = re.compile(r"[\s\u00a0\u202f]+")


class Form:
    """The typed values, by name, and the faults found while reading them."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        self._values: dict[str, list[str]] = {}
        self.files: dict[str, Any] = {}
        self.faults: dict[str, str] = {}
        self.all_kept = True  # False when the page cannot show again all that was typed
        for name, value in _items(data):
            if isinstance(value, str):
                self._values.setdefault(name, []).append(value)
            else:
                self.files[name] = value

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Form":
        """A form filled from what is stored, to edit it."""
        form = cls()
        for name, value in values.items():
            if isinstance(value, (list, tuple, set, frozenset)):
                form._values[name] = [str(item) for item in value]
            elif value is not None:
                form._values[name] = [str(value)]
        return form

    def raw(self, name: str) -> str:
        """What was typed, as typed: templates show it again."""
        return self._values.get(name, [""])[-1]

    def raw_list(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def has(self, name: str, value: str) -> bool:
        return value in self._values.get(name, [])

    def names(self) -> Iterable[str]:
        return self._values.keys()

    def fault(self, name: str, sentence: str) -> None:
        """Keep the first fault of a field."""
        self.faults.setdefault(name, typographic(sentence))

    # --- readers -----------------------------------------------------------------------------------

    def text(
        self, name: str, label: str, *, required: bool = False, longest: int = 200, lines: bool = False
    ) -> str:
        value = unicodedata.normalize("NFC", self.raw(name)).replace("\r\n", "\n").strip()
        if any(unicodedata.category(c) == "Cc" and not (lines and c in "\n\t") for c in value):
            self.fault(name, f"{label} : un caractère invisible s’est glissé dans le texte ; retapez-le.")
        elif required and not value:
            self.fault(name, f"{label} : à remplir.")
        elif len(value) > longest:
            self.fault(name, f"{label} : {len(value)} caractères, pour {longest} au plus.")
        return value

    def integer(
        self,
        name: str,
        label: str,
        *,
        low: int = 0,
        high: int = 1_000_000,
        required: bool = False,
        unit: str = "",
    ) -> int | None:
        typed = SPACES.sub("", self.raw(name))
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
            self.fault(name, f"{label} : « {self.raw(name)[:40]} » n’est pas un nombre entier.")
            return None
        value = int(typed)
        if not low <= value <= high:
            self.fault(name, f"{label} : entre {_bound(low)} et {_bound(high)}{' ' + unit if unit else ''}.")
            return None
        return value

    def decimal(
        self,
        name: str,
        label: str,
        *,
        places: int = 2,
        low: Decimal = Decimal(0),
        high: Decimal = Decimal("1e12"),
        required: bool = False,
    ) -> Decimal | None:
        typed = SPACES.sub("", self.raw(name)).rstrip("€%").replace(",", ".")
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        # Python also reads 1e400, 1_000 and NaN, which nobody means.
        if not AMOUNT.fullmatch(typed):
            self.fault(name, f"{label} : « {self.raw(name)[:40]} » n’est pas un nombre.")
            return None
        value = Decimal(typed)
        # Before the decimals are counted: quantize fails past 28 digits.
        if not low <= value <= high:
            self.fault(name, f"{label} : entre {_bound(low)} et {_bound(high)}.")
            return None
        if value != value.quantize(Decimal(1).scaleb(-places)):
            self.fault(name, f"{label} : {places} décimales au plus.")
            return None
        return value

    def cents(self, name: str, label: str, *, required: bool = False) -> int | None:
        """An amount in euros, read to the cent."""
        value = self.decimal(name, label, required=required, high=Decimal("1e11"))
        return None if value is None else int(value * 100)

    def hours(self, name: str, label: str, *, required: bool = False) -> int | None:
        """Hours in hundredths: `7h30`, `7,5`, `1 245,50` (semantics.md, Hours)."""
        typed = self.raw(name).strip()
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        read = clauses.parse_hours(typed)
        if isinstance(read, int):
            return read
        self.fault(name, f"{label} : {read.sentence}")
        return None

    def day(self, name: str, label: str, *, required: bool = False) -> date | None:
        """`2026-02-03` as browsers send it, or `03/02/2026` as people type it."""
        typed = self.raw(name).strip()
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        french = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", typed)
        try:
            if french:
                value = date(int(french[3]), int(french[2]), int(french[1]))
            else:
                value = date.fromisoformat(typed)
        except ValueError:
            self.fault(name, f"{label} : « {typed[:40]} » n’est pas une date ; écrivez 03/02/2026.")
            return None
        if not 1900 <= value.year <= 2100:
            self.fault(name, f"{label} : l’année {value.year} semble fausse.")
            return None
        return value

    def clock(self, name: str, label: str, *, required: bool = False) -> int | None:
        """A time of day in minutes: `07:30`, `7h30`, `7 h 30`, `24:00`."""
        typed = SPACES.sub("", self.raw(name)).lower()
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        read = re.fullmatch(r"(\d{1,2})(?:[h:](\d{2})?)?", typed)
        if not read:
            self.fault(name, f"{label} : « {self.raw(name)[:20]} » n’est pas une heure ; écrivez 7 h 30.")
            return None
        minutes = int(read[1]) * 60 + int(read[2] or 0)
        if minutes > 1440 or int(read[2] or 0) > 59:
            self.fault(name, f"{label} : « {self.raw(name)[:20]} » n’est pas une heure du jour.")
            return None
        return minutes

    def choice(self, name: str, label: str, kind: type[E], *, required: bool = True) -> E | None:
        typed = self.raw(name)
        if not typed:
            if required:
                self.fault(name, f"{label} : choisissez une réponse.")
            return None
        try:
            return kind(typed)
        except ValueError:
            self.fault(name, f"{label} : cette réponse n’est pas dans la liste.")
            return None

    def choices(self, name: str, label: str, kind: type[E]) -> list[E]:
        found = []
        for typed in self.raw_list(name):
            try:
                found.append(kind(typed))
            except ValueError:
                self.fault(name, f"{label} : une réponse n’est pas dans la liste.")
        return found

    def one_of(self, name: str, label: str, values: Sequence[str], *, required: bool = True) -> str | None:
        typed = self.raw(name)
        if not typed and not required:
            return None
        if typed not in values:
            self.fault(name, f"{label} : choisissez une réponse de la liste.")
            return None
        return typed

    def flag(self, name: str) -> bool:
        return self.raw(name) not in ("", "0", "non", "false")

    def siret(self, name: str, label: str = "SIRET", *, required: bool = False) -> str | None:
        typed = SPACES.sub("", self.raw(name))
        if not typed:
            if required:
                self.fault(name, f"{label} : à remplir.")
            return None
        if not re.fullmatch(r"[0-9]{14}", typed):
            self.fault(name, f"{label} : 14 chiffres attendus, {len(typed)} caractères reçus.")
            return None
        if not siret_is_valid(typed):
            self.fault(name, f"{label} : la clé de contrôle est fausse ; un chiffre a dû être mal recopié.")
            return None
        return typed

    def email(self, name: str, label: str, *, required: bool = False) -> str:
        value = self.text(name, label, required=required).lower()
        if value and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value):
            self.fault(name, f"{label} : « {value[:60]} » n’est pas une adresse e-mail.")
        return value


def _bound(value: int | Decimal) -> str:
    """A limit as it is read: « 0,01 », « 100 000 000 000 »."""
    return integer(int(value)) if value == int(value) else f"{value:f}".replace(".", ",")


def siret_is_valid(siret: str) -> bool:
    """Luhn's key over the 14 digits; La Poste's establishments sum to a multiple of 5 instead (INSEE)."""
    digits = [int(c) for c in siret]
    if siret.startswith("356000000"):
        return sum(digits) % 5 == 0
    doubled = [d * 2 - 9 * (d > 4) if place % 2 == 0 else d for place, d in enumerate(digits)]
    return sum(doubled) % 10 == 0


def _items(data: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    if data is None:
        return []
    items = data.multi_items() if hasattr(data, "multi_items") else data.items()
    pairs: list[tuple[str, Any]] = []
    for name, value in items:
        for one in value if isinstance(value, list) else [value]:
            pairs.append((name, one))
    return pairs


def whole_number(text: str) -> int | None:
    """A number in ASCII digits, nine at most; None for all else. `²` is a digit to Python, not to int()."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
