"""Ten tries a minute from one address, whatever the account; each account also locks by itself.

The address is the one that the server gives: a proxy’s word counts when the settings trust it (settings.py).
"""

import ipaddress
from datetime import timedelta
from typing import Any

from litestar.middleware.rate_limit import RateLimitConfig
from litestar.stores.memory import MemoryStore

STORE = "rate_limit"
MOST_ADDRESSES = 10_000


def origin(request: Any) -> str:
    """One address, or the /64 that a single subscriber holds of IPv6 (RFC 6177)."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


class BoundedStore(MemoryStore):
    """A memory of addresses that a flood of them cannot fill: the oldest are forgotten first."""

    async def set(self, key: str, value: str | bytes, expires_in: int | timedelta | None = None) -> None:
        if key not in self._store and len(self._store) >= MOST_ADDRESSES:
            await self.delete_expired()
            while len(self._store) >= MOST_ADDRESSES:
                self._store.pop(next(iter(self._store)))
        await super().set(key, value, expires_in)


slow_down = RateLimitConfig(rate_limit=("minute", 10), store=STORE, identifier_for_request=origin).middleware
