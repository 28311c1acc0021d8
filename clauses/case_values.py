"""How a case writes its values: dates, months, hours, euros and shares, as people write them.

Each reader takes what TOML gave and returns the value, or the French sentence that says why not.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from clauses.days import first_day
from clauses.hours import HoursError, Hundredths, format_number, parse_hours
from clauses.wording import MONTHS, NNBSP

T = TypeVar("T")
Written = object
Unreadable = str
"""A French sentence, without its place in the file."""

LONGEST = 40
"""Characters of a number."""
MOST = Decimal(10) ** 13
"""Euros: more is a slip of the keyboard."""
UNITS = {"k€": 1_000, "K€": 1_000, "M€": 1_000_000}

_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_DAY_IN_WORDS = re.compile(r"(?P<day>1er|[0-9]{1,2}) (?P<month>\w+) (?P<year>[0-9]{4})")
_QUARTER = re.compile(
    r"(?P<year>[0-9]{4})[- ]?T(?P<quarter>[1-4])|T(?P<quarter2>[1-4])[- ]?(?P<year2>[0-9]{4})", re.IGNORECASE
)
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month2>[0-9]{1,2})/(?P<year2>[0-9]{4})")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_EUROS = re.compile(r"(?P<number>[^€HkKM]*)(?:HT)?(?P<unit>[kKM]?€)?(?:HT|/h)?")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


class Misread(Exception):
    """A value that cannot be read; the message is the French sentence. Caught where the place is known."""


def quoted(written: Written) -> str:
    return f"«{NNBSP}{str(written)[:60]}{NNBSP}»"


def fold(text: str) -> str:
    """« Déclencheur » -> « declencheur », « heure inférieure » -> « heure_inferieure ». A typographic space,
    hyphen or apostrophe parts words as an ordinary one does; an accent does not."""
    parts = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return re.sub("[^a-z0-9]+", "_", plain).strip("_")


def spaced(text: str) -> str:
    """A sentence with ordinary single spaces, and a plain apostrophe: how sentences are compared."""
    return _SPACES.sub(" ", text).replace("’", "'").replace(" ;", ";").replace(" :", ":").strip().lower()


def read_text(written: Written) -> str:
    if not isinstance(written, str):
        raise Misread(f"{quoted(written)} n’est pas un texte{NNBSP}: mettez-le entre guillemets")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in written):
        raise Misread("le texte contient un caractère de contrôle")
    return written.strip()


def read_name(written: Written) -> str:
    """A name that is not empty; a number is taken as it is written (lot 1)."""
    if isinstance(written, int) and not isinstance(written, bool):
        return str(written)
    text = read_text(written)
    if not text:
        raise Misread("le nom est vide")
    return text


def read_day(written: Written) -> date:
    """03/02/2026, 2026-02-03, « 3 février 2026 », or a date of TOML."""
    if isinstance(written, datetime):
        raise Misread(f"{quoted(written)}{NNBSP}: donnez le jour, sans l’heure")
    if isinstance(written, date):
        return _likely(written)
    text = str(written).strip()
    found = _DAY.fullmatch(text)
    try:
        if found:
            return _likely(date(int(found["year"]), int(found["month"]), int(found["day"])))
        if found := _DAY_IN_WORDS.fullmatch(_SPACES.sub(" ", text)):
            month = [fold(name) for name in MONTHS].index(fold(found["month"])) + 1
            return _likely(date(int(found["year"]), month, int(found["day"].removesuffix("er"))))
        return _likely(date.fromisoformat(text))
    except ValueError:
        raise Misread(
            f"{quoted(written)} n’est pas une date{NNBSP}: écrivez 03/02/2026 ou 2026-02-03"
        ) from None


def _likely(day: date) -> date:
    """A year that a marché or a person may bear; 20226 or 206 is a slip."""
    if not 1920 <= day.year <= 2120:
        raise Misread(f"l’année {day.year} n’est pas vraisemblable")
    return day


def read_day_or_open(written: Written) -> date | None:
    """A day, or « sans fin » (None)."""
    if isinstance(written, str) and fold(written) == "sans_fin":
        return None
    return read_day(written)


def read_month(written: Written) -> date:
    """« 2026-03 », « 03/2026 », « mars 2026 »; « 2026-T1 », « T1 2026 » are the first month of the quarter.
    From 2000 on, when the figures of law of the core begin."""
    month = _month(written)
    if month.year < 2000:
        raise Misread(f"l’année {month.year} n’est pas vraisemblable")
    return month


def _month(written: Written) -> date:
    text = str(written).strip()
    if quarter := _QUARTER.fullmatch(text):
        year, number = quarter["year"] or quarter["year2"], quarter["quarter"] or quarter["quarter2"]
        return _likely(date(max(1, int(year)), int(number) * 3 - 2, 1))
    if found := _MONTH.fullmatch(text):
        number = int(found["month"] or found["month2"])
        if 1 <= number <= 12:
            return _likely(date(max(1, int(found["year"] or found["year2"])), number, 1))
    words = [fold(word) for word in text.split()]
    names = [fold(name) for name in MONTHS]
    if len(words) == 2 and words[0] in names and re.fullmatch("[0-9]{4}", words[1]):
        return _likely(date(max(1, int(words[1])), names.index(words[0]) + 1, 1))
    try:
        return first_day(read_day(written))
    except Misread:
        raise Misread(
            f"{quoted(written)} n’est pas un mois{NNBSP}: écrivez 2026-03 (ou 2026-T1 pour un trimestre)"
        ) from None


def read_hours(written: Written) -> Hundredths:
    """« 140 », « 95,78 », « 7h30 », or a number; never negative."""
    read = parse_hours(_plain(written))
    if isinstance(read, HoursError):
        raise Misread(read.sentence.rstrip("."))
    return read


def read_signed_hours(written: Written) -> Hundredths:
    """As `read_hours`, with a sign when it is below zero: « -18 »."""
    text = _plain(written).strip()
    if text[:1] in ("-", "−"):
        return -read_hours(text[1:])
    return read_hours(text.removeprefix("+"))


def read_hours_or_unknown(written: Written) -> Hundredths | None:
    """Hours, or « inconnu » (None)."""
    if isinstance(written, str) and fold(written) in ("inconnu", "inconnue"):
        return None
    return read_hours(written)


def read_signed_or_unknown(written: Written) -> Hundredths | None:
    if isinstance(written, str) and fold(written) in ("inconnu", "inconnue"):
        return None
    return read_signed_hours(written)


def read_money(written: Written) -> Decimal:
    """« 1 000 000 », « 75,50 € », « 30 €/h », « 1,5 M€ », « 250 k€ », or a number."""
    text = _SPACES.sub("", _plain(written))
    found = _EUROS.fullmatch(text)
    number, unit = (found["number"], found["unit"]) if found else (text, "")
    value = _decimal(number, written, "une somme") * UNITS.get(unit, 1)
    if abs(value) >= MOST:
        raise Misread(f"{quoted(written)} est trop grand")
    return value


def read_share(written: Written) -> Decimal:
    """« 5 % » or « 0,05 » -> 0.05; a bare number above 1 is refused, since it may be either."""
    text = _SPACES.sub("", _plain(written))
    if text.endswith("%"):
        share = _decimal(text[:-1], written, "un pourcentage") / 100
        if not 0 <= share <= 1:
            raise Misread(f"{quoted(written)}{NNBSP}: une part va de 0 à 100{NNBSP}%")
        return share
    value = _decimal(text, written, "un pourcentage")
    if value < 0:
        raise Misread(f"{quoted(written)}{NNBSP}: une part va de 0 à 100{NNBSP}%")
    if value > 1:
        raise Misread(f"{quoted(written)}{NNBSP}: écrivez « {text}{NNBSP}% », ou un nombre entre 0 et 1")
    return value


def read_percent(written: Written) -> int:
    """« 20 % » or 20 -> 20, a whole number of percents."""
    value = _decimal(_SPACES.sub("", _plain(written)).removesuffix("%"), written, "un pourcentage")
    if value != int(value) or value < 0:
        raise Misread(f"{quoted(written)}{NNBSP}: un nombre entier de pour cent est attendu")
    return int(value)


def read_ten_thousandths(written: Written) -> int | None:
    """« 24,65 % » -> 2465; « inconnu » -> None."""
    if isinstance(written, str) and fold(written) in ("inconnu", "inconnue"):
        return None
    value = _decimal(_SPACES.sub("", _plain(written)).removesuffix("%"), written, "un pourcentage") * 100
    if value != int(value):
        raise Misread(f"{quoted(written)}{NNBSP}: deux chiffres au plus après la virgule")
    return int(value)


def read_key(written: Written) -> Decimal:
    """An internal key: « 60 », « 33,33 % », « 1/3 ». Below one it is a share of the whole, read in percents:
    « 1/3 » beside « 66,67 % » would else weigh two hundred times less."""
    text = _SPACES.sub("", _plain(written)).removesuffix("%")
    top, slash, bottom = text.partition("/")
    value = _decimal(top, written, "une clé de répartition")
    if slash:
        under = _decimal(bottom, written, "une clé de répartition")
        if not under:
            raise Misread(f"{quoted(written)} divise par zéro")
        value = value / under
    if value < 0:
        raise Misread(f"{quoted(written)}{NNBSP}: une clé ne peut pas être négative")
    return value * 100 if value < 1 and not _plain(written).endswith("%") else value


def read_count(written: Written) -> int:
    text = str(written).strip()
    if isinstance(written, bool) or not re.fullmatch("[0-9]{1,4}", text):
        raise Misread(f"{quoted(written)} n’est pas un nombre entier de 0 à 9999")
    return int(text)


def read_flag(written: Written) -> bool:
    if isinstance(written, bool):
        return written
    if isinstance(written, str) and fold(written) in ("oui", "non"):
        return fold(written) == "oui"
    raise Misread(f"{quoted(written)}{NNBSP}: écrivez true ou false (oui ou non entre guillemets)")


def read_rule(written: Written) -> str:
    """« R02 », or with its effect « R02 coupe »."""
    text = read_name(written)
    if not re.fullmatch("r(0[1-9]|1[0-9]|2[0-2])(_(refus|coupe|retenue|alerte|information))?", fold(text)):
        raise Misread(
            f"{quoted(written)} n’est pas une règle{NNBSP}: R01 à R22, et si l’on veut coupe, "
            "retenue, alerte ou information"
        )
    return text


def read_refusals(written: Written) -> tuple[str, ...] | bool:
    """The codes of the refusal; true for any refusal, false or an empty list for none."""
    if isinstance(written, bool):
        return written
    return tuple(read_name(x) for x in (written if isinstance(written, list) else [written]))


def read_fraction_of_days(written: Written) -> tuple[int, int]:
    """« 13 sur 19 » or « 13/19 »."""
    found = re.fullmatch(r"([0-9]+)(?:jours?)?(?:sur|/)([0-9]+)", _SPACES.sub("", str(written)))
    if found is None:
        raise Misread(f"{quoted(written)}{NNBSP}: écrivez « 13 sur 19 »")
    return int(found[1]), int(found[2])


def one_of(words: Mapping[str, T], also: Mapping[str, str] | None = None) -> Callable[[Written], T]:
    """A reader of one of these words, or of another name of one (`also`: « OS » for « ordre de service »);
    accents, capitals and spaces do not matter."""
    known = {fold(word): value for word, value in words.items()}
    known |= {fold(name): words[word] for name, word in (also or {}).items()}

    def read(written: Written) -> T:
        if isinstance(written, str) and fold(written) in known:
            return known[fold(written)]
        raise Misread(f"{quoted(written)} n’est pas connu{NNBSP}; au choix{NNBSP}: {', '.join(words)}")

    return read


def listed(read: Callable[[Written], T]) -> Callable[[Written], tuple[T, ...]]:
    """A reader of a list; a value alone is a list of one."""

    def read_list(written: Written) -> tuple[T, ...]:
        return tuple(read(x) for x in (written if isinstance(written, list) else [written]))

    return read_list


def mapped(read: Callable[[Written], T]) -> Callable[[Written], dict[str, T]]:
    """A reader of a table { name = value }."""

    def read_table(written: Written) -> dict[str, T]:
        if not isinstance(written, dict):
            raise Misread(f"{quoted(written)}{NNBSP}: un tableau {{ nom = valeur }} est attendu")
        return {str(key): read(value) for key, value in written.items()}

    return read_table


def show_money(value: Decimal) -> str:
    return f"{format_number(int(value * 100))}{NNBSP}€"


def _plain(written: Written) -> str:
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        raise Misread(f"{quoted(written)} ne se lit pas ici")
    if isinstance(written, Decimal):
        if not written.is_finite() or abs(written.adjusted()) > LONGEST:
            raise Misread(f"{quoted(written)} ne se lit pas ici")
        return f"{written:f}"
    return str(written)


def _decimal(text: str, written: Written, what: str) -> Decimal:
    plain = text.replace(",", ".").replace("−", "-")
    if len(plain) > LONGEST or not _NUMBER.fullmatch(plain):
        raise Misread(f"{quoted(written)} n’est pas {what}")
    value = Decimal(plain)
    if abs(value) >= MOST:
        raise Misread(f"{quoted(written)} est trop grand")
    return value
