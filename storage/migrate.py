"""Bringing a database's tables up to date, also when several processes start at once.

There is one history, with a branch for each of our databases: two of them may be one PostgreSQL,
or files of their own that have nothing of the other's.
"""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Iterator, Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from storage.database import name_of, sqlite_path, writing
from storage.errors import StorageError

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_ADVISORY_LOCK = 7_436_001  # any number, the same in all processes
_LOCK_WAIT = "60s"


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for a connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Run the migrations that the database doesn't have yet, all of them or none.

    Raises:
        StorageError: the database can't be reached or written, or is newer than this program.
    """
    with _only_one_process(sqlite_path(engine)), writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'"))
            connection.execute(
                sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK}
            )
        try:
            command.upgrade(configuration(connection), f"{name_of(engine)}@head")
        except command.util.CommandError:
            raise StorageError(
                f"the {name_of(engine)} database was made by a newer version of this program"
            ) from None


@contextlib.contextmanager
def _only_one_process(database: Optional[Path]) -> Iterator[None]:
    """Hold a lock file next to a SQLite database; PostgreSQL has locks of its own."""
    if database is None:
        yield
        return
    try:
        descriptor = os.open(f"{database}.migrate-lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(f"{database}.migrate-lock can't be made: {error.strerror}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
