"""The channel between Telegram's updates and replies: nothing lost, nothing twice, in order."""

import asyncio
import logging
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import pytest
from rasa.core.channels.channel import UserMessage

from channels.telegram.channel import Telegram, TelegramChannel
from channels.telegram.client import close, make_bot
from channels.telegram.store import TelegramStore
from channels.turns.inbox import Inbox
from storage.errors import StorageError
from tests.providers.telegram_parts import configure, server
from tests.providers.telegram_server import TelegramServer
from tests.providers.telegram_visitor import TelegramVisitor, Update

__all__ = ["server"]


class Bot:
    """The channel with a bot behind it that says again what it is told, and what is counted."""

    def __init__(self, folder: Path) -> None:
        self.asked: List[str] = []
        self.pauses: List[float] = []
        url = f"sqlite:///{folder / 'channels.db'}"
        self.client = make_bot()
        self.telegram = Telegram(
            self._handle, self.client, Inbox(url), TelegramStore(url), self._pause
        )
        self.when_paused: Callable[[], None] = lambda: None

    async def take(self, *updates: Update) -> None:
        for update in updates:
            await self.telegram.take(update)

    async def finish(self) -> None:
        await self.telegram.channel.queue.finish()
        await close(self.client)

    async def _handle(self, message: UserMessage) -> None:
        self.asked.append(message.text)
        outcome = {"kind": "answer", "topic": "echo"}
        said = {"text": f"You said {message.text}", "custom": outcome}
        await message.output_channel.send_response(message.sender_id, said)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.when_paused()


def run(folder: Path, test: Callable[[Bot], Awaitable[Any]]) -> Bot:
    """Run a test with a server that is started and stopped."""

    async def whole() -> Bot:
        bot = Bot(folder)
        await bot.telegram.channel.queue.resume()
        await test(bot)
        await bot.finish()
        return bot

    return asyncio.run(asyncio.wait_for(whole(), 120))


def visitor(server: TelegramServer, **more: Any) -> TelegramVisitor:
    return TelegramVisitor(server, lambda _: 200, **more)


def said(who: TelegramVisitor) -> List[str]:
    """Return what came to a visitor since the last time."""
    return [str(message["text"]) for message in who.unread()]


@pytest.mark.parametrize("settings", [{}, {"token": ""}, {"secret": "wrong!"}])
def test_without_its_settings_the_channel_is_not_there(
    settings: Dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if settings:
        configure(monkeypatch, **settings)
    with caplog.at_level(logging.INFO):
        blueprint = TelegramChannel().blueprint(Bot._handle)  # type: ignore[arg-type]
    assert not blueprint._future_routes and not blueprint._future_listeners
    [record] = caplog.records
    named = f"TELEGRAM_{next(iter(settings)).upper()}" if settings else "not configured"
    assert named in record.getMessage()


def test_what_cannot_be_kept_is_not_acknowledged(server: TelegramServer, tmp_path: Path) -> None:
    async def test(bot: Bot) -> None:
        for path in tmp_path.glob("channels.db*"):
            path.unlink()
        (tmp_path / "channels.db").mkdir()
        bot.telegram.channel._inbox._engine.dispose()
        with pytest.raises(StorageError):
            await bot.take(visitor(server).text("hello"))

    run(tmp_path, test)


def test_an_update_that_comes_again_is_answered_once(
    server: TelegramServer, tmp_path: Path
) -> None:
    ana = visitor(server)
    update, command = ana.text("hello"), ana.text("/help")
    bot = run(tmp_path, lambda bot: bot.take(update, update, command, command, update))
    assert bot.asked == ["hello"]
    assert len(said(ana)) == 2
    again = run(tmp_path, lambda bot: bot.take(update, command))
    assert again.asked == [] and len(said(ana)) == 2, "nor after a restart"


def test_updates_out_of_order_are_answered_as_they_arrive(
    server: TelegramServer, tmp_path: Path
) -> None:
    ana = visitor(server)
    first, second, third = (ana.text(words) for words in ("one", "two", "three"))
    run(tmp_path, lambda bot: bot.take(third, first, second))
    assert said(ana) == ["You said three", "You said one", "You said two"]


def test_200_chats_at_once_keep_their_order(server: TelegramServer, tmp_path: Path) -> None:
    people = [visitor(server) for _ in range(200)]
    rounds = [[who.text(f"{word} of {who.id}") for who in people] for word in ("a", "b", "c")]

    async def test(bot: Bot) -> None:
        for updates in rounds:
            await asyncio.gather(*(bot.take(update) for update in updates))

    run(tmp_path, test)
    for who in people:
        assert said(who) == [f"You said {word} of {who.id}" for word in ("a", "b", "c")]


def test_while_telegram_is_down_nothing_is_lost_and_nothing_goes_out_twice(
    server: TelegramServer, tmp_path: Path
) -> None:
    people = [visitor(server) for _ in range(5)]
    server.down = True
    pauses = []

    def comes_back() -> None:
        pauses.append(1)
        server.down = len(pauses) < 30

    async def test(bot: Bot) -> None:
        bot.when_paused = comes_back
        for who in people:
            await bot.take(who.text("one"), who.text("two"))

    bot = run(tmp_path, test)
    assert len(bot.pauses) >= 30 and max(bot.pauses) > min(bot.pauses)
    for who in people:
        assert said(who) == ["You said one", "You said two"]


def test_telegrams_wish_to_wait_is_honoured(server: TelegramServer, tmp_path: Path) -> None:
    ana = visitor(server)
    server.refuse(1, 429, "sendMessage", retry_after=35)
    bot = run(tmp_path, lambda bot: bot.take(ana.text("hello")))
    assert bot.pauses == [35]
    assert said(ana) == ["You said hello"]


def test_who_blocked_the_bot_holds_up_nobody(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = visitor(server), visitor(server)
    server.chat(ana.chat, closed="bot was blocked by the user")
    with caplog.at_level(logging.INFO):
        updates = ana.text("xylophonist"), ana.member("member", "kicked"), ben.text("hello")
        bot = run(tmp_path, lambda bot: bot.take(*updates))
    assert bot.pauses == [] and said(ben) == ["You said hello"]
    assert "bot was blocked" in caplog.text
    assert "xylophonist" not in caplog.text and str(ana.chat) not in caplog.text
    assert run(tmp_path, lambda bot: bot.take()).asked == [], "and it isn't tried again"


def test_pictures_of_an_album_get_one_reply(server: TelegramServer, tmp_path: Path) -> None:
    ana = visitor(server)
    photo = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}
    updates = [ana.media(photo=[photo], media_group_id="77") for _ in range(3)]
    run(tmp_path, lambda bot: bot.take(*updates))
    assert said(ana) == ["I'm sorry, I can only read text. Please write your question in a few "
                         "words."]  # fmt: skip


def test_a_button_is_acknowledged_at_once_and_an_old_one_gets_a_polite_line(
    server: TelegramServer, tmp_path: Path
) -> None:
    ana = visitor(server, language="es")
    buttons = [("Short", "short words"), ("Old", "key:0123456789abcdef")]
    rows = [[{"text": title, "callback_data": data}] for title, data in buttons]
    chat = {"id": ana.chat, "type": "private", "first_name": "Visitor"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "x",
               "reply_markup": {"inline_keyboard": rows}}  # fmt: skip
    updates = [ana.press(message, title) for title, _ in buttons]
    bot = run(tmp_path, lambda bot: bot.take(*updates))
    assert bot.asked == ["short words"]
    answered, old = said(ana)
    assert answered == "▸ Short\nYou said short words"
    assert old.startswith("▸ Old\nEse botón es demasiado antiguo")
    assert all(server.queries.values()) and len(server.queries) == 2


def test_a_command_fires_nothing_in_rasa(server: TelegramServer, tmp_path: Path) -> None:
    ana = visitor(server)
    words = ['/greet{"a": 1}', " /restart", "//restart", "/restart"]
    bot = run(tmp_path, lambda bot: bot.take(*(ana.text(text) for text in words)))
    assert len(bot.asked) == 4
    assert not any(text.lstrip().startswith("/") for text in bot.asked)


def test_an_update_newer_than_the_library_is_no_silence(
    server: TelegramServer, tmp_path: Path
) -> None:
    ana, group = visitor(server), visitor(server, group=-5)
    broken = [who.media(voice="not what it was") for who in (ana, group)]
    run(tmp_path, lambda bot: bot.take(*broken, {"update_id": 5, "message": "x"}))
    assert len(said(ana)) == 1 and said(group) == []
