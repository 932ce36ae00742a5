"""Network addresses: where a visitor comes from, and how many connections come from there."""

from collections import Counter
from typing import Any, Dict

import settings


class Connections:
    """Counts the open connections of each address."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._address_of: Dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def enter(self, connection: str, address: str) -> bool:
        """Count a connection; False, and not counted, when its address has too many."""
        if self._counts[address] >= self._limit:
            return False
        self._address_of[connection] = address
        self._counts[address] += 1
        return True

    def leave(self, connection: str) -> None:
        """Forget a connection."""
        address = self._address_of.pop(connection, None)
        if address is None:
            return
        self._counts[address] -= 1
        if not self._counts[address]:
            del self._counts[address]


def address_of(environ: Dict[str, Any]) -> str:
    """Return the address that a connection comes from.

    Behind PROXIES reverse proxies it is the one that the first of ours saw: what a visitor writes
    into X-Forwarded-For stands before it and counts for nothing.
    """
    request = environ.get("sanic.request")
    direct = str(request.ip) if request is not None else str(environ.get("REMOTE_ADDR", ""))
    count = settings.proxies()
    forwarded = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return forwarded[-count] if count and len(forwarded) >= count and forwarded[0] else direct
