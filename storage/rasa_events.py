"""The rows of conversations in Rasa's own database: what was typed there must go as well."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any, Iterable, List, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

import settings
from storage.database import CONNECT_SECONDS, forget_old_pages, prepare_sqlite, storage_errors

_BATCH = 500


def erase_events(
    conversations: Iterable[str],
    url: Optional[str] = None,
    until: Optional[datetime] = None,
) -> int:
    """Delete the events of conversations from Rasa's table.

    Args:
        conversations: Rasa's conversation ids ("sender_id").
        url: the database's SQLAlchemy address; `settings.conversations_database()` when None.
        until: leave later events alone; None deletes all.

    Returns:
        How many were deleted; 0 when the database's file or its table isn't there.

    Raises:
        StorageError: the database can't be read or written.
    """
    wanted = sorted(set(conversations))
    address = sa.engine.make_url(url or settings.conversations_database())
    is_sqlite = address.get_backend_name() == "sqlite"
    if not wanted or (is_sqlite and not Path(address.database or "").is_file()):
        return 0
    with storage_errors("conversations"):
        engine = sa.create_engine(
            address,
            future=True,
            hide_parameters=True,
            connect_args={} if is_sqlite else {"connect_timeout": CONNECT_SECONDS},
        )
        if is_sqlite:
            sa.event.listen(engine, "connect", _prepare)
        if not sa.inspect(engine).has_table("events"):
            return 0
        with engine.begin() as connection:
            erased = sum(
                _erase_batch(connection, wanted[start : start + _BATCH], until)
                for start in range(0, len(wanted), _BATCH)
            )
        forget_old_pages(engine)
        engine.dispose()
        return erased


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    prepare_sqlite(connection, survives_power_cut=True)


def _erase_batch(
    connection: Connection, conversations: List[str], until: Optional[datetime]
) -> int:
    statement = "DELETE FROM events WHERE sender_id IN :ids"
    parameters: Any = {"ids": conversations}
    if until is not None:
        statement += " AND timestamp <= :until"
        parameters["until"] = until.timestamp()
    delete = sa.text(statement).bindparams(sa.bindparam("ids", expanding=True))
    return int(connection.execute(delete, parameters).rowcount)
