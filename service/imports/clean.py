"""Text from elsewhere made fit to keep: no control character (PostgreSQL refuses NUL), bounded, one space."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def one_line(value: object, longest: int = 200) -> str:
    """A title, a label: spaces folded, cut at `longest` with an ellipsis. Not a text or a number: empty."""
    text = " ".join(prose(value).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def prose(value: object, longest: int = 20_000) -> str:
    """A description: lines kept."""
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    text = unicodedata.normalize(
        "NFC", _CONTROL.sub(" ", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    )
    text = text.strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
