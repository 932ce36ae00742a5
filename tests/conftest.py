"""Parts that many tests need: the real catalogue, the trained model, a real action server."""

import asyncio
import logging
import os
import uuid
from pathlib import Path
from typing import Iterator

import pytest
import sqlalchemy as sa

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/test")


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


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for everything asynchronous that lives as long as the session."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def action_server_port() -> Iterator[int]:
    """A real action server, on a port of its own."""
    from scripts import processes

    port = processes.free_port()
    with processes.action_server(port):
        yield port


@pytest.fixture(scope="session")
def agent(loop: asyncio.AbstractEventLoop, action_server_port: int):
    """The trained model, as a Rasa agent that calls the real action server."""
    from rasa.core.agent import load_agent
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig
    from rasa.utils.log_utils import configure_structlog

    from scripts.processes import HOST, MODEL

    configure_structlog(logging.ERROR)
    url = f"http://{HOST}:{action_server_port}/webhook"
    endpoints = AvailableEndpoints(action=EndpointConfig(url, enable_selective_domain=True))
    return loop.run_until_complete(load_agent(str(MODEL), endpoints=endpoints))


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
