"""The trained model, and a real action server."""

import asyncio
import logging
from typing import Iterator

import pytest


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
