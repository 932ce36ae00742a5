"""The channel between what Twilio posts and what it is sent: nothing lost, in order, understood."""

import asyncio
import logging
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import pytest
from rasa.core.channels.channel import UserMessage

from channels.turns.inbox import Inbox
from channels.whatsapp.channel import WhatsApp, WhatsAppChannel
from channels.whatsapp.messages import message_of
from channels.whatsapp.request import Parameters
from channels.whatsapp.store import WhatsAppStore
from storage.errors import StorageError
from tests.providers.whatsapp_parts import SETTINGS, configure, server
from tests.providers.whatsapp_server import TWO, WhatsAppServer
from tests.providers.whatsapp_visitor import Pairs, WhatsAppVisitor

__all__ = ["server"]

CHOICES = [
    {"title": "Side effects", "payload": "What are the side effects?"},
    {"title": "Why it is injected into the spinal fluid", "payload": "Why into the fluid?"},
]


class Bot:
    """The channel with a bot behind it that says again what it is told, and what is counted."""

    def __init__(self, folder: Path) -> None:
        self.asked: List[UserMessage] = []
        self.pauses: List[float] = []
        url = f"sqlite:///{folder / 'channels.db'}"
        self.whatsapp = WhatsApp(self._handle, Inbox(url), WhatsAppStore(url), self._pause)
        self.when_paused: Callable[[], None] = lambda: None

    async def take(self, *requests: Pairs) -> None:
        """Take requests, each after what came of the one before."""
        for pairs in requests:
            await self.take_at_once(pairs)
            await self.whatsapp.channel.queue.finish()

    async def take_at_once(self, pairs: Pairs) -> None:
        message = message_of(Parameters(pairs))
        assert message
        await self.whatsapp.take(message)

    @property
    def texts(self) -> List[str]:
        return [message.text for message in self.asked]

    async def _handle(self, message: UserMessage) -> None:
        self.asked.append(message)
        said: Dict[str, Any] = {"text": f"You said {message.text}", "custom": {"kind": "answer"}}
        if "choose" in message.text:
            said["buttons"] = CHOICES
        await message.output_channel.send_response(message.sender_id, said)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.when_paused()


def run(folder: Path, test: Callable[[Bot], Awaitable[Any]]) -> Bot:
    """Run a test with a server that is started and stopped."""

    async def whole() -> Bot:
        bot = Bot(folder)
        await bot.whatsapp.channel.queue.resume()
        await test(bot)
        await bot.whatsapp.channel.queue.finish()
        await bot.whatsapp.twilio.close()
        return bot

    return asyncio.run(asyncio.wait_for(whole(), 120))


@pytest.fixture
def ana(server: WhatsAppServer) -> WhatsAppVisitor:
    visitor = WhatsAppVisitor(server, lambda _: 200)
    server.wrote(visitor.address)
    return visitor


def said(who: WhatsAppVisitor) -> List[str]:
    return [str(message["body"]) for message in who.unread()]


@pytest.mark.parametrize("settings", [{}, *[{name: ""} for name in SETTINGS]])
def test_without_its_settings_the_channel_is_not_there(
    settings: Dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if settings:
        configure(monkeypatch, **settings)
    with caplog.at_level(logging.INFO):
        blueprint = WhatsAppChannel().blueprint(Bot._handle)  # type: ignore[arg-type]
    assert not blueprint._future_routes and not blueprint._future_listeners
    [record] = caplog.records
    named = f"{next(iter(settings))} is not set" if settings else "not configured"
    assert named in record.getMessage()


def test_what_cannot_be_kept_is_not_acknowledged(ana: WhatsAppVisitor, tmp_path: Path) -> None:
    async def test(bot: Bot) -> None:
        for path in tmp_path.glob("channels.db*"):
            path.unlink()
        (tmp_path / "channels.db").mkdir()
        bot.whatsapp.channel._inbox._engine.dispose()
        bot.whatsapp._sender._store._engine.dispose()
        for pairs in (ana.text("hello"), ana.media("image/png")):
            with pytest.raises(StorageError):
                await bot.take_at_once(pairs)

    assert run(tmp_path, test).asked == []


def test_the_same_message_is_answered_once_also_after_a_restart(
    ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    pairs = ana.text("hello")
    run(tmp_path, lambda bot: bot.take(pairs, pairs))
    run(tmp_path, lambda bot: bot.take(pairs))
    assert said(ana) == ["You said hello"]


def test_rasa_gets_the_number_as_a_contact_and_not_as_a_name(
    ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    bot = run(tmp_path, lambda bot: bot.take(ana.text("/restart")))
    [message] = bot.asked
    assert (message.text, message.metadata) == ("restart", {"phone": ana.number})
    assert message.sender_id.startswith("whatsapp-") and ana.number[1:] not in message.sender_id


def test_who_has_no_number_is_answered_without_a_contact(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    who = WhatsAppVisitor(server, lambda _: 200, address="whatsapp:US.13491208655302741918")
    server.wrote(who.address)
    bot = run(tmp_path, lambda bot: bot.take(who.text("hello")))
    assert bot.asked[0].metadata in (None, {}) and said(who) == ["You said hello"]


@pytest.mark.parametrize(
    "words", ["2", "two", "第二个", "why it is injected into the spinal fluid", "2️⃣"]
)
def test_a_number_is_the_choice_that_was_offered_last(
    ana: WhatsAppVisitor, tmp_path: Path, words: str
) -> None:
    run(tmp_path, lambda bot: bot.take(ana.text("let me choose")))
    bot = run(tmp_path, lambda bot: bot.take(ana.text(words)))  # after a restart
    assert bot.texts == ["Why into the fluid?"]
    assert said(ana)[0].endswith("\n1. Side effects\n2. Why it is injected into the spinal fluid")


def test_a_number_where_nothing_was_offered_is_a_number(
    ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    requests = [ana.text(words) for words in ("2", "let me choose", "3", "2")]
    bot = run(tmp_path, lambda bot: bot.take(*requests))
    assert bot.texts == ["2", "let me choose", "3", "2"], "the answer to 3 offered nothing"


def test_somebody_elses_choices_are_not_mine(
    server: WhatsAppServer, ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    ben = WhatsAppVisitor(server, lambda _: 200)
    bot = run(tmp_path, lambda bot: bot.take(ana.text("let me choose"), ben.text("2")))
    assert bot.texts[1] == "2"


def test_a_number_to_a_quoted_message_is_one_of_its_choices(
    server: WhatsAppServer, ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    async def test(bot: Bot) -> None:
        await bot.take(ana.text("let me choose"), ana.text("hello"))
        offered, other = server.messages(ana.address)
        await bot.take(ana.text("1", **ana.quoting(offered)))
        await bot.take(ana.text("let me choose"))
        await bot.take(ana.text("2", **ana.quoting(other)))
        await bot.take(ana.text("choose 2", OriginalRepliedMessageSid="SM" + "9" * 32))

    bot = run(tmp_path, test)
    assert bot.texts[2] == "What are the side effects?"
    assert bot.texts[4] == "2", "that message offered nothing"
    assert bot.texts[5] == "choose 2", "by then nothing was offered any more"


def test_a_pressed_button_is_its_choice_also_when_shortened_and_old(
    server: WhatsAppServer,
    ana: WhatsAppVisitor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_CONTENT_SID=f"{TWO},{TWO}")

    async def test(bot: Bot) -> None:
        await bot.take(ana.text("let me choose"), ana.text("hello"))
        offered = server.messages(ana.address)[0]
        await bot.take(ana.press(offered, "Why it is injected…"))
        unknown = {**offered, "sid": "SM" + "9" * 32}
        await bot.take(ana.press(unknown, "Side effects"))

    bot = run(tmp_path, test)
    assert bot.texts[2:] == ["Why into the fluid?", "Side effects"]


def test_media_without_words_get_a_text_and_with_words_an_answer(
    ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    requests = [ana.media("image/jpeg"), ana.media("audio/ogg"), ana.media("image/png", "hello")]
    bot = run(tmp_path, lambda bot: bot.take(*requests))
    no_media, no_voice, answered = said(ana)
    assert "only read text" in no_media and "microphone" in no_voice
    assert answered == "You said hello" and bot.texts == ["hello"]


def test_a_message_too_long_is_asked_for_again(ana: WhatsAppVisitor, tmp_path: Path) -> None:
    bot = run(tmp_path, lambda bot: bot.take(ana.text("x" * 4001)))
    assert bot.asked == [] and "too long" in said(ana)[0]


def test_while_twilio_is_down_nothing_is_lost_and_nothing_comes_twice(
    server: WhatsAppServer, ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    async def test(bot: Bot) -> None:
        server.down = True

        def back_after_a_while() -> None:
            server.down = len(bot.pauses) < 7

        bot.when_paused = back_after_a_while
        for words in ("one", "two", "three"):
            await bot.take_at_once(ana.text(words))

    bot = run(tmp_path, test)
    assert said(ana) == ["You said one", "You said two", "You said three"]
    assert len(bot.pauses) == 7


def test_the_time_twilio_names_is_waited(
    server: WhatsAppServer, ana: WhatsAppVisitor, tmp_path: Path
) -> None:
    server.refuse(1, 429, 20429, retry_after="31")
    bot = run(tmp_path, lambda bot: bot.take(ana.text("hello")))
    assert bot.pauses == [31.0] and said(ana) == ["You said hello"]


def test_what_twilio_never_takes_is_given_up_and_logged_by_number(
    server: WhatsAppServer,
    ana: WhatsAppVisitor,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.refuse(1, 400, 63016)
    with caplog.at_level(logging.INFO):
        bot = run(tmp_path, lambda bot: bot.take(ana.text("xylophonist"), ana.text("again")))
    assert said(ana) == ["You said again"] and bot.pauses == []
    assert "Twilio's error 63016" in caplog.text
    for secret in ("xylophonist", ana.number[1:], SETTINGS["TWILIO_AUTH_TOKEN"]):
        assert secret not in caplog.text


def test_200_conversations_at_once_keep_their_order(server: WhatsAppServer, tmp_path: Path) -> None:
    people = [WhatsAppVisitor(server, lambda _: 200) for _ in range(200)]

    async def test(bot: Bot) -> None:
        for words in ("one", "two"):
            await asyncio.gather(*[bot.take_at_once(who.text(words)) for who in people])

    run(tmp_path, test)
    assert all(said(who) == ["You said one", "You said two"] for who in people)
