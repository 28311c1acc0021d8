"""Offers in JSON, one by one with their line: an API answer, a bare list, or one object a line.

A truncated or partly broken file gives what can be read; the rest is a fault with its line and column.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from service.imports.report import FileRefused

LIST_KEYS = ("resultats", "resultat", "offres", "results")
MOST_ROWS = 500_000
_LIST = re.compile('"(?:' + "|".join(LIST_KEYS) + r')"\s*:\s*\[')
_ID = re.compile(r'"id"\s*:')
_NEXT_OBJECT = re.compile(r'\{\s*"id"\s*:')
_NEXT_LINE = re.compile(r"\n\s*(?=[\[{])")
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[\s,]*")


class JsonRow(msgspec.Struct, frozen=True, kw_only=True):
    """`value` is a dict unless `fault` says why there is none."""

    line: int
    value: Any
    fault: str


def read_objects(text: str) -> Iterator[JsonRow]:
    """Every offer of the text. Raises FileRefused when nothing in it looks like one."""
    if text.lstrip()[:1] not in ("{", "["):
        raise FileRefused("Le fichier n’est pas du JSON : il devrait commencer par « { » ou « [ ».")
    for number, row in enumerate(_values(text, _start(text))):
        if number >= MOST_ROWS:
            yield JsonRow(
                line=row.line, value=None, fault=f"plus de {MOST_ROWS} offres : la suite n’est pas lue."
            )
            return
        yield row


def _start(text: str) -> int:
    """Where the first offer begins: inside the list when there is one."""
    at = _skip(text, 0)
    if text[at] == "[":
        return at + 1
    listed = _LIST.search(text, at)
    # An « id » before any list: the text is one offer, or one a line.
    return listed.end() if listed and not _ID.search(text, at, listed.start()) else at


def _values(text: str, at: int) -> Iterator[JsonRow]:
    line, counted = 1, 0
    while True:
        at = _skip(text, at)
        line += text.count("\n", counted, at)
        counted = at
        if at >= len(text) or text[at] in "]}":
            rest = _NEXT_LINE.search(text, at) if at < len(text) else None
            # One answer a line: each is a list of its own.
            if rest is None:
                return
            at = _start_at(text, rest.start())
            continue
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as fault:
            yield _broken(text, line, at, fault)
            following = _NEXT_OBJECT.search(text, at + 1)
            if following is None:
                return
            at = following.start()
            continue
        yield from _unfold(line, value)
        at = end


def _start_at(text: str, at: int) -> int:
    at = _skip(text, at)
    return at + _start(text[at:])


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _unfold(line: int, value: Any) -> Iterator[JsonRow]:
    """An answer that came as one value (on its own line) holds a list; anything else is one offer."""
    if isinstance(value, dict) and "id" not in value:
        for key in LIST_KEYS:
            if isinstance(value.get(key), list):
                yield from (row for one in value[key] for row in _unfold(line, one))
                return
    if isinstance(value, list):
        yield from (row for one in value for row in _unfold(line, one))
    elif isinstance(value, dict):
        yield JsonRow(line=line, value=value, fault="")
    else:
        yield JsonRow(
            line=line, value=None, fault="une offre était attendue ici ; ce n’est pas un objet JSON."
        )


def _broken(text: str, line: int, at: int, fault: Exception) -> JsonRow:
    if isinstance(fault, json.JSONDecodeError):
        bad = text.count("\n", at, fault.pos) + line
        column = fault.pos - text.rfind("\n", 0, fault.pos)
        return JsonRow(
            line=bad,
            value=None,
            fault=f"JSON mal formé au caractère {column} de la ligne ; cette offre n’est pas lue.",
        )
    return JsonRow(line=line, value=None, fault="JSON trop imbriqué ; cette offre n’est pas lue.")
