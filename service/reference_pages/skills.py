"""Skills to choose from: ROME's when it is imported, and those that the territory's offers ask for.

A line that is one of ROME's, but for case, accents and articles, is kept as ROME writes it, typed in a form
or read from a file, so that every screen speaks of a skill in the same words. Matching compares by
`skill_key`: a skill that ROME does not know meets itself too, however each writes it.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from matching.normalise import fold, skill_key
from service.reference.occupations import rome_skills, suggest_skills

IN_USE = "demandée par une offre du territoire"


class Skill(msgspec.Struct, frozen=True):
    label: str
    hint: str


def find_skills(typed: str, in_use: Iterable[str], limit: int, data_dir: Path | None = None) -> list[Skill]:
    """Skills that begin with or hold what is typed; those of the territory's offers first."""
    wanted = fold(typed)
    if not wanted:
        return []
    found: dict[str, Skill] = {}
    for label in sorted(set(in_use)):
        key = fold(label)
        if f" {wanted}" in f" {key}":
            found.setdefault(key, Skill(label, IN_USE))
    for one in suggest_skills(typed, limit, data_dir):
        found.setdefault(fold(one.label), Skill(one.label, one.hint))
    return list(found.values())[:limit]


def as_rome_writes(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line as ROME writes it when it is one of its skills, else as it was typed; once each, in order."""
    different: dict[str, str] = {}
    for one in lines:
        different.setdefault(skill_key(one), one)
    known = rome_skills() if different else {}
    return tuple(known.get(key, one) for key, one in different.items())
