"""The WhatsApp channel on the real server, against a stand-in for Twilio."""

import contextlib
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import httpx
import pytest

from tests.conftest import ROOT
from tests.live.apps import PAGE
from tests.live.apps import WHATSAPP_STATUS_URL as STATUS_URL
from tests.live.apps import WHATSAPP_URL as URL
from tests.live.end_to_end.test_serve import wait_for
from tests.live.real_server import RealServer
from tests.providers.whatsapp_server import (
    ACCOUNT,
    SENDER,
    TOKEN,
    WhatsAppServer,
    post,
    sign,
    status_pairs,
)
from tests.providers.whatsapp_transcript import markdown_of
from tests.providers.whatsapp_visitor import Pairs, WhatsAppVisitor
from tests.rooms.providers.test_whatsapp_server import run as twilios_package

TRANSCRIPT = ROOT / "deploy" / "transcripts" / "whatsapp.md"


class Hook:
    """The webhooks that Twilio calls."""

    def __init__(self, server: RealServer) -> None:
        self._url = f"{server.url}/webhooks/whatsapp"

    def post(self, pairs: Pairs) -> int:
        """Deliver a message as Twilio does, and return the status."""
        return self.raw(pairs, sign(URL, pairs))

    def raw(self, pairs: Pairs, signature: Optional[str], path: str = "webhook") -> int:
        return post(f"{self._url}/{path}", pairs, signature)


@pytest.fixture
def hook(server: RealServer) -> Hook:
    return Hook(server)


@pytest.fixture
def visit(hook: Hook, twilio: WhatsAppServer) -> Callable[..., WhatsAppVisitor]:
    """Makes visitors."""
    return lambda **more: WhatsAppVisitor(twilio, hook.post, **more)


@pytest.mark.parametrize("signature", [None, "", "forged", "ü"])
def test_who_is_not_twilio_is_refused(
    server: RealServer, visit: Any, signature: Optional[str]
) -> None:
    ana = visit()
    pairs = ana.text("hello")
    headers = {} if signature is None else {"X-Twilio-Signature": signature.encode()}
    url = f"{server.url}/webhooks/whatsapp/webhook"
    response = httpx.post(url, data=dict(pairs), headers=headers, timeout=30)
    assert (response.status_code, response.content) == (403, b"")
    assert ana.ask("hello"), "the same visitor's genuine message is answered"
    assert ana.unread() == []


@pytest.mark.parametrize(
    "change",
    [
        {"Body": "How much?"}, {"From": "whatsapp:+4915199999999"}, {"More": ""},
        {"MessageSid": "SM" + "f" * 32},
    ],
)  # fmt: skip
def test_an_altered_message_is_refused(hook: Hook, visit: Any, change: Dict[str, str]) -> None:
    ana = visit()
    pairs = ana.text("hello")
    altered = list({**dict(pairs), **change}.items())
    assert hook.raw(altered, sign(URL, pairs)) == 403
    without_blanks = [*pairs, ("Blank", "")]
    assert hook.raw(pairs, sign(URL, without_blanks)) == 403
    assert ana.unread() == []


def test_a_signature_for_another_address_or_webhook_is_refused(
    server: RealServer, hook: Hook, visit: Any
) -> None:
    pairs = visit().text("hello")
    for url in (URL.partition("?")[0], URL.replace("https", "http"), server.url, STATUS_URL):
        assert hook.raw(pairs, sign(url, pairs)) == 403
    assert hook.raw(pairs, sign(URL, pairs), "status") == 403


def test_what_is_no_form_or_no_message_is_refused_without_detail(
    server: RealServer, hook: Hook, visit: Any
) -> None:
    url = f"{server.url}/webhooks/whatsapp/webhook"
    as_json = httpx.post(url, json={"Body": "hello"}, headers={"X-Twilio-Signature": "x"})
    assert (as_json.status_code, as_json.content) == (415, b"")
    assert httpx.get(url).status_code == 405
    strangers = [
        visit().text("hello", To="whatsapp:+15559999999"),
        visit().text("hello", From="+4915112345678"),
        visit().text("hello", MessageSid=""),
        [*visit().text("hello"), ("Body", "another")],
        [("Body", "x" * 250_000)],
    ]
    statuses = [hook.post(pairs) for pairs in strangers]
    assert statuses == [400, 400, 400, 400, 413]


def test_the_answer_to_twilio_is_empty_and_comes_at_once(server: RealServer, visit: Any) -> None:
    pairs = visit().text("How is it given?")
    started = time.monotonic()
    response = httpx.post(
        f"{server.url}/webhooks/whatsapp/webhook",
        data=dict(pairs),
        headers={"X-Twilio-Signature": sign(URL, pairs)},
    )
    assert time.monotonic() - started < 2
    assert response.status_code == 200 and response.text.endswith("<Response/>")
    assert response.headers["Content-Type"].startswith("text/xml")


def test_what_twilios_own_package_signs_is_answered(hook: Hook, visit: Any) -> None:
    ana = visit()
    pairs = [*ana.text("How is it given? Ünï 🙂", Blank=""), ("Twice", "b"), ("Twice", "a")]
    values: Dict[str, Any] = {**dict(pairs), "Twice": ["b", "a"]}
    [signature] = twilios_package(["sign", TOKEN], [[URL, values]])
    assert hook.raw(pairs, signature) == 200
    assert "“Spinraza is administered" in ana.reply()["body"]


def test_an_answer_quotes_the_page_and_its_choices_are_numbers(visit: Any) -> None:
    ana = visit()
    answer = ana.ask("How is Spinraza given?").split("\n")
    assert answer[0].startswith("> “Spinraza is administered through a lumbar puncture")
    assert answer[1] == "From the page, section “How Spinraza works?”."
    assert answer[2] == f"{PAGE}#how-spinraza-works"
    assert answer[3] == "1. Why it is injected into the spinal fluid"
    chosen = ana.ask("the second one")
    assert "loading phase" in chosen, "the course of treatment"


def test_numbers_are_understood_in_spanish_and_chinese(visit: Any) -> None:
    ana, li = visit(), visit()
    offered = ana.ask("¿Cómo se administra Spinraza?")
    assert "\n2. " in offered
    assert "loading phase" in ana.ask("la segunda")
    li.ask("诺西那生怎么给药？")
    offered = li.ask("为什么要打进脑脊液里")
    number = next(line for line in offered.split("\n") if line.endswith("怎么给药"))[0]
    assert "lumbar puncture" in li.ask(f"第{number}个")


def test_media_get_a_way_to_write_in_the_conversations_language(visit: Any) -> None:
    ana = visit()
    ana.post(ana.media("image/jpeg"))
    assert "I can only read text" in ana.reply()["body"]
    ana.ask("¿Cómo se administra Spinraza?")
    ana.post(ana.media("audio/ogg"))
    assert "no puedo escuchar grabaciones" in ana.reply()["body"]
    ana.post(ana.media("image/jpeg", caption="How is it given?"))
    assert "“Spinraza is administered" in ana.reply()["body"]


def test_replayed_and_doubled_messages_are_answered_once(hook: Hook, visit: Any) -> None:
    ana = visit()
    pairs = ana.text("How is it given?")
    ana.post(pairs)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(hook.post, [pairs] * 8)) == {200}
    assert "“" in ana.reply()["body"]
    assert "welcome" in ana.ask("thank you"), "this is the next reply"
    assert ana.unread() == []


def test_while_twilio_is_down_messages_are_taken_at_once_and_answered_later(
    visit: Any, twilio: WhatsAppServer
) -> None:
    ana = visit()
    twilio.down = True
    before = len(twilio.calls)
    started = time.monotonic()
    ana.post(ana.text("How is it given?"))
    ana.post(ana.text("thank you"))
    assert time.monotonic() - started < 2, "the webhook waits for nobody"
    twilio.wait(lambda: len(twilio.calls) > before)
    twilio.down = False
    assert "“" in ana.reply()["body"]
    assert "welcome" in ana.reply()["body"]
    assert ana.unread() == []


def test_killed_between_receiving_and_replying_it_answers_once_after_the_restart(
    server: RealServer, visit: Any, twilio: WhatsAppServer
) -> None:
    ana, ben, cem = visit(), visit(), visit()
    twilio.down = True
    before = len(twilio.calls)
    update = ana.text("How is it given?")
    ana.post(update)
    twilio.wait(lambda: len(twilio.calls) > before)
    twilio.down = False
    # Twilio takes cem's reply and the server is killed before it hears of it.
    twilio.break_connection(1, takes=True)
    cems = cem.text("How is it given?")
    cem.post(cems)
    twilio.wait(lambda: twilio.messages(cem.address) or twilio.messages(ana.address))
    twilio.down = True
    last = ben.text("How is it given?")
    ben.post(last)
    server.kill()
    twilio.down = False
    server.start()
    for who, sent in ((ana, update), (ben, last), (cem, cems)):
        assert "“" in who.reply()["body"]
        who.post(sent)
        assert "welcome" in who.ask("thank you")
        assert who.unread() == []


def test_200_conversations_at_once_keep_their_order(visit: Any) -> None:
    people = [visit() for _ in range(200)]
    with ThreadPoolExecutor(16) as pool:
        for words in ("How is it given?", "thank you"):
            list(pool.map(lambda who: who.post(who.text(words)), people))  # noqa: B023
    for who in people:
        assert "“" in who.reply()["body"]
        assert "welcome" in who.reply()["body"]
        assert who.unread() == []


def test_1601_characters_are_two_messages_in_their_order(
    visit: Any, twilio: WhatsAppServer
) -> None:
    ana = visit()
    for words in ("I'd like a free consultation", "1", "Ana Silva", "1", "34", "1", "3", "Lisbon"):
        ana.ask(words)
    ana.ask("Portuguese")
    ana.ask("It takes me a long while to write all this down. " * 26)
    ana.post(ana.text("I agree"))
    first, second = ana.reply()["body"], ana.reply()["body"]
    assert len(first) + len(second) > 1600 and max(len(first), len(second)) <= 1600
    assert first.startswith("This is what I'd send") and "It takes me a long while" in first
    assert second.startswith("Shall I send it?\n1. Send\n2. Change: Name\n")
    assert "reference number: SMA-" in ana.ask("1")


def test_a_failed_message_is_counted_without_whose_it_was(
    server: RealServer, hook: Hook, visit: Any, twilio: WhatsAppServer
) -> None:
    ana = visit()
    ana.ask("hello")
    told = len(twilio.statuses)
    pairs = ana.text("thank you")
    twilio.wrote(ana.address, seconds_ago=25 * 3600)
    assert hook.post(pairs) == 200
    message = ana.reply()
    assert message["failed"] == "63016"
    twilio.wait(lambda: len(twilio.statuses) > told)
    assert set(twilio.statuses) == {204}
    wait_for(lambda: "Twilio's error 63016" in server.log, 10)
    assert ana.number[1:] not in server.log
    forged = status_pairs(message, "failed", "63018")
    assert hook.raw(forged, sign(STATUS_URL, forged, "another token"), "status") == 403
    assert hook.raw(forged, None, "status") == 403
    assert "63018" not in server.log


class Told:
    """A conversation, told as it goes on."""

    def __init__(self, visitor: WhatsAppVisitor) -> None:
        self._visitor = visitor
        self.turns: List[Tuple[str, str]] = []

    def ask(self, words: str) -> str:
        self.turns.append((words, self._visitor.ask(words)))
        return self.turns[-1][1]


def test_a_whole_conversation_is_as_in_the_transcript(visit: Any) -> None:
    """A question, choices by number, an emergency in the form, a correction, and the receipt."""
    told = Told(visit(number="+4915155501234"))
    told.ask("How is Spinraza given?")
    told.ask("2")
    told.ask("What does it cost?")
    asked = told.ask("1")
    assert "reach you at this number?\n+4915155501234" in asked
    told.ask("1")
    assert "1. Myself" in told.ask("Ana Silva")
    urgent = told.ask("she has stopped breathing")
    assert urgent.startswith("Call your local emergency number now") and "1." not in urgent
    told.ask("my child")
    aged = told.ask("4")
    assert "diagnosed" in aged, "an age is no choice"
    told.ask("1")
    told.ask("type 2")
    told.ask("Lisbon")
    told.ask("Portuguese")
    told.ask("skip")
    told.ask("1")
    changed = told.ask("the place is Porto")
    assert "Porto" in changed and "Lisbon" not in changed
    receipt = told.ask("1")
    assert "reference number: SMA-" in receipt
    written = markdown_of(told.turns)
    if os.environ.get("RENEW_TRANSCRIPTS"):
        TRANSCRIPT.parent.mkdir(parents=True, exist_ok=True)
        TRANSCRIPT.write_text(written, encoding="utf-8")
    kept = TRANSCRIPT.read_text(encoding="utf-8") if TRANSCRIPT.is_file() else ""
    assert written == kept, (
        f"{TRANSCRIPT.relative_to(ROOT)} isn't what the bot says now. Where that is right: "
        "RENEW_TRANSCRIPTS=1 .venv/bin/python -m pytest tests/live/end_to_end/test_whatsapp.py -k "
        "transcript"
    )


def test_the_log_and_the_databases_tell_nobody_who_wrote_what(
    server: RealServer, visit: Any
) -> None:
    ana = visit(number="+4915177701234")
    ana.ask("my secret word is xylophonist, what does it cost?")
    offered = ana.ask("I'd like a free consultation")
    assert ana.number in offered, "as contact"
    ana.ask("2")
    for secret in (TOKEN, "xylophonist", "4915177701234", "4915155501234", "Ana Silva"):
        assert secret not in server.log, secret
    # Who somebody is goes when nothing is owed to them any more.
    database = server.folder / "conversations.db"
    wait_for(lambda: all(not held for held in owed(database)), 30)
    tables = kept(database)
    assert set(tables) == {"whatsapp_sent", "channel_messages", "events"}
    assert "xylophonist" in tables["events"]
    everything = "".join(tables.values())
    assert ana.number[1:] not in everything and TOKEN not in everything
    assert "consultation" not in tables["whatsapp_sent"] + tables["channel_messages"]


def owed(path: Path) -> List[Any]:
    """Return what the inbox still holds of its messages."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT address FROM channel_messages")]


def kept(path: Path) -> Dict[str, str]:
    """Return everything that stands in the tables of a database, by table."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
        return {
            name: str(database.execute(f"SELECT * FROM {name}").fetchall())
            for name in names
            if name in ("whatsapp_sent", "channel_messages", "events")
        }


@pytest.mark.parametrize("half", [True, False])
def test_without_its_settings_the_server_starts_and_the_webhook_is_not_there(
    tmp_path: Path, action_server_port: int, half: bool
) -> None:
    some = {"TWILIO_ACCOUNT_SID": ACCOUNT, "WHATSAPP_FROM": SENDER} if half else {}
    server = RealServer(tmp_path, action_server_port, **some)
    hook = Hook(server)
    try:
        for path in ("webhook", "status"):
            assert hook.raw([("Body", "x")], "x", path) == 404
    finally:
        server.stop()
    told = ["TWILIO_AUTH_TOKEN is not set", "WHATSAPP_WEBHOOK_URL is not set"]
    assert all((words in server.log) == half for words in told)
    assert SENDER not in server.log
