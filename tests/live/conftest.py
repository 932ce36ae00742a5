"""The trained model, a real action server, and one real server for all channels."""

import asyncio
import logging
import subprocess
import sys
from typing import Iterator

import pytest

from tests.conftest import ROOT
from tests.live.apps import PUBLIC, settings
from tests.live.browser.site import Site
from tests.live.real_server import RealServer
from tests.providers.telegram_server import TelegramServer
from tests.providers.whatsapp_server import WhatsAppServer


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
    with processes.starting_action_server(port) as wait:
        wait()
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


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A clinic's site elsewhere, which embeds the widget."""
    with Site() as site:
        yield site


@pytest.fixture(scope="session")
def telegram() -> Iterator[TelegramServer]:
    """The stand-in for Telegram."""
    with TelegramServer() as telegram:
        yield telegram


@pytest.fixture(scope="session")
def twilio() -> Iterator[WhatsAppServer]:
    """The stand-in for Twilio."""
    with WhatsAppServer() as twilio:
        yield twilio


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory,
    action_server_port: int,
    site: Site,
    telegram: TelegramServer,
    twilio: WhatsAppServer,
) -> Iterator[RealServer]:
    """The server with all its channels and the widget, started while Telegram doesn't answer."""
    subprocess.run([sys.executable, "scripts/widget.py"], cwd=ROOT, check=True)
    telegram.down = True
    folder = tmp_path_factory.mktemp("server")
    server = RealServer(folder, action_server_port, **settings(site, telegram, twilio))
    twilio.public = (PUBLIC, server.url)
    telegram.wait(lambda: any(call.status == 502 for call in telegram.calls))
    telegram.down = False
    telegram.wait(lambda: telegram.webhook["url"])
    yield server
    server.stop()
