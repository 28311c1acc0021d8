"""The tests of accounts hash dozens of passwords: cheaply. The demo's is hashed as in service."""

import pytest
from argon2 import PasswordHasher

from service.accounts import sign_in


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same function with the least memory and time that it takes; a hash carries its own figures."""
    monkeypatch.setattr(sign_in, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
