"""Hours are integer hundredths: how they are read, and how they are shown.

151,67 h (the legal month) is a convention of centi-hours, not of minutes; hence no float and no timedelta.
"""

import re

import msgspec

from clauses.wording import NNBSP, grouped

Hundredths = int
"""Hours in hundredths: 15167 is 151,67 h."""

LARGEST: Hundredths = (
    1_000_000_000  # ten million hours: more is a slip of the keyboard, and columns are bounded
)

LONGEST = 40
"""Characters of what is typed: int() itself fails past 4300 digits."""

_SPACES = re.compile("[ \u00a0\u2009\u202f]+")
_WHOLE = r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)"
_CLOCK = re.compile(rf"{_WHOLE} ?(?:[hH]|:)(?: ?(?P<minutes>[0-9]+))?")
_DECIMAL = re.compile(rf"{_WHOLE}(?:[.,](?P<decimals>[0-9]+))?(?: ?[hH])?")
_EXAMPLES = f"Écrivez par exemple{NNBSP}: 7h30, 7,5 ou 151,67."


class HoursError(msgspec.Struct, frozen=True, kw_only=True):
    """The text typed, kept as it was, and why it cannot be read, in French."""

    text: str
    sentence: str


def parse_hours(text: str) -> Hundredths | HoursError:
    """Read `7h30`, `7h`, `7:30`, `7,5`, `7.5`, `1 245,50`; minutes go half-up to the hundredth.

    Refused: an empty text, a sign, three decimals, one digit of minutes (`7h5` may be 7 h 05 or 7 h 50).
    """
    clean = _SPACES.sub(" ", text).strip(" \t\r\n")
    if not clean:
        return _error(text, f"Indiquez un nombre d’heures. {_EXAMPLES}")
    if len(clean) > LONGEST:
        return _error(text, f"«{NNBSP}{clean[:LONGEST]}…{NNBSP}» est trop long pour un nombre d’heures.")
    if clean[0] in "-−–":
        return _error(text, f"Un nombre d’heures ne peut pas être négatif{NNBSP}: «{NNBSP}{clean}{NNBSP}».")
    if found := _CLOCK.fullmatch(clean):
        return _clock(text, clean, found)
    if found := _DECIMAL.fullmatch(clean):
        return _decimal(text, clean, found)
    return _error(text, f"«{NNBSP}{clean[:40]}{NNBSP}» ne se lit pas comme un nombre d’heures. {_EXAMPLES}")


def _clock(text: str, clean: str, found: re.Match[str]) -> Hundredths | HoursError:
    minutes = found["minutes"]
    if minutes is None:
        if clean.endswith(":"):
            return _error(text, f"Il manque les minutes après «{NNBSP}:{NNBSP}». {_EXAMPLES}")
        return _bounded(text, int(found["whole"].replace(" ", "")) * 100)
    hours = int(found["whole"].replace(" ", ""))
    if len(minutes) == 1:
        return _error(
            text,
            f"«{NNBSP}{clean}{NNBSP}» est ambigu{NNBSP}: écrivez {hours}h0{minutes} "
            f"ou {hours},{minutes} selon ce que vous voulez dire.",
        )
    if len(minutes) > 2 or int(minutes) > 59:
        return _error(text, f"«{NNBSP}{clean}{NNBSP}»{NNBSP}: les minutes vont de 00 à 59.")
    # Half-up to the hundredth: 20 min = 33,33 -> 33; 10 min = 16,67 -> 17.
    return _bounded(text, hours * 100 + (int(minutes) * 100 + 30) // 60)


def _decimal(text: str, clean: str, found: re.Match[str]) -> Hundredths | HoursError:
    decimals = found["decimals"] or ""
    if len(decimals) > 2:
        return _error(
            text,
            f"«{NNBSP}{clean[:40]}{NNBSP}»{NNBSP}: deux chiffres au plus après la virgule, s’il vous plaît.",
        )
    return _bounded(text, int(found["whole"].replace(" ", "")) * 100 + int(decimals.ljust(2, "0")))


def _bounded(text: str, value: Hundredths) -> Hundredths | HoursError:
    if value > LARGEST:
        return _error(text, f"Ce nombre d’heures est trop grand{NNBSP}: vérifiez la saisie.")
    return value


def _error(text: str, sentence: str) -> HoursError:
    return HoursError(text=text, sentence=sentence)


def format_number(value: Hundredths) -> str:
    """124550 -> « 1 245,50 » (U+202F in the thousands, U+2212 when negative)."""
    whole, rest = divmod(abs(value), 100)
    return f"{'−' if value < 0 else ''}{grouped(whole)},{rest:02d}"


def format_hours(value: Hundredths) -> str:
    """124550 -> « 1 245,50 h »."""
    return f"{format_number(value)}{NNBSP}h"


def short_hours(value: Hundredths) -> str:
    """For sentences: « 140 h », « 95,78 h »."""
    if value % 100 == 0:
        return f"{'−' if value < 0 else ''}{grouped(abs(value) // 100)}{NNBSP}h"
    return format_hours(value)
