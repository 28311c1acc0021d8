"""The pace of tries by address of origin: bounded, one subscriber of IPv6 counted once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from service.accounts import slow_down
from service.accounts.slow_down import BoundedStore, origin


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_origin_is_an_address_or_the_network_of_a_subscriber(host: str, told: str) -> None:
    assert origin(SimpleNamespace(client=SimpleNamespace(host=host))) == told


def test_a_flood_of_addresses_forgets_the_oldest_and_keeps_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slow_down, "MOST_ADDRESSES", 3)
    store = BoundedStore()

    async def flood() -> list[bool]:
        for number in range(5):
            await store.set(f"address {number}", b"1", expires_in=60)
        return [await store.exists(f"address {number}") for number in range(5)]

    # In a thread of its own: the browser of other tests may keep a loop open in this one.
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(lambda: asyncio.run(flood())).result()
    assert found == [False, False, True, True, True]
