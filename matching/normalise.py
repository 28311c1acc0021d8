"""The one home of text normalisation: what makes two writings of one thing equal.

Everything here is deterministic, needs the standard library alone and takes plain strings.
"""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower-case words of `text` without accents or punctuation, one space between them."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", text.lower()).strip()


_SAINT = re.compile(r"\bst\b")
_SAINTE = re.compile(r"\bste\b")


@lru_cache(maxsize=8192)
def fold_place(text: str) -> str:
    """The key of a commune's name: « St-Omer » and « SAINT OMER » are the same place."""
    return _SAINTE.sub("sainte", _SAINT.sub("saint", fold(text)))
