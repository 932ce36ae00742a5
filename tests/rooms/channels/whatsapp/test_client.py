"""Twilio's answers in the channels' terms, and nothing of a visitor in errors or log."""

import asyncio
import logging
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any, Awaitable, Callable

import pytest

from channels.turns.app_channel import PermanentError, TemporaryError
from channels.whatsapp.client import FateUnknownError, Twilio
from tests.providers.whatsapp_parts import configure, server
from tests.providers.whatsapp_server import SENDER, TOKEN, WhatsAppServer

__all__ = ["server"]

VISITOR = "whatsapp:+4915112345678"
WORDS = "xylophonist"


def with_twilio(work: Callable[[Twilio], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        twilio = Twilio()
        try:
            return await work(twilio)
        finally:
            await twilio.close()

    return asyncio.run(run())


def create(**fields: str) -> str:
    return str(with_twilio(lambda twilio: twilio.create(VISITOR, fields or {"Body": WORDS})))


def error_of(**fields: str) -> TemporaryError:
    with pytest.raises(TemporaryError) as raised:
        create(**fields)
    return raised.value


@pytest.mark.parametrize(("status", "code"), [(400, 63016), (400, 21211), (403, 20403), (404, 0)])
def test_what_twilio_will_never_take_is_told_by_its_number(
    server: WhatsAppServer, status: int, code: int
) -> None:
    server.refuse(1, status, code)
    with pytest.raises(PermanentError) as refused:
        create()
    assert str(refused.value) == (f"Twilio's error {code}" if code else f"HTTP {status}")


def test_what_twilio_says_in_words_is_not_told(server: WhatsAppServer) -> None:
    with pytest.raises(PermanentError) as refused:
        with_twilio(lambda twilio: twilio.create("whatsapp:+0" + WORDS, {"Body": WORDS}))
    assert str(refused.value) == "Twilio's error 21211"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_after_a_servers_error_nobody_knows(server: WhatsAppServer, status: int) -> None:
    server.refuse(1, status)
    assert isinstance(error_of(), FateUnknownError)


def test_after_a_broken_connection_nobody_knows(server: WhatsAppServer) -> None:
    server.break_connection(1, takes=True)
    error = error_of()
    assert isinstance(error, FateUnknownError)
    assert server.url not in str(error) and len(server.sent) == 1


def test_an_answer_that_cannot_be_read_leaves_nobody_knowing(server: WhatsAppServer) -> None:
    server.break_connection(1, takes=True, status=200)
    assert isinstance(error_of(), FateUnknownError)


def test_where_nobody_answers_it_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, TWILIO_API_URL="http://127.0.0.1:1")
    error = error_of()
    assert not isinstance(error, FateUnknownError)


@pytest.mark.parametrize(
    ("given", "least", "most"),
    [
        ("7", 7, 7),
        ("999999", 3600, 3600),
        ("", None, None),
        ("soon", None, None),
        ("-5", None, None),
        ("in 60 s", 50, 60),
        ("60 s ago", 0, 0),
    ],
)
def test_the_time_to_wait_is_twilios(
    server: WhatsAppServer, given: str, least: Any, most: Any
) -> None:
    if given.startswith("in") or given.endswith("ago"):
        seconds = 60 if given.startswith("in") else -60
        at = datetime.now(timezone.utc) + timedelta(seconds=seconds)
        given = format_datetime(at, usegmt=True)
    server.refuse(1, 429, 20429, retry_after=given)
    error = error_of()
    assert not isinstance(error, FateUnknownError), "it was refused"
    if least is None:
        assert error.retry_after is None
    else:
        assert error.retry_after is not None and least <= error.retry_after <= most


def test_a_wrong_token_is_ours_to_repair_and_loses_nothing(
    server: WhatsAppServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, TWILIO_API_URL=server.url, TWILIO_AUTH_TOKEN="wrong")
    error = error_of()
    assert "20003" in str(error) and "TWILIO_AUTH_TOKEN" in str(error)
    assert "wrong" not in str(error) and not isinstance(error, FateUnknownError)


def test_a_message_goes_out_as_documented(server: WhatsAppServer) -> None:
    server.wrote(VISITOR)
    sid = create(Body=WORDS, StatusCallback="https://clinic.example/status")
    assert sid == server.sent[0]["sid"]
    assert server.calls[0].fields == {
        "From": SENDER,
        "To": VISITOR,
        "Body": WORDS,
        "StatusCallback": "https://clinic.example/status",
    }


def test_what_was_sent_is_listed_the_latest_first(server: WhatsAppServer) -> None:
    create(Body="one")
    create(Body="two")
    latest = with_twilio(lambda twilio: twilio.latest_to(VISITOR))
    assert [sent.body for sent in latest] == ["two", "one"]
    assert latest[0].sid == server.sent[1]["sid"]
    assert abs(latest[0].at - datetime.now(timezone.utc)) < timedelta(minutes=1)
    assert with_twilio(lambda twilio: twilio.latest_to("whatsapp:+4900000")) == []


def test_the_log_holds_neither_token_nor_number_nor_words(
    server: WhatsAppServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        create()
        with_twilio(lambda twilio: twilio.latest_to(VISITOR))
    for secret in (TOKEN, "4915112345678", WORDS):
        assert secret not in caplog.text
