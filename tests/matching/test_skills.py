"""Which skills of one occupation serve in another; three occupations, worked by hand."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from matching.skills import SkillLinks

# cleaner: mop, listen; carer: listen*, wash; mason: wall (* at the heart of the trade)
LINKS = SkillLinks(
    ["cleaner", "carer", "mason"],
    ["mop", "listen", "wash", "wall"],
    ["Laver les sols", "Écouter", "Aider à la toilette", "Monter un mur"],
    np.array([0, 0, 1, 1, 2], np.int32),
    np.array([0, 1, 1, 2, 3], np.int32),
    np.array([0, 0, 1, 0, 0], np.int8),
)


def test_shared_skills_are_the_explanation() -> None:
    transfer = LINKS.transferable("cleaner", "carer")
    assert [(one.label, one.core, one.share) for one in transfer.shared] == [("Écouter", True, 1.0)]
    # idf: asked by one of three ln(4/2)+1 = 1.6931, by two ln(4/3)+1 = 1.2877; the heart counts 1.5 times
    rare, usual = log(2) + 1, log(4 / 3) + 1
    cleaner = usual / np.hypot(rare, usual)
    carer = 1.5 * usual / np.hypot(rare, 1.5 * usual)
    assert transfer.score == pytest.approx(10_000 * cleaner * carer, abs=1)


def test_occupations_without_a_common_skill_share_nothing() -> None:
    assert LINKS.transferable("cleaner", "mason").score == 0
    assert LINKS.transferable("cleaner", "nowhere").shared == ()


def test_the_table_for_the_engine_agrees_with_each_pair() -> None:
    codes, table = LINKS.affinity()
    assert codes == ("cleaner", "carer", "mason")
    assert table.dtype == np.int16
    assert (table == table.T).all()
    assert table.diagonal().tolist() == [10_000] * 3
    assert table[0, 1] == LINKS.transferable("cleaner", "carer").score


def test_the_heart_of_a_trade_is_listed_first(tmp_path: Path) -> None:
    LINKS.save(tmp_path)
    again = SkillLinks.load(tmp_path)
    assert again.skills_of("carer") == [("listen", "Écouter", True), ("wash", "Aider à la toilette", False)]
    assert again.skills_of("nowhere") == []
