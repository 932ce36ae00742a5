"""Tables of the channels' own, in the channels' database; made when one is first used."""

import contextlib
from datetime import datetime, timezone
from typing import Any, Callable, Iterator, Optional

import sqlalchemy as sa

from storage.database import CHANNELS, create_engine, writing
from storage.migrate import migrate

# Changing a table needs a migration as well (storage/migrations); a test compares the two.
metadata = sa.MetaData()


def utc_now() -> datetime:
    """Return the time as the tables keep it: UTC, without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


class Tables:
    """The channels' tables. What uses them raises StorageError when it can't."""

    def __init__(self, url: Optional[str] = None, now: Callable[[], datetime] = utc_now) -> None:
        """Open the database at `url`, that of its setting when None; `now` is the clock."""
        self._now = now
        self._engine = create_engine(url, CHANNELS)
        self._is_prepared = False

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        if not self._is_prepared:
            migrate(self._engine)
            self._is_prepared = True
        with writing(self._engine) as connection:
            yield connection
