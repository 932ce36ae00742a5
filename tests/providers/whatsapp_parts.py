"""What the tests of the WhatsApp channel share: the stand-in, and settings that point at it."""

from typing import Dict, Iterator

import pytest

from tests.providers.whatsapp_server import ACCOUNT, SENDER, TOKEN, WhatsAppServer

URL = "https://bot.clinic.example/webhooks/whatsapp/webhook"
STATUS_URL = "https://bot.clinic.example/webhooks/whatsapp/status"
SETTINGS = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "WHATSAPP_FROM": SENDER,
    "WHATSAPP_WEBHOOK_URL": URL,
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WhatsAppServer]:
    """The stand-in, configured as our Twilio."""
    with WhatsAppServer() as server:
        configure(monkeypatch, TWILIO_API_URL=server.url)
        yield server


def configure(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Set the channel's settings; those not given are as they should be."""
    settings: Dict[str, str] = {**SETTINGS, "CHANNELS_KEY": "a key of the tests", **values}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
