"""How much one visitor may ask for: so that nobody keeps the others waiting."""

from collections import OrderedDict, deque
from typing import Deque


class RateLimit:
    """At most `limit` events of a key within `seconds`, counted in a sliding window.

    Of more than `most_keys` the one seen longest ago is forgotten.
    """

    def __init__(self, limit: int, seconds: float, most_keys: int = 10_000) -> None:
        self._limit = limit
        self._most_keys = most_keys
        self._seconds = seconds
        self._events: OrderedDict[str, Deque[float]] = OrderedDict()

    def wait_seconds(self, key: str, now: float) -> float:
        """Count an event of `key` and return 0; or, over the limit, the seconds to wait.

        Args:
            now: a clock that never goes back, in seconds.
        """
        events = self._events.setdefault(key, deque())
        self._events.move_to_end(key)
        if len(self._events) > self._most_keys:
            self._events.popitem(last=False)
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self._limit:
            return events[0] + self._seconds - now
        events.append(now)
        return 0.0
