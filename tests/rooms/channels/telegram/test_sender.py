"""What goes out to Telegram: tried on the stand-in, which refuses what Telegram refuses."""

import asyncio
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import pytest

from channels.telegram.client import close, make_bot
from channels.telegram.sender import TelegramSender
from channels.telegram.store import TelegramStore
from channels.turns.app_channel import Address, PermanentError, TemporaryError
from tests.providers.telegram_parts import server
from tests.providers.telegram_server import Message, TelegramServer
from tests.providers.telegram_visitor import buttons_of, marked

__all__ = ["server"]

CHAT: Address = {"chat": 7}
ANSWER = {
    "text": "“Slowly & <safely>.”\nFrom the page, section “Giving”.",
    "custom": {
        "kind": "answer",
        "topic": "route",
        "sources": [{"quote": "Slowly & <safely>.", "section": "Giving", "anchor": "giving"}],
    },
    "buttons": [{"title": "Side effects", "payload": "What are the side effects?"}],
}
EMERGENCY = {
    "text": "Call now.",
    "custom": {"kind": "emergency", "topic": "medical"},
    "buttons": [{"title": "Free consultation", "payload": "consultation"}],
}
FORM = {"text": "What's the name?", "custom": {"kind": "form", "topic": "contact_name"}}


@pytest.fixture
def store(tmp_path: Path) -> TelegramStore:
    return TelegramStore(f"sqlite:///{tmp_path / 'channels.db'}")


def with_sender(store: TelegramStore, test: Callable[[TelegramSender], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        bot = make_bot()
        try:
            return await test(TelegramSender(bot, store))
        finally:
            await close(bot)

    return asyncio.run(run())


def sent(
    server: TelegramServer,
    store: TelegramStore,
    replies: List[Dict[str, Any]],
    address: Address = CHAT,
) -> List[Message]:
    """Send replies to a chat, and return what arrived."""

    async def test(sender: TelegramSender) -> None:
        for part in sender.parts(replies, address):
            await sender.send(part, address)

    server.chat(address["chat"])
    with_sender(store, test)
    return server.messages(address["chat"])


def test_who_blocked_the_bot_is_given_up_and_who_is_limited_is_not(
    server: TelegramServer, store: TelegramStore
) -> None:
    with pytest.raises(PermanentError, match="Chat not found"):
        with_sender(store, lambda sender: sender.send(sender.parts([FORM], CHAT)[0], CHAT))
    server.refuse(1, 429, retry_after=3)
    with pytest.raises(TemporaryError) as limited:
        sent(server, store, [FORM])
    assert limited.value.retry_after == 3


def test_an_answer_shows_its_quote_and_links_its_section(
    server: TelegramServer, store: TelegramStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGE_URL", "https://clinic.example/page")
    [message] = sent(server, store, [ANSWER])
    assert message["text"] == ANSWER["text"]
    assert marked(message, "blockquote") == ["“Slowly & <safely>.”"]
    assert marked(message, "text_link") == ["Giving"]
    urls = [entity.get("url") for entity in message["entities"]]
    assert "https://clinic.example/page#giving" in urls
    assert buttons_of(message) == ["Side effects"]
    call = server.calls[-1].parameters
    assert '"is_disabled": true' in call["link_preview_options"]


def test_an_emergency_is_alone(server: TelegramServer, store: TelegramStore) -> None:
    address = {**CHAT, "pressed": "Side effects", "edited": True}
    [message] = sent(server, store, [FORM, EMERGENCY, ANSWER], address)
    assert message["text"] == "Call now."
    assert "reply_markup" not in message and "entities" not in message


def test_a_line_says_what_was_pressed_or_changed(
    server: TelegramServer, store: TelegramStore
) -> None:
    [pressed] = sent(server, store, [ANSWER], {**CHAT, "pressed": "😀 Side effects"})
    assert pressed["text"].startswith("▸ 😀 Side effects\n“Slowly")
    assert marked(pressed, "blockquote") == ["“Slowly & <safely>.”"]
    assert marked(pressed, "italic") == ["▸ 😀 Side effects"]
    edited = sent(server, store, [FORM], {"chat": 8, "edited": True, "language": "es"})
    assert edited[0]["text"].startswith("Cambió su mensaje")


@pytest.mark.parametrize("payload", ["a" * 65, "字" * 22, "key:" + "a" * 10, "é" * 500])
def test_a_button_too_long_for_telegram_comes_back_whole(
    server: TelegramServer, store: TelegramStore, payload: str
) -> None:
    buttons = [{"title": "Long", "payload": payload}, {"title": "Short", "payload": "b" * 64}]
    [message] = sent(server, store, [{**FORM, "buttons": buttons}])
    [[long], [short]] = message["reply_markup"]["inline_keyboard"]
    assert len(long["callback_data"]) <= 64 and short["callback_data"] == "b" * 64

    async def test(sender: TelegramSender) -> Any:
        return [await sender.payload_of(button["callback_data"]) for button in (long, short)]

    assert with_sender(store, test) == [payload, "b" * 64]


def test_a_button_nobody_knows_any_more_is_none(
    server: TelegramServer, store: TelegramStore
) -> None:
    assert with_sender(store, lambda sender: sender.payload_of("key:unknown")) is None


def test_without_the_database_the_text_goes_out_without_its_long_button(
    server: TelegramServer, tmp_path: Path
) -> None:
    store = TelegramStore(f"sqlite:///{tmp_path / 'broken.db'}")
    (tmp_path / "broken.db").unlink()
    (tmp_path / "broken.db").mkdir()
    buttons = [{"title": "Long", "payload": "a" * 65}, {"title": "Short", "payload": "b"}]
    [message] = sent(server, store, [{**FORM, "buttons": buttons}])
    assert buttons_of(message) == ["Short"]


def test_4097_characters_are_two_messages_and_the_last_has_the_buttons(
    server: TelegramServer, store: TelegramStore
) -> None:
    reply = {**FORM, "text": "x" * 4097, "buttons": [{"title": "Yes", "payload": "Yes"}]}
    first, second = sent(server, store, [reply])
    assert first["text"] + second["text"] == "x" * 4097
    assert (buttons_of(first), buttons_of(second)) == ([], ["Yes"])


def test_a_reply_without_words_is_no_silence(server: TelegramServer, store: TelegramStore) -> None:
    [message] = sent(server, store, [{"custom": {"kind": "answer"}}])
    assert "can't answer right now" in message["text"]


def test_in_a_group_it_is_seen_to_whom_it_replies(
    server: TelegramServer, store: TelegramStore
) -> None:
    address = {"chat": -5, "thread": 12, "reply_to": 99}
    sent(server, store, [FORM], address)
    call = server.calls[-1].parameters
    assert '"message_id": 99' in call["reply_parameters"]
    assert '"allow_sending_without_reply": true' in call["reply_parameters"]
    assert call["message_thread_id"] == "12"


def test_typing_is_shown_and_its_failing_disturbs_nobody(
    server: TelegramServer, store: TelegramStore
) -> None:
    async def test(sender: TelegramSender) -> None:
        await sender.typing({"chat": 404})
        await sender.typing(CHAT)
        await asyncio.gather(*sender._typing)

    server.chat(7)
    with_sender(store, test)
    answers = {str(call.parameters["chat_id"]): call.status for call in server.calls}
    assert answers == {"404": 400, "7": 200}
