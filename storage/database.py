"""Reaching the database of consultation requests: SQLite by default, PostgreSQL by DATABASE_URL."""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any, Iterator, Optional

import sqlalchemy as sa

import settings
from storage import encryption
from storage.errors import ConfigurationError, StorageError

# A visitor waits for the answer to "send": a database that hangs is one that is down.
CONNECT_SECONDS = 3
_SQLITE_WAIT_MILLISECONDS = 5000
_POSTGRESQL_LOCK_WAIT = "5s"
_POSTGRESQL_DEAD_NETWORK_MILLISECONDS = 10_000


def create_engine(url: Optional[str] = None) -> Any:
    """Return an SQLAlchemy engine; nothing is connected to yet, but a SQLite file is made (0600).

    Args:
        url: the database's SQLAlchemy address; DATABASE_URL when None.

    Raises:
        ConfigurationError: the address or the encryption key is not one.
        StorageError: the SQLite file can't be made.
    """
    encryption.cipher()  # a wrong key should be found now, not when somebody sends a request
    address = url or settings.consultations_database()
    if address.startswith("postgres://"):  # as hosting providers write it
        address = "postgresql://" + address[len("postgres://") :]
    try:
        parsed = sa.engine.make_url(address)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql_engine(parsed)
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return _sqlite_engine(parsed)
    except (sa.exc.ArgumentError, ValueError):
        pass  # the error's text may hold the password
    raise ConfigurationError(
        "DATABASE_URL: expected an address like sqlite:////srv/bot/consultations.db "
        "or postgresql://user:password@host/database"
    )


def sqlite_path(engine: Any) -> Optional[Path]:
    """Return the file of a SQLite engine, None for other databases."""
    if engine.dialect.name != "sqlite":
        return None
    return Path(engine.url.database.removeprefix("file:"))


@contextlib.contextmanager
def writing(engine: Any) -> Iterator[Any]:
    """Yield a connection in a transaction that is committed at the end of the block.

    Raises:
        StorageError: the database can't be written; nothing of the block was kept.
    """
    with storage_errors(), engine.begin() as connection:
        yield connection


@contextlib.contextmanager
def reading(engine: Any) -> Iterator[Any]:
    """Yield a connection for reading; on SQLite it waits for nobody.

    Raises:
        StorageError: the database can't be read.
    """
    with storage_errors(), engine.connect() as connection:
        yield connection.execution_options(consultations_reading=True)


def forget_old_pages(engine: Any) -> None:
    """Empty SQLite's write-ahead log, which still has what was just erased.

    While others read, SQLite does so later by itself: what was erased stays erased either way.
    """
    if engine.dialect.name != "sqlite":
        return
    with contextlib.suppress(sqlite3.Error, sa.exc.SQLAlchemyError), engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def storage_errors(database: str = "consultations") -> Iterator[None]:
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


def _sqlite_engine(url: Any) -> Any:
    path = Path(url.database.removeprefix("file:"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm files the mode of the database.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise StorageError(f"DATABASE_URL: {path} can't be used: {error.strerror}") from None
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        connect_args={"timeout": _SQLITE_WAIT_MILLISECONDS / 1000},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_SQLITE_WAIT_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a confirmed request survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A transaction that reads first and writes later fails when another one wrote in between, so
    # that writers queue up from the beginning.
    reads = connection.get_execution_options().get("consultations_reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql_engine(url: Any) -> Any:
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
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
