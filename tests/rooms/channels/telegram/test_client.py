"""The settings are checked without being told, and Telegram's errors are sorted."""

import asyncio
import logging
from typing import Any

import pytest

from channels.telegram.client import bot_id, call, close, is_configured, make_bot, problems
from channels.turns.app_channel import PermanentError, TemporaryError
from tests.providers.telegram_parts import configure, server
from tests.providers.telegram_server import TOKEN, TelegramServer

CHAT = 1

__all__ = ["server"]


@pytest.mark.parametrize("name", ["token", "secret", "webhook_url"])
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    configure(monkeypatch, **{name: ""})
    assert is_configured()
    assert problems() == [f"TELEGRAM_{name.upper()} is not set"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("token", "xylophonist"),
        ("token", "12:ü" + "x" * 30),
        ("secret", "xylophonist!"),
        ("secret", "x" * 257),
        ("webhook_url", "http://xylophonist.example/"),
        ("webhook_url", "https://"),
    ],
)
def test_what_is_wrong_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    configure(monkeypatch, **{name: value})
    [problem] = problems()
    assert problem.startswith(f"TELEGRAM_{name.upper()} ")
    assert value not in problem


def test_nothing_set_is_not_configured_and_all_set_is_no_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not is_configured()
    configure(monkeypatch, secret="A-z_0" + "9" * 251)
    assert is_configured() and problems() == []
    assert bot_id() == 123456789


def send(chat: int = CHAT, text: str = "hello") -> Any:
    async def test() -> Any:
        bot = make_bot()
        try:
            return await call(bot.send_message(chat, text))
        finally:
            await close(bot)

    return asyncio.run(test())


def test_what_may_work_later_is_temporary(server: TelegramServer) -> None:
    server.chat(CHAT)
    server.refuse(1, 429, retry_after=17)
    with pytest.raises(TemporaryError) as limited:
        send()
    assert limited.value.retry_after == 17
    for status in (500, 502, 504):
        server.refuse(1, status)
        with pytest.raises(TemporaryError):
            send()
    assert send().text == "hello"


def test_no_answer_is_temporary_and_tells_no_token(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    with pytest.raises(TemporaryError) as unreachable:
        send()
    assert TOKEN not in str(unreachable.value)


def test_what_never_works_is_permanent(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.chat(CHAT)
    server.chat(2, closed="bot was blocked by the user")
    for chat, text in ((2, "hello"), (3, "hello"), (CHAT, "x" * 4097), (CHAT, " ")):
        with pytest.raises(PermanentError):
            send(chat, text)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN + "x")
    with pytest.raises(PermanentError, match="TELEGRAM_TOKEN"):
        send()


def test_the_log_holds_neither_token_nor_words(
    server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.chat(CHAT)
    with caplog.at_level(logging.INFO):
        send(text="xylophonist")
    assert TOKEN not in caplog.text and "xylophonist" not in caplog.text


def test_telegrams_reason_is_told_without_what_it_quotes(server: TelegramServer) -> None:
    async def test() -> None:
        bot = make_bot()
        try:
            await call(bot.send_message(CHAT, "<xylophonist>x", parse_mode="HTML"))
        finally:
            await close(bot)

    server.chat(CHAT)
    with pytest.raises(PermanentError) as refused:
        asyncio.run(test())
    assert "an't parse entities: unsupported start tag ..." in str(refused.value)
