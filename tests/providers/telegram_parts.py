"""What the tests of the Telegram channel share: the stand-in, and settings that point at it."""

from typing import Any, Dict, Iterator

import pytest

from tests.providers.telegram_server import TOKEN, TelegramServer

SECRET = "s3cret_of-the-tests"
URL = "https://bot.clinic.example/webhooks/telegram/webhook"
ECHO = {"kind": "answer", "topic": "echo"}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramServer]:
    """The stand-in, configured as the bot's Telegram."""
    with TelegramServer() as server:
        configure(monkeypatch, api_url=server.url)
        yield server


def configure(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Set the channel's settings; those not given are as they should be."""
    settings: Dict[str, Any] = {"token": TOKEN, "secret": SECRET, "webhook_url": URL, **values}
    for name, value in settings.items():
        monkeypatch.setenv(f"TELEGRAM_{name.upper()}", value)
