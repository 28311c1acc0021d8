"""Occupations and skills for the service and the command line: the imported ROME when there is one.

Loaded when first asked for, and again when an import has replaced the one in use; the start of the service
pays nothing.
"""

import logging
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from matching.normalise import fold, skill_key
from matching.rome import load_rome_codes
from service.settings import read_settings

if TYPE_CHECKING:  # what reads texts is imported where it is used: no start pays for numpy
    from matching.occupations import Resolver
    from matching.skills import SkillLinks
    from service.reference.rome_store import Kept

log = logging.getLogger("passerelle")
_WHOLE = 10_000
_LEAST = 0.01  # chances under this one are left out of what the engine weighs
# While one types, beyond the third, what is a hundred times less likely than the first is not shown: it often
# shares no more than « femme » with what is typed. The development sets lose no right answer by it.
_FAR, _CHOICES = 0.01, 3


class Suggestion(msgspec.Struct, frozen=True):
    """One line of a list that completes what is typed. `hint`: the name that matched, if not the label."""

    code: str
    label: str
    hint: str


class Reference(msgspec.Struct, frozen=True):
    """One import of ROME, or what ships when `version` is empty."""

    version: str
    codes: dict[str, str]
    occupations: "Resolver"
    skills: "Resolver | None"
    links: "SkillLinks | None"
    kept: "Kept | None"


class _Held:
    """The reference in use in this process, and the mark of the file that said so."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.of: dict[Path, tuple[float, Reference]] = {}


_held = _Held()


def reference(data_dir: Path | None = None) -> Reference:
    """The imported ROME, else what ships; once loaded, the cost is a look at one file's date."""
    data_dir = data_dir or read_settings().data_dir
    mark = imported_on(data_dir)
    held = _held.of.get(data_dir)
    if held is not None and held[0] == mark:
        return held[1]
    with _held.lock:
        held = _held.of.get(data_dir)
        if held is None or held[0] != mark:
            held = (mark, _load(data_dir))
            _held.of[data_dir] = held
        return held[1]


def imported_on(data_dir: Path | None = None) -> float:
    """The instant of the last import of ROME; 0 when there is none."""
    from service.reference.rome_store import rome_root

    try:
        return (rome_root(data_dir or read_settings().data_dir) / "CURRENT").stat().st_mtime
    except OSError:
        return 0.0


def _load(data_dir: Path) -> Reference:
    from matching.occupations import Resolver, imported_occupations, shipped_occupations
    from matching.similarity import Ranker
    from matching.skills import SkillLinks
    from matching.text_calibration import Calibration
    from service.reference.rome_store import current_folder, read_kept, read_stamp

    folder = current_folder(data_dir)
    if folder is None:
        if imported_on(data_dir):
            log.warning(
                "Le ROME importé ne se lit pas avec cette version de Passerelle : les libellés livrés le "
                "remplacent. Importez-le de nouveau : passerelle import rome FICHIER.zip"
            )
        return Reference("", dict(load_rome_codes()), shipped_occupations(), None, None, None)
    kept = read_kept(folder)
    codes = {code: label for code, label, _ in kept.codes}
    skills = Resolver(Ranker.load(folder / "skills"), Calibration.load(folder / "skills"))
    return Reference(
        version=read_stamp(folder).version,
        codes=codes,
        occupations=imported_occupations(folder / "occupations", codes),
        skills=skills,
        links=SkillLinks.load(folder / "links"),
        kept=kept,
    )


def suggest_occupations(text: str, limit: int = 8, data_dir: Path | None = None) -> list[Suggestion]:
    """Occupations for what is typed: the start of a code, the start of a word, or a whole phrase."""
    known = reference(data_dir)
    typed = text.strip()
    if not typed or limit < 1:
        return []
    code = typed.upper()
    if code[0].isalpha() and code[1:].isdigit():
        return [Suggestion(one, label, "") for one, label in known.codes.items() if one.startswith(code)][
            :limit
        ]
    return [
        Suggestion(code, known.codes.get(code, code), _hint(matched, known.codes.get(code, code)))
        for code, matched in _typed(known.occupations, typed, limit)
    ]


def _typed(resolver: "Resolver", typed: str, limit: int) -> list[tuple[str, str]]:
    """(id, label that matched): a word half typed is completed first, a whole phrase is understood first."""
    completed = resolver.complete(typed, limit)
    likely = resolver.resolve(typed, limit)
    understood = [
        (one.code, one.nearest)
        for rank, one in enumerate(likely)
        if rank < _CHOICES or one.probability >= _FAR * likely[0].probability
    ]
    if resolver.knows_last_word(typed):
        pairs = [*understood[: max(1, limit // 2)], *completed, *understood]
    else:
        pairs = [*completed, *understood]
    found: dict[str, str] = {}
    for one, matched in pairs:
        found.setdefault(one, matched)
    return list(found.items())[:limit]


def _hint(nearest: str, label: str) -> str:
    return "" if fold(nearest) == fold(label) else nearest


def likely_occupations(text: str, fewest: int = 1, data_dir: Path | None = None) -> list[tuple[str, int]]:
    """(code, weight in ten-thousandths) of what a text means, the likeliest first, up to ten.

    10000 for one certain enough to be accepted alone; the others stay under it. `fewest`: how many are
    given at least, to choose from. Empty when nothing in the text is known.
    """
    ten = reference(data_dir).occupations.resolve(text, 10)
    if not ten or ten[0].probability < _LEAST:
        return []
    return [
        (
            one.code,
            _WHOLE if one.certain and not rank else min(round(_WHOLE * one.probability) or 1, _WHOLE - 1),
        )
        for rank, one in enumerate(ten)
        if rank < fewest or one.probability >= _LEAST
    ]


def rome_skills(data_dir: Path | None = None) -> dict[str, str]:
    """ROME's skills as it writes them, by `skill_key`; empty until a ROME has been imported."""
    links = reference(data_dir).links
    return {} if links is None else _skills_by_key(links)


@lru_cache(maxsize=2)
def _skills_by_key(links: "SkillLinks") -> dict[str, str]:
    return {skill_key(label): label for label in reversed(links.labels)}


def suggest_skills(text: str, limit: int = 8, data_dir: Path | None = None) -> list[Suggestion]:
    """Skills for what is being typed; nothing until a ROME has been imported."""
    known = reference(data_dir).skills
    if known is None:
        return []
    return [Suggestion(one, matched, "") for one, matched in _typed(known, text.strip(), limit)]
