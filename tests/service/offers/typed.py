"""What a liaison officer types for an offer: a base that tests change one thing of."""

BASE = {
    "title": "Agent d’entretien H/F",
    "occupation": "K2204",
    "commune": "Arques (62510)",
    "schedule_kind": "not_told",
    "phase": "unknown",
    "weeks": "1",
    "beginners": "yes",
    "demands_told": "non",
    "positions": "1",
    "published_on": "2026-02-01",
    "state": "ouverte",
}


def with_shifts(**shifts: str) -> dict[str, str]:
    """`s0_1="7h30-12h, 21h-5h"`: the shifts of week 0, Tuesday, as form fields."""
    fields = {}
    for name, text in shifts.items():
        for slot, span in enumerate(text.split(", ")):
            fields[f"{name}_{slot}_de"], fields[f"{name}_{slot}_a"] = span.split("-")
    return fields
