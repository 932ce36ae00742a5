"""Reaching our databases: SQLite by default, PostgreSQL where their settings say so."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

import settings
from storage import encryption
from storage.errors import ConfigurationError, StorageError

# A visitor waits for the answer to "send": a database that hangs is one that is down.
CONNECT_SECONDS = 3
_SQLITE_WAIT_MILLISECONDS = 5000
_POSTGRESQL_LOCK_WAIT = "5s"
_POSTGRESQL_DEAD_NETWORK_MILLISECONDS = 10_000


@dataclass(frozen=True)
class Database:
    """One of our databases. Two of them may be the same PostgreSQL.

    Attributes:
        name: in errors, and the name of its branch of migrations.
        setting: the setting that holds its address.
        address: reads that setting.
    """

    name: str
    setting: str
    address: Callable[[], str]


CONSULTATIONS = Database("consultations", "DATABASE_URL", settings.consultations_database)
CHANNELS = Database("channels", "CONVERSATIONS_DATABASE_URL", settings.channels_database)


def create_engine(url: Optional[str] = None, database: Database = CONSULTATIONS) -> Engine:
    """Return an SQLAlchemy engine; nothing is connected to yet, but a SQLite file is made (0600).

    Args:
        url: the database's SQLAlchemy address; that of its setting when None.
        database: which one it is.

    Raises:
        ConfigurationError: the address or the encryption key is not one.
        StorageError: the SQLite file can't be made.
    """
    encryption.cipher()  # a wrong key should be found now, not when somebody sends a request
    address = url or database.address()
    if address.startswith("postgres://"):  # as hosting providers write it
        address = "postgresql://" + address[len("postgres://") :]
    try:
        parsed = sa.engine.make_url(address)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql_engine(parsed, database)
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return _sqlite_engine(parsed, database)
    except (sa.exc.ArgumentError, ValueError):
        pass  # the error's text may hold the password
    raise ConfigurationError(
        f"{database.setting}: expected an address like sqlite:////srv/bot/{database.name}.db "
        "or postgresql://user:password@host/database"
    )


def name_of(engine: Engine) -> str:
    """Return the name of an engine's database, as errors and migrations call it."""
    return str(engine.get_execution_options()["database"])


def sqlite_path(engine: Engine) -> Optional[Path]:
    """Return the file of a SQLite engine, None for other databases."""
    if engine.dialect.name != "sqlite":
        return None
    return Path(engine.url.database.removeprefix("file:"))


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that is committed at the end of the block.

    Raises:
        StorageError: the database can't be written; nothing of the block was kept.
    """
    with storage_errors(name_of(engine)), engine.begin() as connection:
        yield connection


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection for reading; on SQLite it waits for nobody.

    Raises:
        StorageError: the database can't be read.
    """
    with storage_errors(name_of(engine)), engine.connect() as connection:
        yield connection.execution_options(is_reading=True)


def forget_old_pages(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which still has what was just erased.

    While others read, SQLite does so later by itself: what was erased stays erased either way.
    """
    if engine.dialect.name != "sqlite":
        return
    with contextlib.suppress(sqlite3.Error, sa.exc.SQLAlchemyError), engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def storage_errors(database: str) -> Iterator[None]:
    """Turn what SQLAlchemy raises into a StorageError that quotes no stored values."""
    try:
        yield
    except sa.exc.StatementError as error:
        if isinstance(error.orig, ConfigurationError):  # from EncryptedText
            raise error.orig from None
        raise StorageError(
            f"the {database} database can't be reached or used now: {_describe(error.orig)}"
        ) from None
    except sa.exc.SQLAlchemyError as error:
        raise StorageError(f"the {database} database: {type(error).__name__}") from None


def _describe(cause: Any) -> str:
    """Say what failed without the driver's text where that may quote stored values."""
    if isinstance(cause, sqlite3.Error):
        return str(cause)  # names tables and columns only
    code = getattr(cause, "pgcode", None)
    return type(cause).__name__ + (f" (SQLSTATE {code})" if code else "")


def make_private(path: Path) -> None:
    """Make a SQLite file, and its folder, for their owner only; a folder that is there stays so.

    Raises:
        OSError: it can't be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its -wal and -shm files the mode of the database.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def prepare_sqlite(connection: sqlite3.Connection, *, survives_power_cut: bool) -> None:
    """Set a new connection up: others are waited for, and what is erased is overwritten.

    Args:
        survives_power_cut: whether each commit waits for the disk. A crash of the program loses
            nothing either way; a power cut may cost the last commits where it doesn't wait.
    """
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_SQLITE_WAIT_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(f"PRAGMA synchronous={'FULL' if survives_power_cut else 'NORMAL'}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _sqlite_engine(url: Any, database: Database) -> Engine:
    path = Path(url.database.removeprefix("file:"))
    try:
        make_private(path)
    except OSError as error:
        raise StorageError(f"{database.setting}: {path} can't be used: {error.strerror}") from None
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        execution_options={"database": database.name},
        connect_args={"timeout": _SQLITE_WAIT_MILLISECONDS / 1000},
    )
    sa.event.listen(engine, "connect", _connected_to_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connected_to_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    prepare_sqlite(connection, survives_power_cut=True)


def _begin_sqlite(connection: Any) -> None:
    # A transaction that reads first and writes later fails when another one wrote in between, so
    # that writers queue up from the beginning.
    reads = connection.get_execution_options().get("is_reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql_engine(url: Any, database: Database) -> Engine:
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        execution_options={"database": database.name},
        pool_pre_ping=True,  # connections from before a restart of the database are replaced
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": _POSTGRESQL_DEAD_NETWORK_MILLISECONDS,
        },
    )
    sa.event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_POSTGRESQL_LOCK_WAIT}'")
    connection.commit()
