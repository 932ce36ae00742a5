"""What tests of all layers need: settings of nobody, empty databases of each kind."""

import os
import uuid
from pathlib import Path
from typing import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/test")

# The same examples in every run, and no deadline: the machine may be busy.
hypothesis_settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=150, database=None
)
hypothesis_settings.load_profile("repeatable")

_OWN_SETTINGS = """
    CONSULTATION_FORM_URL PAGE_URL ACTION_TIMEOUT_SECONDS CHANNELS_KEY WEBSITE_ORIGINS LINK_ORIGINS
    PROXIES MESSAGES_PER_MINUTE CONNECTIONS_PER_ADDRESS
    TELEGRAM_TOKEN TELEGRAM_SECRET TELEGRAM_WEBHOOK_URL TELEGRAM_API_URL
    TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_URL
    WHATSAPP_FROM WHATSAPP_WEBHOOK_URL WHATSAPP_CONTENT_SID
"""


@pytest.fixture(scope="session", autouse=True)
def _predictable_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a developer's own settings, and requests, out of the tests."""
    folder = tmp_path_factory.mktemp("requests")
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'consultations.db'}"
    os.environ["CONVERSATIONS_DATABASE_URL"] = f"sqlite:///{folder / 'conversations.db'}"
    for name in _OWN_SETTINGS.split():
        os.environ.pop(name, None)
    yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the page's source text; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"needs {SHARED}, which only the project's own machines have")
    return SHARED


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that doesn't exist yet."""
    return f"sqlite:///{tmp_path / 'consultations.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The address of an empty schema on a real PostgreSQL."""
    server = sa.create_engine(
        POSTGRESQL, poolclass=sa.pool.NullPool, connect_args={"connect_timeout": 3}
    )
    schema = f"test_{uuid.uuid4().hex}"
    try:
        with server.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    except sa.exc.OperationalError as error:
        reason = f"no PostgreSQL answers at {POSTGRESQL}: {error.orig}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with server.begin() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))
