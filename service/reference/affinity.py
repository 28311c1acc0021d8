"""How near two occupations are by the skills that ROME says they share, for matching and its explanations."""

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from matching.world import NO_AFFINITY, Affinity, AffinityTable
from service.reference.occupations import imported_on, reference

if TYPE_CHECKING:
    from matching.skills import SkillLinks


def current_affinity(data_dir: Path | None = None) -> Affinity:
    """From the imported ROME; empty without one. The same object until another import replaces it."""
    if not imported_on(data_dir):
        return NO_AFFINITY
    links = reference(data_dir).links
    return NO_AFFINITY if links is None else _table(links)


@lru_cache(maxsize=2)
def _table(links: "SkillLinks") -> Affinity:
    return AffinityTable(*links.affinity(), partial(_evidence, links))


def _evidence(links: "SkillLinks", known: str, asked: str) -> tuple[str, ...]:
    return tuple(one.label for one in links.transferable(known, asked).shared)
