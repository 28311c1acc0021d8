"""The core's tests try the compiled kernel at once, however small the block; a test may refuse it."""

import pytest


@pytest.fixture(autouse=True)
def compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_NUMBA", "always")
