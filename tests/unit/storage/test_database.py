"""Addresses are understood or refused without showing the password; SQLite is set to be safe."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consultations import models
from storage.database import (
    CHANNELS,
    CONSULTATIONS,
    Database,
    create_engine,
    reading,
    sqlite_path,
    writing,
)
from storage.errors import ConfigurationError, StorageError


@pytest.mark.parametrize("database", [CONSULTATIONS, CHANNELS], ids=lambda one: one.name)
@pytest.mark.parametrize(
    "address",
    ["nonsense", "postgresql://user:secret@host:port/x", "mysql://a:secret@b/c", "sqlite://"],
)
def test_addresses_that_are_refused(address: str, database: Database) -> None:
    with pytest.raises(ConfigurationError, match=f"^{database.setting}: expected") as caught:
        create_engine(address, database)
    assert "secret" not in str(caught.value)


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be used"):
        create_engine(f"sqlite:///{tmp_path}/file/consultations.db")


def test_nothing_is_kept_when_the_block_fails(engine: Any) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        connection.execute(sa.text("DELETE FROM alembic_version"))
        raise ZeroDivisionError
    with reading(engine) as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def test_hosting_providers_write_postgres() -> None:
    engine = create_engine("postgres://user@host/database")
    assert engine.dialect.name == "postgresql" and sqlite_path(engine) is None


def test_a_committed_request_survives_a_power_cut(sqlite_engine: Any) -> None:
    with reading(sqlite_engine) as connection:
        values = [
            connection.execute(sa.text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert values == ["wal", 2, 1, 1]


def test_reading_waits_for_nobody(sqlite_engine: Any) -> None:
    with writing(sqlite_engine), reading(sqlite_engine) as connection:
        assert connection.execute(sa.select(models.requests)).all() == []
