"""What goes out to WhatsApp: tried on the stand-in, which refuses what Twilio refuses."""

import asyncio
import logging
import time
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import pytest

from channels import identity
from channels.turns.app_channel import Address, PermanentError, TemporaryError
from channels.whatsapp.client import Twilio
from channels.whatsapp.request import Parameters
from channels.whatsapp.sender import WhatsAppSender
from channels.whatsapp.status import Statuses
from channels.whatsapp.store import WhatsAppStore
from tests.providers.whatsapp_parts import STATUS_URL, configure, server
from tests.providers.whatsapp_server import ONE, THREE, TWO, WhatsAppServer, status_pairs

__all__ = ["server"]

NUMBER = "+4915112345678"
VISITOR = f"whatsapp:{NUMBER}"
ANSWER: Dict[str, Any] = {
    "text": "“Slowly.”\nFrom the page, section “Giving”.",
    "custom": {
        "kind": "answer",
        "topic": "route",
        "sources": [{"quote": "Slowly.", "section": "Giving", "anchor": "giving"}],
    },
    "buttons": [
        {"title": "Side effects", "payload": "What are the side effects?"},
        {"title": "Cost", "payload": "What does it cost?"},
    ],
}
ASKED: Dict[str, Any] = {
    "text": "Who is the consultation for?",
    "custom": {"kind": "form", "topic": "for_whom"},
    "buttons": [{"title": title, "payload": title} for title in ("Myself", "My child", "Someone")],
}
EMERGENCY: Dict[str, Any] = {
    "text": "Call now.",
    "custom": {"kind": "emergency", "topic": "medical"},
    "buttons": [{"title": "Free consultation", "payload": "consultation"}],
}
LONG = {"text": "\n".join(["x" * 1000] * 3), "custom": {"kind": "answer"}}

Test = Callable[["Sending"], Awaitable[Any]]


class Sending:
    """A sender with its own store, sending to one visitor of the stand-in."""

    def __init__(self, folder: Path, wait: float = 20.0) -> None:
        self.store = WhatsAppStore(f"sqlite:///{folder / 'channels.db'}")
        self.statuses, self.twilio = Statuses(), Twilio()
        self.sender = WhatsAppSender(self.twilio, self.store, self.statuses, wait_for_previous=wait)
        self.address: Address = {"to": VISITOR, "at": time.time()}
        self.conversation = identity.conversation_of("whatsapp", NUMBER)

    async def send(self, *replies: Dict[str, Any]) -> None:
        for part in self.sender.parts(list(replies), self.address):
            await self.sender.send(part, self.address)


def run(folder: Path, test: Test, wait: float = 20.0) -> Sending:
    async def whole() -> Sending:
        sending = Sending(folder, wait)
        try:
            await test(sending)
        finally:
            await sending.twilio.close()
        return sending

    return asyncio.run(asyncio.wait_for(whole(), 60))


def bodies(server: WhatsAppServer) -> List[str]:
    return [message["body"] for message in server.messages(VISITOR)]


@pytest.fixture(autouse=True)
def _open_window(server: WhatsAppServer) -> None:
    server.wrote(VISITOR)


def test_choices_are_numbered_under_the_text_and_kept(
    server: WhatsAppServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGE_URL", "https://clinic.example/spinraza")
    sending = run(tmp_path, lambda sending: sending.send(ANSWER))
    assert bodies(server) == [
        "> “Slowly.”\nFrom the page, section “Giving”.\nhttps://clinic.example/spinraza#giving\n"
        "1. Side effects\n2. Cost"
    ]
    assert server.calls[0].fields["StatusCallback"] == STATUS_URL
    assert sending.store.last_choices(sending.conversation) == ANSWER["buttons"]
    sid = server.sent[0]["sid"]
    assert sending.store.choices_of(sending.conversation, sid) == ANSWER["buttons"]


def test_a_reply_without_choices_ends_those_before(server: WhatsAppServer, tmp_path: Path) -> None:
    async def test(sending: Sending) -> None:
        await sending.send(ANSWER)
        await sending.send({"text": "How old is the patient?", "custom": {"kind": "form"}})
        assert sending.store.last_choices(sending.conversation) == []

    run(tmp_path, test)


def test_an_emergency_is_alone(server: WhatsAppServer, tmp_path: Path) -> None:
    sending = run(tmp_path, lambda sending: sending.send(ANSWER, EMERGENCY, ASKED))
    assert bodies(server) == ["Call now."]
    assert sending.store.last_choices(sending.conversation) == []


def test_of_several_replies_the_last_ones_choices_are_numbered(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    sending = run(tmp_path, lambda sending: sending.send(ANSWER, ASKED), wait=0.01)
    assert "1." not in bodies(server)[0]
    assert bodies(server)[1].endswith("1. Myself\n2. My child\n3. Someone")
    assert sending.store.last_choices(sending.conversation) == ASKED["buttons"]


@pytest.mark.parametrize("reply", [{}, {"text": "", "custom": {"kind": "form"}}, {"text": " \n"}])
def test_nothing_to_say_is_never_silence(
    server: WhatsAppServer, tmp_path: Path, reply: Dict[str, Any]
) -> None:
    run(tmp_path, lambda sending: sending.send(reply))
    assert "can't answer right now" in bodies(server)[0]


def test_half_a_button_is_none(server: WhatsAppServer, tmp_path: Path) -> None:
    buttons = [{"title": "Side effects"}, {"payload": "x"}, {"title": " ", "payload": "x"}]
    run(tmp_path, lambda sending: sending.send({"text": "Hello", "buttons": buttons}))
    assert bodies(server) == ["Hello"]


def test_a_long_reply_keeps_its_order_by_waiting_for_what_was_sent_before(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    async def test(sending: Sending) -> None:
        task = asyncio.create_task(sending.send({**LONG, "buttons": ANSWER["buttons"]}))
        for count in (1, 2):
            await asyncio.to_thread(server.wait, lambda: len(server.sent) == count)  # noqa: B023
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(task), 0.2)
            assert len(server.sent) == count, "the next waits"
            sending.statuses.take(Parameters(status_pairs(server.sent[-1], "sent")))
        await task
        assert len(server.sent) == 3
        assert bodies(server)[2].endswith("1. Side effects\n2. Cost")
        assert sending.store.last_choices(sending.conversation) == ANSWER["buttons"]

    run(tmp_path, test)


def test_without_statuses_a_long_reply_goes_on_all_the_same(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    run(tmp_path, lambda sending: sending.send(LONG), wait=0.01)
    assert len(bodies(server)) == 3


def test_buttons_can_be_pressed_where_there_is_a_template(
    server: WhatsAppServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_CONTENT_SID=THREE)
    sending = run(tmp_path, lambda sending: sending.send(ASKED))
    [message] = server.sent
    assert message["body"] == "Who is the consultation for?" and "failed" not in message
    assert [button["title"] for button in message["buttons"]] == ["Myself", "My child", "Someone"]
    assert sending.store.last_choices(sending.conversation) == ASKED["buttons"]


def test_what_is_no_template_goes_as_numbers(
    server: WhatsAppServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = f"{THREE},{TWO},{ONE}"
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_CONTENT_SID=content)
    many = {**ASKED, "buttons": ASKED["buttons"] + ANSWER["buttons"]}
    for reply in (ANSWER, many, {**ASKED, "text": "x" * 1025}):
        run(tmp_path, lambda sending: sending.send(reply))  # noqa: B023
        assert server.sent[-1]["buttons"] == []
        assert "\n2. " in server.sent[-1]["body"]


@pytest.mark.parametrize("code", [21655, 21656, 63016])
def test_refused_buttons_go_as_numbers(
    server: WhatsAppServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: int,
) -> None:
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_CONTENT_SID=THREE)
    server.refuse(1, 400, code)
    run(tmp_path, lambda sending: sending.send(ASKED))
    assert bodies(server) == ["Who is the consultation for?\n1. Myself\n2. My child\n3. Someone"]
    assert str(code) in caplog.text


def test_what_can_never_be_sent_is_told(server: WhatsAppServer, tmp_path: Path) -> None:
    server.refuse(1, 400, 63016)
    with pytest.raises(PermanentError, match="63016"):
        run(tmp_path, lambda sending: sending.send(ASKED))


@pytest.mark.parametrize("content", ["", THREE])
@pytest.mark.parametrize("takes", [True, False])
@pytest.mark.parametrize("status", [0, 502])
def test_a_message_whose_fate_is_unknown_is_looked_up(
    server: WhatsAppServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str,
    takes: bool,
    status: int,
) -> None:
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_CONTENT_SID=content)

    async def test(sending: Sending) -> None:
        await sending.send(ASKED)  # the same words once before: they are another message
        server.break_connection(1, takes=takes, status=status)
        [part] = sending.sender.parts([ASKED], sending.address)
        with pytest.raises(TemporaryError):
            await sending.sender.send(part, sending.address)
        assert len(server.sent) == (2 if takes else 1)
        await sending.sender.send(part, sending.address)
        assert len(server.sent) == 2, "neither lost nor twice"
        sids = {message["sid"] for message in server.sent}
        assert sending.store.messages(sending.conversation) == sids
        await sending.send(ASKED)
        assert len(server.sent) == 3, "the doubt is over"

    run(tmp_path, test)


def test_nothing_is_sent_while_its_fate_cannot_be_looked_up(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    async def test(sending: Sending) -> None:
        server.break_connection(1, takes=True)
        [part] = sending.sender.parts([ASKED], sending.address)
        for _ in range(3):
            with pytest.raises(TemporaryError):
                await sending.sender.send(part, sending.address)
            server.down = True
        server.down = False
        await sending.sender.send(part, sending.address)
        assert len(server.sent) == 1

    run(tmp_path, test)


def test_what_came_in_before_the_server_started_is_looked_up_first(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    """An earlier run may have been killed between Twilio's taking it and our noting that."""

    async def test(sending: Sending) -> None:
        [part] = sending.sender.parts([ASKED], sending.address)
        sid = await sending.twilio.create(VISITOR, {"Body": part["text"]})
        sending.address["at"] -= 1
        await sending.sender.send(part, sending.address)
        assert [message["sid"] for message in server.sent] == [sid]
        assert sending.store.choices_of(sending.conversation, sid) == ASKED["buttons"]

    run(tmp_path, test)


def test_an_old_message_with_the_same_words_is_another_one(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    async def test(sending: Sending) -> None:
        [part] = sending.sender.parts([ASKED], sending.address)
        await sending.twilio.create(VISITOR, {"Body": part["text"]})
        server.sent[0]["date_created"] = "Mon, 02 Nov 2020 10:00:00 +0000"
        sending.address["at"] -= 1
        await sending.sender.send(part, sending.address)
        assert len(server.sent) == 2

    run(tmp_path, test)


def test_if_twilios_list_lags_it_goes_out_twice_rather_than_never(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    async def test(sending: Sending) -> None:
        server.break_connection(1, takes=True)
        server.is_slow_to_list = True
        [part] = sending.sender.parts([ASKED], sending.address)
        with pytest.raises(TemporaryError):
            await sending.sender.send(part, sending.address)
        await sending.sender.send(part, sending.address)
        assert len(server.sent) == 2

    run(tmp_path, test)


def test_choices_that_cannot_be_kept_do_not_hold_up_the_reply(
    server: WhatsAppServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def test(sending: Sending) -> None:
        for path in tmp_path.glob("channels.db*"):
            path.unlink()
        (tmp_path / "channels.db").mkdir()
        await sending.send(ASKED)

    with caplog.at_level(logging.ERROR):
        run(tmp_path, test)
    assert len(server.sent) == 1 and "can't be kept" in caplog.text
    assert NUMBER not in caplog.text


def test_who_replies_before_we_know_that_it_was_sent_is_understood(
    server: WhatsAppServer, tmp_path: Path
) -> None:
    async def test(sending: Sending) -> None:
        await sending.send(ANSWER)
        seen: List[Any] = []
        keep = sending.store.keep

        def look_and_keep(*values: Any) -> None:
            assert len(server.sent) == 2, "it is sent, and not noted yet"
            seen.append(sending.sender.choices_of(sending.conversation))
            keep(*values)

        sending.store.keep = look_and_keep  # type: ignore[method-assign]
        await sending.send(ASKED)
        assert seen == [ASKED["buttons"]]

    run(tmp_path, test)


def test_what_could_not_be_sent_offers_nothing(server: WhatsAppServer, tmp_path: Path) -> None:
    async def test(sending: Sending) -> None:
        await sending.send(ANSWER)
        server.refuse(1, 429, 20429)
        with pytest.raises(TemporaryError):
            await sending.send(ASKED)
        assert sending.sender.choices_of(sending.conversation) == ANSWER["buttons"]

    run(tmp_path, test)
