"""Skills: how near two occupations are by the skills they share, with the evidence.

`Resolver` (occupations.py) finds a skill from free text as it finds an occupation; this module compares.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from matching.text_index import mapped

if TYPE_CHECKING:  # scipy is imported where it is used: half a second that no start should pay
    import scipy.sparse as sp

SCALE = 10_000  # scores are integers in ten-thousandths
# A skill at the heart of an occupation weighs half as much again: it finds ROME's own mobilities best.
CORE_WEIGHT = 0.5


class Shared(msgspec.Struct, frozen=True):
    """One skill that two occupations share.

    `core`: at the heart of the second occupation; `share`: its part of their likeness, 0 to 1.
    """

    skill: str
    label: str
    share: float
    core: bool


class Transfer(msgspec.Struct, frozen=True):
    """How far an occupation's skills serve in another: `score` in ten-thousandths, weightiest skill first."""

    score: int
    shared: tuple[Shared, ...]


class SkillLinks:
    """Which occupation asks for which skill.

    codes, skills, labels: names; `code_of`, `skill_of`, `core`: one a link, numbers into them and 0/1.
    """

    PARTS = ("code_of", "skill_of", "core")

    def __init__(
        self,
        codes: Sequence[str],
        skills: Sequence[str],
        labels: Sequence[str],
        code_of: NDArray[np.int32],
        skill_of: NDArray[np.int32],
        core: NDArray[np.int8],
    ) -> None:
        self.codes, self.skills, self.labels = codes, skills, labels
        self.code_of, self.skill_of, self.core = code_of, skill_of, core

    @cached_property
    def _number(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}

    @cached_property
    def _weights(self) -> "sp.csr_matrix":
        """Occupations x skills; a row is of length one; a rare skill tells more than one that all share."""
        import scipy.sparse as sp

        spread = np.bincount(self.skill_of, minlength=len(self.skills))
        idf = np.log((1 + len(self.codes)) / (1 + spread)) + 1
        values = idf[self.skill_of] * (1 + CORE_WEIGHT * self.core)
        shape = (len(self.codes), len(self.skills))
        matrix = sp.csr_matrix((values, (self.code_of, self.skill_of)), shape=shape)
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return sp.csr_matrix(sp.diags(1 / np.maximum(norms, 1e-9)) @ matrix)

    @cached_property
    def _core_of(self) -> frozenset[tuple[int, int]]:
        heart = np.flatnonzero(self.core)
        return frozenset(zip(self.code_of[heart].tolist(), self.skill_of[heart].tolist(), strict=True))

    def transferable(self, code_a: str, code_b: str, most: int = 12) -> Transfer:
        """Skills of `code_a` that serve in `code_b`; an unknown code shares nothing (score 0)."""
        a, b = self._number.get(code_a), self._number.get(code_b)
        if a is None or b is None:
            return Transfer(0, ())
        product = self._weights[[a]].multiply(self._weights[[b]]).tocoo()
        total = float(product.data.sum())
        order = sorted(zip((-product.data).tolist(), product.col.tolist(), strict=True))
        shared = tuple(
            Shared(self.skills[at], self.labels[at], round(-less / total, 4), (b, at) in self._core_of)
            for less, at in order[:most]
        )
        return Transfer(min(SCALE, round(SCALE * total)), shared)

    def affinity(self) -> tuple[tuple[str, ...], NDArray[np.int16]]:
        """(codes, codes x codes table of scores in ten-thousandths), symmetric, 10,000 on the diagonal.

        Worked out once, in a fifth of a second for 1,584 codes; 5 MB.
        """
        return tuple(self.codes), self._affinity

    @cached_property
    def _affinity(self) -> NDArray[np.int16]:
        table = np.rint((self._weights @ self._weights.T).toarray() * SCALE)
        np.fill_diagonal(table, SCALE)
        scores: NDArray[np.int16] = np.minimum(table, SCALE).astype(np.int16)
        return scores

    def skills_of(self, code: str) -> list[tuple[str, str, bool]]:
        """(skill, label, core) of an occupation, the heart of the trade first."""
        number = self._number.get(code)
        found = np.flatnonzero(self.code_of == (-1 if number is None else number))
        rows = [
            (self.skills[self.skill_of[at]], self.labels[self.skill_of[at]], bool(self.core[at]))
            for at in found
        ]
        return sorted(rows, key=lambda row: (not row[2], row[1]))

    def save(self, folder: Path) -> None:
        for name in self.PARTS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        for name, lines in (("codes", self.codes), ("skills", self.skills), ("labels", self.labels)):
            (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "SkillLinks":
        codes, skills, labels = (
            (folder / f"{name}.txt").read_text("utf-8").split("\n") for name in ("codes", "skills", "labels")
        )
        return cls(codes, skills, labels, *(mapped(folder / f"{name}.npy") for name in cls.PARTS))
