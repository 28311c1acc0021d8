"""JSON Schemas of the files, made from the Structs: what a line may hold is what the code reads."""

from typing import Any

import msgspec

from matching.explanation import Explanation
from matching.levers import LeverGain
from matching.match import Match, Suggestions
from matching.offer import Offer
from matching.participant import Participant
from matching.questions import QuestionValue
from matching.strip import WeekStrip

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES: dict[str, type] = {
    "participant": Participant,
    "offer": Offer,
    "match": Match,
    "suggestions": Suggestions,
    "explanation": Explanation,
    "lever": LeverGain,
    "question": QuestionValue,
    "week_strip": WeekStrip,
}


def schemas() -> dict[str, dict[str, Any]]:
    """One JSON Schema (2020-12) by kind of line: participant, offer, match, explanation, lever…"""
    return {
        name: {"$schema": _DIALECT, "title": name, **msgspec.json.schema(kind)}
        for name, kind in _NAMES.items()
    }
