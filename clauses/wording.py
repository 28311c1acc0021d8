"""French wording of dates, figures and lists, the same in every sentence of the core."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NNBSP = "\u202f"  # narrow no-break space: thousands, and before ; : ! ? and units
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


def day(value: date) -> str:
    """03/02/2026."""
    return value.strftime("%d/%m/%Y")


def month(value: date) -> str:
    """« mars 2026 »."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def of_month(value: date) -> str:
    """« de mars 2026 », « d’avril 2026 »."""
    name = month(value)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def grouped(whole: int) -> str:
    """1245 -> « 1 245 », with narrow no-break spaces."""
    return f"{whole:,}".replace(",", NNBSP)


def decimal(value: Decimal | Fraction, places: int = 2) -> str:
    """A French decimal number, half-up at `places`, without useless zeros when it is whole."""
    exact = Fraction(value)
    sign = "−" if exact < 0 else ""
    unit = 10**places
    scaled = int(abs(exact) * unit + Fraction(1, 2))
    whole, rest = divmod(scaled, unit)
    if rest == 0:
        return sign + grouped(whole)
    return f"{sign}{grouped(whole)},{rest:0{places}d}"


def euros(value: Decimal) -> str:
    """« 1 000 000 € », « 75,50 € »."""
    rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{decimal(rounded)}{NNBSP}€"


def percent(value: Decimal | Fraction) -> str:
    """0.05 -> « 5 % »."""
    return f"{decimal(Fraction(value) * 100)}{NNBSP}%"


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 1 jour », « 13 jours »."""
    word = one if abs(count) < 2 else (many or one + "s")
    return f"{grouped(count)} {word}"


def listing(words: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"
