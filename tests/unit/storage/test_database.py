"""Addresses are understood or refused without showing the password; SQLite is set to be safe."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from consultations import models
from storage.database import create_engine, reading, sqlite_path, writing
from storage.errors import ConfigurationError, StorageError
from storage.migrate import migrate
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "address",
    ["nonsense", "postgresql://user:secret@host:port/x", "mysql://a:secret@b/c", "sqlite://"],
)
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL") as caught:
        create_engine(address)
    assert "secret" not in str(caught.value)


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be used"):
        create_engine(f"sqlite:///{tmp_path}/file/consultations.db")


def test_a_file_that_is_no_database(sqlite_url: str) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).write_text("not a database " * 100)
    with pytest.raises(StorageError, match="not a database"):
        migrate(create_engine(sqlite_url))


def test_a_newer_database(engine: Any) -> None:
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer version"):
        migrate(engine)


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


def test_the_models_are_what_the_migrations_make(engine: Any) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, models.metadata) == []


def test_several_processes_migrate_at_once(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    code = (
        "from storage.database import create_engine;"
        "from storage.migrate import migrate; migrate(create_engine())"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate(timeout=60)[1] for process in running] == [""] * 4
    assert {process.returncode for process in running} == {0}
    migrate(create_engine(empty_url))  # once more changes nothing
