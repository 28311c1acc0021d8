"""Column types that check what they hold: enums, UTC instants, structures kept as JSON text."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# Crockford's base32 without the letters that are misread aloud on the telephone.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


_draw = secrets.SystemRandom()
_clock: datetime | None = None


def new_public_id() -> str:
    """An opaque address of ten characters (50 bits), safe to show to support staff."""
    return "".join(_draw.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def now_utc() -> datetime:
    return _clock or datetime.now(UTC)


@contextmanager
def rehearsal(seed: str) -> Iterator["SetClock"]:
    """While a demo is built: addresses drawn from a seed and a clock set by hand, so that it is repeatable.

    Passwords, session tokens and links never come from here.
    """
    global _draw, _clock
    _draw = random.Random(seed)  # type: ignore[assignment]
    try:
        yield SetClock()
    finally:
        _draw, _clock = secrets.SystemRandom(), None


class SetClock:
    """Sets what `now_utc` answers until the rehearsal ends."""

    def __call__(self, instant: datetime) -> None:
        global _clock
        _clock = instant


def choice(kind: type[StrEnum]) -> sa.Enum:
    """An enum kept by value as text with a CHECK, so that a bad value never enters (stack.md, trap 7)."""
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, naive UTC in the database (SQLite drops time zones)."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class StructText(TypeDecorator[Any]):
    """A frozen Struct, or a tuple of them, kept as JSON text.

    Replaced whole, never changed in place: in-place changes of JSON columns are lost (stack.md, trap 7).
    Keys are sorted so that equal values are equal texts.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self.decoder = msgspec.json.Decoder(shape)  # made once: reading the shape costs more than a text

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return msgspec.json.encode(value, order="sorted").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.decoder.decode(value)
