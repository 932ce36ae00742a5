"""Tables of the channels' own, in the channels' database; made when they are first used."""

import contextlib
from datetime import datetime, timezone
from typing import Any, Iterator, Optional

import sqlalchemy as sa

import settings
from storage.database import create_engine, storage_errors

_DATABASE = "channels"


class Tables:
    """The tables of one `sa.MetaData`. What uses them raises StorageError when it can't."""

    def __init__(self, metadata: sa.MetaData, url: Optional[str] = None) -> None:
        self._metadata = metadata
        self._engine = create_engine(url or settings.channels_database())
        self._is_prepared = False

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        with storage_errors(_DATABASE):
            if not self._is_prepared:
                self._metadata.create_all(self._engine)
                self._is_prepared = True
            with self._engine.begin() as connection:
                yield connection


def utc_now() -> datetime:
    """Return the time as the tables keep it: UTC, without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)
