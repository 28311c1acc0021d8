"""From scores to chances."""

from pathlib import Path

import numpy as np
import pytest

from matching.text_calibration import TEMPERATURE, Calibration, shares


def test_shares_add_up_to_one_and_follow_the_gap() -> None:
    # a gap of one temperature: e^0 : e^-1 = 0.731 : 0.269
    found = shares(np.array([1.0, 1.0 - TEMPERATURE], np.float32))
    assert found.tolist() == pytest.approx([0.7311, 0.2689], abs=1e-4)


def test_chances_are_what_happened_on_the_known_texts(tmp_path: Path) -> None:
    # wide gaps were always right, equal scores once in two
    wide, equal = np.array([2.0, 0.0], np.float32), np.array([1.0, 1.0], np.float32)
    calibration = Calibration.fit([(wide, 0), (wide, 0), (equal, 0), (equal, 1)])
    assert calibration.chances(wide)[0] == pytest.approx(1.0)
    assert calibration.chances(equal).tolist() == pytest.approx([0.5, 0.5])
    calibration.save(tmp_path)
    assert Calibration.load(tmp_path).chances(equal).tolist() == pytest.approx([0.5, 0.5])


def test_the_shipped_curve_rises_from_zero_to_one() -> None:
    curve = Calibration.shipped()
    assert (np.diff(curve.chance) >= 0).all()
    assert 0 <= curve.chance[0] < 0.05
    assert 0.95 < curve.chance[-1] <= 1
