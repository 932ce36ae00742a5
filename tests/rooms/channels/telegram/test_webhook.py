"""The webhook is set when it isn't as it should be, however long Telegram doesn't answer."""

import asyncio
import logging
from pathlib import Path
from typing import List

import pytest

from channels.telegram.client import close, make_bot
from channels.telegram.store import TelegramStore
from channels.telegram.webhook import ALLOWED_UPDATES, register
from tests.providers.telegram_parts import SECRET, URL, configure, server
from tests.providers.telegram_server import TOKEN, TelegramServer

__all__ = ["server"]


@pytest.fixture
def store(tmp_path: Path) -> TelegramStore:
    return TelegramStore(f"sqlite:///{tmp_path / 'channels.db'}")


def registered(store: TelegramStore) -> List[float]:
    """Register as at the start of the server; return the pauses it made."""
    pauses: List[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def run() -> None:
        bot = make_bot()
        try:
            await register(bot, store, pause)
        finally:
            await close(bot)

    asyncio.run(asyncio.wait_for(run(), 30))
    return pauses


def times_set(server: TelegramServer) -> int:
    return sum(call.method == "setWebhook" and call.status == 200 for call in server.calls)


def test_a_wrong_token_is_told_once_and_not_shown(
    server: TelegramServer,
    store: TelegramStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    configure(monkeypatch, api_url=server.url, token=TOKEN + "x")
    with caplog.at_level(logging.INFO):
        assert registered(store) == []
    assert "TELEGRAM_TOKEN" in caplog.text and TOKEN not in caplog.text
    assert times_set(server) == 0


def test_a_telegram_that_does_not_answer_is_asked_again_ever_less_often(
    server: TelegramServer, store: TelegramStore
) -> None:
    server.refuse(11, 502)
    server.refuse(1, 429, retry_after=1000)
    pauses = registered(store)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 1000]
    assert times_set(server) == 1


def test_it_is_set_as_configured_and_once(server: TelegramServer, store: TelegramStore) -> None:
    registered(store)
    assert server.webhook == {
        "url": URL,
        "secret": SECRET,
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    registered(store)
    assert times_set(server) == 1


@pytest.mark.parametrize(
    "changed",
    [{"url": "https://elsewhere.example/"}, {"url": ""}, {"allowed_updates": ["message"]}],
)
def test_what_somebody_else_changed_is_set_again(
    server: TelegramServer, store: TelegramStore, changed: dict
) -> None:
    registered(store)
    server.webhook.update(changed)
    registered(store)
    assert times_set(server) == 2
    assert (server.webhook["url"], server.webhook["secret"]) == (URL, SECRET)


def test_a_new_secret_is_set_although_telegram_does_not_tell_the_old_one(
    server: TelegramServer, store: TelegramStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(store)
    configure(monkeypatch, api_url=server.url, secret="another")
    registered(store)
    assert server.webhook["secret"] == "another"


def test_without_the_database_it_is_set_all_the_same(
    server: TelegramServer, tmp_path: Path
) -> None:
    store = TelegramStore(f"sqlite:///{tmp_path / 'broken.db'}")
    (tmp_path / "broken.db").unlink()
    (tmp_path / "broken.db").mkdir()
    registered(store)
    assert server.webhook["secret"] == SECRET


def test_an_address_telegram_refuses_is_told(
    server: TelegramServer,
    store: TelegramStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    configure(monkeypatch, api_url=server.url, webhook_url="https://clinic.example:5005/")
    with caplog.at_level(logging.ERROR):
        registered(store)
    assert "only on ports 80, 88, 443 or 8443" in caplog.text
