"""A clock that a test sets forward."""

from datetime import datetime, timedelta

from channels.tables import utc_now


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self._now = utc_now()

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self._now

    def forward(self, time: timedelta) -> None:
        """Set it forward, or back."""
        self._now += time
