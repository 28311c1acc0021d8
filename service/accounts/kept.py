"""What was typed when a session had ended: carried through the sign-in, and sent again on a click.

It stays in the browser's own page, from the refusal to the sign-in and on: nothing of it is stored here.
"""

from typing import Any

import msgspec

SECRET = {"password", "again", "present"}
MOST_KEPT = 400_000
"""Characters; beyond, the page would weigh too much to be carried through a sign-in."""

Pairs = tuple[tuple[str, str], ...]


class KeptTyping(msgspec.Struct, frozen=True, kw_only=True):
    """Fields to send again to `address`."""

    address: str
    fields: Pairs


def pack(typed: Any) -> str:
    """The fields of a form as one text: no password, no token, no file. "" when there is nothing to keep."""
    if typed is None:
        return ""
    fields = [
        (name, value)
        for name, value in typed.multi_items()
        if isinstance(value, str) and name not in SECRET and name != "_csrf_token"
    ]
    text = msgspec.json.encode(fields).decode()
    return text if any(value.strip() for _, value in fields) and len(text) <= MOST_KEPT else ""


def unpack(text: str) -> Pairs:
    """The fields, or none when the text is not one of ours."""
    try:
        return msgspec.json.decode(text, type=Pairs) if 0 < len(text) <= MOST_KEPT else ()
    except msgspec.DecodeError:
        return ()
