"""JSON Schemas of the files, made from the Structs: what a line may hold is what the code reads."""

from typing import Any

import msgspec

from matching.bounds import BOUNDS, MOST_ITEMS, PATTERNS
from matching.explanation import Explanation
from matching.levers import LeverGain
from matching.match import Match, Suggestions
from matching.offer import Offer
from matching.participant import Participant
from matching.questions import QuestionValue
from matching.strip import WeekStrip

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_READ: dict[str, type] = {"participant": Participant, "offer": Offer}
_WRITTEN: dict[str, type] = {
    "match": Match,
    "suggestions": Suggestions,
    "explanation": Explanation,
    "lever": LeverGain,
    "question": QuestionValue,
    "week_strip": WeekStrip,
}


def schemas() -> dict[str, dict[str, Any]]:
    """One JSON Schema (2020-12) by kind of line: participant, offer, match, explanation, lever…"""
    read = {name: schema_of(kind, name, bounded=True) for name, kind in _READ.items()}
    return read | {name: schema_of(kind, name) for name, kind in _WRITTEN.items()}


def schema_of(kind: Any, title: str, *, bounded: bool = False) -> dict[str, Any]:
    """The schema of one line; ``bounded``: with the bounds of what is read (see ``bounds``)."""
    schema: dict[str, Any] = {"$schema": _DIALECT, "title": title, **msgspec.json.schema(kind)}
    for shape in schema["$defs"].values() if bounded else ():
        for name, told in shape.get("properties", {}).items():
            told.update(_limits(name, told))
    return schema


def _limits(name: str, told: dict[str, Any]) -> dict[str, Any]:
    """A limit of numbers says nothing of a null or of a text, and so on: it stands beside the types."""
    types = {one.get("type") for one in told.get("anyOf", [told])}
    if name in BOUNDS:
        return dict(zip(("minimum", "maximum"), BOUNDS[name], strict=True))
    if name in PATTERNS and "string" in types:
        return {"pattern": f"^{PATTERNS[name][0]}$"}
    return {"maxItems": MOST_ITEMS} if "array" in types else {}
