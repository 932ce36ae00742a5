"""The Telegram channel on the real server, against a stand-in for Telegram's Bot API."""

import contextlib
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, List, Optional, Tuple

import httpx
import pytest

from tests.conftest import ROOT
from tests.live.apps import PAGE
from tests.live.end_to_end.test_serve import wait_for
from tests.live.real_server import RealServer
from tests.providers.telegram_parts import SECRET, URL
from tests.providers.telegram_server import BOT, TOKEN, Message, TelegramServer
from tests.providers.telegram_transcript import markdown_of
from tests.providers.telegram_visitor import TelegramVisitor, Update, buttons_of, marked

HEADER = "X-Telegram-Bot-Api-Secret-Token"
NAME = BOT["username"]
GROUP = -1001
TRANSCRIPT = ROOT / "deploy" / "transcripts" / "telegram.md"


class Hook:
    """The webhook that Telegram calls."""

    def __init__(self, server: RealServer) -> None:
        self._url = f"{server.url}/webhooks/telegram/webhook"

    def post(self, update: Update) -> int:
        """Deliver an update as Telegram does, and return the status."""
        return self.raw(httpx.Request("POST", "http://x", json=update).content).status_code

    def raw(self, content: bytes, secret: Optional[str] = SECRET) -> httpx.Response:
        headers = {} if secret is None else {HEADER: secret}
        return httpx.post(self._url, content=content, headers=headers, timeout=30)


@pytest.fixture
def hook(server: RealServer) -> Hook:
    return Hook(server)


@pytest.fixture
def visit(hook: Hook, telegram: TelegramServer) -> Callable[..., TelegramVisitor]:
    """Makes visitors."""
    return lambda **more: TelegramVisitor(telegram, hook.post, **more)


def test_the_server_starts_without_telegram_and_sets_the_webhook_when_it_is_back(
    server: RealServer, telegram: TelegramServer
) -> None:
    assert (telegram.webhook["url"], telegram.webhook["secret"]) == (URL, SECRET)
    assert telegram.calls[0].status == 502


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", "ü" * 20])
def test_who_is_not_telegram_is_refused(
    server: RealServer, visit: Any, telegram: TelegramServer, secret: Optional[str]
) -> None:
    ana = visit()
    content = httpx.Request("POST", "http://x", json=ana.text("hello")).content
    headers = {} if secret is None else {HEADER: secret.encode()}
    url = f"{server.url}/webhooks/telegram/webhook"
    response = httpx.post(url, content=content, headers=headers, timeout=30)
    assert (response.status_code, response.content) == (401, b"")
    assert ana.ask("hello")["text"], "the same visitor's genuine message is answered"
    assert ana.unread() == []


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"7", b"null", b"{}", b'{"update_id": "1"}', b'{"update_id": true}',
        b"\xff\xfe", b"[" * 100_000, b'{"update_id": 1, "x": "' + b"x" * 1_000_000 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_update_is_refused_without_detail(hook: Hook, content: bytes) -> None:
    response = hook.raw(content)
    assert (response.status_code, response.content) == (400, b"")


@pytest.mark.parametrize("content", [b'{"update_id": 1}', b'{"update_id": 2, "message": "x"}'])
def test_an_update_of_nothing_is_taken_and_needs_no_answer(hook: Hook, content: bytes) -> None:
    assert hook.raw(content).status_code == 200


def test_an_answer_quotes_the_page_and_links_the_section(visit: Any) -> None:
    message = visit().ask("What are the most common side effects?")
    assert marked(message, "blockquote")[0].startswith(
        "“The most common side effects of SPINRAZA include lower"
    )
    assert marked(message, "text_link") == ["Important safety information"]
    urls = [entity.get("url") for entity in message["entities"]]
    assert f"{PAGE}#important-safety-information" in urls
    assert buttons_of(message)


def test_a_button_is_answered_and_acknowledged(visit: Any, telegram: TelegramServer) -> None:
    ana = visit()
    message = ana.ask("What are the most common side effects?")
    title = buttons_of(message)[0]
    update = ana.press(message, title)
    ana.post(update)
    assert ana.reply()["text"].startswith(f"▸ {title}\n")
    telegram.wait(lambda: telegram.queries[update["callback_query"]["id"]])


def test_the_greeting_says_what_the_bot_is_in_the_apps_language(visit: Any) -> None:
    message = visit(language="es").ask("/start some-payload")
    for words in ("asistente automático", "no puedo dar consejos médicos", "emergencia"):
        assert words in message["text"]


def test_replayed_and_doubled_updates_are_answered_once(hook: Hook, visit: Any) -> None:
    ana = visit()
    update = ana.text("How is it given?")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(hook.post, [update] * 8)) == {200}
    assert "“" in ana.reply()["text"]
    ana.post(update)
    assert "welcome" in ana.ask("thank you")["text"], "this is the next reply"
    assert ana.unread() == []


def test_while_telegram_is_down_updates_are_taken_at_once_and_answered_later(
    visit: Any, telegram: TelegramServer
) -> None:
    ana = visit()
    telegram.down = True
    before = len(telegram.calls)
    started = time.monotonic()
    ana.post(ana.text("How is it given?"))
    ana.post(ana.text("thank you"))
    assert time.monotonic() - started < 2, "the webhook waits for nobody"
    telegram.wait(lambda: any(call.method == "sendMessage" for call in telegram.calls[before:]))
    telegram.down = False
    assert "“" in ana.reply()["text"]
    assert "welcome" in ana.reply()["text"]
    assert ana.unread() == []


def test_killed_between_receiving_and_replying_it_answers_once_after_the_restart(
    server: RealServer, visit: Any, telegram: TelegramServer
) -> None:
    ana, ben = visit(), visit()
    telegram.down = True
    before = len(telegram.calls)
    update = ana.text("How is it given?")
    ana.post(update)
    telegram.wait(lambda: any(call.method == "sendMessage" for call in telegram.calls[before:]))
    last = ben.text("How is it given?")
    ben.post(last)
    server.kill()  # ana's is answered and not sent, ben's received and not answered
    telegram.down = False
    server.start()
    for who, sent in ((ana, update), (ben, last)):
        assert "“" in who.reply()["text"]
        who.post(sent)
        assert "welcome" in who.ask("thank you")["text"]
        assert who.unread() == []


def test_200_chats_at_once_keep_their_order(hook: Hook, visit: Any) -> None:
    people = [visit() for _ in range(200)]
    with ThreadPoolExecutor(16) as pool:
        for words in ("How is it given?", "thank you"):
            updates = [who.text(words) for who in people]
            assert set(pool.map(hook.post, updates)) == {200}
    for who in people:
        assert "“" in who.reply()["text"]
        assert "welcome" in who.reply()["text"]
        assert who.unread() == []


class Told:
    """A conversation, told as it goes on."""

    def __init__(self, visitor: TelegramVisitor) -> None:
        self._visitor = visitor
        self.turns: List[Tuple[str, List[Message]]] = []

    def ask(self, words: str) -> Message:
        return self._noted(words, self._visitor.text(words))

    def press(self, title: str) -> Message:
        last = self.turns[-1][1][-1]
        return self._noted(f"`[{title}]`", self._visitor.press(last, title))

    def change(self, words: str) -> Message:
        return self._noted(f"{words} *(edited)*", self._visitor.edited(words))

    def _noted(self, shown: str, update: Update) -> Message:
        self._visitor.post(update)
        message = self._visitor.reply()
        self.turns.append((shown, [message]))
        return message


def test_a_whole_conversation_is_as_in_the_transcript(visit: Any) -> None:
    """A question, a correction, an emergency in the form, and the form until its receipt."""
    told = Told(visit())
    told.ask("/start")
    told.ask("How is Spinraza given?")
    told.ask("What does it cost?")
    told.press("Free consultation")
    told.ask("Ana Silva")
    told.ask("ana@example.org")
    told.press("My child")
    urgent = told.ask("she has stopped breathing")
    assert urgent["text"].startswith("Call your local emergency number now")
    assert "entities" not in urgent and "reply_markup" not in urgent
    told.ask("8 months")
    told.ask("yes, type 1")
    told.ask("Lisbon")
    told.ask("Portuguese")
    told.press("Skip")
    told.press("I agree")
    changed = told.ask("the place is Porto")
    assert "Porto" in changed["text"] and "Lisbon" not in changed["text"]
    receipt = told.press("Send")
    assert "reference number: SMA-" in receipt["text"]
    written = markdown_of(told.turns)
    if os.environ.get("RENEW_TRANSCRIPTS"):
        TRANSCRIPT.parent.mkdir(parents=True, exist_ok=True)
        TRANSCRIPT.write_text(written, encoding="utf-8")
    kept = TRANSCRIPT.read_text(encoding="utf-8") if TRANSCRIPT.is_file() else ""
    assert written == kept, (
        f"{TRANSCRIPT.relative_to(ROOT)} isn't what the bot says now. Where that is right: "
        "RENEW_TRANSCRIPTS=1 .venv/bin/python -m pytest tests/live/end_to_end/test_telegram.py -k "
        "transcript"
    )


def test_a_changed_message_is_answered_anew_with_a_line_that_says_so(visit: Any) -> None:
    told = Told(visit())
    told.ask("How is it gven?")
    assert told.change("How is it given?")["text"].startswith("You changed your message")
    urgent = told.change("my baby stopped breathing")
    assert urgent["text"].startswith("Call your local emergency number now")


def test_voice_and_pictures_get_a_way_to_write(visit: Any) -> None:
    ana = visit()
    file = {"file_id": "1", "file_unique_id": "1"}
    ana.post(ana.media(voice={**file, "duration": 3}))
    assert "microphone" in ana.reply()["text"]
    ana.post(ana.media(photo=[{**file, "width": 1, "height": 1}], caption="How is it given?"))
    assert "“" in ana.reply()["text"]


def test_in_a_group_nobody_fills_the_form_and_nobody_goes_on_with_anothers(visit: Any) -> None:
    ana = visit(group=GROUP)
    ana.post(ana.text("What does it cost?"))  # not for the bot
    answered = ana.ask(f"@{NAME} How is it given?")
    assert "“" in answered["text"]
    refused = ana.ask(f"@{NAME} I'd like a free consultation")
    assert f"privately: https://t.me/{NAME}" in refused["text"]
    assert "name" not in refused["text"]
    # The form isn't open: what follows is no entry.
    again = ana.ask(f"@{NAME} How is it given?")
    assert again["text"] == answered["text"]
    ben = visit(group=GROUP)
    asked = ben.ask(f"@{NAME} where does it say that?")
    assert "haven't quoted" in asked["text"], "ben was quoted nothing"
    private = visit(user=ana.id)
    assert "name" in private.ask("I'd like a free consultation")["text"]
    assert len(ana.unread()) == 1, "ben's, and none to what wasn't for the bot"


def test_the_log_and_the_databases_tell_nobody_who_wrote_what(
    server: RealServer, visit: Any, telegram: TelegramServer
) -> None:
    ana = visit(user=987_654_321_012)
    ana.ask("my secret word is xylophonist, what does it cost?")
    for secret in (TOKEN, SECRET, "xylophonist", str(ana.chat), "Ana Silva", "ana@example.org"):
        assert secret not in server.log, secret
    # Who somebody is goes when nothing is owed to them any more.
    wait_for(lambda: str(ana.chat) not in kept(server.folder / "conversations.db"), 30)
    assert TOKEN not in kept(server.folder / "conversations.db")
    assert SECRET not in kept(server.folder / "conversations.db")


def kept(path: Path) -> str:
    """Return everything that stands in the tables of a database."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump())
