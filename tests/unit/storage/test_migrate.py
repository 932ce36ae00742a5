"""The tables that migrations make are those the program uses, whatever was there before."""

import stat
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import channels.feedback
import channels.telegram.store
import channels.turns.inbox
import channels.whatsapp.store  # noqa: F401  their tables
from channels import tables
from consultations import drafts, models, request_store
from storage.database import CHANNELS, CONSULTATIONS, Database, create_engine, reading, writing
from storage.errors import StorageError
from storage.migrate import _ADVISORY_LOCK, migrate
from tests.conftest import POSTGRESQL, ROOT
from tests.unit.consultations.samples import a_request

DATABASES = {CONSULTATIONS: models.metadata, CHANNELS: tables.metadata}
# A row of each of the channels' tables.
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
# What says how a table was made, partial indexes and widths included.
DEFINITIONS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master",
    "postgresql": """
        SELECT tablename, indexname, replace(indexdef, current_schema() || '.', '')
        FROM pg_indexes WHERE schemaname = current_schema()
        UNION ALL SELECT table_name, column_name,
            concat_ws(' ', data_type, character_maximum_length, is_nullable)
        FROM information_schema.columns WHERE table_schema = current_schema()
        UNION ALL SELECT relname, conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
        WHERE connamespace = current_schema()::regnamespace
    """,
}


@pytest.fixture(params=list(DATABASES), ids=lambda database: database.name)
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.param
    return found


@pytest.fixture
def other_url(empty_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a second empty database of the same kind."""
    if empty_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    schema = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(POSTGRESQL, poolclass=sa.pool.NullPool)
    with server.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with server.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture
def old_channels(empty_url: str) -> Iterator[Any]:
    """A channels' database from before it had migrations, with a row in each table."""
    engine = create_engine(empty_url, CHANNELS)
    make_old_channels(engine)
    yield engine
    engine.dispose()


def make_old_channels(engine: Any) -> None:
    tables.metadata.create_all(engine)
    with writing(engine) as connection:
        for table, row in ROWS.items():
            connection.execute(sa.text(f"INSERT INTO {table} {row}"))


def make_old_consultations(engine: Any) -> None:
    """Its version is from when the history had one branch."""
    models.metadata.create_all(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0001')"))
        connection.execute(
            sa.text("INSERT INTO erasures VALUES (1, '2026-01-01', 'asked', 1, 0, 0, 0)")
        )
    drafts.save(engine, "visitor-2", {"place": "Lisbon"})
    request_store.submit(engine, a_request(conversation="visitor-1"), "key")


def definitions(engine: Any, metadata: sa.MetaData) -> Set[Tuple[str, ...]]:
    """Return what the database itself says of the program's tables, their indexes and columns."""
    with reading(engine) as connection:
        rows = connection.execute(sa.text(DEFINITIONS[engine.dialect.name])).all()
    return {
        tuple(" ".join(str(part).split()) for part in row)
        for row in rows
        if row[0] in metadata.tables
    }


def contents(engine: Any, *metadata: sa.MetaData) -> Dict[str, List[Any]]:
    """Return the rows of all tables, as they are stored; there are some in each."""
    with reading(engine) as connection:
        found = {
            name: connection.execute(sa.text(f"SELECT * FROM {name}")).all()
            for one in metadata
            for name in one.tables
        }
    assert all(found.values())
    return found


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


def test_they_are_to_the_letter_what_databases_had_before(
    empty_url: str, other_url: str, database: Database
) -> None:
    """What `compare_metadata` doesn't compare counts too, like the condition of an index."""
    before, now = create_engine(empty_url, database), create_engine(other_url, database)
    DATABASES[database].create_all(before)
    migrate(now)
    assert definitions(now, DATABASES[database]) == definitions(before, DATABASES[database])


def test_what_a_channels_database_holds_survives_its_first_migration(old_channels: Any) -> None:
    before = contents(old_channels, tables.metadata)
    for _ in range(2):
        migrate(old_channels)
    assert differences(old_channels, tables.metadata) == []
    assert contents(old_channels, tables.metadata) == before


def test_of_half_a_channels_database_the_rest_is_made(old_channels: Any) -> None:
    """Each table was made when it was first used; one made long ago may lack a later index."""
    with writing(old_channels) as connection:
        connection.execute(sa.text("DROP TABLE whatsapp_sent"))
        connection.execute(sa.text("DROP INDEX unfinished_channel_messages"))
    migrate(old_channels)
    assert differences(old_channels, tables.metadata) == []


def test_a_consultations_database_goes_on_where_it_was(empty_url: str) -> None:
    engine = create_engine(empty_url)
    make_old_consultations(engine)
    before = contents(engine, models.metadata)
    migrate(engine)
    assert differences(engine, models.metadata) == []
    assert contents(engine, models.metadata) == before


def test_both_in_one_postgresql(postgresql_url: str) -> None:
    for database in (CONSULTATIONS, CHANNELS, CONSULTATIONS):
        migrate(create_engine(postgresql_url, database))
    engine = create_engine(postgresql_url)
    assert differences(engine, *DATABASES.values()) == []


@pytest.mark.parametrize("first, second", [(CONSULTATIONS, CHANNELS), (CHANNELS, CONSULTATIONS)])
def test_both_in_one_old_postgresql(postgresql_url: str, first: Database, second: Database) -> None:
    engine = create_engine(postgresql_url)
    make_old_channels(create_engine(postgresql_url, CHANNELS))
    make_old_consultations(engine)
    before = contents(engine, *DATABASES.values())
    for database in (first, second):
        migrate(create_engine(postgresql_url, database))
    assert differences(engine, *DATABASES.values()) == []
    assert contents(engine, *DATABASES.values()) == before


def test_a_newer_database_is_named(empty_url: str, database: Database) -> None:
    engine = create_engine(empty_url, database)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=f"the {database.name} database was made by a newer"):
        migrate(engine)


def test_a_role_that_may_make_no_tables(postgresql_url: str, database: Database) -> None:
    role = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(POSTGRESQL, poolclass=sa.pool.NullPool)
    with server.begin() as connection:
        connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
        schema = postgresql_url.rpartition("%3D")[2]
        connection.execute(sa.text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
    try:
        url = sa.engine.make_url(postgresql_url).set(username=role)
        with pytest.raises(StorageError, match=f"^the {database.name} database .*42501") as caught:
            migrate(create_engine(url.render_as_string(hide_password=False), database))
        assert "\n" not in str(caught.value)
    finally:
        with server.begin() as connection:
            connection.execute(sa.text(f"DROP OWNED BY {role}"))
            connection.execute(sa.text(f"DROP ROLE {role}"))


def test_a_locked_database(
    empty_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._SQLITE_WAIT_MILLISECONDS", 50)
    monkeypatch.setattr("storage.migrate._LOCK_WAIT", "50ms")
    engine = create_engine(empty_url, database)
    with writing(engine) as other:
        if other.dialect.name == "postgresql":
            other.execute(sa.text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        with pytest.raises(StorageError, match=f"^the {database.name} database") as caught:
            migrate(create_engine(empty_url, database))
        assert "\n" not in str(caught.value)
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


def test_several_processes_migrate_at_once(empty_url: str) -> None:
    """Two of each of our databases, which are one here."""
    code = (
        "import sys; from storage import database; from storage.migrate import migrate;"
        "migrate(database.create_engine(sys.argv[1], getattr(database, sys.argv[2])))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, empty_url, name],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
        )
        for name in ("CONSULTATIONS", "CHANNELS") * 2
    ]  # fmt: skip
    assert [process.communicate(timeout=60)[1] for process in running] == [""] * 4
    assert {process.returncode for process in running} == {0}
    for database in DATABASES:
        migrate(create_engine(empty_url, database))  # once more changes nothing
    assert differences(create_engine(empty_url), *DATABASES.values()) == []
