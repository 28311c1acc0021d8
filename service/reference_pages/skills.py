"""Skills to choose from: ROME's when it is imported, and those that the territory's offers ask for.

Matching compares skills by their writing: a line that is one of ROME's, whatever its case or accents, is kept
as ROME writes it, so that a post and a person speak of the same thing.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from matching.normalise import fold
from service.reference.occupations import reference, suggest_skills

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
    found: dict[str, str] = {}
    for one in lines:
        found.setdefault(fold(one) or one, _in_rome(one))
    return tuple(found.values())


def _in_rome(typed: str) -> str:
    skills = reference().skills
    if skills is None:
        return typed
    key = fold(typed)
    return next((one.nearest for one in skills.resolve(typed, 3) if fold(one.nearest) == key), typed)
