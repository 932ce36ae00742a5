"""The tables that migrations make are those the program uses, whatever was there before."""

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import channels.feedback
import channels.telegram.store
import channels.turns.inbox
import channels.whatsapp.store  # noqa: F401  their tables
from channels import tables
from consultations import models
from storage.database import CHANNELS, CONSULTATIONS, Database, create_engine, reading, writing
from storage.errors import StorageError
from storage.migrate import migrate
from tests.conftest import ROOT

DATABASES = {CONSULTATIONS: models.metadata, CHANNELS: tables.metadata}
# A row of each of the channels' tables, and which column tells it from others.
ROWS: Dict[str, str] = {
    "channel_messages": (
        "(channel, message_id, conversation, state, sent, received_at) "
        "VALUES ('telegram', 'kept', 'c', 'done', 0, '2026-01-01')"
    ),
    "telegram_buttons": "(key, payload, kept_at) VALUES ('kept', 'p', '2026-01-01')",
    "telegram_webhooks": "(bot, fingerprint) VALUES (7, 'kept')",
    "whatsapp_sent": (
        "(message, conversation, sent_at) VALUES ('kept', 'c', '2026-01-01')"
    ),
    "answer_feedback": (
        "(entry, value, kind, topic, given_at) "
        "VALUES ('kept', 'wrong', 'answer', 'cost', '2026-01-01')"
    ),
}  # fmt: skip


@pytest.fixture(params=list(DATABASES), ids=lambda database: database.name)
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.param
    return found


@pytest.fixture
def old_channels(empty_url: str) -> Iterator[Any]:
    """A channels' database from before it had migrations, with a row in each table."""
    engine = create_engine(empty_url, CHANNELS)
    tables.metadata.create_all(engine)
    with engine.begin() as connection:
        for table, row in ROWS.items():
            connection.execute(sa.text(f"INSERT INTO {table} {row}"))
    yield engine
    engine.dispose()


def differences(engine: Any, *metadata: sa.MetaData) -> Any:
    """Return where a database's tables aren't those of the program."""
    wanted = sa.MetaData()
    for one in metadata:
        for table in one.tables.values():
            table.to_metadata(wanted)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, wanted)


def test_the_tables_are_what_the_migrations_make(empty_url: str, database: Database) -> None:
    engine = create_engine(empty_url, database)
    assert differences(engine, DATABASES[database]) != []
    migrate(engine)
    assert differences(engine, DATABASES[database]) == []


def test_what_a_channels_database_holds_survives_its_first_migration(old_channels: Any) -> None:
    for _ in range(2):
        migrate(old_channels)
    assert differences(old_channels, tables.metadata) == []
    with reading(old_channels) as connection:
        for table in ROWS:
            (row,) = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
            assert "kept" in row


def test_of_half_a_channels_database_the_rest_is_made(old_channels: Any) -> None:
    """Each table was made when it was first used; one made long ago may lack a later index."""
    with writing(old_channels) as connection:
        connection.execute(sa.text("DROP TABLE whatsapp_sent"))
        connection.execute(sa.text("DROP INDEX unfinished_channel_messages"))
    migrate(old_channels)
    assert differences(old_channels, tables.metadata) == []


def test_a_consultations_database_goes_on_where_it_was(empty_url: str) -> None:
    """Its version is from when the history had one branch."""
    engine = create_engine(empty_url)
    models.metadata.create_all(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0001')"))
    migrate(engine)
    assert differences(engine, models.metadata) == []


def test_both_in_one_postgresql(postgresql_url: str) -> None:
    for database in (CONSULTATIONS, CHANNELS, CONSULTATIONS):
        migrate(create_engine(postgresql_url, database))
    engine = create_engine(postgresql_url)
    assert differences(engine, *DATABASES.values()) == []


def test_a_newer_database_is_named(empty_url: str, database: Database) -> None:
    engine = create_engine(empty_url, database)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=f"the {database.name} database was made by a newer"):
        migrate(engine)


def test_a_table_of_somebody_else_stops_it_and_nothing_is_made(
    empty_url: str, database: Database
) -> None:
    last = "erasures" if database is CONSULTATIONS else "ix_whatsapp_sent_sent_at"
    engine = create_engine(empty_url, database)
    with writing(engine) as connection:
        connection.execute(sa.text(f"CREATE TABLE {last} (one INTEGER)"))
    with pytest.raises(StorageError, match=f"the {database.name} database"):
        migrate(engine)
    assert sa.inspect(engine).get_table_names() == [last]


def test_a_file_that_is_no_database(sqlite_url: str, database: Database) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).write_text("not a database " * 100)
    with pytest.raises(StorageError, match=f"the {database.name} database .*not a database"):
        migrate(create_engine(sqlite_url, database))


def test_files_and_folder_are_for_their_owner_only(tmp_path: Path, database: Database) -> None:
    folder = tmp_path / "new"
    migrate(create_engine(f"sqlite:///{folder / 'any.db'}", database))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


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
